"""Office files of today (DOCX, XLSX, PPTX): a zip of XML, without macros and without hooks outward."""

import re
import tempfile
import zipfile
from collections.abc import Iterator
from itertools import chain
from pathlib import PurePosixPath
from typing import BinaryIO, cast
from xml.parsers import expat  # nosec B407: stops at any document type, so entities cannot be

from integritas.berkas.awalan import find_awalan
from integritas.berkas.baca import OLE2
from integritas.berkas.batas import Batas
from integritas.berkas.perintah import PembacaPerintah, TanpaPerintahError
from integritas.berkas.tolak import BerkasDitolakError
from integritas.berkas.zip import (
    Jatah,
    ZipMekarError,
    ZipRusakError,
    ZipTerkunciError,
    iter_isi,
    read_daftar,
)

MAKS_XML = 16 * 1024 * 1024
MAKS_DALAM = 2
_OFFICE = "application/vnd.openxmlformats-officedocument."
UTAMA = {
    f"{_OFFICE}wordprocessingml.document.main+xml": "docx",
    f"{_OFFICE}spreadsheetml.sheet.main+xml": "xlsx",
    f"{_OFFICE}presentationml.presentation.main+xml": "pptx",
}
BUKAN = {
    f"{_OFFICE}wordprocessingml.template.main+xml": "templat Word; simpan sebagai .docx",
    f"{_OFFICE}spreadsheetml.template.main+xml": "templat Excel; simpan sebagai .xlsx",
    f"{_OFFICE}presentationml.template.main+xml": "templat PowerPoint; simpan sebagai .pptx",
    f"{_OFFICE}presentationml.slideshow.main+xml": "tayangan PowerPoint; simpan sebagai .pptx",
    "application/vnd.ms-excel.sheet.binary.macroenabled.main": "buku kerja biner; simpan sebagai "
    ".xlsx",
}
_MAKRO = re.compile(
    r"macroenabled|vbaproject|vbadata|macrosheet|wordattachedtoolbars", re.IGNORECASE
)
_OBJEK = re.compile(r"activex|oleobject", re.IGNORECASE)
_PROGRAM = re.compile(
    r"\.(?:bat|cmd|com|cpl|dll|exe|hta|jar|jse?|lnk|msi|pif|ps1|reg|scf|scr|vb[es]|ws[fh])\Z"
)
# Relations that may point outside: they are followed only when somebody clicks, or name a file.
LUAR = {
    *("hyperlink", "externallinkpath", "externallinklongpath", "xlpathmissing", "image"),
    *("xlexternallinkpath", "video", "audio", "media", "xlstartup", "xllibrary"),
}
_LUAR_WEB = re.compile(r"https?://", re.IGNORECASE)
_JARINGAN = re.compile(r"(?:file:|[\\/]{2})", re.IGNORECASE)
_LUAR_LOKAL = re.compile(r"(?:file:/{0,3})?[a-z]:[\\/]", re.IGNORECASE)
# A template beside the document, or on the writer's Mac.
_LUAR_SAMPING = re.compile(r"(?:file:///(?!/)|(?![\\/]))[^:\\]*\Z", re.IGNORECASE)
_LUAR_JALAN = re.compile(r"(?:javascript|vbscript|ms-msdt|search-ms|macro):", re.IGNORECASE)
ODF = {"application/vnd.oasis.opendocument.text": ".docx"} | {
    "application/vnd.oasis.opendocument.spreadsheet": ".xlsx",
    "application/vnd.oasis.opendocument.presentation": ".pptx",
}
SARAN = "Buka dengan aplikasinya, simpan ulang, lalu unggah lagi."


def check(berkas: BinaryIO, ukuran: int, batas: Batas) -> str:
    """`docx`, `xlsx` or `pptx`; refuses every other zip, and whatever could act by itself."""
    jatah = Jatah(batas.mekar, batas.nisbah, batas.nisbah_bebas, asal=ukuran)
    try:
        return _check_arsip(berkas, ukuran, batas.anggota, jatah, 0)
    except ZipMekarError as error:
        raise BerkasDitolakError(
            "isinya mengembang jauh lebih besar daripada berkasnya."
        ) from error
    except ZipTerkunciError as error:
        raise BerkasDitolakError(
            "isinya dikunci kata sandi. Simpan ulang tanpa kata sandi."
        ) from error
    except ZipRusakError as error:
        raise BerkasDitolakError(f"susunannya rusak atau tidak wajar. {SARAN}") from error


