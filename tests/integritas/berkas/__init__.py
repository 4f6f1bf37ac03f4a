"""Files for tests of the import: good ones in a line, bad ones by changing a part."""

import io
import zipfile

import xlsxwriter


def make_csv(*baris, pemisah=",", sandi="utf-8"):
    """Rows of cells as the bytes of a CSV."""
    return "".join(pemisah.join(satu) + "\r\n" for satu in baris).encode(sandi)


def make_xlsx(*baris, lembar="Data", **lembar_lain):
    """Rows of cells as a workbook; a text with "=" in front becomes a formula."""
    penampung = io.BytesIO()
    with xlsxwriter.Workbook(penampung, {"default_date_format": "yyyy-mm-dd"}) as buku:
        for nama, isi in {lembar: baris, **lembar_lain}.items():
            halaman = buku.add_worksheet(nama)
            for nomor, satu in enumerate(isi):
                halaman.write_row(nomor, 0, satu)
    return penampung.getvalue()


def change_zip(isi, ubah=None, tambah=(), metode=zipfile.ZIP_DEFLATED):
    """The same workbook with parts changed by name (a function of their bytes) or added."""
    keluaran = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(isi)) as asal, zipfile.ZipFile(keluaran, "w", metode) as baru:
        for nama in asal.namelist():
            data = asal.read(nama)
            if ubah and nama in ubah:
                data = ubah[nama](data)
            if data is not None:
                baru.writestr(nama, data)
        for nama, data in tambah:
            baru.writestr(nama, data)
    return keluaran.getvalue()
