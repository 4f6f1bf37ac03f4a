"""The editions of the two layouts as data, and how columns are found.

Columns are found by the heading row, with the letters of the edition as fallback: ministries have
inserted columns to the right of the unit's own.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from penilaian.instrumen import Tipe
from penilaian.lembar.buku import Lembar
from penilaian.lembar.xml import to_kolom

# Headings stand in one of the first rows.
BARIS_JUDUL_TERJAUH = 10
KOLOM_JUDUL_TERJAUH = 30


@dataclass(frozen=True)
class Edisi:
    """Where an edition keeps the unit's columns, in the order in which they are looked for, and
    those of the reviewers' tiers.

    `penanda`: that column must be the second of that role, or the reviewers', for the edition to be
    this one.
    """

    kode: str
    tata_letak: str
    unit: Mapping[str, str]
    tpi: tuple[Mapping[str, str], ...] = ()
    penanda: tuple[str, str] | None = None


N_KEMENTERIAN = Edisi(
    "N-kementerian",
    "N",
    {"tipe": "J", "kriteria": "I", "jawaban": "K", "catatan": "L", "tautan": "N", "bukti": "M"},
    (
        {"jawaban": "O", "nilai": "P", "persen": "Q", "catatan": "R"},
        {"jawaban": "S", "nilai": "T", "persen": "U", "catatan": "V"},
    ),
)
# The national master list of 2026 has no column for links: N is already the reviewers' answer.
N_2026 = Edisi(
    "N-2026",
    "N",
    {"tipe": "J", "kriteria": "I", "jawaban": "K", "catatan": "L", "bukti": "M"},
    ({"jawaban": "N", "nilai": "O", "persen": "P", "catatan": "Q"},),
    penanda=("N", "jawaban"),
)
L_LAMPIRAN = Edisi(
    "L-lampiran",
    "L",
    {
        "tipe": "J",
        "kriteria": "I",
        "jawaban": "K",
        "nilai": "L",
        "persen": "M",
        "catatan": "O",
        "tautan": "Q",
        "bukti": "P",
    },
)
DAFTAR_EDISI = (N_2026, N_KEMENTERIAN, L_LAMPIRAN)

# Rows of the national form's summary (`Unit`): six areas one below the other, then these.
BARIS_AREA = 6
BARIS_RINGKASAN = {
    "A": 12,
    "B.I": 15,
    "B.I.a": 16,
    "B.I.b": 17,
    "B.II": 18,
    "B.II.a": 19,
    "B": 20,
    "total": 22,
}

# What the sheet's column of answer types says for each type, without blanks.
SEBUTAN_TIPE = {
    Tipe.YA_TIDAK: ("Ya/Tidak", {"ya/tidak"}),
    Tipe.ABC: ("A/B/C", {"a/b/c"}),
    Tipe.ABCD: ("A/B/C/D", {"a/b/c/d"}),
    Tipe.ABCDE: ("A/B/C/D/E", {"a/b/c/d/e"}),
    Tipe.PERSEN: ("%", {"%", "persen", "persentase"}),
    Tipe.INDEKS: ("Nilai (0-4)", {"nilai(0-4)", "nilai0-4", "0-4", "nilai", "indeks", "(0-4)"}),
}
# Words of a heading that say what the column is; the first that fits wins.
_PENILAI = re.compile(
    r"\btpi\b|tim penilai|itjen|inspektorat|evaluator|kementerian|\btpn\b|verifikasi|kanwil"
)
_KATA = (
    ("tipe", re.compile(r"(pilihan|tipe|jenis|opsi) jawaban|^tipe$|^jenis$")),
    ("tautan", re.compile(r"tautan|\blinks?\b|\burl\b|drive|hyperlink")),
    ("bukti", re.compile(r"bukti|data dukung|dokumen|evid|eviden")),
    ("jawaban", re.compile(r"jawaban|^jawab$|isian unit")),
    ("catatan", re.compile(r"catatan|keterangan|penjelasan|narasi|uraian|\bctt\b")),
    ("persen", re.compile(r"^%|persen")),
    ("nilai", re.compile(r"^nilai|^skor|^hasil")),
)
# Headings of these roles stand right of the answer type: left of it are the question's own texts.
_KANAN = frozenset({"jawaban", "nilai", "persen", "catatan", "bukti", "tautan"})
# What the heading at a column's own letter may say all the same: a list of evidence may be called
# one of links.
_DAPAT = {"bukti": frozenset({"", "tautan"})}
# Whatever the headings say, these stand somewhere.
_SELALU = frozenset({"jawaban", "kriteria", "tipe"})


@dataclass(frozen=True)
class Kolom:
    """Columns by role, counted from 1, and the row that names them (0: none was found)."""

    edisi: Edisi
    letak: dict[str, int]
    baris_judul: int

    def get(self, peran: str) -> int | None:
        return self.letak.get(peran)


def normalize_judul(teks: str) -> str:
    """Small letters and single blanks; a heading over several lines is one."""
    return " ".join(re.findall(r"[a-z0-9%]+", teks.casefold()))


def name_peran(judul: str) -> str:
    """What a heading says its column is; `penilai` for a reviewer's, empty when it says nothing."""
    judul = normalize_judul(judul)
    if not judul:
        return ""
    for peran, kata in _KATA:
        if kata.search(judul):
            milik_unit = peran in {"tipe", "tautan"} or not _PENILAI.search(judul)
            return peran if milik_unit else "penilai"
    return "penilai" if _PENILAI.search(judul) else ""


