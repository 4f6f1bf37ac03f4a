"""A finding that is none: the unit says why, and the reviewer reads it beside the finding. And
findings made anew where no step of the unit does it: other rules, addresses that were checked."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from integritas.alur import AlurError, require
from penilaian import izin, temuan
from penilaian.alur.pengisian import lock_area, lock_penilaian
from penilaian.models import PemakaianBukti, Penilaian, Temuan, Tingkat
from penilaian.versi import get_terpakai
from satker.models import Riwayat

ALASAN_TERPANJANG = 400


class TemuanBerubahError(AlurError):
    """The facts are others than the person read."""

    def __init__(self):
        super().__init__("Temuan ini berubah sejak halaman ini dibuka. Baca lagi kedua faktanya.")


@transaction.atomic
def accept_temuan(
    penilaian: Penilaian, kunci: int, alasan: str, *, by, tanda: str | None = None
) -> Temuan:
    """Accept a warning or a note with a reason; what must be mended is mended. `tanda` names the facts
    that were read. Raises AlurError when that is refused; then nothing is written."""
    satu = _lock(penilaian, kunci, by)
    if tanda is not None and tanda != satu.tanda:
        raise TemuanBerubahError
    if satu.tingkat == Tingkat.HARUS:
        raise AlurError("Temuan ini harus diperbaiki; alasan tidak menggantikannya.")
    if satu.diterima_pada is not None:
        raise AlurError("Temuan ini sudah diterima.")
    satu.alasan = _read_alasan(alasan)
    satu.diterima_pada, satu.diterima_oleh = timezone.now(), by
    _save(satu)
    _record(satu, "temuan LKE diterima", satu.alasan, by)
    return satu


@transaction.atomic
def withdraw_temuan(penilaian: Penilaian, kunci: int, alasan: str, *, by) -> Temuan:
    """Open an accepted finding again."""
    satu = _lock(penilaian, kunci, by)
    if satu.diterima_pada is None:
        raise AlurError("Temuan ini belum diterima.")
    alasan = _read_alasan(alasan)
    satu.alasan, satu.diterima_pada, satu.diterima_oleh = "", None, None
    _save(satu)
    _record(satu, "penerimaan temuan LKE ditarik", alasan, by)
    return satu


@transaction.atomic
def run_xray(penilaian: Penilaian) -> bool:
    """Every rule anew, whatever state the assessment is in. True when anything is different."""
    return temuan.refresh_semua(lock_penilaian(penilaian))


def refresh_tautan(daftar_revisi: Iterable[int]) -> int:
    """After addresses were checked: every assessment that shows one of these revisions looks at its
    evidence again, each in a transaction of its own. Returns how many have other findings now."""
    menurut_penilaian: dict[int, set[int]] = {}
    for kunci, pertanyaan in PemakaianBukti.objects.filter(
        revisi__in=list(daftar_revisi)
    ).values_list("penilaian", "pertanyaan"):
        menurut_penilaian.setdefault(kunci, set()).add(pertanyaan)
    berubah = 0
    for kunci, daftar_pertanyaan in sorted(menurut_penilaian.items()):
        with transaction.atomic():
            penilaian = lock_penilaian(Penilaian(pk=kunci))
            terpakai = get_terpakai(penilaian.versi)
            daftar_kode = {terpakai.kode_dari[satu] for satu in daftar_pertanyaan}
            berubah += temuan.refresh_bukti(penilaian, terpakai, daftar_kode)
    return berubah


def _read_alasan(alasan: str) -> str:
    alasan = require(alasan, "Alasan")
    if len(alasan) > ALASAN_TERPANJANG:
        raise AlurError(f"Alasan paling panjang {ALASAN_TERPANJANG} huruf, sekarang {len(alasan)}.")
    return alasan


def _lock(penilaian: Penilaian, kunci: int, by) -> Temuan:
    """The finding as it is now, under the lock of its assessment and area."""
    isi = get_terpakai(penilaian.versi)
    pertanyaan_id = (
        Temuan.objects.filter(pk=kunci, penilaian=penilaian)
        .values_list("pertanyaan", flat=True)
        .first()
    )
    if pertanyaan_id is None:
        raise AlurError("Temuan ini sudah tidak ada: isinya sudah diperbaiki.")
    area = isi.isi.pertanyaan[isi.kode_dari[pertanyaan_id]].area
    milik = izin.list_area_sendiri(by, penilaian)
    if milik is not None and area not in milik:
        raise AlurError(f"Area {area} bukan bagian Anda.")
    penilaian = lock_area(penilaian, area).penilaian
    satu = Temuan.objects.filter(pk=kunci, pertanyaan=pertanyaan_id).first()
    if satu is None:
        raise AlurError("Temuan ini sudah tidak ada: isinya sudah diperbaiki.")
    satu.penilaian = penilaian
    return satu


def _save(satu: Temuan) -> None:
    satu.save(update_fields=["alasan", "diterima_pada", "diterima_oleh"])
    temuan.keep_jumlah(satu.penilaian)


def _record(satu: Temuan, kejadian: str, alasan: str, by) -> None:
    kode = get_terpakai(satu.penilaian.versi).kode_dari[satu.pertanyaan_id]
    Riwayat.record(
        satu.penilaian.satker,
        kejadian,
        by=by,
        objek=f"{satu.penilaian.objek}:{kode}",
        sesudah={"aturan": satu.aturan, "fakta": [satu.fakta_satu, satu.fakta_dua]},
        alasan=alasan,
    )
