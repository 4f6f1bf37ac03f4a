"""Is the file what its name says, and harmless? Refuses with one sentence, never a traceback.

A workbook is a zip of XML. It is unpacked here under bounds that hold for the real bytes, not for
the sizes it declares, its XML is read by a parser that knows no entities, and only the parts that
were seen are packed again for the reader behind: what was checked and what is read cannot differ.
"""

import io
import zipfile
from pathlib import PurePosixPath
from xml.sax import SAXException  # nosec B406: the parsing itself is defusedxml's
from xml.sax.handler import ContentHandler  # nosec B406: a base class, no parser

import defusedxml.sax
from defusedxml import DefusedXmlException

from integritas.berkas.awalan import TERKUNCI, find_awalan
from integritas.berkas.baca import OLE2
from integritas.berkas.tolak import BerkasDitolakError
from integritas.berkas.zip import (
    Jatah,
    ZipMekarError,
    ZipRusakError,
    ZipTerkunciError,
    iter_isi,
    read_daftar,
)
from integritas.teks import format_angka

MAKS_BYTE = 5 * 1024 * 1024
MAKS_ANGGOTA = 300
# A full workbook of 10,000 rows and 20 columns unpacks to about 15 MB.
MAKS_MEKAR = 40 * 1024 * 1024
MAKS_BARIS = 10_000
MAKS_KOLOM = 100
# Rows above the heading, and blank ones between.
MAKS_BARIS_LEMBAR = MAKS_BARIS + 1_000
MAKS_LEMBAR = 20

