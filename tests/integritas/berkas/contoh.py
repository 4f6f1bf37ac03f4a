"""Real files of every kind, made here; a test changes one thing about one of them."""

import io
import struct
import zipfile
import zlib
from base64 import b64decode

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from tests.integritas.berkas import make_xlsx

JPEG = b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4"
    "UG1RV19iZ2hnPk1xeXBkeFxlZ2P/wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABf/EABQQAQAAAAAAAAAAAA"
    "AAAAAAAAD/2gAIAQEAAD8AMf/Z"
)
# Several scans, as a camera or a browser writes them.
JPEG_BERTAHAP = b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4"
    "UG1RV19iZ2hnPk1xeXBkeFxlZ2P/wgALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABP/aAAgBAQAAAAEv/8QAFB"
    "ABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABBQJ//8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAGPwJ//8QAFBABAAAA"
    "AAAAAAAAAAAAAAAAAP/aAAgBAQABPyF//9oACAEBAAAAEP8A/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxB//9"
    "k="
)
WEBP = b64decode("UklGRh4AAABXRUJQVlA4TBEAAAAvA4AAAAdQhCb0oP+BiOh/AAA=")
WEBP_RUGI = b64decode("UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoEAAMADMDOJaQAA3AA/uvUgAA=")

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PAKET = "http://schemas.openxmlformats.org/package/2006"
_MIME = "application/vnd.openxmlformats-officedocument."
UTAMA = {
    "docx": ("word/document.xml", f"{_MIME}wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{_MIME}spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", f"{_MIME}presentationml.presentation.main+xml"),
}


def make(jenis):
    """A small sound file of the kind."""
    if jenis == "xlsx":
        return make_xlsx(["a", 1])
    return {
        "pdf": make_pdf,
        "jpeg": lambda: JPEG,
        "png": make_png,
        "webp": lambda: WEBP,
        "docx": make_office,
        "pptx": lambda: make_office("pptx"),
        "mp4": make_mp4,
    }[jenis]()


# --- PDF ------------------------------------------------------------------------------------------


def make_pdf(ubah=None):
    """A page of PDF; `ubah` gets the writer before it is written."""
    penulis = PdfWriter()
    penulis.add_blank_page(200, 200)
    if ubah:
        ubah(penulis)
    keluaran = io.BytesIO()
    penulis.write(keluaran)
    return keluaran.getvalue()


def add_aksi(penulis, **isi):
    """Let the document do something when it is opened."""
    aksi = DictionaryObject(
        {
            NameObject(f"/{kunci}"): NameObject(nilai)
            if nilai.startswith("/")
            else TextStringObject(nilai)
            for kunci, nilai in isi.items()
        }
    )
    penulis.root_object[NameObject("/OpenAction")] = aksi


def write_pdf(*daftar, trailer=b"", awal=b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"):
    """The objects as they are given, with the table of where they begin."""
    isi, letak = bytearray(awal), []
    for nomor, objek in enumerate(daftar, 1):
        letak.append(len(isi))
        isi += b"%d 0 obj\n%s\nendobj\n" % (nomor, objek)
    tabel = len(isi)
    isi += b"xref\n0 %d\n0000000000 65535 f \n" % (len(daftar) + 1)
    isi += b"".join(b"%010d 00000 n \n" % satu for satu in letak)
    isi += b"trailer\n<< /Size %d /Root 1 0 R %s>>\n" % (len(daftar) + 1, trailer)
    return bytes(isi + b"startxref\n%d\n%%%%EOF\n" % tabel)


KATALOG = b"<< /Type /Catalog /Pages 2 0 R %s>>"
HALAMAN = b"<< /Type /Pages /Kids [] /Count 0 >>"


def make_stream(isi, kamus=b""):
    return b"<< /Length %d %s>>\nstream\n%s\nendstream" % (len(isi), kamus, isi)


def make_objstm(*daftar, kamus=b"/Type /ObjStm ", pack=True):
    """Packed objects numbered from 100 on."""
    kepala, letak = b"", 0
    for nomor, objek in enumerate(daftar, 100):
        kepala += b"%d %d " % (nomor, letak)
        letak += len(objek) + 1
    isi = kepala + b" ".join(daftar) + b" "
    saring = b"/Filter /FlateDecode " if pack else b""
    kamus += b"/N %d /First %d %s" % (len(daftar), len(kepala), saring)
    return make_stream(zlib.compress(isi) if pack else isi, kamus)


def add_lampiran(penulis):
    penulis.add_attachment("rahasia.exe", b"MZ...")


def add_form_xfa(penulis):
    aliran = StreamObject()
    aliran.set_data(b"<xdp:xdp/>")
    penulis.root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/XFA"): ArrayObject([penulis._add_object(aliran)])}
    )


# --- images and video -----------------------------------------------------------------------------


