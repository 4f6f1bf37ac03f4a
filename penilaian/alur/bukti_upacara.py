"""Which pieces of a ceremony serve which questions: rows that an administrator keeps."""

from django.db import transaction

from integritas.alur import AlurError, require
from penilaian.models import AturanBuktiUpacara, Pertanyaan
from satker.models import Riwayat


@transaction.atomic
def add(*, kode: str, jenis: str, alasan: str, by, instansi) -> AturanBuktiUpacara:
    """One more row; a question that no version has is refused."""
    kode, alasan = require(kode, "Kode pertanyaan"), require(alasan, "Alasan")
    if not Pertanyaan.objects.filter(kode=kode).exists():
        raise AlurError(f"Tidak ada pertanyaan berkode {kode}.")
    if AturanBuktiUpacara.objects.filter(kode=kode, jenis=jenis).exists():
        raise AlurError(f"Aturan {kode} untuk jenis itu sudah ada. Aktifkan yang ada.")
    aturan = AturanBuktiUpacara.objects.create(kode=kode, jenis=jenis, alasan=alasan)
    _record(aturan, "aturan bukti upacara ditambah", by, instansi)
    return aturan


@transaction.atomic
def set_aktif(aturan: AturanBuktiUpacara, aktif: bool, *, by, instansi) -> AturanBuktiUpacara:
    aturan = AturanBuktiUpacara.objects.select_for_update().get(pk=aturan.pk)
    if aturan.aktif != aktif:
        aturan.aktif = aktif
        aturan.save(update_fields=["aktif"])
        _record(aturan, "aturan bukti upacara diubah", by, instansi)
    return aturan


def _record(aturan: AturanBuktiUpacara, kejadian: str, by, instansi) -> None:
    isi = {"kode": aturan.kode, "jenis": aturan.jenis, "aktif": aturan.aktif}
    Riwayat.record(
        instansi, kejadian, by=by, objek=f"aturan_bukti_upacara:{aturan.pk}", sesudah=isi
    )
