"""What the rules read, and what stands already."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Q

from integritas.teks import format_periode
from penilaian.models import LAPIS_SATKER, Jawaban, PemakaianBukti, Penilaian, Temuan
from penilaian.models.bukti import BERMASALAH
from penilaian.temuan.sebutan_satker import read_sebutan
from penilaian.versi import InstrumenTerpakai
from penilaian.xray import Lembar, Pakai, Rencana

# Evidence of which no more is known than that it is there.
ADA = Pakai(0, "")
# A row for each question, with a finding or without. See also read_temuan().
SQL_SEKALIGUS = """
SELECT t.*, q.id AS kunci_pertanyaan,
       EXISTS (SELECT 1 FROM penilaian_pemakaianbukti b
               WHERE b.penilaian_id = %s AND b.pertanyaan_id = q.id) AS berbukti
FROM penilaian_pertanyaan q
LEFT JOIN penilaian_temuan t
       ON t.pertanyaan_id = q.id AND t.penilaian_id = %s
WHERE q.id IN ({}) ORDER BY t.id
"""


def read_pakai(penilaian: Penilaian, terpakai: InstrumenTerpakai) -> dict[str, list[Pakai]]:
    """All uses of evidence: one query."""
    hasil: dict[str, list[Pakai]] = {}
    daftar = PemakaianBukti.objects.filter(penilaian=penilaian).order_by("pk")
    for kunci, bukti, nama, berkas, halaman, dari, sampai, berlaku, keadaan in daftar.values_list(
        "pertanyaan_id",
        "bukti_id",
        "bukti__nama",
        "revisi__berkas_id",
        "halaman",
        "periode_dari",
        "periode_sampai",
        "masih_berlaku_pada",
        "revisi__keadaan",
    ):
        satu = Pakai(
            bukti=bukti,
            nama=nama,
            berkas=berkas,
            halaman=halaman,
            dari=dari,
            sampai=sampai,
            periode=format_periode(dari, sampai),
            berlaku=berlaku is not None,
            masalah=BERMASALAH.get(keadaan, "") if berkas is None else "",
        )
        hasil.setdefault(terpakai.kode_dari[kunci], []).append(satu)
    return hasil


def read_jawaban(
    penilaian: Penilaian, terpakai: InstrumenTerpakai, daftar_kode: set[str]
) -> Iterable[Jawaban]:
    """Rows of the questions whose answer matters; no query where none does."""
    if not daftar_kode:
        return []
    kunci = [terpakai.id_dari[kode] for kode in daftar_kode]
    return Jawaban.objects.filter(penilaian=penilaian, lapis=LAPIS_SATKER, pertanyaan__in=kunci)


def build_lembar(
    penilaian: Penilaian,
    terpakai: InstrumenTerpakai,
    daftar_jawaban: Iterable[Jawaban],
    pakai: Mapping[str, list[Pakai]],
    daftar_kode: Collection[str],
) -> Lembar:
    """Drafts say nothing yet. Notes are taken of `daftar_kode` only."""
    jawab, catatan = {}, {}
    for baris in daftar_jawaban:
        kode = terpakai.kode_dari[baris.pertanyaan_id]
        if not baris.draf:
            if isi := baris.jawab:
                jawab[kode] = isi
            if baris.catatan and kode in daftar_kode:
                catatan[kode] = baris.catatan
    sebutan, nama = read_sebutan(penilaian.satker, catatan)
    return Lembar(terpakai.isi, penilaian.tahun, jawab, catatan, pakai, sebutan, nama=nama)


def read_temuan(
    penilaian: Penilaian, terpakai: InstrumenTerpakai, rencana: Rencana
) -> list[Temuan]:
    kunci = [terpakai.id_dari[kode] for kode in rencana.daftar_kode]
    return list(
        Temuan.objects.filter(
            Q(pertanyaan__in=kunci) | Q(aturan__in=rencana.seluruh),
            penilaian=penilaian,
        ).order_by("pk")
    )


def read_sekaligus(
    penilaian: Penilaian, terpakai: InstrumenTerpakai, rencana: Rencana
) -> tuple[list[Temuan], dict[str, list[Pakai]]]:
    """What stands under the questions of a plan of answers, and which have evidence: rules that read
    answers ask no more of it. One statement, in SQL, since it is asked at each answer saved."""
    kunci = sorted(terpakai.id_dari[kode] for kode in rencana.daftar_kode)
    daftar: list[Temuan] = []
    pakai: dict[str, list[Pakai]] = {}
    isi = [penilaian.pk, penilaian.pk, *kunci]
    satu: Any
    for satu in Temuan.objects.raw(SQL_SEKALIGUS.format(", ".join(["%s"] * len(kunci))), isi):
        if satu.berbukti:
            pakai[terpakai.kode_dari[satu.kunci_pertanyaan]] = [ADA]
        if satu.pk is not None:
            daftar.append(satu)
    return daftar, pakai