def make_png(lebar=4, tinggi=3, *, sisip=()):
    """A grey image; `sisip` are further pieces before its end."""
    kepala = struct.pack(">2I5B", lebar, tinggi, 8, 0, 0, 0, 0)
    data = zlib.compress(b"\0" * 15)
    daftar = [(b"IHDR", kepala), *sisip, (b"IDAT", data), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(make_keping(*satu) for satu in daftar)


def make_keping(nama, isi):
    return struct.pack(">I", len(isi)) + nama + isi + struct.pack(">I", zlib.crc32(nama + isi))


def make_jpeg(*segmen, isi=JPEG):
    """The image with further segments behind its first two bytes: (mark, content)."""
    sisip = b"".join(
        b"\xff" + bytes([tanda]) + struct.pack(">H", len(data) + 2) + data for tanda, data in segmen
    )
    return isi[:2] + sisip + isi[2:]


def make_kotak(nama, isi=b""):
    return struct.pack(">I", len(isi) + 8) + nama + isi


def make_mp4(*, merek=b"isom", lain=b"isomiso2avc1mp41", mdat=b"\0" * 64, belakang=b""):
    return (
        make_kotak(b"ftyp", merek + b"\0\0\2\0" + lain)
        + make_kotak(b"moov", make_kotak(b"mvhd", b"\0" * 100))
        + make_kotak(b"free")
        + make_kotak(b"mdat", mdat)
        + belakang
    )


def make_webp(*keping, sisa=0):
    isi = b"WEBP" + b"".join(
        nama + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
        for nama, data in keping
    )
    return b"RIFF" + struct.pack("<I", len(isi) + sisa) + isi


def make_samsung(*daftar):
    """Samsung's notes behind an image: (name, content)."""
    blok, entri, letak = b"", b"", []
    for nama, isi in daftar:
        letak.append((len(blok), 8 + len(nama) + len(isi)))
        blok += struct.pack("<2HI", 0, 0x0A01, len(nama)) + nama + isi
    for mulai, panjang in letak:
        entri += struct.pack("<2H2I", 0, 0x0A01, len(blok) - mulai, panjang)
    tabel = b"SEFH" + struct.pack("<2I", 106, len(daftar)) + entri
    return blok + tabel + struct.pack("<I", len(tabel)) + b"SEFT"


# --- office ---------------------------------------------------------------------------------------


def make_relasi(*daftar):
    """A part of relations: (kind, target) or (kind, target, "External")."""
    isi = "".join(
        f'<Relationship Id="r{nomor}" Type="{jenis if "/" in jenis else f"{_OFFICE}/{jenis}"}" '
        f'Target="{tujuan}"{"".join(" TargetMode=" + chr(34) + satu + chr(34) for satu in mode)}/>'
        for nomor, (jenis, tujuan, *mode) in enumerate(daftar)
    )
    return (
        f'<?xml version="1.0"?><Relationships xmlns="{_PAKET}/relationships">{isi}</Relationships>'
    )


def make_bagian(jenis="docx", *, mime=None, relasi=(), bawaan=()):
    """The parts of a small document by name, as text or bytes."""
    utama, mime_utama = UTAMA[jenis]
    folder, nama = utama.split("/")
    ekstra = "".join(f'<Default Extension="{a}" ContentType="{m}"/>' for a, m in bawaan)
    return {
        "[Content_Types].xml": f'<?xml version="1.0"?><Types xmlns="{_PAKET}/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{ekstra}'
        f'<Override PartName="/{utama}" ContentType="{mime or mime_utama}"/></Types>',
        "_rels/.rels": make_relasi(("officeDocument", utama)),
        utama: '<?xml version="1.0"?><isi><p>Halo</p></isi>',
        f"{folder}/_rels/{nama}.rels": make_relasi(*relasi),
    }


def make_office(jenis="docx", *, tambah=(), ubah=None, **kata):
    """A small document with further or changed parts."""
    return make_zip((make_bagian(jenis, **kata) | (ubah or {}) | dict(tambah)).items())


def make_zip(daftar, metode=zipfile.ZIP_DEFLATED):
    keluaran = io.BytesIO()
    with zipfile.ZipFile(keluaran, "w", metode) as arsip:
        for nama, isi in daftar:
            arsip.writestr(nama, isi)
    return keluaran.getvalue()


def add_zip64(isi, **ubah):
    """With records of ZIP64 before the last one, as Java's writers of large workbooks add always."""
    akhir = len(isi) - 22
    jumlah, panjang, mulai = struct.unpack("<H2I", isi[akhir + 10 : akhir + 20])
    nilai = {"satu": jumlah, "semua": jumlah, "panjang": panjang, "mulai": mulai, "letak": akhir}
    nilai |= ubah
    rekam = struct.pack("<4sQ2H2I", b"PK\6\6", 44, 45, 45, 0, 0)
    rekam += struct.pack("<4Q", *(nilai[n] for n in ("satu", "semua", "panjang", "mulai")))
    rekam += struct.pack("<4sIQI", b"PK\6\7", 0, nilai["letak"], 1)
    return isi[:akhir] + rekam + isi[akhir:]
