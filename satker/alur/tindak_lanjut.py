"""Dates that follow an event, for each unit that took part."""

from pathlib import Path

from django.db import transaction
from django.utils import timezone

from integritas.alur import AlurError
from satker.fakta import DATA, read_csv
from satker.jadwal_lanjut import PolaLanjut, build_jadwal
from satker.models import Catatan, PesertaSatker, Riwayat, TindakLanjut, Upacara
from satker.pengingat import susun

BERKAS: Path = DATA / "tindak-lanjut.csv"


def read_pola() -> list[PolaLanjut]:
    return [
        PolaLanjut(baris["pola"], int(baris["nilai"]), baris["perihal"], baris["sumber"])
        for baris in read_csv(BERKAS)
    ]


def make(upacara: Upacara, catatan: Catatan, *, by) -> int:
    """The dates of the year for every unit that takes part; the event is locked by the caller.
    Returns how many. Made again, nothing is doubled. `catatan` is the host's own line, written
    with the others so that all chains are locked in their order."""
    jadwal = build_jadwal(upacara.tanggal, read_pola())
    daftar = [
        peserta.satker
        for peserta in PesertaSatker.objects.filter(upacara=upacara)
        .select_related("satker")
        .order_by("satker__kode")
    ]
    TindakLanjut.objects.bulk_create(
        [
            TindakLanjut(
                upacara=upacara,
                satker=satker,
                tanggal=satu.tanggal,
                perihal=satu.perihal,
                sumber=satu.sumber,
            )
            for satker in daftar
            for satu in jadwal
        ],
        ignore_conflicts=True,
        batch_size=2000,
    )
    Riwayat.record_many(
        [
            catatan,
            *(
                Catatan(
                    satker,
                    "tindak lanjut dijadwalkan",
                    upacara.objek,
                    {},
                    {"upacara": upacara.kode, "jumlah": len(jadwal)},
                    "",
                )
                for satker in daftar
            ),
        ],
        by=by,
    )
    susun.refresh_objek("tindak_lanjut")
    return len(daftar) * len(jadwal)


@transaction.atomic
def mark(tindak: TindakLanjut, *, selesai: bool, by) -> TindakLanjut:
    """Done, or not done after all."""
    tindak = (
        TindakLanjut.objects.select_for_update(of=("self",))
        .select_related("satker")
        .get(pk=tindak.pk)
    )
    if selesai and tindak.selesai_pada is not None:
        raise AlurError("Tindak lanjut ini sudah ditandai selesai.")
    if not selesai and tindak.selesai_pada is None:
        raise AlurError("Tindak lanjut ini belum ditandai selesai.")
    tindak.selesai_pada = timezone.now() if selesai else None
    tindak.selesai_oleh = by if selesai else None
    tindak.save(update_fields=["selesai_pada", "selesai_oleh"])
    Riwayat.record(
        tindak.satker,
        "tindak lanjut selesai" if selesai else "tindak lanjut dibuka lagi",
        by=by,
        objek=f"tindak_lanjut:{tindak.pk}",
        sesudah={"perihal": tindak.perihal, "tanggal": tindak.tanggal},
    )
    susun.refresh_objek("tindak_lanjut", str(tindak.pk))
    return tindak
