"""Single cells as people type them: options, counts, indices and links. Pure."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from urllib.parse import unquote

from penilaian.instrumen import Masukan, Pertanyaan
from penilaian.jawaban import DESIMAL_TERBANYAK, TERBESAR
from penilaian.lembar.buku import clean_teks
from penilaian.lembar.galat import SelSalahError
from penilaian.lembar.tanggal import Tanggal
from penilaian.lembar.xml import Galat, Nilai

SETRIP = frozenset({"-", "--", "–", "—"})
_TEPI = " .,:;!?()[]{}\"'“”‘’*"
# A letter with its sign and text behind it: "A. Semua kegiatan", "b) sebagian".
_BERHURUF = re.compile(r"\(?\s*([a-e])\s*[.):;,\-–—/]+\s*\S")
_BERKATA = re.compile(r"(ya|tidak)(?:\s*[.,:;(\-–—]\s*\S|\s+(?:jika|apabila|bila)\b)")
_ALAMAT = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
# Endings of addresses that are typed without their beginning; what ends otherwise, such as
# "SK.pdf", "Ka.Lapas" and the number of a letter, is none.
_UJUNG = (
    "id|com|org|net|ly|gl|me|co|io|info|page|app|link|be|gd|cc|to|site|us|ee|my|tv|asia|gov|edu"
)
_TANPA_SKEMA = re.compile(
    rf"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:{_UJUNG})(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE
)
# Between two addresses on one line.
_SAMBUNGAN = re.compile(r"[,;|]?\s+(?=https?://)|[,;|](?=https?://)", re.IGNORECASE)
_TEPI_TAUTAN = " \t\u00a0\u200b\ufeff,;|"
_RUMUS_TAUTAN = re.compile(r"""\s*HYPERLINK\s*\(\s*"((?:[^"]|"")*)\"""", re.IGNORECASE)
_BULAT = re.compile(r"[+-]?\d{1,15}")
_RIBUAN = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+")
_RAGU = re.compile(r"[+-]?\d{1,3},\d{3}")
_DESIMAL = re.compile(rf"[+-]?\d{{0,12}}[.,]\d{{1,{DESIMAL_TERBANYAK}}}")
# Finer than this a number in a cell is what a program's arithmetic left behind.
TERHALUS = Decimal("1e-12")


def quote(teks: str) -> str:
    return f'"{teks}"' if len(teks) <= 60 else f'"{teks[:57]}…"'


def is_blank(nilai: Nilai) -> bool:
    return not isinstance(nilai, Galat) and clean_teks(nilai) in SETRIP | {""}


# --- options --------------------------------------------------------------------------------------
def read_pilihan(pertanyaan: Pertanyaan, nilai: Nilai, kriteria: str = "") -> str | None:
    """The option a cell names: its letter or word in any spelling, with its sentence behind it, or
    the whole sentence of our instrument or of the sheet's own criteria. None when it is blank."""
    if isinstance(nilai, Galat):
        raise SelSalahError(f"berisi kesalahan rumus {nilai}. Isi jawabannya.")
    if is_blank(nilai):
        return None
    teks = unicodedata.normalize("NFKC", clean_teks(nilai))
    polos = teks.casefold().strip(_TEPI)
    pilihan = ", ".join(pertanyaan.nilai_opsi)
    kode = pertanyaan.opsi_tanpa_huruf.get(polos)
    if kode is None:
        cocok = _BERHURUF.match(teks.casefold()) or _BERKATA.match(teks.casefold())
        if cocok and not _PILIHAN_SEMUA.fullmatch(polos):
            kode = pertanyaan.opsi_tanpa_huruf.get(cocok[1])
    if kode is None:
        kode = _find_kalimat(pertanyaan, polos, kriteria)
    if kode is None:
        raise SelSalahError(f"jawaban {quote(teks)} tidak ada pada pilihannya ({pilihan}).")
    return kode


# The type instead of an answer: "A/B/C", "a, b, c".
_PILIHAN_SEMUA = re.compile(r"a(?:\s*[/,;-]\s*[b-e])+")


def _find_kalimat(pertanyaan: Pertanyaan, polos: str, kriteria: str) -> str | None:
    """The option of which this is the whole sentence, with its letter before it or without: one of
    our instrument, or of the sheet's own "a. Seluruhnya b. Sebagian c. Belum"."""
    kunci = _spell(polos)
    if len(kunci) < 3:
        return None
    isi = f" {_spell(kriteria)} "
    cocok = set()
    for opsi, berikut in zip(pertanyaan.opsi, [*pertanyaan.opsi[1:], None], strict=True):
        huruf, label = opsi.kode.casefold(), _spell(opsi.label)
        kalimat = kunci if kunci.startswith(f"{huruf} ") else f"{huruf} {kunci}"
        akhir = f" {kalimat} {berikut.kode.casefold()} " if berikut else ""
        ada = isi.endswith(f" {kalimat} ") or (akhir and akhir in isi)
        if ada or label in {kunci, kunci.removeprefix(f"{huruf} ")}:
            cocok.add(opsi.kode)
    return cocok.pop() if len(cocok) == 1 else None


