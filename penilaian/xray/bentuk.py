"""What a rule of the X-ray reads, and what it says."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, auto

from penilaian.instrumen import Instrumen
from penilaian.jawaban import Isian

# See also penilaian.models.Tingkat.
HARUS, SEBAIKNYA, CATATAN = "harus", "sebaiknya", "catatan"
NAMA_TERPANJANG = 100


class Baca(Enum):
    """What of a question a rule looks at: another run is needed only when that has changed."""

    JAWABAN = auto()
    CATATAN = auto()
    BUKTI = auto()


@dataclass(frozen=True)
class Pakai:
    """One use of evidence. `berkas` names its content, None for an address; `periode` says `dari` and
    `sampai` in words; `berlaku`: somebody stated that it still holds; `masalah`: why nobody opens it."""

    bukti: int
    nama: str
    berkas: int | None = None
    halaman: int | None = None
    dari: datetime.date | None = None
    sampai: datetime.date | None = None
    periode: str = ""
    berlaku: bool = False
    masalah: str = ""

    @property
    def sebutan(self) -> str:
        return f"“{shorten(self.nama)}”"


@dataclass(frozen=True)
class Luar:
    """Content of a use that other units use as well: where, as far as the reader may know; `banyak`:
    in more units than are named."""

    pakai: Pakai
    daftar_tempat: Sequence[str]
    banyak: bool = False


@dataclass(frozen=True)
class Lembar:
    """An LKE as the rules see it, by question code: answers that count, notes of such answers, uses of
    evidence in the order they came, other units that a note names, and content that other units use.
    What is not there is empty."""

    isi: Instrumen
    tahun: int
    jawab: Mapping[str, Isian] = field(default_factory=dict)
    catatan: Mapping[str, str] = field(default_factory=dict)
    bukti: Mapping[str, Sequence[Pakai]] = field(default_factory=dict)
    sebutan: Mapping[str, Sequence[str]] = field(default_factory=dict)
    luar: Mapping[str, Sequence[Luar]] = field(default_factory=dict)
    nama: str = ""

    def say_nomor(self, kode: str) -> str:
        return f"nomor {self.isi.pertanyaan[kode].urutan}"


@dataclass(frozen=True)
class Temu:
    """Two facts that do not fit, and the question to go to. `kunci` is unique within the rule and stays
    while the matter is the same; `ringan`: the milder of the rule's two levels."""

    kode: str
    kunci: str
    satu: str
    dua: str
    ringan: bool = False


@dataclass(frozen=True)
class Aturan:
    """A rule. `periksa` looks at one question, or with `seluruh` at the whole LKE (its code is "" then);
    `jangkar` leads from a question that changed to the one that the rule stands under."""

    kode: str
    judul: str
    tingkat: str
    baca: frozenset[Baca]
    periksa: Callable[[Lembar, str], Iterable[Temu]]
    ringan: str = ""
    seluruh: bool = False
    jangkar: Mapping[str, str] = field(default_factory=dict, hash=False)

    def get_tingkat(self, temu: Temu) -> str:
        return self.ringan if temu.ringan else self.tingkat


def shorten(teks: str, panjang: int = NAMA_TERPANJANG) -> str:
    return teks if len(teks) <= panjang else f"{teks[: panjang - 1].rstrip()}…"


def say_jumlah(nilai: Decimal) -> str:
    """A count as it is read: `1.234`."""
    return f"{int(nilai):,}".replace(",", ".")


def say_nilai(nilai: Decimal) -> str:
    """A worth of 0 to 1 with two decimals: `0,50`."""
    return f"{nilai:.2f}".replace(".", ",")


def lower_first(teks: str) -> str:
    """A label inside a sentence; an abbreviation stays as it is."""
    return teks if teks[1:2].isupper() else teks[:1].lower() + teks[1:]


def join_dan(daftar: Sequence[str]) -> str:
    """`a, b dan c`."""
    return daftar[0] if len(daftar) == 1 else f"{', '.join(daftar[:-1])} dan {daftar[-1]}"
