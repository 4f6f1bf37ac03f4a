"""An empty workbook to fill in: headings, lists to choose from, examples, and what to write where."""

import datetime
import tempfile
from collections.abc import Mapping, Sequence
from typing import IO, Any

import xlsxwriter

from integritas.tabel.berkas import MAKS_BARIS
from integritas.tabel.judul import ANGKA, TANGGAL, Kolom

# Any other column is text, so that a code keeps its zeros.
GAYA_KOLOM = {TANGGAL: "tanggal", ANGKA: "angka"}


def open_contoh(
    daftar_kolom: Sequence[Kolom],
    pilihan: Mapping[str, Sequence[str]],
    contoh: Sequence[Mapping[str, Any]],
) -> IO[bytes]:
    """The workbook as an open file at its beginning; whoever sends it closes it."""
    berkas = tempfile.TemporaryFile()  # noqa: SIM115
    dipakai = [kolom for kolom in daftar_kolom if not kolom.abaikan]
    with xlsxwriter.Workbook(berkas, {"default_date_format": "yyyy-mm-dd"}) as buku:
        gaya = {
            "judul": buku.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EAF2"}),
            "wajib": buku.add_format({"bold": True, "bottom": 2, "bg_color": "#D5DAEC"}),
            "tanggal": buku.add_format({"num_format": "yyyy-mm-dd"}),
            "angka": buku.add_format({"num_format": "General"}),
            "teks": buku.add_format({"num_format": "@"}),
            "lipat": buku.add_format({"text_wrap": True, "valign": "top"}),
        }
        isian = buku.add_worksheet("Isian")
        _write_judul(isian, dipakai, gaya)
        for nomor, kolom in enumerate(dipakai):
            isian.set_column(nomor, nomor, kolom.lebar, gaya[GAYA_KOLOM.get(kolom.jenis, "teks")])
        lembar_contoh = buku.add_worksheet("Contoh")
        _write_judul(lembar_contoh, dipakai, gaya)
        for nomor, kolom in enumerate(dipakai):
            lembar_contoh.set_column(nomor, nomor, kolom.lebar)
        for baris, satu in enumerate(contoh, 1):
            for nomor, kolom in enumerate(dipakai):
                _write(lembar_contoh, baris, nomor, satu.get(kolom.nama))
        _write_petunjuk(buku.add_worksheet("Petunjuk"), dipakai, gaya)
        _write_pilihan(buku.add_worksheet("Pilihan"), isian, dipakai, pilihan, gaya)
        isian.activate()
    berkas.seek(0)
    return berkas


def _write_judul(lembar, dipakai, gaya) -> None:
    lembar.freeze_panes(1, 1)
    for nomor, kolom in enumerate(dipakai):
        lembar.write_string(0, nomor, kolom.nama, gaya["wajib" if kolom.wajib else "judul"])


def _write(lembar, baris: int, nomor: int, nilai: Any) -> None:
    if isinstance(nilai, datetime.date):
        lembar.write_datetime(baris, nomor, nilai)
    elif isinstance(nilai, int | float):
        lembar.write_number(baris, nomor, nilai)
    elif nilai:
        lembar.write_string(baris, nomor, str(nilai))


def _write_petunjuk(lembar, dipakai, gaya) -> None:
    lembar.set_column(0, 0, 22)
    lembar.set_column(1, 1, 90, gaya["lipat"])
    lembar.write_row(0, 0, ["Kolom", "Isinya"], gaya["judul"])
    for baris, kolom in enumerate(dipakai, 1):
        wajib = "Kolom ini harus ada. " if kolom.wajib else ""
        lembar.write_row(baris, 0, [kolom.nama, f"{wajib}{kolom.keterangan}"])


def _write_pilihan(lembar, isian, dipakai, pilihan, gaya) -> None:
    """Lists stand on a sheet of their own: a list inside a rule may hold 255 characters only."""
    for letak, (nama, daftar) in enumerate(pilihan.items()):
        lembar.set_column(letak, letak, 28)
        lembar.write_string(0, letak, nama, gaya["judul"])
        lembar.write_column(1, letak, daftar)
        huruf = xlsxwriter.utility.xl_col_to_name(letak)
        nomor = next(n for n, kolom in enumerate(dipakai) if kolom.nama == nama)
        if daftar:
            isian.data_validation(
                1,
                nomor,
                MAKS_BARIS,
                nomor,
                {
                    "validate": "list",
                    "source": f"=Pilihan!${huruf}$2:${huruf}${len(daftar) + 1}",
                    "error_title": "Tidak dikenal",
                    "error_message": "Pilih dari daftar, atau biarkan untuk diperiksa saat diunggah.",
                    "error_type": "warning",
                },
            )
