"""Notes that speak of another year or another unit: mostly what was copied from there."""

import re
from collections.abc import Iterator

from penilaian.xray.bentuk import Lembar, Temu, join_dan, shorten
from penilaian.xray.bukti import looks_back

TAHUN_TERBANYAK = 6
UNIT_TERBANYAK = 3
# The number of a letter or a rule says when that was made, not what the note is about; a day does
# count (12/05/2021).
_HARI = re.compile(r"(?<![\d/.-])\d{1,2}[/.-]\d{1,2}[/.-](20\d{2})(?!\d)")
_NOMOR = re.compile(
    r"""\b(?:nomor|no)\b\.?\s*\S{1,30}\s+tahun\s+20\d{2}\b
      | \b(?:permen\w*|perpres|perka\w*|kepmen\w*|inpres|uu|pp|undang-undang|peraturan|surat\sedaran)
        \b[^\n;]{0,60}?\btahun\s+20\d{2}\b
      | [^\s,;]{0,40}/20\d{2}(?!\d)""",
    re.I | re.X,
)
# A plan of several years is spoken of by both its ends: 2020-2024.
_RENTANG = re.compile(
    r"(?<!\d)(20\d{2})\s*(?:-|–|s\.?\s*/?\s*d\.?|sampai(?:\s+dengan)?)\s*(20\d{2})(?!\d)"
)
_TAHUN = re.compile(r"(?<![\d.,/-])(20\d{2})(?![\d/]|[.,-]\d)")


def find_tahun(catatan: str, tahun: int) -> list[int]:
    """Years that a note names beside numbers of letters, and beside plans that hold `tahun`."""
    if "20" not in catatan:
        return []
    hari = {int(satu) for satu in _HARI.findall(catatan)}
    teks = _NOMOR.sub(" ", _HARI.sub(" ", catatan))

    def drop(cocok: re.Match) -> str:
        memuat = int(cocok[1]) <= tahun <= int(cocok[2])
        return " " if memuat else f"{cocok[1]} {cocok[2]}"

    return sorted(hari | {int(satu) for satu in _TAHUN.findall(_RENTANG.sub(drop, teks))})


def check_tahun_lain(lembar: Lembar, kode: str) -> Iterator[Temu]:
    """The year before is only noted, and not at all where this year stands beside it or the question
    looks back."""
    daftar = find_tahun(lembar.catatan.get(kode, ""), lembar.tahun)
    lain = [satu for satu in daftar if satu != lembar.tahun]
    lalu = lembar.tahun - 1
    if lembar.tahun in daftar or looks_back(lembar.isi.pertanyaan[kode]):
        lain = [satu for satu in lain if satu != lalu]
    if lain:
        sebut = join_dan([str(satu) for satu in lain[:TAHUN_TERBANYAK]])
        yield Temu(
            kode,
            kode,
            f"Catatan menyebut tahun {sebut}",
            f"Yang dinilai tahun {lembar.tahun}",
            ringan=lain == [lalu],
        )


def check_satker_lain(lembar: Lembar, kode: str) -> Iterator[Temu]:
    if daftar := lembar.sebutan.get(kode, ()):
        sebut = join_dan([f"“{shorten(satu)}”" for satu in daftar[:UNIT_TERBANYAK]])
        yield Temu(kode, kode, f"Catatan menyebut {sebut}", f"LKE ini milik {shorten(lembar.nama)}")
