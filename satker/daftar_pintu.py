"""What the pages of the door show: how many are here, who is expected, and the last attempts. Each
asks the same number of statements at any number of people."""

import hashlib
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, F, Q, Value
from django.db.models.functions import Coalesce, NullIf

from satker.models import KedudukanSatker, Peserta, Pindaian

TERAKHIR = 8
PALING_BANYAK = 20
SAKSI = "Saksi dan tamu"
SQL_HITUNG = """
SELECT u.status, u.zona_waktu,
       (SELECT COUNT(*) FROM satker_peserta p WHERE p.upacara_id = u.id),
       (SELECT COUNT(*) FROM satker_peserta p
        WHERE p.upacara_id = u.id AND p.hadir_pada IS NOT NULL),
       (SELECT MAX(d.id) FROM satker_pindaian d WHERE d.upacara_id = u.id)
FROM satker_upacara u WHERE u.id = %s
"""


@dataclass(frozen=True)
class Hitung:
    """The counter; `sidik` changes whenever something of it does."""

    status: str
    zona_waktu: str
    harap: int
    hadir: int
    terakhir: int

    @property
    def sidik(self) -> str:
        return f"{self.status}-{self.harap}-{self.hadir}-{self.terakhir}"


def count(upacara_id: int) -> Hitung:
    with connection.cursor() as kursor:
        kursor.execute(SQL_HITUNG, [upacara_id])
        status, zona_waktu, harap, hadir, terakhir = kursor.fetchone()
    return Hitung(status, zona_waktu, harap, hadir, terakhir or 0)


def list_terakhir(upacara) -> list[Pindaian]:
    """The last attempts of all devices, newest first."""
    baris = Pindaian.objects.filter(upacara=upacara).select_related(
        "peserta__personel", "peserta__saksi", "oleh"
    )
    return list(baris.order_by("-pk")[:TERAKHIR])


def list_peserta(upacara):
    """Everybody expected, with `nama` and `jabatan` as they are today, by unit and name."""
    return (
        Peserta.objects.filter(upacara=upacara)
        .annotate(
            nama=Coalesce("personel__nama", NullIf("saksi__nama", Value("")), "saksi__lembaga"),
            jabatan=Coalesce("personel__jabatan", "saksi__jabatan"),
            lembaga=F("saksi__lembaga"),
        )
        .select_related("dicatat_oleh")
        .order_by(F("satker__kode").asc(nulls_last=True), "nama", "pk")
    )


def search_peserta(upacara, teks: str):
    """The expected people whose name holds every word typed; two letters at least."""
    kata = teks.split()
    if len("".join(kata)) < 2:
        return []
    daftar = list_peserta(upacara)
    for satu in kata:
        daftar = daftar.filter(
            Q(personel__nama__icontains=satu)
            | Q(saksi__nama__icontains=satu)
            | Q(saksi__lembaga__icontains=satu)
        )
    return fill_asal(upacara, list(daftar[:PALING_BANYAK]))


def fill_asal(upacara, daftar) -> list:
    """Set `asal` on each: the unit's name on the day of the event, or the witness's institution."""
    satker = {satu.satker_id for satu in daftar if satu.satker_id}
    nama = read_nama_satker(upacara, satker)
    for satu in daftar:
        # A witness without a name is called by the institution.
        lembaga = satu.lembaga if satu.lembaga != satu.nama else ""
        satu.asal = nama.get(satu.satker_id, "") if satu.satker_id else lembaga
    return daftar


def read_nama_satker(upacara, satker) -> dict[int, str]:
    posisi = KedudukanSatker.objects.at(upacara.tanggal).filter(satker__in=satker)
    return dict(posisi.values_list("satker_id", "nama"))


def list_satker(upacara) -> list[dict]:
    """The units of an event with how many of theirs are expected and here; witnesses last, with
    no code."""
    hitung = list(
        Peserta.objects.filter(upacara=upacara)
        .values("satker_id", "satker__kode")
        .annotate(harap=Count("pk"), hadir=Count("hadir_pada"))
    )
    nama = read_nama_satker(upacara, [satu["satker_id"] for satu in hitung if satu["satker_id"]])
    baris = [
        {
            "kode": satu["satker__kode"],
            "nama": nama.get(satu["satker_id"], satu["satker__kode"] or SAKSI),
            "harap": satu["harap"],
            "hadir": satu["hadir"],
            "belum": satu["harap"] - satu["hadir"],
        }
        for satu in hitung
    ]
    return sorted(baris, key=lambda satu: (satu["kode"] is None, satu["nama"]))


def build_orang(upacara) -> list[list]:
    """What a device keeps to check codes and search names off-line: id, code, name, unit, whether
    present, and the beginning of the hash of the personal address, which itself signs and so never
    leaves."""
    daftar = fill_asal(upacara, list(list_peserta(upacara)))
    return [
        [
            satu.pk,
            satu.kode,
            satu.nama,
            satu.asal,
            satu.hadir_pada is not None,
            hash_token(satu.token),
        ]
        for satu in daftar
    ]


def hash_token(token: str) -> str:
    """The same as in `static/js/pintu-kode.js`."""
    return hashlib.sha256(token.encode()).hexdigest()[:16]
