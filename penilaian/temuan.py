"""The X-ray's findings of an assessment, kept until the facts change.

Whoever changes answers, notes or evidence calls `refresh` under the lock of the assessment: the rules
that read what changed run again, and nothing is written when they find the same. A finding that was
accepted stays so while its facts do.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Count, F, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from integritas.teks import format_periode
from penilaian import kembar, xray
from penilaian.models import (
    LAPIS_SATKER,
    Jawaban,
    PemakaianBukti,
    Penilaian,
    Rekap,
    Temuan,
    Tingkat,
)
from penilaian.models.bukti import BERMASALAH
from penilaian.sebutan_satker import read_sebutan
from penilaian.versi import InstrumenTerpakai, get_terpakai
from penilaian.xray import BERKAS_LAIN, Aturan, Lembar, Pakai, Rencana, Temu

FAKTA_TERPANJANG = 400
# Evidence of which no more is known than that it is there.
ADA = Pakai(0, "")
# A row for each question, with a finding or without. See also _read_temuan().
SQL_SEKALIGUS = """
SELECT t.*, q.id AS kunci_pertanyaan,
       EXISTS (SELECT 1 FROM penilaian_pemakaianbukti b
               WHERE b.penilaian_id = %s AND b.pertanyaan_id = q.id) AS berbukti
FROM penilaian_pertanyaan q
LEFT JOIN penilaian_temuan t
       ON t.pertanyaan_id = q.id AND t.penilaian_id = %s AND NOT t.rahasia
