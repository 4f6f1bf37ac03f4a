"""The rules run, and what they found is kept."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from penilaian import xray
from penilaian.models import LAPIS_SATKER, Jawaban, Penilaian, Rekap, Temuan, Tingkat
from penilaian.temuan.baca import (
    build_lembar,
    read_jawaban,
    read_pakai,
    read_sekaligus,
    read_temuan,
)
from penilaian.versi import InstrumenTerpakai, get_terpakai
from penilaian.xray import Aturan, Temu

FAKTA_TERPANJANG = 400
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
        pakai = read_pakai(penilaian, terpakai)
        lama = read_temuan(penilaian, terpakai, rencana)
    else:
        lama, pakai = read_sekaligus(penilaian, terpakai, rencana)
    if daftar_jawaban is None:
        daftar_jawaban = read_jawaban(penilaian, terpakai, jawaban | bukti - pakai.keys())
    lembar = build_lembar(penilaian, terpakai, daftar_jawaban, pakai, jawaban)
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
    lembar = build_lembar(
        penilaian,
        terpakai,
        Jawaban.objects.filter(penilaian=penilaian, lapis=LAPIS_SATKER),
        read_pakai(penilaian, terpakai),
        terpakai.id_dari,
    )
    lama = list(Temuan.objects.filter(penilaian=penilaian))
    _, berubah = _write(penilaian, terpakai, lama, xray.run(lembar, rencana))
    # Always: a number that strayed is put right as well.
    keep_jumlah(penilaian)
    return berubah


# --- kept numbers -------------------------------------------------------------------------------
def count_temuan(penilaian: Penilaian) -> dict[str, Any]:
    """Columns of the rollup with what the unit sees and has not accepted, for its UPDATE."""
    terbuka = Temuan.objects.filter(penilaian=penilaian, diterima_pada__isnull=True).order_by()

    def count(tingkat: Tingkat):
        satu = terbuka.filter(tingkat=tingkat).values("penilaian").annotate(n=Count("pk"))
        return Coalesce(Subquery(satu.values("n")), 0)

    return {
        "jumlah_harus": count(Tingkat.HARUS),
        "jumlah_sebaiknya": count(Tingkat.SEBAIKNYA),
    }


def keep_jumlah(penilaian: Penilaian) -> None:
    Rekap.objects.filter(penilaian=penilaian, lapis=LAPIS_SATKER).update(**count_temuan(penilaian))


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
        baru = build_temuan(penilaian, terpakai, aturan, temu)
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


def build_temuan(
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
