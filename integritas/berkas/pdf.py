"""PDF: opens without a password, does nothing by itself, carries no other file.

The file is not parsed from its table of objects, which says one thing to one reader and another to
the next. Every dangerous name is looked for in all bytes, however it is spelled, and in all packed
objects; a hit counts when a reader that begins at any object before it would read it as a name and
not as part of a text.
"""

import re
import zlib
from array import array
from collections.abc import Iterator
from typing import BinaryIO

from integritas.berkas.baca import find_pola, read_at
from integritas.berkas.batas import Batas
from integritas.berkas.ekor import find_asing
from integritas.berkas.kunci_pdf import Paket, open_terkunci
from integritas.berkas.tolak import BerkasDitolakError

MEGA = 1024 * 1024
MAKS_PAKET = 32 * MEGA
MAKS_SEMUA_PAKET = 400 * MEGA
MAKS_TELUSUR = 64 * MEGA
MUNDUR = 256 * 1024
MAJU = 64 * 1024
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
SARAN = "Cetak ulang ke PDF, lalu unggah lagi."
_SPASI = rb"(?:[\0\t\n\f\r ]|%[^\r\n]{0,200}[\r\n])"
_BATAS_NAMA = rb"(?=[\0\t\n\f\r ()<>\[\]{}/%]|\Z)"
_RUJUKAN = rb"\d{1,10}" + _SPASI + rb"{1,20}\d{1,6}" + _SPASI + rb"{1,20}R"
# Names so short that they turn up in any image by chance: only with the value that belongs to them.
_NILAI = {
    b"EF": rb"(?=" + _SPASI + rb"{0,20}(?:<<|" + _RUJUKAN + rb"))",
    b"XFA": rb"(?=" + _SPASI + rb"{0,20}(?:\[|" + _RUJUKAN + rb"))",
}
# The longest match of the pattern, with what it looks at behind.
TUMPANG = 4096


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
_SARINGAN_LAIN = re.compile(
    rb"/(?:ASCIIHexDecode|AHx|ASCII85Decode|A85|LZWDecode|LZW|RunLengthDecode|RL|Crypt|Predictor)"
    rb"\b|/Filter" + _SPASI + rb"*\[?" + _SPASI + rb"*\d|#"
)
_OBJEK = re.compile(rb"(\d{1,10})" + _SPASI + rb"{1,20}(\d{1,6})" + _SPASI + rb"{0,20}obj|trailer")
_TOKEN = re.compile(
    rb"<<|>>|\[|\]|\((?:[^()\\]|\\.)*\)|\(|<[^<>]*>|%[^\r\n]*"
    rb"|/[^\0\t\n\f\r ()<>\[\]{}/%]*|(?<![a-z])stream(?:\r\n|\n|\r)|endobj",
    re.DOTALL,
)
_KURUNG = re.compile(rb"\\.|[()]", re.DOTALL)
_BUKA, _TUTUP = (b"<<", b"["), (b">>", b"]")
_PASANGAN = re.compile(rb"[\0\s]*(\d{1,10})[\0\s]+(\d{1,10})(?=[\0\s])")
_JUMLAH = re.compile(rb"/(?:N|#4[eE])" + _BATAS_NAMA)
_PERTAMA = re.compile(rb"/First" + _SPASI + rb"*(\d{1,10})" + _SPASI + rb"*(?![\0\s\d])")


def check(berkas: BinaryIO, ukuran: int, batas: Batas) -> str:
    """Refuse a PDF that is cut off, locked, active, or has something behind it."""
    _check_rangka(berkas, ukuran)
    _Pemeriksa(berkas).check()
    return "pdf"


