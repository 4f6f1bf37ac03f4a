"""Images: walked from their first mark to their last, without decoding a pixel."""

import re
import zlib
from typing import BinaryIO

from integritas.berkas import mp4
from integritas.berkas.baca import BACA, find_pola, read_at
from integritas.berkas.batas import Batas
from integritas.berkas.ekor import find_asing, refuse_naskah
from integritas.berkas.tolak import BerkasDitolakError
from integritas.teks import format_angka

# Marks of a frame header, which holds height and width.
SOF = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
SOI, EOI, SOS, APP0, APP15, COM = 0xD8, 0xD9, 0xDA, 0xE0, 0xEF, 0xFE
TANPA_ISI = frozenset([0x01, *range(0xD0, 0xD8)])
# In the data of a scan 0xFF is followed by a zero or a restart mark; anything else ends it.
_AKHIR_PINDAI = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)
_BUKAN_PENGISI = re.compile(rb"[^\x00\r\n\t ]")
# What holds pixels; all else are notes.
PIKSEL_PNG = {b"IHDR", b"PLTE", b"IDAT", b"fdAT", b"IEND"}
PIKSEL_WEBP = {b"VP8 ", b"VP8L", b"ALPH", b"ANMF"}
MAKS_BAGIAN = 10_000
MAKS_GAMBAR = 16
MAKS_KEPING = 200_000
MAKS_CATATAN = 256 * 1024


def check_jpeg(berkas: BinaryIO, ukuran: int, batas: Batas) -> str:
    """Refuse a JPEG that is cut off, too large, or has something behind it that no phone writes."""
    tempat, tanda = _walk_jpeg(berkas, 0, ukuran, batas)
    for _ in range(MAKS_GAMBAR):
        # What follows may itself begin with zeros, so it is also looked for before the padding ends.
        semula, tempat = tempat, _skip_pengisi(berkas, tempat)
        if tempat >= ukuran:
            return "jpeg"
        if "gerak" in tanda:
            for awal in {semula, tempat - 3}:
                if awal >= semula and read_at(berkas, awal + 4, 4) == b"ftyp":
                    mp4.check_bagian(berkas, awal, ukuran)
                    return "jpeg"
        if _is_samsung(berkas, semula, ukuran) or _is_samsung(
            berkas, max(semula, tempat - 2), ukuran
        ):
            return "jpeg"
        if "mpf" not in tanda or read_at(berkas, tempat, 3) != b"\xff\xd8\xff":
            break
        tempat, _ = _walk_jpeg(berkas, tempat, ukuran, batas)
    asing = find_asing(read_at(berkas, tempat, BACA)) or "data lain"
    raise BerkasDitolakError(
        f"ada {asing} di belakang gambar. Buka gambarnya, simpan ulang sebagai JPEG, lalu unggah "
        "lagi."
    )


def _walk_jpeg(
    berkas: BinaryIO, tempat: int, ukuran: int, batas: Batas
) -> tuple[int, frozenset[str]]:
    """Where the image ends, and which kinds of further data it announces."""
    tanda: set[str] = set()
    tempat, berbingkai = tempat + 2, False
    for _ in range(MAKS_BAGIAN):
        kepala = read_at(berkas, tempat, 4)
        if len(kepala) < 2 or kepala[0] != 0xFF:
            break
        kode = kepala[1]
        if kode == 0xFF:
            tempat += 1
            continue
        if kode == EOI:
            if not berbingkai:
                break
            return tempat + 2, frozenset(tanda)
        if kode in TANPA_ISI:
            tempat += 2
            continue
        panjang = int.from_bytes(kepala[2:4], "big")
        if panjang < 2 or tempat + 2 + panjang > ukuran or kode == SOI:
            break
        if kode in SOF:
            isi = read_at(berkas, tempat + 4, 5)
            _check_piksel(*_read_sof(isi), batas)
            berbingkai = True
        elif kode == COM or APP0 <= kode <= APP15:
            tanda |= _read_catatan(read_at(berkas, tempat + 4, panjang - 2))
        tempat += 2 + panjang
        if kode == SOS:
            tempat = next((tempat for tempat, _ in _find_akhir(berkas, tempat)), ukuran)
    raise BerkasDitolakError("gambarnya terpotong atau rusak. Unggah berkas aslinya.")


