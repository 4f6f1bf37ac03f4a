"""A zip archive under bounds that hold for its real bytes, not for the sizes it declares.

Two programs may read one zip differently: from its table of contents at the end, or member by member
from the beginning. Here both must tell the same, and no byte may lie between.
"""

import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from integritas.berkas.baca import read_at

BACA = 256 * 1024
MAKS_UNSUR = 5_000_000
SANDI = 0x1
SUSULAN = 0x8
_LOKAL = struct.Struct("<4s5H3I2H")
_AKHIR = struct.Struct("<4s4H2IH")
_AKHIR64 = struct.Struct("<4sQ2H2I4Q")
# Number of members, length and place of the table where the record of ZIP64 says them alone.
_PENUH = (0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)


class ZipRusakError(Exception):
    """The archive contradicts itself or is damaged."""


class ZipMekarError(Exception):
    """It unpacks to more than is allowed."""


class ZipTerkunciError(Exception):
    """A member needs a password."""


@dataclass
class Jatah:
    """What may still be unpacked, of an archive and those inside it together, and how many elements
    of XML were looked at."""

    mekar: int
    # More than `bebas` only up to `nisbah` times the packed bytes, `asal`; 0 for no such bound.
    nisbah: int = 0
    bebas: int = 0
    asal: int = 0
    terpakai: int = 0
    unsur: int = 0

    def take_unsur(self) -> None:
        self.unsur += 1
        if self.unsur > MAKS_UNSUR:
            raise ZipMekarError

    def take(self, byte: int) -> None:
        self.terpakai += byte
        if self.terpakai > self.mekar:
            raise ZipMekarError
        if self.nisbah and self.terpakai > max(self.bebas, self.nisbah * self.asal):
            raise ZipMekarError


def read_daftar(berkas: BinaryIO, ukuran: int, *, anggota: int) -> list[zipfile.ZipInfo]:
    """The members in the order in which they lie, once everything about them agrees."""
    mulai_daftar = _check_akhir(berkas, ukuran, anggota)
    try:
        with zipfile.ZipFile(berkas) as arsip:
            daftar = sorted(arsip.infolist(), key=lambda satu: satu.header_offset)
            dimulai: int = arsip.start_dir
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        UnicodeError,
        ValueError,
        OverflowError,
        OSError,
        struct.error,
        EOFError,
    ) as error:
        raise ZipRusakError from error
    if dimulai != mulai_daftar or not daftar or len(daftar) > anggota:
        raise ZipRusakError
    _check_nama(daftar)
    tempat = 0
    for satu, berikut in zip(daftar, [*daftar[1:], None], strict=True):
        if satu.flag_bits & SANDI:
            raise ZipTerkunciError
        if satu.header_offset != tempat:
            raise ZipRusakError
        tempat = berikut.header_offset if berikut else mulai_daftar
        _check_lokal(berkas, satu, tempat)
    return daftar


def iter_isi(berkas: BinaryIO, satu: zipfile.ZipInfo, jatah: Jatah) -> Iterator[bytes]:
    """A member's real bytes in pieces, counted while they come; they must be what was declared."""
    tempat, sisa = _find_isi(berkas, satu), satu.compress_size
    if satu.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ZipRusakError
    urai = zlib.decompressobj(-15) if satu.compress_type == zipfile.ZIP_DEFLATED else None
    hitung, panjang = 0, 0
    while sisa:
        if not (data := read_at(berkas, tempat, min(sisa, BACA))):
            raise ZipRusakError
        tempat, sisa = tempat + len(data), sisa - len(data)
        for isi in _inflate(urai, data) if urai else (data,):
            jatah.take(len(isi))
            hitung, panjang = zlib.crc32(isi, hitung), panjang + len(isi)
            yield isi
    utuh = not urai or (urai.eof and not urai.unused_data)
    if not utuh or panjang != satu.file_size or hitung != satu.CRC:
        raise ZipRusakError


def _inflate(urai, data: bytes) -> Iterator[bytes]:
    try:
        while data and not urai.eof:
            if isi := urai.decompress(data, BACA):
                yield isi
            data = urai.unconsumed_tail
            if not isi and not data:
                break
    except zlib.error as error:
        raise ZipRusakError from error
    if urai.eof and data:
        raise ZipRusakError


def _check_akhir(berkas: BinaryIO, ukuran: int, anggota: int) -> int:
    """Where the table of contents begins; it must end where the archive's last record begins, and
    that one must end the file."""
    tempat = ukuran - _AKHIR.size
    rekam = read_at(berkas, tempat, _AKHIR.size) if tempat >= 0 else b""
    if len(rekam) != _AKHIR.size or not rekam.startswith(b"PK\5\6"):
        raise ZipRusakError
    _, cakram, cakram_daftar, sini, jumlah, panjang, mulai, komentar = _AKHIR.unpack(rekam)
    if besar := _read_akhir64(berkas, tempat):
        semua = (jumlah, panjang, mulai)
        if any(
            satu not in (dua, maks) for satu, dua, maks in zip(semua, besar, _PENUH, strict=True)
        ):
            raise ZipRusakError
        sini, (jumlah, panjang, mulai), tempat = besar[0], besar, tempat - 76
    if cakram or cakram_daftar or sini != jumlah or komentar or mulai + panjang != tempat:
        raise ZipRusakError
    if jumlah > anggota:
        raise ZipMekarError
    return mulai


