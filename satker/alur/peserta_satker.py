"""Which units take part in an event. Units of another Kanwil come as guests."""

from django.db import transaction

from integritas.alur import AlurError
from integritas.teks import format_tanggal
from satker.alur.dasar_upacara import lock_editable
from satker.alur.undangan import call_off
from satker.models import KedudukanSatker, PesertaSatker, Riwayat


@transaction.atomic
def add_satker(upacara, daftar_satker, *, by) -> int:
    """Units take part; those that do already are left alone. Returns how many came in."""
    upacara = lock_editable(upacara)
    if not daftar_satker:
        raise AlurError("Pilih satker dulu.")
    baru = insert_satker(upacara, daftar_satker)
    if not baru:
        raise AlurError("Satker itu sudah menjadi peserta.")
    Riwayat.record(
        upacara.tuan_rumah,
        "satker peserta ditambah",
        by=by,
        objek=upacara.objek,
        sesudah={"satker": sorted(satu.kode for satu in baru)},
    )
    return len(baru)


def insert_satker(upacara, daftar_satker) -> list:
    """Write the rows of those that exist on the day; the event is locked or new."""
    pada = upacara.tanggal
    berdiri = set(
        KedudukanSatker.objects.at(pada)
        .filter(satker__in=daftar_satker)
        .values_list("satker", flat=True)
    )
    for satu in daftar_satker:
        if satu.pk not in berdiri:
            raise AlurError(f"Satker {satu.kode} tidak berdiri pada {format_tanggal(pada)}.")
        if satu.contoh != upacara.tuan_rumah.contoh:
            raise AlurError("Satker contoh dan satker nyata tidak boleh bercampur.")
    ada = set(PesertaSatker.objects.filter(upacara=upacara).values_list("satker", flat=True))
    baru = [satu for satu in daftar_satker if satu.pk not in ada]
    PesertaSatker.objects.bulk_create(PesertaSatker(upacara=upacara, satker=satu) for satu in baru)
    return baru


@transaction.atomic
def remove_satker(upacara, satker, *, by) -> None:
    """A unit does not take part after all; its people leave the list with it."""
    upacara = lock_editable(upacara)
    peserta = PesertaSatker.objects.filter(upacara=upacara, satker=satker).first()
    if peserta is None:
        raise AlurError(f"{satker.kode} bukan peserta upacara ini.")
    # Its people were not there yet, and nothing is signed before an event opens.
    orang = upacara.peserta_set.filter(satker=satker, hadir_pada__isnull=True)
    call_off(upacara, orang)
    jumlah, _ = orang.delete()
    peserta.delete()
    Riwayat.record(
        upacara.tuan_rumah,
        "satker peserta dikeluarkan",
        by=by,
        objek=upacara.objek,
        sebelum={"satker": satker.kode, "orang": jumlah},
    )
