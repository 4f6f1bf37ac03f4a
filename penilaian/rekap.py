"""The kept scores of an assessment: computed from the answers, written with them.

Whoever calls has locked the assessment, so that two saves never overwrite each other's sums.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Exists
from django.utils import timezone

from integritas.sql import update_row
from penilaian import skor
from penilaian.models import LAPIS_SATKER, Jawaban, Penilaian, Rekap, VersiInstrumen
from penilaian.skor import Kosong, Skor
from penilaian.versi import InstrumenTerpakai, get_terpakai

# Node of the instrument -> stem of its two columns.
KOLOM = {
    "A.1": "a1",
    "A.2": "a2",
    "A.3": "a3",
    "A.4": "a4",
    "A.5": "a5",
    "A.6": "a6",
    "A.I": "a_i",
    "A.II": "a_ii",
    "A": "a",
    "B.I": "b_i",
    "B.I.a": "b_i_a",
    "B.I.b": "b_i_b",
    "B.II": "b_ii",
    "B.II.a": "b_ii_a",
    "B": "b",
    "total": "total",
}
# The settings of the version are still those; see update_under.
BERLAKU = "EXISTS (SELECT 1 FROM penilaian_versiinstrumen WHERE id = %s AND pengaturan = %s)"
KOLOM_DIHITUNG = [f"{stem}_{kosong}" for stem in KOLOM.values() for kosong in Kosong] + [
    "jumlah_pertanyaan",
    "jumlah_terisi",
    "terisi_area",
    *(f"gagal_{target}_{kosong}" for target in ("wbk", "wbbm") for kosong in Kosong),
    "jumlah_gagal",
    "diubah_pada",
]


def get_nilai(rekap: Rekap, simpul: str, kosong: Kosong = Kosong.NOL) -> Decimal:
    """The kept score of a node."""
    return getattr(rekap, f"{KOLOM[simpul]}_{kosong}")


def get_gagal(rekap: Rekap, target: str, kosong: Kosong = Kosong.NOL) -> list[str]:
    """Codes of the gates not met for that target."""
    return getattr(rekap, f"gagal_{target.lower()}_{kosong}").split()


def fill(rekap: Rekap, terpakai: InstrumenTerpakai, nilai: Mapping[str, Decimal], target: str):
    """Set every computed column from the worth of each answered question (kode -> 0..1)."""
    dua = {kosong: skor.compute_from_nilai(terpakai.isi, nilai, kosong) for kosong in Kosong}
    for kosong, satu in dua.items():
        for simpul, stem in KOLOM.items():
            setattr(rekap, f"{stem}_{kosong}", satu.nilai[simpul])
        for kode_target, kelayakan in satu.kelayakan.items():
            setattr(rekap, f"gagal_{kode_target.lower()}_{kosong}", " ".join(kelayakan.gagal))
    rekap.jumlah_pertanyaan = dua[Kosong.NOL].jumlah
    rekap.jumlah_terisi = dua[Kosong.NOL].terisi
    rekap.terisi_area = {
        area: sum(satu.kode in nilai for satu in daftar)
        for area, daftar in terpakai.isi.pertanyaan_area.items()
    }
    rekap.jumlah_gagal = count_gagal(dua[Kosong.NOL], target)
    rekap.diubah_pada = timezone.now()


def count_gagal(hasil: Skor, target: str) -> int:
    return len(hasil.kelayakan[target].gagal)


def compute_nilai(terpakai: InstrumenTerpakai, daftar_jawaban) -> dict[str, Decimal]:
    """Worth of each answered question among stored rows; drafts do not count."""
    hasil = {}
    for baris in daftar_jawaban:
        if baris.draf or (jawab := baris.jawab) is None:
            continue
        kode = terpakai.kode_dari[baris.pertanyaan_id]
        nilai = skor.compute_nilai(terpakai.isi.pertanyaan[kode], jawab)
        if nilai is not None:
            hasil[kode] = nilai
    return hasil


def refresh(
    penilaian: Penilaian,
    terpakai: InstrumenTerpakai,
    *,
    lapis: str = LAPIS_SATKER,
    daftar_jawaban=None,
    kolom_lain: Mapping[str, Any] | None = None,
) -> Rekap:
    """Compute and keep the scores of one locked assessment; `daftar_jawaban` spares the query when
    the caller has read all rows of the layer, `kolom_lain` are kept by the same statement.

    An admin may have changed a setting while this waited for its lock; the row says so at the last
    moment, and the scores are computed anew with what holds now."""
    if daftar_jawaban is None:
        daftar_jawaban = Jawaban.objects.filter(penilaian=penilaian, lapis=lapis)
    daftar_jawaban = list(daftar_jawaban)
    while True:
        rekap = Rekap(penilaian=penilaian, tahun=penilaian.tahun, lapis_id=lapis)
        fill(rekap, terpakai, compute_nilai(terpakai, daftar_jawaban), penilaian.target)
        if update_under(rekap, terpakai, **kolom_lain or {}):
            return rekap
        versi = VersiInstrumen.objects.defer("teks").get(pk=terpakai.versi_id)
        if versi.pengaturan == terpakai.pengaturan:
            rekap.save(force_insert=True)
            return rekap
        terpakai = get_terpakai(versi)


def update_under(rekap: Rekap, terpakai: InstrumenTerpakai, **kolom_lain) -> bool:
    """Write the computed columns, and expressions for others, but only while the settings they were
    computed with hold. Whoever changes a setting locks every assessment of the version behind it, so
    that one of both sees the other: see alur.pengaturan."""
    if not kolom_lain:
        syarat, isi = BERLAKU, [terpakai.versi_id, terpakai.pengaturan]
        return update_row(
            rekap, KOLOM_DIHITUNG, ("penilaian_id", "lapis"), syarat=syarat, isi_syarat=isi
        )
    berlaku = VersiInstrumen.objects.filter(pk=terpakai.versi_id, pengaturan=terpakai.pengaturan)
    return bool(
        Rekap.objects.filter(
            Exists(berlaku), penilaian=rekap.penilaian_id, lapis=rekap.lapis_id
        ).update(**{kolom: getattr(rekap, kolom) for kolom in KOLOM_DIHITUNG}, **kolom_lain)
    )


def write_many(daftar: list[Rekap]) -> None:
    """Write the computed columns of many kept scores of locked assessments in one statement: an
    insert that meets its own row and updates it."""
    kolom = [satu.attname for satu in Rekap._meta.concrete_fields if not satu.primary_key]
    Rekap.objects.bulk_create(
        [Rekap(**{nama: getattr(satu, nama) for nama in kolom}) for satu in daftar],
        update_conflicts=True,
        unique_fields=["penilaian", "lapis"],
        update_fields=KOLOM_DIHITUNG,
    )


def list_kolom(rekap: Rekap) -> list:
    """All that is computed from answers, to be compared; not when."""
    return [getattr(rekap, kolom) for kolom in KOLOM_DIHITUNG if kolom != "diubah_pada"]


def describe(rekap: Rekap) -> dict:
    """What the history keeps of the scores: both results and the gates of the own target."""
    target = rekap.penilaian.target
    return {
        "nilai_kosong_nol": str(skor.show(rekap.total_nol)),
        "nilai_resmi": str(skor.show(rekap.total_abaikan)),
        "syarat_gagal": get_gagal(rekap, target),
        "syarat_gagal_resmi": get_gagal(rekap, target, Kosong.ABAIKAN),
    }
