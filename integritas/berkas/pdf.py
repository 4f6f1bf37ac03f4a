"""PDF: opens without a password, does nothing by itself, carries no other file.

The file is not parsed from its table of objects, which says one thing to one reader and another to
the next. Every dangerous name is looked for in all bytes, however it is spelled, and in all packed
objects; a hit counts when a reader that begins at any object before it would read it as a name and
not as part of a text.
"""

import re
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO

from integritas.berkas.baca import BACA, find_pola, read_at
from integritas.berkas.batas import Batas
from integritas.berkas.kunci_pdf import Paket, open_terkunci
from integritas.berkas.rangka_pdf import SARAN, check_rangka
from integritas.berkas.tolak import BerkasDitolakError

MEGA = 1024 * 1024
MAKS_PAKET = 32 * MEGA
MAKS_SEMUA_PAKET = 400 * MEGA
# An object apart from its stream, and objects in a stream that is not packed after all.
MAKS_OBJEK, MAKS_POLOS = 32 * MEGA, 8 * MEGA
# Names that look forbidden, and bytes that are read again because objects seem to overlap.
MAKS_BAHAYA, TELUSUR = 100_000, 16 * MEGA
# How much of an object is looked at first, of what may stand between it and its stream, and of what
# follows an object that has no proper end.
DEKAT, LANJUT, GANJIL = 16 * 1024, 4 * 1024, 64 * 1024
_SKRIP, _LAMPIRAN, _MEDIA = "skrip (JavaScript)", "lampiran berkas lain", "media interaktif"
# A script runs only through an action named JavaScript or Rendition: the key JS alone does nothing.
LARANGAN = {
    b"JavaScript": _SKRIP,
    b"Rendition": _MEDIA,
    b"RichMedia": _MEDIA,
    b"Launch": "perintah menjalankan program",
    b"EmbeddedFiles": _LAMPIRAN,
    b"EmbeddedFile": _LAMPIRAN,
    b"FileAttachment": _LAMPIRAN,
    b"GoToE": _LAMPIRAN,
    b"EF": _LAMPIRAN,
    b"XFA": "formulir XFA, yang dapat menjalankan skrip",
}
_SPASI = rb"(?:[\0\t\n\f\r ]|%[^\r\n]{0,200}[\r\n])"
_BATAS_NAMA = rb"(?=[\0\t\n\f\r ()<>\[\]{}/%]|\Z)"
_RUJUKAN = rb"\d{1,10}" + _SPASI + rb"{1,20}\d{1,6}" + _SPASI + rb"{1,20}R"
# Names so short that they turn up in any image by chance: only with the value that belongs to them.
_NILAI = {
    b"EF": rb"(?=" + _SPASI + rb"{0,200}(?:<<|" + _RUJUKAN + rb"))",
    b"XFA": rb"(?=" + _SPASI + rb"{0,200}(?:\[|" + _RUJUKAN + rb"))",
}
# What makes a reader take the file for locked.
_KUNCI = re.compile(_SPASI + rb"{0,200}(?:<<|" + _RUJUKAN + rb")")
# The longest match of the pattern, with what it looks at behind.
TUMPANG = 64 * 1024


def _spell(nama: bytes) -> bytes:
    """A pattern of the name, any of its letters plain or as #xx in either case."""
    return b"".join(
        b"(?:%c|#%s)"
        % (huruf, re.sub(rb"[a-f]", lambda h: b"[%s%s]" % (h[0], h[0].upper()), b"%02x" % huruf))
        for huruf in nama
    )


def _build_pola(*daftar: bytes) -> re.Pattern[bytes]:
    pilihan = (_spell(nama) + _NILAI.get(nama, _BATAS_NAMA) for nama in daftar)
    return re.compile(b"/(" + b"|".join(pilihan) + b")")


