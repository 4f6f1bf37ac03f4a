"""What is left of an event, for its pages: minutes, files, who was missing."""

from dataclasses import dataclass, field

from django.db.models import QuerySet

from satker.izin_upacara import list_orang_dari
from satker.models import BeritaAcara, BerkasUpacara, Upacara
from satker.penandatangan import (
    Lembar,
    Masa,
    Orang,
    list_lembar,
    list_orang,
    read_halangan,
    read_masa,
    read_nama_satker,
)


@dataclass
class Absen:
    """Somebody who was not there, or has not signed everything."""

    orang: Orang
    satker: str
    sebab: str
    daftar_belum: list[str] = field(default_factory=list)


@dataclass
class HasilUpacara:
    upacara: Upacara
    masa: Masa
    jumlah_orang: int
    jumlah_hadir: int
    daftar_lembar: list[Lembar]
    daftar_absen: list[Absen]
    daftar_berita: list[BeritaAcara]
    daftar_berkas: list[BerkasUpacara]

    @property
    def berita(self) -> BeritaAcara | None:
        """The newest minutes."""
        return self.daftar_berita[0] if self.daftar_berita else None

    @property
    def jumlah_cair(self) -> int:
        """Texts that are not frozen yet."""
        return sum(not lembar.naskah.sidik for lembar in self.daftar_lembar)


def read_hasil(upacara: Upacara, user=None) -> HasilUpacara:
    """Everything in seven statements, whatever the number of people and files; one more for a `user`,
    who reads why somebody was away of the own units only."""
    daftar_orang = list_orang(upacara)
    daftar_lembar = list_lembar(upacara, daftar_orang)
    berita_set = BeritaAcara.objects.filter(upacara=upacara).select_related(
        "berita", "daftar_hadir", "dibuat_oleh"
    )
    berkas_set = BerkasUpacara.objects.filter(upacara=upacara).select_related("berkas")
    return HasilUpacara(
        upacara=upacara,
        masa=read_masa(upacara),
        jumlah_orang=len(daftar_orang),
        jumlah_hadir=sum(orang.hadir_pada is not None for orang in daftar_orang),
        daftar_lembar=daftar_lembar,
        daftar_absen=_list_absen(upacara, daftar_orang, daftar_lembar, user),
        daftar_berita=list(berita_set.order_by("-versi")),
        daftar_berkas=list(berkas_set.order_by("jenis", "pk")),
    )


def _list_absen(upacara, daftar_orang, daftar_lembar, user) -> list[Absen]:
    belum: dict[int, list[str]] = {}
    for lembar in daftar_lembar:
        # What is not frozen cannot be signed.
        for orang in lembar.daftar_belum if lembar.naskah.sidik else ():
            belum.setdefault(orang.peserta_id, []).append(lembar.naskah.judul)
    daftar = [
        orang for orang in daftar_orang if orang.hadir_pada is None or orang.peserta_id in belum
    ]
    satker = {orang.satker_id for orang in daftar}
    nama = read_nama_satker(satker, upacara.tanggal)
    sendiri = None if user is None else list_orang_dari(user, satker)
    halangan = read_halangan(daftar, upacara.tanggal, sendiri)
    return [
        Absen(
            orang,
            nama.get(orang.satker_id or 0, "Saksi"),
            halangan.get(orang.personel_id or 0, ""),
            belum.get(orang.peserta_id, []),
        )
        for orang in daftar
    ]


def list_terbit(upacara_set: QuerySet[Upacara]) -> list[BeritaAcara]:
    """The newest published minutes of each of these events, by date: one statement. For public
    pages: `templates/satker/_berita_acara_terbit.html`."""
    baris = BeritaAcara.objects.filter(
        upacara__in=upacara_set.order_by().values("pk"), diterbitkan_pada__isnull=False
    ).select_related("upacara")
    terbaru = {satu.upacara_id: satu for satu in baris.order_by("versi")}
    return sorted(terbaru.values(), key=lambda satu: (satu.upacara.tanggal, satu.upacara_id))