def _read_akhir64(berkas: BinaryIO, tempat: int) -> tuple[int, int, int] | None:
    """What the records of ZIP64 before the last one say, that some writers add to an archive of any
    size: how many members, and how long the table is and where."""
    if tempat < 76 or read_at(berkas, tempat - 20, 4) != b"PK\6\7":
        return None
    rekam = read_at(berkas, tempat - 76, 76)
    tanda, ukuran, _, _, satu, dua, sini, jumlah, panjang, mulai = _AKHIR64.unpack_from(rekam)
    if (tanda, ukuran, satu, dua, sini) != (b"PK\6\6", 44, 0, 0, jumlah):
        raise ZipRusakError
    if struct.unpack_from("<IQI", rekam, 60) != (0, tempat - 76, 1):
        raise ZipRusakError
    return jumlah, panjang, mulai


def _check_nama(daftar: list[zipfile.ZipInfo]) -> None:
    """Every name once, whatever its case, and none that leaves the folder."""
    nama = [unicodedata.normalize("NFC", satu.filename).casefold() for satu in daftar]
    if len(set(nama)) != len(nama):
        raise ZipRusakError
    for satu in daftar:
        asli = satu.orig_filename
        bagian = asli.rstrip("/").split("/")
        if "\\" in asli or ":" in asli or not asli.isprintable() or {"", ".", ".."} & set(bagian):
            raise ZipRusakError


def _check_lokal(berkas: BinaryIO, satu: zipfile.ZipInfo, akhir: int) -> None:
    """The header before the member says the same as the table, and its bytes end at `akhir`."""
    kepala = read_at(berkas, satu.header_offset, _LOKAL.size)
    if len(kepala) != _LOKAL.size:
        raise ZipRusakError
    tanda, _, bendera, cara, _, _, crc, kecil, besar, p_nama, p_tambahan = _LOKAL.unpack(kepala)
    nama = read_at(berkas, satu.header_offset + _LOKAL.size, p_nama)
    tambahan = read_at(berkas, satu.header_offset + _LOKAL.size + p_nama, p_tambahan)
    sandi = "utf-8" if satu.flag_bits & 0x800 else "cp437"
    if (
        tanda != b"PK\3\4"
        or nama != satu.orig_filename.encode(sandi)
        or bendera != satu.flag_bits
        or cara != satu.compress_type
        or (satu.is_dir() and satu.file_size)
    ):
        raise ZipRusakError
    kecil, besar = _read_zip64(kecil, besar, tambahan)
    seharusnya = (satu.CRC, satu.compress_size, satu.file_size)
    susulan = bool(bendera & SUSULAN)
    if (crc, kecil, besar) != seharusnya and not (susulan and not (crc or kecil or besar)):
        raise ZipRusakError
    selesai = satu.header_offset + _LOKAL.size + p_nama + p_tambahan + satu.compress_size
    if susulan:
        selesai += _check_susulan(berkas, selesai, akhir, seharusnya)
    if selesai != akhir:
        raise ZipRusakError


def _read_zip64(kecil: int, besar: int, tambahan: bytes) -> tuple[int, int]:
    """Sizes that some writers keep in an extra field although they are small."""
    if kecil != 0xFFFFFFFF and besar != 0xFFFFFFFF:
        return kecil, besar
    while len(tambahan) >= 4:
        kode, panjang = struct.unpack_from("<2H", tambahan)
        if kode == 1 and panjang >= 16 and len(tambahan) >= 20:
            besar, kecil = struct.unpack_from("<2Q", tambahan, 4)
            return kecil, besar
        tambahan = tambahan[4 + panjang :]
    raise ZipRusakError


def _check_susulan(
    berkas: BinaryIO, tempat: int, akhir: int, seharusnya: tuple[int, int, int]
) -> int:
    """How long the record behind the member is, that says its sizes again."""
    data = read_at(berkas, tempat, min(max(akhir - tempat, 0), 24))
    isi = data.removeprefix(b"PK\7\x08") if len(data) in (16, 24) else data
    bentuk = {12: "<3I", 20: "<I2Q"}.get(len(isi))
    if not bentuk or struct.unpack(bentuk, isi) != seharusnya:
        raise ZipRusakError
    return len(data)


def _find_isi(berkas: BinaryIO, satu: zipfile.ZipInfo) -> int:
    kepala = read_at(berkas, satu.header_offset, _LOKAL.size)
    return satu.header_offset + _LOKAL.size + sum(_LOKAL.unpack(kepala)[-2:])
