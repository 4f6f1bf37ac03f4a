"""Put messages into the queue. The same message for the same person is put there once, however often
and by however many at a time it is asked for."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from satker.models import Kiriman


@dataclass(frozen=True)
class Pesan:
    """What `queue` takes, for many at once: either `pengguna_id` or `alamat`."""

    jenis: str
    kunci: str
    kirim_pada: datetime.datetime
    pengguna_id: int | None = None
    alamat: str = ""
    saluran: str = Kiriman.Saluran.SUREL
    berguna_sampai: datetime.datetime | None = None
    isi: dict[str, Any] = field(default_factory=dict)


def queue(
    jenis: str,
    kunci: str,
    *,
    kirim_pada: datetime.datetime,
    saluran: str = Kiriman.Saluran.SUREL,
    pengguna=None,
    alamat: str = "",
    berguna_sampai: datetime.datetime | None = None,
    isi: dict[str, Any] | None = None,
) -> bool:
    """Queue one message to an account or to an address; False when it is there already.

    `jenis` names its writer (`surat.register_surat`), `kunci` what it is (`undangan:12:3`), `isi`
    holds the ids that the writer needs. After `berguna_sampai` it is not sent any more; without one
    it is given up after two weeks."""
    pengguna_id = None if pengguna is None else pengguna.pk
    pesan = Pesan(jenis, kunci, kirim_pada, pengguna_id, alamat, saluran, berguna_sampai, isi or {})
    return bool(queue_semua([pesan]))


def queue_semua(daftar: Iterable[Pesan]) -> list[Kiriman]:
    """Queue many in a few statements; those that were not there yet, with their keys."""
    baru = [
        Kiriman(
            jenis=satu.jenis,
            kunci=satu.kunci,
            saluran=satu.saluran,
            pengguna_id=satu.pengguna_id,
            # The address of an account is looked up when the message is sent.
            alamat="" if satu.pengguna_id else _check_alamat(satu),
            kirim_pada=satu.kirim_pada,
            berguna_sampai=satu.berguna_sampai,
            isi=satu.isi,
        )
        for satu in daftar
    ]
    Kiriman.objects.bulk_create(baru, ignore_conflicts=True, batch_size=500)
    # Which rows are ours is told by the id that each was given here: the others met one that was
    # there before, or one that somebody else put there just now.
    hasil: list[Kiriman] = []
    for awal in range(0, len(baru), 500):
        potongan = [satu.message_id for satu in baru[awal : awal + 500]]
        hasil += Kiriman.objects.filter(message_id__in=potongan).order_by("pk")
    return hasil


def _check_alamat(pesan: Pesan) -> str:
    if not pesan.alamat.strip():
        raise ValueError(f"{pesan.jenis} {pesan.kunci}: pengguna atau alamat harus ada")
    return pesan.alamat.strip()


def withdraw(jenis: str, kunci: str) -> int:
    """Take back what has not been sent yet, for everybody; how many. One that a worker is just
    sending arrives all the same."""
    return Kiriman.objects.filter(
        jenis=jenis, kunci=kunci, status=Kiriman.Status.ANTRE, sewa_sampai__isnull=True
    ).update(status=Kiriman.Status.DITARIK)