def _find_akhir(berkas: BinaryIO, tempat: int):
    return find_pola(berkas, _AKHIR_PINDAI, tumpang=2, mulai=tempat)


def _read_sof(isi: bytes) -> tuple[int, int]:
    return int.from_bytes(isi[3:5], "big"), int.from_bytes(isi[1:3], "big")


def _read_catatan(isi: bytes) -> set[str]:
    refuse_naskah(isi, "gambar")
    if isi.startswith(b"MPF\0"):
        return {"mpf"}
    if b"MotionPhoto" in isi or b"MicroVideo" in isi:
        return {"gerak"}
    return set()


def _skip_pengisi(berkas: BinaryIO, tempat: int) -> int:
    """The next byte that is neither zero nor blank, or the end."""
    for lebih, _ in find_pola(berkas, _BUKAN_PENGISI, tumpang=1, mulai=tempat):
        return lebih
    return berkas.seek(0, 2)


def _is_samsung(berkas: BinaryIO, mulai: int, ukuran: int) -> bool:
    """Samsung's notes behind the image: a table (SEFH … SEFT) whose entries fill the room before it,
    each short and harmless, or the moving part of the photo, an MP4."""
    ekor = read_at(berkas, ukuran - 8, 8)
    tabel = ukuran - 8 - int.from_bytes(ekor[:4], "little")
    isi = read_at(berkas, tabel, 12) if mulai <= tabel else b""
    if ekor[4:] != b"SEFT" or isi[:4] != b"SEFH":
        return False
    jumlah = int.from_bytes(isi[8:12], "little")
    if jumlah > 100 or tabel + 12 + jumlah * 12 != ukuran - 8:
        return False
    tempat = mulai
    entri = read_at(berkas, tabel + 12, jumlah * 12)
    daftar = [
        (
            tabel - int.from_bytes(entri[i + 4 : i + 8], "little"),
            int.from_bytes(entri[i + 8 : i + 12], "little"),
        )
        for i in range(0, len(entri), 12)
    ]
    for awal, panjang in sorted(daftar):
        if awal != tempat or awal + panjang > tabel or not _is_catatan(berkas, awal, panjang):
            return False
        tempat += panjang
    return tempat == tabel


def _is_catatan(berkas: BinaryIO, awal: int, panjang: int) -> bool:
    kepala = read_at(berkas, awal, min(panjang, 264))
    panjang_nama = int.from_bytes(kepala[4:8], "little")
    isi = awal + 8 + panjang_nama
    if panjang_nama > 256 or isi > awal + panjang:
        return False
    if read_at(berkas, isi + 4, 4) == b"ftyp":
        mp4.check_bagian(berkas, isi, awal + panjang)
        return True
    return panjang <= MAKS_CATATAN and not find_asing(read_at(berkas, isi, awal + panjang - isi))