def _check_arsip(berkas: BinaryIO, ukuran: int, anggota: int, jatah: Jatah, dalam: int) -> str:
    daftar = read_daftar(berkas, ukuran, anggota=anggota)
    nama = {satu.filename.lower() for satu in daftar}
    if "[content_types].xml" not in nama or "_rels/.rels" not in nama:
        raise _refuse_bukan(berkas, daftar, jatah)
    _refuse_nama(nama)
    isi: dict[str, bytes] = {}
    for satu in daftar:
        kecil = satu.filename.lower()
        potongan = iter_isi(berkas, satu, jatah)
        if kecil == "[content_types].xml" or kecil.endswith(".rels"):
            isi[kecil] = _collect(potongan)
        else:
            _check_anggota(kecil, potongan, anggota, jatah, dalam)
    utama = ""
    for kecil, data in isi.items():
        if kecil.endswith(".rels"):
            utama = _check_relasi(kecil, data) or utama
    jenis = _find_jenis(isi["[content_types].xml"], utama)
    if utama not in nama:
        raise ZipRusakError
    return jenis


def _refuse_bukan(
    berkas: BinaryIO, daftar: list[zipfile.ZipInfo], jatah: Jatah
) -> BerkasDitolakError:
    """What another zip is, as far as it says so."""
    if daftar[0].filename == "mimetype" and daftar[0].file_size < 100:
        mime = b"".join(iter_isi(berkas, daftar[0], jatah)).decode("ascii", "replace").strip()
        if akhiran := ODF.get(mime):
            return BerkasDitolakError(
                f"isinya dokumen LibreOffice. Simpan sebagai {akhiran}, lalu unggah lagi."
            )
    return BerkasDitolakError("isinya arsip zip. Unggah isinya satu per satu.")


def _refuse_nama(nama: set[str]) -> None:
    for satu in nama:
        if _PROGRAM.search(satu):
            raise BerkasDitolakError("ada program di dalamnya. Hapus, lalu unggah lagi.")
        if _MAKRO.search(satu):
            raise _refuse_makro()
        if _OBJEK.search(satu):
            raise _refuse_objek()


def _refuse_makro() -> BerkasDitolakError:
    return BerkasDitolakError("berisi makro. Simpan tanpa makro, lalu unggah lagi.")


def _refuse_objek() -> BerkasDitolakError:
    return BerkasDitolakError(
        "berisi objek tertanam (OLE atau ActiveX). Hapus objeknya atau ubah menjadi gambar, lalu "
        "unggah lagi."
    )


def _collect(potongan: Iterator[bytes]) -> bytes:
    isi = bytearray()
    for data in potongan:
        isi += data
        if len(isi) > MAKS_XML:
            raise ZipMekarError
    return bytes(isi)


def _check_anggota(
    nama: str, potongan: Iterator[bytes], anggota: int, jatah: Jatah, dalam: int
) -> None:
    """Read a member to its end, and look at how it begins."""
    awal = next(potongan, b"")
    semua = chain([awal], potongan)
    if awal.startswith(b"PK\x03\x04"):
        _check_tertanam(semua, anggota, jatah, dalam)
    elif awal.startswith(OLE2):
        raise _refuse_objek()
    elif (polos := awal.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")).startswith(b"<") or nama.endswith(
        (".xml", ".vml")
    ):
        # A hidden font or a picture may begin with any byte: that alone makes it no broken XML.
        tentu = nama.endswith((".xml", ".vml")) or b"<?xml" in polos[:64].replace(b"\0", b"")
        _check_xml(nama, semua, jatah, tentu)
    elif asing := _find_tertanam(nama, awal):
        raise BerkasDitolakError(f"ada {asing} di dalamnya. Hapus, lalu unggah lagi.")
    for _ in semua:
        pass


def _find_tertanam(nama: str, awal: bytes) -> str:
    sebutan = find_awalan(awal)
    # Compressed drawings of older Office.
    if nama.endswith((".emz", ".wmz")) or sebutan.startswith(("gambar", "data")):
        return ""
    return sebutan


def _check_tertanam(potongan: Iterator[bytes], anggota: int, jatah: Jatah, dalam: int) -> None:
    """A workbook behind a chart, a document in a document: the same rules, and not for ever."""
    if dalam >= MAKS_DALAM:
        raise ZipRusakError
    with tempfile.SpooledTemporaryFile(max_size=1024 * 1024) as sementara:
        for data in potongan:
            sementara.write(data)
        _check_arsip(cast(BinaryIO, sementara), sementara.tell(), anggota, jatah, dalam + 1)