def _check_rangka(berkas: BinaryIO, ukuran: int) -> None:
    if not re.match(rb"%PDF-\d\.\d", read_at(berkas, 0, 8)):
        raise _refuse_rusak()
    ekor = read_at(berkas, max(0, ukuran - 65_536), 65_536).rstrip(b"\0\t\n\f\r \x1a")
    akhir = ekor.rfind(b"%%EOF")
    if akhir < 0 or b"startxref" not in ekor:
        raise BerkasDitolakError(f"PDF-nya terpotong, atau ada data lain di belakangnya. {SARAN}")
    if lebih := ekor[akhir + 5 :]:
        asing = find_asing(lebih.lstrip()) or "data lain"
        raise BerkasDitolakError(f"ada {asing} di belakang PDF. {SARAN}")


def _refuse(nama: bytes) -> BerkasDitolakError:
    return BerkasDitolakError(f"PDF ini berisi {LARANGAN[nama]}. {SARAN}")


def _refuse_rusak() -> BerkasDitolakError:
    return BerkasDitolakError(f"susunan PDF-nya rusak atau tidak wajar. {SARAN}")


def _unescape(nama: bytes) -> bytes:
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda cocok: bytes([int(cocok[1], 16)]), nama)


class _Telusur:
    """Reads on from the places where objects begin, each no further than it must. Places that are
    asked about come in ascending order, so what has ended before one is forgotten."""

    def __init__(self, jatah: int):
        self.jatah = jatah
        self.terbuka: list[int] = []

    def reaches(self, teks: bytes, geser: int, tujuan: int) -> bool:
        """A reader that begins at an object before `tujuan` would meet a name there; `teks` is what
        lies from `geser` on."""
        terbuka = self.terbuka
        self.terbuka = []
        for awal in terbuka:
            if awal < geser:
                continue
            akhir = self._read(teks, awal - geser, tujuan - geser) + geser
            if akhir >= tujuan:
                self.terbuka.append(awal)
            if akhir == tujuan:
                return True
        return False

    def _read(self, teks: bytes, awal: int, tujuan: int) -> int:
        """Where the object ends, `tujuan` when that is a name in it, or somewhere behind."""
        dalam, tempat = 0, awal
        for tempat, token in _walk(teks, awal):
            if tempat >= tujuan:
                break
            if token in _BUKA:
                dalam += 1
            elif token in _TUTUP:
                dalam -= 1
            # Outside of every bracket an object ends with its first value.
            if dalam <= 0 and token not in _BUKA:
                break
        else:
            tempat = tujuan + 1
        self.jatah -= min(tempat, tujuan) - awal
        if self.jatah < 0:
            raise _refuse_rusak()
        return tempat