def find_kolom(lembar: Lembar, tata_letak: str) -> Kolom:
    """The columns of the unit in a sheet of that layout."""
    baris, peran = _find_judul(lembar)
    edisi = _choose_edisi(tata_letak, peran)
    letak: dict[str, int] = {}
    for nama, huruf in edisi.unit.items():
        kolom = to_kolom(huruf)
        if peran.get(kolom, "") == nama:
            letak[nama] = kolom
    tengah = letak.get("tipe", to_kolom(edisi.unit["tipe"]))
    for nama, huruf in edisi.unit.items():
        if nama in letak:
            continue
        kolom = to_kolom(huruf)
        ditemukan = next(
            (
                satu
                for satu in sorted(peran)
                if peran[satu] == nama
                and satu not in letak.values()
                and (nama not in _KANAN or satu > tengah)
                and (nama not in _KANAN or not _is_behind_penilai(peran, satu))
            ),
            None,
        )
        if ditemukan is not None:
            letak[nama] = ditemukan
        elif nama in _SELALU or (
            kolom not in letak.values() and peran.get(kolom, "") in _DAPAT.get(nama, {""})
        ):
            letak[nama] = kolom
    if tata_letak == "N" and "nilai" not in letak:
        nilai = _find_nilai_unit(lembar, baris)
        if nilai:
            letak["nilai"] = nilai
    return Kolom(edisi, letak, baris)


def _find_judul(lembar: Lembar) -> tuple[int, dict[int, str]]:
    """The row that knows most headings, and what each of its columns is."""
    terbaik: tuple[int, dict[int, str]] = (0, {})
    for baris in range(1, min(BARIS_JUDUL_TERJAUH, lembar.baris_terakhir) + 1):
        peran = {}
        for kolom in range(1, KOLOM_JUDUL_TERJAUH + 1):
            teks = lembar.get_teks(baris, kolom)
            if teks and len(teks) <= 120 and (nama := name_peran(teks)):
                peran[kolom] = nama
        kenal = len(set(peran.values()) - {"penilai"})
        if kenal >= 2 and kenal > len(set(terbaik[1].values()) - {"penilai"}):
            terbaik = baris, peran
    return terbaik


def _choose_edisi(tata_letak: str, peran: dict[int, str]) -> Edisi:
    for edisi in DAFTAR_EDISI:
        if edisi.tata_letak != tata_letak:
            continue
        if edisi.penanda is None:
            return edisi
        huruf, kata = edisi.penanda
        tempat = to_kolom(huruf)
        # A second "jawaban" column at that place is the reviewers', with or without their name.
        kedua = any(nama == kata and kolom < tempat for kolom, nama in peran.items())
        if peran.get(tempat) == "penilai" or (peran.get(tempat) == kata and kedua):
            return edisi
    raise AssertionError(tata_letak)


def _is_behind_penilai(peran: dict[int, str], kolom: int) -> bool:
    """Columns behind the first reviewer's are not the unit's."""
    penilai = [satu for satu, nama in peran.items() if nama == "penilai"]
    return bool(penilai) and kolom > min(penilai)


def _find_nilai_unit(lembar: Lembar, baris: int) -> int | None:
    """Some files keep the unit's score in a column of its own, far right."""
    for kolom in range(1, KOLOM_JUDUL_TERJAUH + 1):
        if baris and normalize_judul(lembar.get_teks(baris, kolom)) in {"nilai unit", "skor unit"}:
            return kolom
    return None
