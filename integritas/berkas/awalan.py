"""What a file is that we do not take, in words for the sentence that refuses it."""

import re
from typing import BinaryIO

from integritas.berkas.baca import OLE2, find_pola, read_at

# What a file really is, by its first bytes.
AWALAN = [
    (b"%PDF", "dokumen PDF"),
    (b"\x89PNG", "gambar PNG"),
    (b"\xff\xd8\xff", "gambar JPEG"),
    (b"GIF8", "gambar GIF"),
    (b"\x1f\x8b", "arsip gzip"),
    (b"Rar!", "arsip RAR"),
    (b"7z\xbc\xaf\x27\x1c", "arsip 7z"),
    (b"{\\rtf", "dokumen RTF"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3", "basis data"),
]
_HTML = re.compile(rb"\s*(?:<!doctype|<html|<\?xml|<table|<script|<svg|<\?php)", re.IGNORECASE)
TERKUNCI = "EncryptedPackage".encode("utf-16-le")


def find_awalan(awal: bytes) -> str:
    """The words for what begins so; empty for what could be plain text."""
    if awal.startswith(b"PK"):
        return "arsip zip"
    if awal.startswith(b"MZ") and (awal[2:3] == b"\x90" or b"PE\0\0" in awal):
        return "program"
    for awalan, sebutan in AWALAN:
        if awal.startswith(awalan):
            return sebutan
    if _HTML.match(awal[:200].removeprefix(b"\xef\xbb\xbf")):
        return "halaman HTML atau XML"
    if not awal.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\0" in awal:
        return "data biner"
    return ""


def find_sebutan(berkas: BinaryIO, awal: bytes) -> str:
    """The words for a file that we do not take at all, with what to do where we know it."""
    if awal.startswith(OLE2):
        if any(find_pola(berkas, re.compile(re.escape(TERKUNCI)), tumpang=len(TERKUNCI))):
            return "dokumen yang dikunci kata sandi; simpan ulang tanpa kata sandi"
        return "dokumen Office lama; simpan sebagai .docx, .xlsx atau .pptx, lalu unggah lagi"
    if b"%PDF-" in read_at(berkas, 0, 1024 + 5):
        return "data lain sebelum dokumen PDF; simpan ulang PDF-nya"
    return find_awalan(read_at(berkas, 0, 4096)) or "teks biasa"
