"""What the board of a round says of a unit, decided from the events the unit is in. Pure.

`sudah`: it took part in an event of the round that took place and whose acts include a declaration.
Took place means: told by a source (`tercatat`), closed (`ditutup`) unless nobody of the unit came,
or open (`berlangsung`) with somebody of the unit already there. Where a source names no
participants, the host declared at its own office and nothing is said of others.
`terjadwal`: it is in a coming event that was announced, or in one that is open today.
`belum`: the Kanwil states who takes part (`lengkap`) and the unit has no announced event; or it was
in a closed event and nobody came. A draft (`rencana`) is no date yet, but is told beside.
`tidak diketahui`: no source says. Never called "belum". Also where the day of an event has passed
and nobody has closed it: whether it took place is not known.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Keadaan(StrEnum):
    """In the order of the board: who is behind comes first."""

    BELUM = "belum"
    TIDAK_DIKETAHUI = "tidak-diketahui"
    TERJADWAL = "terjadwal"
    SUDAH = "sudah"


LABEL = {
    Keadaan.SUDAH: "Sudah",
    Keadaan.TERJADWAL: "Terjadwal",
    Keadaan.BELUM: "Belum",
    Keadaan.TIDAK_DIKETAHUI: "Tidak diketahui",
}
URUT = {keadaan: nomor for nomor, keadaan in enumerate(Keadaan)}


@dataclass(frozen=True, slots=True)
class Kegiatan:
    """An event as one unit stands in it. `hadir`: whether anybody of it came, None when nobody has
    said; `tuan_rumah`: it is known as the host only."""

    upacara: int
    status: str
    tanggal: datetime.date
    deklarasi: bool
    hadir: bool | None = None
    tuan_rumah: bool = False


@dataclass(frozen=True, slots=True)
class Putusan:
    """A state, the event behind it, and why: "", `tuan-rumah`, `lewat`, `rencana`, `tidak-hadir`."""

    keadaan: Keadaan
    upacara: int | None = None
    sebab: str = ""


def decide(daftar_kegiatan: Sequence[Kegiatan], *, lengkap: bool, hari: datetime.date) -> Putusan:
    """The state of one unit on the day `hari` (see the module)."""
    belum = Keadaan.BELUM if lengkap else Keadaan.TIDAK_DIKETAHUI
    daftar = sorted(
        (satu for satu in daftar_kegiatan if satu.deklarasi),
        key=lambda satu: (satu.tanggal, satu.upacara),
    )
    for satu in daftar:
        if _took_place(satu):
            return Putusan(Keadaan.SUDAH, satu.upacara, "tuan-rumah" if satu.tuan_rumah else "")
    diumumkan = [satu for satu in daftar if satu.status in {"terjadwal", "berlangsung"}]
    for satu in diumumkan:
        if satu.tanggal >= hari:
            return Putusan(Keadaan.TERJADWAL, satu.upacara)
    if diumumkan:
        return Putusan(Keadaan.TIDAK_DIKETAHUI, diumumkan[-1].upacara, "lewat")
    for satu in daftar:
        if satu.status == "rencana":
            return Putusan(belum, satu.upacara, "rencana")
    for satu in reversed(daftar):
        if satu.status == "ditutup":
            return Putusan(Keadaan.BELUM, satu.upacara, "tidak-hadir")
    return Putusan(belum)


def _took_place(satu: Kegiatan) -> bool:
    return (
        satu.status == "tercatat"
        or (satu.status == "ditutup" and satu.hadir is not False)
        or (satu.status == "berlangsung" and satu.hadir is True)
    )


def count(daftar_putusan: Iterable[Putusan]) -> dict[Keadaan, int]:
    """How many units are in each state; every state is named."""
    hitung = Counter(putusan.keadaan for putusan in daftar_putusan)
    return {keadaan: hitung[keadaan] for keadaan in Keadaan}