_TERLARANG = _build_pola(*LARANGAN)
_DICARI = _build_pola(*LARANGAN, b"ObjStm", b"First", b"Encrypt")
# A packed stream of objects has one filter; whoever hides something uses more, or spells it oddly.
_PAKET = _build_pola(b"ObjStm", b"First")
_SARINGAN_LAIN = re.compile(
    rb"/(?:ASCIIHexDecode|AHx|ASCII85Decode|A85|LZWDecode|LZW|RunLengthDecode|RL|Crypt|DecodeParms"
    rb"|DP)\b|/Filter" + _SPASI + rb"*\[?" + _SPASI + rb"*\d|#"
)
_AWAL = re.compile(rb"(?<![A-Za-z])obj|trailer")
_NOMOR = re.compile(rb"(\d{1,10})" + _SPASI + rb"+(\d{1,6})" + _SPASI + rb"*obj\Z")
_TOKEN = re.compile(
    rb"<<|>>|\[|\]|\([^()\\]*(?:\\.[^()\\]*)*\)|\(|<[^>]*>|%[^\r\n]*"
    rb"|/[^\0\t\n\f\r ()<>\[\]{}/%]*|(?<![a-z])stream|endobj",
    re.DOTALL,
)
_KURUNG = re.compile(rb"\\.|[()]", re.DOTALL)
_BUKA, _TUTUP = (b"<<", b"["), (b">>", b"]")
# A dictionary that holds no other and nothing that is hard to read.
_DATAR = re.compile(rb"[\0\s]*<<(?:[^<>()%]++|\([^()\\]*+\))*+>>[\0\s]*(?:endobj|stream)")
# What stands behind an object: its stream, its end, or the next thing.
_LANJUT = re.compile(
    _SPASI
    + rb"*(?:(stream)|endobj|xref|startxref|trailer|\d{1,10}"
    + _SPASI
    + rb"+\d{1,6}"
    + _SPASI
    + rb"*obj|\Z)"
)
_BARIS = re.compile(rb"[\0\t ]*(?:\r\n|\n|\r)")
_PASANGAN = re.compile(rb"[\0\s]*(\d{1,10})[\0\s]+(\d{1,10})(?![\d.+-])")
_KEPALA = re.compile(rb"[\0\s]*(?:\d{1,10}[\0\s]+\d{1,10}(?:[\0\s]+|\Z))*\Z")
_PERTAMA = re.compile(rb"/First" + _SPASI + rb"*(\d{1,10})" + _SPASI + rb"*(?![\0\s\d])")


def check(berkas: BinaryIO, ukuran: int, batas: Batas) -> str:
    """Refuse a PDF that is cut off, locked, active, or has something behind it."""
    check_rangka(berkas, ukuran)
    _Pemeriksa(berkas, ukuran).check()
    return "pdf"


def _refuse(nama: bytes) -> BerkasDitolakError:
    if nama == b"Encrypt":
        return BerkasDitolakError(f"PDF-nya terkunci dan rusak. {SARAN}")
    return BerkasDitolakError(f"PDF ini berisi {LARANGAN[nama]}. {SARAN}")


def _refuse_rusak() -> BerkasDitolakError:
    return BerkasDitolakError(f"susunan PDF-nya rusak atau tidak wajar. {SARAN}")


def _unescape(nama: bytes) -> bytes:
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda cocok: bytes([int(cocok[1], 16)]), nama)


