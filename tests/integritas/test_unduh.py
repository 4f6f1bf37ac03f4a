"""Lists as files."""

import csv
import datetime
import io
import tracemalloc
from decimal import Decimal

import openpyxl
import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from integritas import unduh

# Closing an answer ends its request, and that looks after the database connections.
pytestmark = pytest.mark.django_db

JAHAT = ["=1+1", "+62", "-2", "@SUM(A1)", "\tx", "\rx", "\nx", " =1", "＝1+1", "a;=1", "a\n+b"]


def read_csv(respons):
    teks = b"".join(respons.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(teks, newline="")))


@pytest.mark.parametrize("teks", JAHAT)
def test_text_that_would_become_a_formula_gets_an_apostrophe(teks):
    aman = unduh.escape_teks(teks)

    assert aman != teks
    assert aman.replace("'", "") == teks
    assert unduh.unescape_teks(aman) == teks


@pytest.mark.parametrize("teks", ["", "Lapas", "35-kanwil", "a-b; c", "'t Hooft", "Jum'at"])
def test_plain_text_is_left_alone(teks):
    assert unduh.escape_teks(teks) == teks


@given(st.text(alphabet=st.sampled_from("=+-@＝ '\t\r\n;,\"a1"), max_size=12))
def test_escaping_is_undone_exactly(teks):
    assert unduh.unescape_teks(unduh.escape_teks(teks)) == teks


@given(st.text(alphabet=st.sampled_from("=+-@ '\t\r\n;,\"a1"), max_size=12))
def test_no_escaped_text_begins_a_formula_whatever_the_separator(teks):
    for potong in (",", ";", "\t"):
        baris = io.StringIO(unduh.escape_teks(teks), newline="")
        for satu in csv.reader(baris, delimiter=potong, quoting=csv.QUOTE_NONE):
            # A comma reader sees the whole quoted cell; only the others cut it.
            for sel in satu if potong != "," else [unduh.escape_teks(teks)]:
                assert not sel.strip(" ").startswith(("=", "+", "-", "@"))


@time_machine.travel("2026-11-21 03:00:00+07:00")
def test_csv_holds_headings_numbers_dates_and_safe_text():
    baris = [["16-kanwil", "=1+1", -5, Decimal("3.74"), datetime.date(2022, 1, 19), None, True]]

    respons = unduh.respond_csv("satker", ["kode", "-nama", "a", "b", "c", "d", "e"], baris)

    assert respons["Content-Disposition"] == 'attachment; filename="satker-2026-11-21.csv"'
    assert respons["Content-Type"] == "text/csv; charset=utf-8"
    assert read_csv(respons) == [
        ["kode", "'-nama", "a", "b", "c", "d", "e"],
        ["16-kanwil", "'=1+1", "-5", "3.74", "2022-01-19", "", "ya"],
    ]


def test_csv_carries_the_mark_for_excel_only_when_asked():
    dengan = b"".join(unduh.respond_csv("a", ["k"], []).streaming_content)
    tanpa = b"".join(unduh.respond_csv("a", ["k"], [], bom=False).streaming_content)

    assert dengan == b"\xef\xbb\xbfk\r\n"
    assert tanpa == b"k\r\n"


def test_xlsx_keeps_types_and_writes_text_as_text():
    baris = [["=1+1", -5, Decimal("3.74"), datetime.date(2022, 1, 19), None, "http://a.id", False]]

    respons = unduh.respond_xlsx("satker", ["a", "b", "c", "d", "e", "f", "g"], baris)

    buku = openpyxl.load_workbook(io.BytesIO(b"".join(respons.streaming_content)))
    respons.close()
    _, isi = buku.active.iter_rows()
    assert [(sel.data_type, sel.value) for sel in isi] == [
        ("s", "=1+1"),
        ("n", -5),
        ("n", 3.74),
        ("d", datetime.datetime(2022, 1, 19)),  # noqa: DTZ001
        ("n", None),
        ("s", "http://a.id"),
        ("s", "tidak"),
    ]
    assert isi[5].hyperlink is None


@pytest.mark.parametrize("write", [unduh.respond_csv, unduh.respond_xlsx])
def test_memory_stays_flat_at_ten_thousand_rows(write):
    baris = ([f"16-lapas-{n}", "Lapas Kelas IIA " * 8, n, "x" * 100] for n in range(10_000))
    tracemalloc.start()

    respons = write("satker", ["kode", "nama", "nomor", "sumber"], baris)
    for _ in respons.streaming_content:
        pass
    respons.close()

    _, puncak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert puncak < 5 * 1024 * 1024


@pytest.mark.parametrize(
    "rawan",
    [
        "=1+1",
        "+62812",
        "-2+3",
        "@SUM(A1)",
        "＝1",
        "\t=1",
        "\r=1",
        "  =1",
        "'=1",
        "nama;=1",
        "nama\n=cmd",
        "nama\t@x",
    ],
)
@pytest.mark.parametrize("tempat", [0, 1, 2])
def test_a_formula_is_found_among_texts_alone(rawan, tempat):
    """A row of nothing but texts takes the quick way; danger in any cell must leave it."""
    baris = ["a", "b", "c"]
    baris[tempat] = rawan

    teks = "".join(unduh.stream_csv(["x", "y", "z"], [baris], bom=False))

    hasil = list(csv.reader(io.StringIO(teks, newline="")))[1]
    assert hasil[tempat] == unduh.escape_teks(rawan)
    assert hasil[tempat] != rawan
