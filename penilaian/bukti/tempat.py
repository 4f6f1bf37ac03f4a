"""Where a file that came in is known already, as far as the reader may see it."""

from dataclasses import dataclass, field

from django.db.models import F

from penilaian.bukti.sebutan import say_nomor
from penilaian.models import BuktiDukung, Penilaian, RevisiBukti


@dataclass
class Tempat:
    """A piece of evidence with the same content, and where it is used."""

    bukti_id: int
    nama: str
    satker_id: int
    kode_satker: str
    revisi_id: int
    # Numbers of questions by year.
    nomor: dict[int, list[int]] = field(default_factory=dict)
    # Pairs of assessment and question.
    daftar_pakai: set[tuple[int, int]] = field(default_factory=set)

    @property
    def di_mana(self) -> str:
        """`LKE 2025 nomor 3 dan 14`."""
        if not self.nomor:
            return "belum dipakai pada pertanyaan mana pun"
        return "; ".join(
            f"LKE {tahun} {say_nomor(sorted(daftar))}"
            for tahun, daftar in sorted(self.nomor.items(), reverse=True)
        )


def filter_tempat(berkas_id: int, penilaian: Penilaian, user):
    """Revisions with this content in units that `user` may see; the system sees the unit's own."""
    revisi = RevisiBukti.objects.filter(berkas=berkas_id)
    if user is None:
        return revisi.filter(bukti__satker=penilaian.satker_id)
    return revisi.filter(bukti__in=BuktiDukung.objects.visible_to(user).values("pk"))


def list_tempat(berkas_id: int, penilaian: Penilaian, user) -> list[Tempat]:
    """Evidence with this content that `user` may see: one query. Content that only others have
    gives the same as content that nobody has."""
    baris = (
        filter_tempat(berkas_id, penilaian, user)
        .values_list("pk", "bukti_id", "bukti__nama", "bukti__satker_id", "bukti__satker__kode")
        .annotate(
            penilaian_id=F("pemakaianbukti__penilaian"),
            tahun=F("pemakaianbukti__penilaian__tahun"),
            pertanyaan_id=F("pemakaianbukti__pertanyaan"),
            urutan=F("pemakaianbukti__pertanyaan__urutan"),
        )
        .order_by("bukti_id", "nomor", "pemakaianbukti")
    )
    hasil: dict[int, Tempat] = {}
    for (
        revisi_id,
        bukti_id,
        nama,
        satker_id,
        kode,
        penilaian_id,
        tahun,
        pertanyaan_id,
        nomor,
    ) in baris:
        tempat = hasil.setdefault(bukti_id, Tempat(bukti_id, nama, satker_id, kode, revisi_id))
        tempat.revisi_id = revisi_id
        if tahun is not None:
            daftar = tempat.nomor.setdefault(tahun, [])
            if nomor not in daftar:
                daftar.append(nomor)
            tempat.daftar_pakai.add((penilaian_id, pertanyaan_id))
    return list(hasil.values())