class _Pemeriksa:
    """One file on its way through the check, and how much work it may still cost."""

    def __init__(self, berkas: BinaryIO):
        self.berkas = berkas
        self.sisa_paket = MAKS_SEMUA_PAKET
        self.sudah: set[int] = set()
        self.telusur, self.terbaca, self.terakhir = _Telusur(MAKS_TELUSUR), 0, -1

    def check(self) -> None:
        terkunci = False
        # Places of eight bytes each: an odd file has millions.
        tersurat, tersirat = array("Q"), array("Q")
        for tempat, cocok in find_pola(self.berkas, _DICARI, tumpang=TUMPANG):
            nama = _unescape(cocok[1])
            if nama in LARANGAN:
                if self.is_nama(tempat):
                    raise _refuse(nama)
            elif nama == b"Encrypt":
                terkunci = True
            else:
                (tersurat if nama == b"ObjStm" else tersirat).append(tempat)
        pembuka = open_terkunci(self.berkas, MAKS_PAKET) if terkunci else None
        # Those that say what they are come first: a stream is looked into once.
        for daftar in (tersurat, tersirat):
            for tempat in daftar:
                self.check_paket(tempat, daftar is tersurat, pembuka)

    def is_nama(self, tempat: int) -> bool:
        """The name is one to a reader, not part of a text or of data. Where its object begins too
        far away to be seen, it is taken as one."""
        mulai = max(0, tempat - MUNDUR)
        teks = read_at(self.berkas, mulai, tempat - mulai + 1)
        # A little is read again: what begins an object may have been cut by the end of the last.
        lewat = max(mulai, self.terbaca - 1024)
        for cocok in _OBJEK.finditer(teks, lewat - mulai):
            if (akhir := mulai + cocok.end()) > self.terakhir:
                self.telusur.terbuka.append(akhir)
                self.terakhir = akhir
        self.terbaca = tempat
        return self.terakhir < mulai or self.telusur.reaches(teks, mulai, tempat)

    def check_paket(self, tempat: int, tersurat: bool, pembuka: Paket | None) -> None:
        """Look into the packed objects whose dictionary holds this name."""
        maju = read_at(self.berkas, tempat, MAJU)
        aliran = _find_aliran(maju)
        if aliran is None or tempat + aliran in self.sudah:
            return
        self.sudah.add(tempat + aliran)
        mulai = max(0, tempat - 4096)
        mundur = read_at(self.berkas, mulai, tempat - mulai)
        objek = next(reversed(list(_OBJEK.finditer(mundur))), None)
        kamus = (mundur[objek.end() :] if objek else b"") + maju[:aliran]
        if pembuka and objek and objek[1]:
            isi = pembuka.read(int(objek[1]), int(objek[2]), mulai + objek.start())
        else:
            isi = self.unpack(tempat + aliran)
            # Some readers look for packed objects in any stream that says how many and where.
            tersurat = tersurat or bool(_JUMLAH.search(kamus))
            aneh = _SARINGAN_LAIN.search(kamus) or not _PASANGAN.match(isi)
            if tersurat and isi.strip() and aneh and _Pemeriksa(self.berkas).is_nama(tempat):
                raise _refuse_rusak()
        self.sisa_paket -= len(isi)
        if self.sisa_paket < 0:
            raise _refuse_rusak()
        self.check_isi(isi, _PERTAMA.search(kamus))

    def unpack(self, tempat: int) -> bytes:
        """The stream that begins here, without its filter, or as it lies when it has none."""
        urai, isi = zlib.decompressobj(), bytearray()
        try:
            while not urai.eof and (data := read_at(self.berkas, tempat, 65_536)):
                tempat += len(data)
                isi += urai.decompress(data, MAKS_PAKET - len(isi) + 1)
                if len(isi) > MAKS_PAKET or urai.unconsumed_tail:
                    raise _refuse_rusak()
        except zlib.error:
            if not isi:
                return read_at(self.berkas, tempat - len(data), MEGA).partition(b"endstream")[0]
        return bytes(isi)

    def check_isi(self, isi: bytes, pertama: re.Match[bytes] | None) -> None:
        """Refuse packed objects that hold a forbidden name."""
        telusur = None
        for cocok in _TERLARANG.finditer(isi):
            if telusur is None:
                if not pertama:
                    raise _refuse_rusak()
                telusur = _Telusur(MAKS_TELUSUR)
                daftar = _read_letak(isi, int(pertama[1]))
            while daftar and daftar[-1] <= cocok.start():
                telusur.terbuka.append(daftar.pop())
            if telusur.reaches(isi, 0, cocok.start()):
                raise _refuse(_unescape(cocok[1]))


def _read_letak(isi: bytes, pertama: int) -> list[int]:
    """Where the packed objects begin, by the pairs of numbers in front of them; the last first."""
    daftar, tempat = [], 0
    while (cocok := _PASANGAN.match(isi, tempat)) and cocok.end() <= pertama:
        daftar.append(pertama + int(cocok[2]))
        tempat = cocok.end()
    return sorted(daftar, reverse=True)


def _walk(teks: bytes, tempat: int) -> Iterator[tuple[int, bytes]]:
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


def _find_aliran(teks: bytes) -> int | None:
    """Where the data begin of the stream in whose dictionary this text begins."""
    dalam = 1
    for tempat, token in _walk(teks, 0):
        dalam += (token in _BUKA) - (token in _TUTUP)
        if dalam <= 0 and token == b"endobj":
            return None
        if dalam <= 0 and token.startswith(b"stream"):
            return tempat + len(token)
    return None