def check_png(berkas: BinaryIO, ukuran: int, batas: Batas) -> str:
    """Refuse a PNG whose pieces are broken, or that goes on behind its end."""
    tempat, jumlah, ada = 8, 0, set()
    while tempat + 12 <= ukuran and jumlah < MAKS_KEPING:
        kepala = read_at(berkas, tempat, 8)
        panjang, nama = int.from_bytes(kepala[:4], "big"), kepala[4:8]
        jumlah += 1
        if (nama == b"IHDR") != (jumlah == 1) or tempat + 12 + panjang > ukuran:
            break
        if nama == b"IHDR":
            isi = read_at(berkas, tempat + 8, 8)
            _check_piksel(int.from_bytes(isi[:4], "big"), int.from_bytes(isi[4:8], "big"), batas)
        if not _is_utuh(berkas, tempat, panjang):
            break
        if nama not in PIKSEL_PNG:
            refuse_naskah(read_at(berkas, tempat + 8, min(panjang, BACA)), "gambar")
        ada.add(nama)
        tempat += 12 + panjang
        if nama == b"IEND":
            if tempat != ukuran:
                asing = find_asing(read_at(berkas, tempat, BACA)) or "data lain"
                raise BerkasDitolakError(
                    f"ada {asing} di belakang gambar. Buka gambarnya, simpan ulang sebagai PNG, "
                    "lalu unggah lagi."
                )
            if b"IDAT" in ada and not panjang:
                return "png"
            break
    raise BerkasDitolakError("gambarnya terpotong atau rusak. Unggah berkas aslinya.")


def _is_utuh(berkas: BinaryIO, tempat: int, panjang: int) -> bool:
    """The check sum of a piece of PNG holds."""
    sisa, hitung = panjang + 4, 0
    berkas.seek(tempat + 4)
    while sisa and (data := berkas.read(min(sisa, BACA))):
        hitung, sisa = zlib.crc32(data, hitung), sisa - len(data)
    return not sisa and berkas.read(4) == hitung.to_bytes(4, "big")


def check_webp(berkas: BinaryIO, ukuran: int, batas: Batas) -> str:
    """Refuse a WebP whose length is not the one it declares, or whose pieces do not fill it."""
    kepala = read_at(berkas, 0, 12)
    akhir = 8 + int.from_bytes(kepala[4:8], "little")
    if akhir != ukuran:
        raise BerkasDitolakError(
            "panjangnya tidak sama dengan yang tertulis di dalamnya. Simpan ulang gambarnya."
        )
    tempat, jumlah, berbingkai = 12, 0, False
    while tempat + 8 <= akhir and jumlah < MAKS_KEPING:
        kepala = read_at(berkas, tempat, 18)
        nama, panjang = kepala[:4], int.from_bytes(kepala[4:8], "little")
        if besar := _read_webp(nama, kepala[8:]):
            _check_piksel(*besar, batas)
        berbingkai |= nama in {b"VP8 ", b"VP8L", b"ANMF"}
        if nama not in PIKSEL_WEBP:
            refuse_naskah(read_at(berkas, tempat + 8, min(panjang, BACA)), "gambar")
        tempat += 8 + panjang + panjang % 2
        jumlah += 1
    if tempat != akhir or not berbingkai:
        raise BerkasDitolakError("gambarnya terpotong atau rusak. Unggah berkas aslinya.")
    return "webp"


def _read_webp(nama: bytes, isi: bytes) -> tuple[int, int] | None:
    """Width and height as a piece of WebP says them."""
    if nama == b"VP8X":
        return int.from_bytes(isi[4:7], "little") + 1, int.from_bytes(isi[7:10], "little") + 1
    if nama == b"VP8L":
        bit = int.from_bytes(isi[1:5], "little")
        return (bit & 0x3FFF) + 1, (bit >> 14 & 0x3FFF) + 1
    if nama == b"VP8 ":
        lebar, tinggi = int.from_bytes(isi[6:8], "little"), int.from_bytes(isi[8:10], "little")
        return lebar & 0x3FFF, tinggi & 0x3FFF
    return None


def _check_piksel(lebar: int, tinggi: int, batas: Batas) -> None:
    if lebar * tinggi > batas.piksel:
        raise BerkasDitolakError(
            f"gambarnya {format_angka(lebar)} × {format_angka(tinggi)} titik; paling banyak "
            f"{format_angka(batas.piksel // 1_000_000)} juta titik. Perkecil gambarnya."
        )
    if not lebar or not tinggi:
        raise BerkasDitolakError("gambarnya rusak. Unggah berkas aslinya.")