WHERE q.id IN ({}) ORDER BY t.id
"""
# What makes a finding another one than was accepted.
FAKTA = ("tingkat", "pertanyaan_id", "fakta_satu", "fakta_dua")


def refresh(
    penilaian: Penilaian,
    terpakai: InstrumenTerpakai,
    *,
    jawaban: Iterable[str] = (),
    bukti: Iterable[str] = (),
    daftar_jawaban: Iterable[Jawaban] | None = None,
) -> tuple[bool, dict[str, list[Temuan]]]:
    """Run the rules that read answers and notes of the questions `jawaban`, or evidence of `bukti`.
    Returns whether anything is different now (`count_temuan` must be kept then), and what stands
    under each question that was looked at. `daftar_jawaban`, all rows of the layer, spares a query.
    """
    jawaban, bukti = set(jawaban), set(bukti)
    rencana = xray.plan(terpakai.isi, jawaban, bukti)
    if bukti:
        pakai = _read_pakai(penilaian, terpakai)
        lama = _read_temuan(penilaian, terpakai, rencana)
    else:
        lama, pakai = _read_sekaligus(penilaian, terpakai, rencana)
    if daftar_jawaban is None:
        daftar_jawaban = _read_jawaban(penilaian, terpakai, jawaban | bukti - pakai.keys())
    lembar = _build_lembar(penilaian, terpakai, daftar_jawaban, pakai, jawaban)
    ditinjau: list[Temuan] = []
    lain: list[Temuan] = []
    for satu in lama:
        ulang = rencana.holds(satu.aturan, terpakai.kode_dari[satu.pertanyaan_id])
        (ditinjau if ulang else lain).append(satu)
    kini, berubah = _write(penilaian, terpakai, ditinjau, xray.run(lembar, rencana))
    hasil: dict[str, list[Temuan]] = {kode: [] for kode in sorted(rencana.daftar_kode)}
    for satu in lain + kini:
        hasil.setdefault(terpakai.kode_dari[satu.pertanyaan_id], []).append(satu)
    return berubah, hasil


def refresh_bukti(
    penilaian: Penilaian, terpakai: InstrumenTerpakai, daftar_kode: Iterable[str]
) -> bool:
    """After a step on the evidence of these questions, under the assessment's lock: rules and kept
    numbers. True when anything is different."""
    berubah, _ = refresh(penilaian, terpakai, bukti=daftar_kode)
    if berubah:
        keep_jumlah(penilaian)
    return berubah


def refresh_semua(penilaian: Penilaian) -> bool:
    """Every rule on a locked assessment, whatever stands there, and the kept numbers."""
    terpakai = get_terpakai(penilaian.versi)
    rencana = xray.plan(terpakai.isi, terpakai.id_dari, terpakai.id_dari)
    lembar = _build_lembar(
        penilaian,
        terpakai,
        Jawaban.objects.filter(penilaian=penilaian, lapis=LAPIS_SATKER),
        _read_pakai(penilaian, terpakai),
        terpakai.id_dari,
    )
    lama = list(Temuan.objects.filter(penilaian=penilaian))
    _, berubah = _write(penilaian, terpakai, lama, xray.run(lembar, rencana))
    # Always: a number that strayed is put right as well.
    keep_jumlah(penilaian)
    return berubah


# --- shown ----------------------------------------------------------------------------------------
def list_temuan(user, penilaian: Penilaian, terpakai: InstrumenTerpakai) -> dict[str, list[Temuan]]:
    """By question code what this reader is told, worst first: one query for the unit, one more for
    those who oversee several. `nama_penerima` is who accepted."""
    daftar = list(
        Temuan.objects.filter(penilaian=penilaian, rahasia=False)
        .annotate(nama_penerima=F("diterima_oleh__nama"))
        .order_by("pk")
    )
    hasil: dict[str, list[Temuan]] = {}
    for satu in daftar + _build_rahasia(user, penilaian, terpakai):
        hasil.setdefault(terpakai.kode_dari[satu.pertanyaan_id], []).append(satu)
    for kode in hasil:
        hasil[kode] = sort_temuan(hasil[kode])
    return hasil


def sort_temuan(daftar: Iterable[Temuan]) -> list[Temuan]:
    """Worst first, what was accepted last."""
    urutan = {tingkat: nomor for nomor, tingkat in enumerate(Tingkat.values)}
    return sorted(
        daftar,
        key=lambda satu: (
            satu.diterima_pada is not None,
            urutan[satu.tingkat],
            xray.get_urutan(satu.aturan),
            satu.kunci,
        ),
    )


def _build_rahasia(user, penilaian: Penilaian, terpakai: InstrumenTerpakai) -> list[Temuan]:
    luar = kembar.read_luar(user, penilaian, terpakai)
    lembar = Lembar(terpakai.isi, penilaian.tahun, luar=luar)
    daftar = []
    for kode in luar:
        for temu in BERKAS_LAIN.periksa(lembar, kode):
            satu = _build_temuan(penilaian, terpakai, BERKAS_LAIN, temu)
            satu.rahasia = True
            daftar.append(satu)
    return daftar


# --- kept numbers -------------------------------------------------------------------------------
def count_temuan(penilaian: Penilaian) -> dict[str, Any]:
    """Columns of the rollup with what the unit sees and has not accepted, for its UPDATE."""
    terbuka = Temuan.objects.filter(
        penilaian=penilaian, diterima_pada__isnull=True, rahasia=False
    ).order_by()

    def count(tingkat: Tingkat):
        satu = terbuka.filter(tingkat=tingkat).values("penilaian").annotate(n=Count("pk"))
        return Coalesce(Subquery(satu.values("n")), 0)

    return {
        "jumlah_harus": count(Tingkat.HARUS),
        "jumlah_sebaiknya": count(Tingkat.SEBAIKNYA),
    }


def keep_jumlah(penilaian: Penilaian) -> None:
    Rekap.objects.filter(penilaian=penilaian, lapis=LAPIS_SATKER).update(**count_temuan(penilaian))


# --- reading --------------------------------------------------------------------------------------
def _read_pakai(penilaian: Penilaian, terpakai: InstrumenTerpakai) -> dict[str, list[Pakai]]:
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


def _read_jawaban(
    penilaian: Penilaian, terpakai: InstrumenTerpakai, daftar_kode: set[str]
) -> Iterable[Jawaban]:
    """Rows of the questions whose answer matters; no query where none does."""
    if not daftar_kode:
        return []
    kunci = [terpakai.id_dari[kode] for kode in daftar_kode]
    return Jawaban.objects.filter(penilaian=penilaian, lapis=LAPIS_SATKER, pertanyaan__in=kunci)


def _build_lembar(
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


def _read_temuan(
    penilaian: Penilaian, terpakai: InstrumenTerpakai, rencana: Rencana
) -> list[Temuan]:
    kunci = [terpakai.id_dari[kode] for kode in rencana.daftar_kode]
    return list(
        Temuan.objects.filter(
            Q(pertanyaan__in=kunci) | Q(aturan__in=rencana.seluruh),
            penilaian=penilaian,
            rahasia=False,
        ).order_by("pk")
    )


def _read_sekaligus(
    penilaian: Penilaian, terpakai: InstrumenTerpakai, rencana: Rencana
) -> tuple[list[Temuan], dict[str, list[Pakai]]]:
    """What stands under the questions of a plan of answers, and which have evidence: rules that read
    answers ask no more of it. One statement, in SQL, since it is asked at each answer saved."""
    kunci = sorted(terpakai.id_dari[kode] for kode in rencana.daftar_kode)
    daftar: list[Temuan] = []
    pakai: dict[str, list[Pakai]] = {}
    isi = [penilaian.pk, penilaian.pk, *kunci]
    for satu in Temuan.objects.raw(SQL_SEKALIGUS.format(", ".join(["%s"] * len(kunci))), isi):
        if satu.berbukti:
            pakai[terpakai.kode_dari[satu.kunci_pertanyaan]] = [ADA]
        if satu.pk is not None:
            daftar.append(satu)
    return daftar, pakai


# --- writing --------------------------------------------------------------------------------------
def _write(
    penilaian: Penilaian,
    terpakai: InstrumenTerpakai,
    lama: list[Temuan],
    hasil: list[tuple[Aturan, Temu]],
) -> tuple[list[Temuan], bool]:
    """Make `lama` what was found: at most two statements, none when it is that already."""
    ada = {(satu.aturan, satu.kunci): satu for satu in lama}
    tetap: list[Temuan] = []
    tulis: list[Temuan] = []
    for aturan, temu in hasil:
        baru = _build_temuan(penilaian, terpakai, aturan, temu)
        dulu = ada.pop((baru.aturan, baru.kunci), None)
        if dulu is not None and all(getattr(dulu, f) == getattr(baru, f) for f in FAKTA):
            tetap.append(dulu)
        else:
            tulis.append(baru)
    if tulis:
        Temuan.objects.bulk_create(
            tulis,
            update_conflicts=True,
            unique_fields=["penilaian", "aturan", "kunci"],
            # Other facts than those that were accepted: it is open again.
            update_fields=[
                "tingkat",
                "pertanyaan",
                "fakta_satu",
                "fakta_dua",
                "ditemukan_pada",
                "diterima_pada",
                "diterima_oleh",
                "alasan",
            ],
        )
    if ada:
        Temuan.objects.filter(pk__in=[satu.pk for satu in ada.values()]).delete()
    return tetap + tulis, bool(tulis or ada)


def _build_temuan(
    penilaian: Penilaian, terpakai: InstrumenTerpakai, aturan: Aturan, temu: Temu
) -> Temuan:
    return Temuan(
        penilaian=penilaian,
        aturan=aturan.kode,
        kunci=temu.kunci,
        tingkat=aturan.get_tingkat(temu),
        pertanyaan_id=terpakai.id_dari[temu.kode],
        fakta_satu=temu.satu[:FAKTA_TERPANJANG],
        fakta_dua=temu.dua[:FAKTA_TERPANJANG],
        ditemukan_pada=timezone.now(),
    )