def _check_xml(nama: str, potongan: Iterator[bytes], jatah: Jatah, tentu: bool) -> None:
    """Refuse a document type or an entity, which stand before the root element or nowhere, and what
    starts a program; `tentu` says that it must be XML."""
    pembaca = expat.ParserCreate(namespace_separator=" ")
    if not nama.endswith(".svg"):
        pembaca.StartDoctypeDeclHandler = _refuse_entitas
    pembaca.EntityDeclHandler = _refuse_entitas
    PembacaPerintah(pembaca, jatah)
    try:
        for data in potongan:
            pembaca.Parse(data, False)
        pembaca.Parse(b"", True)
    except TanpaPerintahError:
        return
    except (expat.ExpatError, ValueError, LookupError) as error:
        if tentu:
            raise ZipRusakError from error


def _refuse_entitas(*_) -> None:
    raise BerkasDitolakError(f"XML di dalamnya memakai entitas atau DTD. {SARAN}")


def _read_unsur(isi: bytes) -> list[tuple[str, dict[str, str]]]:
    """Every element of a small part: local name and attributes."""
    daftar: list[tuple[str, dict[str, str]]] = []
    pembaca = expat.ParserCreate(namespace_separator=" ")
    pembaca.StartDoctypeDeclHandler = pembaca.EntityDeclHandler = _refuse_entitas
    pembaca.StartElementHandler = lambda nama, atribut: daftar.append(
        (nama.rpartition(" ")[2], atribut)
    )
    try:
        pembaca.Parse(isi, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise ZipRusakError from error
    return daftar


def _find_jenis(isi: bytes, utama: str) -> str:
    """The kind of document by the content type of its main part."""
    bawaan: dict[str, str] = {}
    tertentu: dict[str, str] = {}
    for unsur, atribut in _read_unsur(isi):
        mime = atribut.get("ContentType", "").strip().lower()
        if unsur == "Default":
            bawaan[atribut.get("Extension", "").lower()] = mime
        elif unsur == "Override":
            tertentu[atribut.get("PartName", "").lstrip("/").lower()] = mime
    akhiran = PurePosixPath(utama).suffix.lstrip(".")
    mime = tertentu.get(utama) or bawaan.get(akhiran, "")
    if mime in BUKAN:
        raise BerkasDitolakError(f"isinya {BUKAN[mime]}, lalu unggah lagi.")
    for satu in chain(bawaan.values(), tertentu.values()):
        if _MAKRO.search(satu):
            raise _refuse_makro()
    if mime not in UTAMA:
        raise BerkasDitolakError("isinya bukan dokumen Word, Excel, atau PowerPoint.")
    return UTAMA[mime]


def _check_relasi(nama: str, isi: bytes) -> str:
    """Refuse what is loaded from elsewhere by itself; the main part when this is the root's file."""
    utama = []
    for unsur, atribut in _read_unsur(isi):
        if unsur != "Relationship":
            continue
        jenis = atribut.get("Type", "").rpartition("/")[2].lower()
        tujuan = atribut.get("Target", "")
        if atribut.get("TargetMode", "").lower() == "external":
            _check_luar(jenis, tujuan.strip())
        elif "://" in tujuan:
            raise ZipRusakError
        elif _MAKRO.search(jenis) or jenis == "attachedtoolbars":
            raise _refuse_makro()
        elif _OBJEK.search(jenis) or jenis == "control":
            raise _refuse_objek()
        elif nama == "_rels/.rels" and jenis == "officedocument":
            utama.append(tujuan.lstrip("/").lower())
    if len(utama) > 1:
        raise ZipRusakError
    return utama[0] if utama else ""


def _check_luar(jenis: str, tujuan: str) -> None:
    lokal = bool(_LUAR_LOKAL.match(tujuan))
    # Word notes the path of a template on the writer's own computer; nobody else can reach it.
    if jenis == "attachedtemplate" and (lokal or _LUAR_SAMPING.match(tujuan)):
        return
    if _LUAR_JALAN.match(tujuan):
        raise BerkasDitolakError("berisi tautan yang menjalankan program. Hapus tautannya.")
    if jenis not in LUAR:
        raise BerkasDitolakError(
            "memuat templat atau objek dari luar berkas. Salin isinya ke dokumen baru, lalu unggah "
            "lagi."
        )
    ikut = jenis in {"image", "video", "audio", "media"}
    if ikut and not lokal and not _LUAR_WEB.match(tujuan) and _JARINGAN.match(tujuan):
        raise BerkasDitolakError(
            "memuat gambar atau video dari folder jaringan. Sisipkan isinya, lalu unggah lagi."
        )
