"""Small files of every kind that is taken, and evidence made by the steps of the product."""

import io
import struct
import zlib

from penilaian.bukti import langkah


def build_pdf(teks: str = "bukti", isi: int = 0) -> bytes:
    """A one-page PDF; another text is another file, `isi` bytes of a harmless stream longer."""
    aliran = f"BT /F1 24 Tf 72 720 Td ({teks}) Tj ET".encode()
    objek = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(aliran), aliran),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    if isi:
        objek.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (isi, build_acak(teks, isi)))
    hasil, letak = io.BytesIO(), []
    hasil.write(b"%PDF-1.4\n")
    for nomor, satu in enumerate(objek, 1):
        letak.append(hasil.tell())
        hasil.write(b"%d 0 obj\n%s\nendobj\n" % (nomor, satu))
    awal = hasil.tell()
    hasil.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objek) + 1))
    for satu in letak:
        hasil.write(b"%010d 00000 n \n" % satu)
    hasil.write(
        b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objek) + 1, awal)
    )
    return hasil.getvalue()


def build_acak(benih: str, panjang: int) -> bytes:
    """Bytes without a word of any format in them, the same for the same seed."""
    satu = bytes(128 + (huruf % 100) for huruf in benih.encode()) or b"\x80"
    return (satu * (panjang // len(satu) + 1))[:panjang]


def build_png(lebar: int = 2, warna: int = 0) -> bytes:
    """A grey square."""

    def potong(nama: bytes, isi: bytes) -> bytes:
        return struct.pack(">I", len(isi)) + nama + isi + struct.pack(">I", zlib.crc32(nama + isi))

    baris = (b"\0" + bytes([warna]) * lebar) * lebar
    return (
        b"\x89PNG\r\n\x1a\n"
        + potong(b"IHDR", struct.pack(">IIBBBBB", lebar, lebar, 8, 0, 0, 0, 0))
        + potong(b"IDAT", zlib.compress(baris))
        + potong(b"IEND", b"")
    )


def add_bukti(penilaian, kode, teks="bukti", *, by=None, nama="", **rincian):
    """Evidence under a question, from a small PDF that says `teks`."""
    hasil = langkah.add_berkas(
        penilaian,
        kode,
        io.BytesIO(build_pdf(teks)),
        nama or f"{teks}.pdf",
        by=by,
        rincian=langkah.Rincian(**rincian),
    )
    assert hasil.pemakaian is not None, hasil
    return hasil.pemakaian
