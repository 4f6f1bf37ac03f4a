"""Lists as files: CSV that streams, XLSX built row by row; neither lets a cell become a formula.

A view hands over headings and an iterator of rows (text, numbers, dates, None), best from
`queryset.iterator()`: memory stays the same at any length.
"""

import csv
import datetime
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# About this many characters leave at once.
POTONGAN = 16_384
# Signs with which a spreadsheet begins a formula, also in their full-width form. A file opened
# with another separator than the comma begins new cells behind ";", a tab or a line break.
TANDA = r"=+\-@＝＋－＠"
_AWAL = rf"(\A(?= *'*[{TANDA}\t\r\n])|(?<=[;\t\r\n])(?= *'*[{TANDA}]))( *)"
_RAWAN = re.compile(_AWAL)
_KUTIP = re.compile(_AWAL + "'")
_AWAL_RAWAN = frozenset("=+-@＝＋－＠")
# Blanks and apostrophes may stand before the sign.
_AWAL_RAGU = _AWAL_RAWAN | frozenset(" '")
_PEMISAH = re.compile(r"[;\t\r\n]")


def escape_teks(teks: str) -> str:
    """The text with an apostrophe wherever a spreadsheet would begin a formula."""
    # Almost every cell is harmless, and looking at its beginning is much quicker than the pattern.
    if teks.lstrip(" '")[:1] not in _AWAL_RAWAN and not _PEMISAH.search(teks):
        return teks
    return _RAWAN.sub(r"\2'", teks)


def unescape_teks(teks: str) -> str:
    """The text that `escape_teks` was given."""
    return _KUTIP.sub(r"\2", teks)


def respond_csv(
    nama: str, judul: Sequence[str], baris: Iterable[Sequence[Any]], *, bom: bool = True
) -> StreamingHttpResponse:
    """A CSV download named `<nama>-<today>.csv`; the mark in front tells Excel that it is UTF-8."""
    respons = StreamingHttpResponse(
        stream_csv(judul, baris, bom=bom), content_type="text/csv; charset=utf-8"
    )
    respons["Content-Disposition"] = f'attachment; filename="{build_nama(nama, "csv")}"'
    return respons


def respond_xlsx(nama: str, judul: Sequence[str], baris: Iterable[Sequence[Any]]) -> FileResponse:
    """An XLSX download named `<nama>-<today>.xlsx`, one sheet with a heading row."""
    # Closed by the response; on disk, so that a long list does not fill the memory.
    berkas = tempfile.TemporaryFile()  # noqa: SIM115
    write_xlsx(berkas, judul, baris)
    berkas.seek(0)
    return FileResponse(
        berkas, as_attachment=True, filename=build_nama(nama, "xlsx"), content_type=XLSX
    )


def respond(
    bentuk: str, nama: str, judul: Sequence[str], baris: Iterable[Sequence[Any]]
) -> StreamingHttpResponse | FileResponse:
    """The list in the form that the address asks for: `csv` or `xlsx`."""
    return (respond_xlsx if bentuk == "xlsx" else respond_csv)(nama, judul, baris)


def build_nama(nama: str, akhiran: str) -> str:
    """`satker-2026-11-21.csv`: what it is and the day it was taken."""
    return f"{nama}-{timezone.localdate().isoformat()}.{akhiran}"


def stream_csv(
    judul: Sequence[str], baris: Iterable[Sequence[Any]], *, bom: bool = True
) -> Iterator[str]:
    """The text of the CSV in pieces."""
    penampung = io.StringIO()
    write = csv.writer(penampung).writerow
    if bom:
        penampung.write("\ufeff")
    write([_to_csv(nilai) for nilai in judul])
    for satu in baris:
        write(satu if _is_harmless(satu) else [_to_csv(nilai) for nilai in satu])
        if penampung.tell() >= POTONGAN:
            yield penampung.getvalue()
            penampung.seek(0)
            penampung.truncate()
    yield penampung.getvalue()


def _is_harmless(baris: Sequence[Any]) -> bool:
    """A row of texts of which none can begin a formula, by far the commonest: one look at how its
    cells begin and one for signs between which a cell could be cut. It sees more danger than there
    is, never less."""
    try:
        teks = "".join(baris)
    except TypeError:
        return False
    awal = {nilai[:1] for nilai in baris}
    return awal.isdisjoint(_AWAL_RAGU) and not _PEMISAH.search(teks)


def _to_csv(nilai: Any) -> Any:
    if isinstance(nilai, str):
        return escape_teks(nilai)
    if isinstance(nilai, bool):
        return "ya" if nilai else "tidak"
    if nilai is None or isinstance(nilai, int | float | Decimal):
        return nilai
    if isinstance(nilai, datetime.datetime):
        return timezone.localtime(nilai).isoformat(sep=" ", timespec="seconds")
    if isinstance(nilai, datetime.date):
        return nilai.isoformat()
    return escape_teks(str(nilai))


def write_xlsx(berkas, judul: Sequence[str], baris: Iterable[Sequence[Any]]) -> None:
    """Write one sheet to an open binary file; rows leave memory as they come."""
    buku = xlsxwriter.Workbook(
        berkas,
        {"constant_memory": True, "default_date_format": "yyyy-mm-dd", "remove_timezone": True},
    )
    lembar = buku.add_worksheet("Data")
    tebal = buku.add_format({"bold": True, "bottom": 1})
    lembar.freeze_panes(1, 0)
    for kolom, teks in enumerate(judul):
        lembar.set_column(kolom, kolom, max(14, len(str(teks)) + 2))
        lembar.write_string(0, kolom, str(teks), tebal)
    for nomor, satu in enumerate(baris, 1):
        for kolom, nilai in enumerate(satu):
            _write_cell(lembar, nomor, kolom, nilai)
    buku.close()


def _write_cell(lembar, nomor: int, kolom: int, nilai: Any) -> None:
    if nilai is None or nilai == "":
        return
    if isinstance(nilai, bool):
        lembar.write_string(nomor, kolom, "ya" if nilai else "tidak")
    elif isinstance(nilai, int | float | Decimal):
        lembar.write_number(nomor, kolom, nilai)
    elif isinstance(nilai, datetime.datetime):
        lembar.write_datetime(nomor, kolom, timezone.localtime(nilai).replace(tzinfo=None))
    elif isinstance(nilai, datetime.date):
        lembar.write_datetime(nomor, kolom, nilai)
    else:
        # Always as a string: a text that looks like a formula stays a text. 32,767 is Excel's most.
        lembar.write_string(nomor, kolom, str(nilai)[:32_767])