class _Pemeriksa:
    """One file on its way through the check, and how much work it may still cost."""

    def __init__(self, berkas: BinaryIO, ukuran: int):
        self.berkas, self.ukuran = berkas, ukuran
        self.sisa_telusur = 2 * ukuran + TELUSUR
        self.sisa_paket = MAKS_SEMUA_PAKET
        self.geser, self.teks = 0, b""

    def check(self) -> None:
        """All names that matter, wherever they stand; then, only when there are any, what a reader
        meets that begins at any place where an object may begin."""
        bahaya: dict[int, bytes] = {}
        # Places of eight bytes each: an odd file has millions.
        penting, terkunci, pembuka = array("Q"), array("Q"), None
        for tempat, cocok in find_pola(self.berkas, _DICARI, tumpang=TUMPANG):
            nama = _unescape(cocok[1])
            penting.append(tempat)
            if nama == b"Encrypt":
                terkunci.append(tempat)
            elif nama in LARANGAN:
                bahaya[tempat] = nama
            if len(bahaya) + len(terkunci) > MAKS_BAHAYA:
                raise _refuse_rusak()
        if terkunci and not (pembuka := open_terkunci(self.berkas, MAKS_PAKET)):
            # One that mends the file's table of objects still finds the key that we did not.
            bahaya |= {tempat: b"Encrypt" for tempat in terkunci if self.has_kunci(tempat)}
        for tempat, cocok in find_pola(self.berkas, _AWAL, tumpang=16):
            awal = tempat + len(cocok[0])
            berikut = bisect_left(penting, awal)
            if berikut == len(penting):
                break
            self.check_objek(awal, penting[berikut], bahaya, pembuka)

    def has_kunci(self, tempat: int) -> bool:
        """A key follows the name there."""
        lihat = read_at(self.berkas, tempat, TUMPANG)
        nama = _DICARI.match(lihat)
        return bool(nama and _KUNCI.match(lihat, nama.end()))

    def check_objek(
        self, awal: int, penting: int, bahaya: dict[int, bytes], pembuka: Paket | None
    ) -> None:
        """What a reader meets that begins at `awal`; the next name that matters is at `penting`."""
        letak = self.load(awal, awal + DEKAT)
        if (datar := _DATAR.match(self.teks, letak)) and self.geser + datar.end() <= penting:
            # By far the commonest: an object without any such name.
            return
        for panjang in (DEKAT, BACA, MAKS_OBJEK):
            letak = self.load(awal, awal + panjang)
            aliran = self.walk(letak, bahaya)
            if aliran is not None or self.geser + len(self.teks) >= self.ukuran:
                break
        else:
            raise _refuse_rusak()
        if aliran and _PAKET.search(self.teks, letak, aliran):
            self.check_paket(awal, self.teks[letak:aliran], self.geser + aliran, pembuka)
        if len(self.teks) > BACA:
            self.teks = b""

    def load(self, awal: int, hingga: int) -> int:
        """Have the text from `awal` at least to `hingga` at hand; where in it that is."""
        akhir = self.geser + len(self.teks)
        if not self.geser <= awal <= akhir or (akhir < hingga and akhir < self.ukuran):
            self.geser, self.teks = awal, read_at(self.berkas, awal, max(BACA, hingga - awal))
        return awal - self.geser

    def walk(self, letak: int, bahaya: dict[int, bytes]) -> int | None:
        """Read the object that begins there in the text at hand, refuse a forbidden name in it.
        Where its stream begins, 0 for none; None when the text ends first."""
        teks, dalam, ganjil = self.teks, 0, 0
        for tempat, token in _iter_token(teks, letak):
            if self.geser + tempat in bahaya:
                raise _refuse(bahaya[self.geser + tempat])
            dalam = max(0, dalam + (token in _BUKA) - (token in _TUTUP))
            if dalam:
                continue
            akhir = tempat + len(token)
            lanjut = _LANJUT.match(teks, akhir)
            if token == b"stream" or (lanjut and lanjut[1]):
                self.spend(akhir - letak)
                return lanjut.end() if token != b"stream" else akhir
            if token == b"endobj" or lanjut:
                self.spend(akhir - letak)
                return 0
            if len(teks) - akhir < LANJUT and self.geser + len(teks) < self.ukuran:
                break
            # Outside of every bracket an object ends with its first value. Where something else
            # follows, some readers took a bracket too many for a value, and read on.
            ganjil = ganjil or akhir + GANJIL
            if tempat > ganjil:
                self.spend(akhir - letak)
                if max(bahaya, default=0) > self.geser + tempat:
                    raise _refuse_rusak()
                return 0
        self.spend(len(teks) - letak)
        return None

    def spend(self, byte: int) -> None:
        self.sisa_telusur -= byte + 16
        if self.sisa_telusur < 0:
            raise _refuse_rusak()

    def check_paket(self, awal: int, kamus: bytes, aliran: int, pembuka: Paket | None) -> None:
        """Look into packed objects; `kamus` is their dictionary and begins at `awal`."""
        daftar_pertama = {int(cocok[1]) for cocok in _PERTAMA.finditer(kamus)}
        pertama = daftar_pertama.pop() if len(daftar_pertama) == 1 else None
        if pembuka:
            mulai = max(0, awal - 256)
            nomor = _NOMOR.search(read_at(self.berkas, mulai, awal - mulai))
            if not nomor:
                raise _refuse_rusak()
            isi = pembuka.read(int(nomor[1]), int(nomor[2]), mulai + nomor.start())
        else:
            isi = self.unpack(kamus, aliran)
        if isi.strip(b"\0 \t\r\n") and not _PASANGAN.match(isi):
            raise _refuse_rusak()
        self.sisa_paket -= len(isi)
        if self.sisa_paket < 0:
            raise _refuse_rusak()
        bahaya = {cocok.start(): _unescape(cocok[1]) for cocok in _TERLARANG.finditer(isi)}
        if bahaya:
            self.sisa_telusur += 2 * len(isi)
            daftar = [*_read_letak(isi, pertama), len(isi)]
            for letak, berikut in pairwise(daftar):
                self.walk_paket(isi, letak, berikut, bahaya)

    def walk_paket(self, isi: bytes, letak: int, berikut: int, bahaya: dict[int, bytes]) -> None:
        """The same for a packed object, which ends where the next one begins."""
        dalam, tempat = 0, letak
        for tempat, token in _iter_token(isi, letak):
            if tempat in bahaya:
                raise _refuse(bahaya[tempat])
            dalam = max(0, dalam + (token in _BUKA) - (token in _TUTUP))
            if not dalam and tempat >= berikut:
                break
        self.spend(tempat - letak)

    def unpack(self, kamus: bytes, aliran: int) -> bytes:
        """The packed objects whose keyword `stream` ends here."""
        baris = _BARIS.match(read_at(self.berkas, aliran, 64))
        if not baris or _SARINGAN_LAIN.search(kamus):
            raise _refuse_rusak()
        tempat, urai, isi = aliran + baris.end(), zlib.decompressobj(), bytearray()
        if b"/Filter" not in kamus:
            polos, akhir, _ = read_at(self.berkas, tempat, MAKS_POLOS).partition(b"endstream")
            if not akhir:
                raise _refuse_rusak()
            return polos
        try:
            while not urai.eof and (data := read_at(self.berkas, tempat, 65_536)):
                tempat += len(data)
                isi += urai.decompress(data, MAKS_PAKET - len(isi) + 1)
                if len(isi) > MAKS_PAKET or urai.unconsumed_tail:
                    raise _refuse_rusak()
        except zlib.error as error:
            # A reader may go on with what came until then, and we cannot tell how far.
            raise _refuse_rusak() from error
        if not urai.eof:
            raise _refuse_rusak()
        return bytes(isi)


def _read_letak(isi: bytes, pertama: int | None) -> list[int]:
    """Where the packed objects begin, by the pairs of numbers in front of them."""
    kepala = isi[:pertama]
    if pertama is None or not _KEPALA.match(kepala):
        raise _refuse_rusak()
    return sorted(pertama + int(cocok[2]) for cocok in _PASANGAN.finditer(kepala))


def _iter_token(teks: bytes, tempat: int) -> Iterator[tuple[int, bytes]]:
    """Names, brackets and keywords, without texts and comments."""
    while cocok := _TOKEN.search(teks, tempat):
        token, tempat = cocok[0], cocok.end()
        if token == b"(":
            tempat = _skip_teks(teks, tempat)
        elif token in _BUKA or token[:1] in b"/se>]":
            yield cocok.start(), token


def _skip_teks(teks: bytes, tempat: int) -> int:
    """Behind a text in brackets that holds brackets."""
    dalam = 1
    for cocok in _KURUNG.finditer(teks, tempat):
        dalam += {b"(": 1, b")": -1}.get(cocok[0], 0)
        if not dalam:
            return cocok.end()
    return len(teks)
