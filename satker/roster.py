"""Rules about the people of a unit that need no database: who is a double, what a contact needs, and
what strangers see of a staff number. Pure."""

import datetime
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

Tanggal = datetime.date | None
TUTUP = "••••"
# A shorter number is hidden altogether: its end would be most of it.
PALING_PENDEK = 8


# --- what strangers see ---------------------------------------------------------------------------
def fold_nomor(nomor: str | None) -> str | None:
    """A staff number as it is stored and compared: no blanks, dots or dashes; None for an empty one."""
    return re.sub(r"[\s.\-]", "", nomor or "").upper() or None


def mask_nomor(nomor: str | None) -> str:
    """`••••1234`; empty when there is none."""
    if not nomor:
        return ""
    return TUTUP + nomor[-4:] if len(nomor) >= PALING_PENDEK else TUTUP


def mask_kontak(kontak: str | None) -> str:
    """That there is one, and nothing of it."""
    return TUTUP if kontak else ""


# --- contact --------------------------------------------------------------------------------------
def find_kurang(
    kontak: str | None, guna: str | None, sampai: Tanggal, *, kini: datetime.date
) -> list[tuple[str, str]]:
    """What keeps a contact from being stored, as pairs of field and sentence: it comes with its
    purpose and the day on which it is deleted, or not at all."""
    if not (kontak or guna or sampai):
        return []
    salah = []
    if not kontak:
        salah.append(("kontak", "Kontak masih kosong, padahal guna atau tanggal hapusnya terisi."))
    elif not _is_kontak(kontak):
        salah.append(("kontak", "Kontak ditulis sebagai alamat surel atau nomor telepon."))
    if not guna:
        salah.append(("guna_kontak", "Guna kontak wajib diisi bila kontak disimpan."))
    if sampai is None:
        salah.append(("kontak_sampai", "Tanggal kontak dihapus wajib diisi bila kontak disimpan."))
    elif sampai <= kini:
        salah.append(
            (
                "kontak_sampai",
                "Tanggal kontak dihapus sudah lewat. Pilih tanggal sesudah hari ini.",
            )
        )
    return salah


def _is_kontak(teks: str) -> bool:
    """An address with something on both sides of its sign, or a number of eight digits and more."""
    if "@" in teks:
        return re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", teks) is not None
    return re.fullmatch(r"\+?[0-9][0-9 ()\-]{6,30}", teks) is not None


# --- doubles --------------------------------------------------------------------------------------
def is_overlap(dari: Tanggal, sampai: Tanggal, dari_lain: Tanggal, sampai_lain: Tanggal) -> bool:
    """Have `[dari, sampai)` and the other a day in common? An empty side is open. See also
    PersonelQuerySet.overlapping()."""
    for awal, akhir in ((dari, sampai), (dari_lain, sampai_lain)):
        if awal is not None and akhir is not None and akhir <= awal:
            return False
    if sampai is not None and dari_lain is not None and sampai <= dari_lain:
        return False
    return not (sampai_lain is not None and dari is not None and sampai_lain <= dari)


@dataclass(frozen=True)
class Orang:
    """Somebody as doubles are looked for; `asal` is whatever the caller wants back."""

    kunci: str
    nomor: str | None
    dari: Tanggal
    sampai: Tanggal
    asal: Any = None

    def meets(self, lain: "Orang") -> bool:
        return is_overlap(self.dari, self.sampai, lain.dari, lain.sampai)


class DaftarOrang:
    """People of one unit. A double has the same number, or the same name and position unless both
    have numbers and these differ, at a common time."""

    def __init__(self):
        self._nomor: dict[str, list[Orang]] = defaultdict(list)
        self._bernomor: dict[str, list[Orang]] = defaultdict(list)
        self._polos: dict[str, list[Orang]] = defaultdict(list)

    def add(self, orang: Orang) -> None:
        if orang.nomor:
            self._nomor[orang.nomor].append(orang)
            self._bernomor[orang.kunci].append(orang)
        else:
            self._polos[orang.kunci].append(orang)

    def find(self, orang: Orang) -> tuple[Orang, str] | None:
        """The first double and by what it is one: `nomor` or `nama`."""
        if orang.nomor:
            # Those of the same name with a number are the same person or allowed: looked up by it.
            calon = ((self._nomor, orang.nomor, "nomor"), (self._polos, orang.kunci, "nama"))
        else:
            calon = ((self._polos, orang.kunci, "nama"), (self._bernomor, orang.kunci, "nama"))
        for daftar, kunci, sebab in calon:
            for lain in daftar.get(kunci, ()):
                if orang.meets(lain):
                    return lain, sebab
        return None
