"""Names inside a pack: what any system can unpack, the same for the same evidence. Pure.

Windows is the strictest: no reserved device names, no point or blank at the end, no difference
between capitals, and 260 characters for the whole path, of which about 90 are the reader's folder.
"""

import re
import unicodedata

FOLDER_TERPANJANG = 48
BERKAS_TERPANJANG = 70
_TERLARANG = re.compile(r'[<>:"/\\|?*]')
_PERANGKAT = re.compile(
    r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|CLOCK\$|(?:COM|LPT)[0-9¹²³]) *(?:\.|\Z)", re.IGNORECASE
)


def tidy_folder(teks: str) -> str:
    """A folder's name, cut between words when it is too long."""
    teks = _tidy(teks)
    if _measure(teks) > FOLDER_TERPANJANG:
        kata = _cut(teks, FOLDER_TERPANJANG + 1).rpartition(" ")[0]
        teks = (kata or _cut(teks, FOLDER_TERPANJANG)).rstrip(" .,;:-")
    return _refuse_perangkat(teks)


def tidy_berkas(teks: str, akhiran: str, dikenal: frozenset[str] | set[str]) -> str:
    """A file's name with one of the endings in `dikenal`; `akhiran` is put to a name without."""
    pokok, titik, ekor = _tidy(teks).rpartition(".")
    if pokok and f".{ekor.lower()}" in dikenal:
        akhiran = f".{ekor}"
    else:
        pokok = f"{pokok}{titik}{ekor}"
    return _join(pokok, akhiran)


class Penamaan:
    """Hands out paths, none twice, even to a reader to whom capitals are the same."""

    def __init__(self) -> None:
        self.terpakai: set[str] = set()

    def take(self, folder: str, nama: str) -> str:
        """`folder/nama`, or the first of `nama (2)`, `nama (3)` that is free."""
        pokok, titik, ekor = nama.rpartition(".")
        nomor, jalur = 1, f"{folder}/{nama}" if folder else nama
        while self.fold(jalur) in self.terpakai:
            nomor += 1
            jalur = f"{folder}/{_join(pokok, titik + ekor, f' ({nomor})')}"
        self.terpakai.add(self.fold(jalur))
        return jalur

    @staticmethod
    def fold(jalur: str) -> str:
        return unicodedata.normalize("NFKC", jalur).casefold()


def _tidy(teks: str) -> str:
    """One line of letters that are seen, without signs that mean something in a path."""
    teks = unicodedata.normalize("NFC", teks)
    teks = "".join(huruf if huruf.isprintable() else " " for huruf in teks)
    return re.sub(r"\s+", " ", _TERLARANG.sub("_", teks)).strip(" .") or "tanpa nama"


def _join(pokok: str, akhiran: str, tambahan: str = "") -> str:
    sisa = BERKAS_TERPANJANG - _measure(akhiran) - _measure(tambahan)
    pokok = _cut(pokok, sisa).rstrip(" .") or "tanpa nama"
    return _refuse_perangkat(f"{pokok}{tambahan}{akhiran}")


def _refuse_perangkat(nama: str) -> str:
    """`NUL.pdf` is a device to Windows, whatever its ending."""
    return f"_{nama}" if _PERANGKAT.match(nama) else nama


def _measure(teks: str) -> int:
    """As Windows counts: a sign outside the first plane is two."""
    return len(teks.encode("utf-16-le")) // 2


def _cut(teks: str, panjang: int) -> str:
    return teks.encode("utf-16-le")[: panjang * 2].decode("utf-16-le", "ignore")
