"""What the unit says of its questions for the shortest way: effort, and numbers within reach."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from integritas.alur import AlurError
from penilaian.alur.pengisian import lock_penilaian, read_mentah
from penilaian.jalan import UPAYA_BAWAAN
from penilaian.jawaban import dump_isian, is_answered
from penilaian.models import Penilaian, Upaya
from penilaian.models.penilaian import write_isian
from penilaian.versi import InstrumenTerpakai, get_terpakai
from satker.models import Riwayat

TERBERAT = 9


class UpayaError(AlurError):
    """Some of what was typed cannot be; `galat` has the sentence of each question by its code."""

    def __init__(self, galat: dict[str, str]):
        super().__init__(" ".join(galat.values()))
        self.galat = galat


@transaction.atomic
def save_upaya(
    penilaian: Penilaian, upaya: Mapping[str, str], jangkauan: Mapping[str, Any], *, by
) -> int:
    """Save effort (1 to 9 as typed; empty is 1) and numbers within reach (empty: not said) of the
    questions named, and return how many changed. They are a plan, no answers: the window of
    filling does not bind them.

    Raises UpayaError naming every question that is wrong; then nothing is written."""
    penilaian = lock_penilaian(penilaian)
    terpakai = get_terpakai(penilaian.versi)
    tersimpan = {satu.pertanyaan_id: satu for satu in Upaya.objects.filter(penilaian=penilaian)}
    galat: dict[str, str] = {}
    ubah: list[Upaya] = []
    sebelum: dict[str, dict] = {}
    sesudah: dict[str, dict] = {}
    for satu in terpakai.isi.daftar_pertanyaan:
        if satu.kode not in upaya and satu.kode not in jangkauan:
            continue
        lama = tersimpan.get(terpakai.id_dari[satu.kode])
        baru = Upaya(
            penilaian=penilaian,
            pertanyaan_id=terpakai.id_dari[satu.kode],
            upaya=lama.upaya if lama else UPAYA_BAWAAN,
            jangkauan=lama.jangkauan if lama else "",
        )
        try:
            if satu.kode in upaya:
                baru.upaya = _read_upaya(satu, upaya[satu.kode])
            if satu.kode in jangkauan:
                baru.jangkauan = _read_jangkauan(terpakai, satu, jangkauan[satu.kode])
        except AlurError as error:
            galat[satu.kode] = str(error)
            continue
        awal = lama or Upaya(upaya=UPAYA_BAWAAN)
        if (awal.upaya, awal.jangkauan) != (baru.upaya, baru.jangkauan):
            ubah.append(baru)
            sebelum[satu.kode] = _describe(satu, awal)
            sesudah[satu.kode] = _describe(satu, baru)
    if galat:
        raise UpayaError(galat)
    if ubah:
        Upaya.objects.bulk_create(
            ubah,
            update_conflicts=True,
            unique_fields=["penilaian", "pertanyaan"],
            update_fields=["upaya", "jangkauan"],
        )
        Riwayat.record(
            penilaian.satker,
            "upaya LKE diubah",
            by=by,
            objek=penilaian.objek,
            sebelum=sebelum,
            sesudah=sesudah,
        )
    return len(ubah)


def _read_upaya(pertanyaan, teks: str) -> int:
    teks = teks.strip()
    if not teks:
        return UPAYA_BAWAAN
    if teks not in "123456789" or len(teks) > 1:
        raise AlurError(
            f"Nomor {pertanyaan.urutan} ({pertanyaan.kode}): upaya harus bilangan bulat 1 sampai "
            f"{TERBERAT}, bukan {teks[:20]!r}."
        )
    return int(teks)


def _read_jangkauan(terpakai: InstrumenTerpakai, pertanyaan, mentah: Any) -> str:
    """The stored text of numbers within reach: all of a question, or none."""
    if pertanyaan.is_pilihan:
        raise AlurError(
            f"Nomor {pertanyaan.urutan} ({pertanyaan.kode}): hanya persen dan indeks yang punya "
            "angka yang dapat dijangkau."
        )
    isian = read_mentah(terpakai, pertanyaan.kode, mentah)
    if isian is None:
        return ""
    assert not isinstance(isian, str), pertanyaan.kode
    if not is_answered(pertanyaan, isian):
        raise AlurError(
            f"Nomor {pertanyaan.urutan} ({pertanyaan.kode}): isi semua angka yang dapat dijangkau, "
            "atau kosongkan semuanya."
        )
    return write_isian(isian)


def _describe(pertanyaan, satu: Upaya) -> dict:
    isi: dict[str, Any] = {"upaya": satu.upaya}
    if jangkau := satu.jangkau:
        isi["jangkauan"] = dump_isian(jangkau, pertanyaan)
    return isi