TEKS, BUKU = frozenset({".csv", ".tsv", ".txt"}), frozenset({".xlsx"})
_ARSIP = (b"PK\x03\x04", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", OLE2)


def check_berkas(nama: str, isi: bytes) -> bool:
    """Refuse a file that is too large or not what its name says; True for a workbook."""
    akhiran = PurePosixPath(nama.replace("\\", "/").lower()).suffix
    if akhiran == ".xlsm":
        raise BerkasDitolakError(
            "Buku kerja bermakro (.xlsm) tidak diterima. Simpan sebagai .xlsx, lalu unggah lagi."
        )
    if akhiran not in TEKS | BUKU:
        raise BerkasDitolakError(
            f"Berkas {akhiran or 'tanpa akhiran nama'} tidak diterima. Simpan sebagai .xlsx atau "
            ".csv, lalu unggah lagi."
        )
    refuse_ukuran(len(isi))
    if not isi.strip(b"\xef\xbb\xbf \t\r\n\0"):
        raise BerkasDitolakError("Berkas ini kosong.")
    sebenarnya = find_jenis(isi)
    if akhiran in BUKU:
        if sebenarnya != "zip":
            raise BerkasDitolakError(
                f"Nama berkasnya {akhiran}, tetapi isinya {sebenarnya or 'teks biasa'}. Buka "
                "dengan aplikasi lembar kerja, simpan sebagai .xlsx, lalu unggah lagi."
            )
        return True
    if sebenarnya:
        sebutan = "buku kerja atau arsip zip" if sebenarnya == "zip" else sebenarnya
        raise BerkasDitolakError(
            f"Nama berkasnya {akhiran}, tetapi isinya {sebutan}. Simpan sebagai .csv atau .xlsx, "
            "lalu unggah lagi."
        )
    return False


def refuse_ukuran(byte: int) -> None:
    """Refuse a file over the limit; also before it is read into memory."""
    if byte > MAKS_BYTE:
        raise BerkasDitolakError(
            f"Berkas ini {format_angka(byte / 1_048_576, 1)} MB; paling besar 5 MB. Bagi menjadi "
            "beberapa berkas."
        )


def find_jenis(isi: bytes) -> str:
    """What the bytes are when they are not plain text; `zip` for a zip, empty for text."""
    if isi.startswith(b"PK"):
        return "zip"
    if isi.startswith(OLE2):
        if TERKUNCI in isi:
            return "buku kerja yang dikunci kata sandi"
        return "buku kerja Excel lama (.xls)"
    return find_awalan(isi)


def unpack_buku(isi: bytes) -> dict[str, bytes]:
    """The workbook's XML parts by name, unpacked under bounds and parsed once without entities."""
    masukan = io.BytesIO(isi)
    try:
        anggota = read_daftar(masukan, len(isi), anggota=MAKS_ANGGOTA)
        _check_daftar(anggota)
        bagian = _inflate(masukan, anggota)
    except ZipMekarError as error:
        raise _refuse_mekar() from error
    except ZipTerkunciError as error:
        raise BerkasDitolakError(
            "Buku kerja ini dikunci kata sandi. Simpan ulang tanpa kata sandi, lalu unggah lagi."
        ) from error
    except ZipRusakError as error:
        raise BerkasDitolakError(
            "Buku kerja ini rusak atau terkunci. Buka dengan aplikasi lembar kerja, simpan ulang "
            "tanpa kata sandi, lalu unggah lagi."
        ) from error
    if "xl/workbook.xml" not in bagian or "[Content_Types].xml" not in bagian:
        raise BerkasDitolakError(
            "Berkas .xlsx ini bukan buku kerja lembar kerja. Simpan daftar Anda sebagai .xlsx, "
            "lalu unggah lagi."
        )
    if b"macroEnabled" in bagian["[Content_Types].xml"]:
        raise _refuse_makro()
    return bagian


def _refuse_makro() -> BerkasDitolakError:
    return BerkasDitolakError(
        "Buku kerja ini berisi makro. Simpan sebagai .xlsx tanpa makro, lalu unggah lagi."
    )


def _check_daftar(anggota: list[zipfile.ZipInfo]) -> None:
    """Refuse by the table of contents alone, before anything is unpacked."""
    nama = [satu.filename for satu in anggota]
    if sum(satu.file_size for satu in anggota) > MAKS_MEKAR:
        raise ZipMekarError
    if any("vbaproject" in satu.lower() for satu in nama):
        raise _refuse_makro()
    if "xl/workbook.bin" in nama:
        raise BerkasDitolakError("Buku kerja biner (.xlsb) tidak diterima. Simpan sebagai .xlsx.")


def _refuse_mekar() -> BerkasDitolakError:
    return BerkasDitolakError(
        "Isi buku kerja ini jauh lebih besar daripada berkasnya. Salin daftarnya ke buku kerja "
        "baru, lalu unggah lagi."
    )


def _inflate(masukan: io.BytesIO, anggota: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    """Every member's real bytes, counted while they come; only XML is kept."""
    bagian = {}
    jatah = Jatah(MAKS_MEKAR)
    for satu in anggota:
        potongan: list[bytes] = []
        for data in iter_isi(masukan, satu, jatah):
            if not potongan and data.startswith(_ARSIP):
                raise BerkasDitolakError(
                    "Buku kerja ini berisi arsip atau dokumen lain di dalamnya. Salin daftarnya "
                    "ke buku kerja baru, lalu unggah lagi."
                )
            potongan.append(data)
        if satu.filename.lower().endswith((".xml", ".rels")):
            bagian[satu.filename] = b"".join(potongan)
    return bagian


def pack(bagian: dict[str, bytes]) -> io.BytesIO:
    """A new uncompressed workbook of the parts that were checked."""
    keluaran = io.BytesIO()
    with zipfile.ZipFile(keluaran, "w", zipfile.ZIP_STORED) as arsip:
        for nama, isi in bagian.items():
            arsip.writestr(nama, isi)
    keluaran.seek(0)
    return keluaran


def parse_xml(isi: bytes, pembaca: ContentHandler) -> None:
    """Run a SAX handler over a part; document types and entities are refused."""
    try:
        defusedxml.sax.parseString(isi, pembaca, forbid_dtd=True)
    except (DefusedXmlException, SAXException, ValueError, LookupError) as error:
        raise BerkasDitolakError(
            "Isi buku kerja ini rusak atau tidak wajar. Salin daftarnya ke buku kerja baru, lalu "
            "unggah lagi."
        ) from error