def _spell(teks: str) -> str:
    return " ".join(re.findall(r"[a-z0-9%]+", teks.casefold()))


# --- numbers --------------------------------------------------------------------------------------
def read_angka(masukan: Masukan, nilai: Nilai) -> Decimal | None:
    """A count or an index within its bounds; text with an Indonesian decimal comma is a number.
    None when the cell is blank."""
    if isinstance(nilai, Galat):
        raise SelSalahError(f"berisi kesalahan rumus {nilai}. Isi angkanya.")
    if is_blank(nilai):
        return None
    if isinstance(nilai, Tanggal):
        raise SelSalahError(f"berisi tanggal {nilai.teks}, bukan angka.")
    angka = to_angka(nilai, desimal=masukan.desimal)
    teks = clean_teks(nilai).replace(".", ",") if isinstance(nilai, float) else clean_teks(nilai)
    if angka is None:
        raise SelSalahError(f"berisi {quote(teks)}, bukan angka.")
    if masukan.desimal:
        angka = to_desimal(nilai) if isinstance(nilai, float) else angka
    elif angka != angka.to_integral_value():
        raise SelSalahError(f"harus bilangan bulat, bukan {teks}.")
    batas = TERBESAR if masukan.maksimal is None else masukan.maksimal
    if angka < masukan.minimal:
        raise SelSalahError(f"paling kecil {masukan.minimal:f}, bukan {teks}.")
    if angka > batas:
        raise SelSalahError(f"paling besar {batas:f}, bukan {teks}.")
    return angka if masukan.desimal else Decimal(int(angka))


def to_angka(nilai: Nilai, *, desimal: bool = False) -> Decimal | None:
    """A number as it is kept or typed; None when it is none. `1.250` is a thousand for a count and
    a decimal for an index."""
    if isinstance(nilai, bool) or nilai is None or isinstance(nilai, Galat):
        return None
    if isinstance(nilai, float):
        # What a formula leaves a hair beside a whole number is that number.
        bulat = round(nilai)
        return Decimal(bulat) if abs(nilai - bulat) < 1e-9 else Decimal(repr(nilai))
    teks = clean_teks(nilai).replace(" ", "")
    if _BULAT.fullmatch(teks):
        return Decimal(teks)
    if not desimal and _RIBUAN.fullmatch(teks):
        return Decimal(teks.replace(".", ""))
    # "1,000" is a thousand for some and one for others: no count is guessed.
    if _DESIMAL.fullmatch(teks) and (desimal or not _RAGU.fullmatch(teks)):
        return Decimal(teks.replace(",", "."))
    return None


def to_desimal(nilai: float) -> Decimal:
    """A cell's decimal as it was meant: 3.7100000000000004 is 3.71."""
    angka = to_angka(nilai, desimal=True)
    assert angka is not None
    rapi = angka.quantize(TERHALUS, ROUND_HALF_UP)
    return angka if rapi == angka else rapi.normalize()


# --- links ----------------------------------------------------------------------------------------
def split_tautan(teks: str) -> tuple[list[str], list[str]]:
    """The links of a cell, one or several a line, and the lines that hold none."""
    daftar: list[str] = []
    bukan: list[str] = []
    for baris in re.split(r"[\r\n]+", teks):
        for potong in _SAMBUNGAN.split(baris.strip(_TEPI_TAUTAN)):
            potong = potong.strip(_TEPI_TAUTAN)
            kata = [satu for satu in potong.split() if _TANPA_SKEMA.fullmatch(satu)]
            if _ALAMAT.fullmatch(potong):
                daftar.append(potong)
            elif ada := find_tautan(potong) or kata:
                daftar.extend(ada)
            elif potong and potong not in SETRIP:
                bukan.append(potong)
    return list(dict.fromkeys(daftar)), bukan


def find_tautan(teks: str) -> list[str]:
    """Full addresses inside a longer text."""
    return list(dict.fromkeys(satu.rstrip(".,;)") for satu in _ALAMAT.findall(teks)))


def read_rumus_tautan(rumus: str | None) -> str:
    """The address of a HYPERLINK formula; empty for any other."""
    cocok = _RUMUS_TAUTAN.match(rumus or "")
    return cocok[1].replace('""', '"') if cocok else ""


def is_alamat(alamat: str) -> bool:
    return bool(_ALAMAT.fullmatch(alamat))


def is_same_alamat(satu: str, dua: str) -> bool:
    """The same address in two spellings; a spreadsheet writes blanks and signs in its own way."""
    return _plain(satu) == _plain(dua)


def _plain(alamat: str) -> str:
    return unquote(alamat).strip().rstrip("/").casefold()
