"""A second scorer, to compare with: exact fractions straight from the JSON file, none of our modules.

Written from sections 2 and 3 of the description of the data, not from `penilaian.skor`.
"""

import json
from fractions import Fraction
from math import floor
from pathlib import Path

BERKAS = Path(__file__).parents[2] / "penilaian" / "data" / "lke-90-2021.json"
ISI = json.loads(BERKAS.read_text(encoding="utf-8"), parse_float=Fraction)
PENGUNGKIT, HASIL = ISI["tree"]
URUTAN_GERBANG = ["total", "pengungkit", *(f"A.{n}" for n in range(1, 7))]
URUTAN_GERBANG += ["B.I", "B.I.a", "B.I.b", "B.II", "B.II.a"]


def list_pertanyaan(node=None) -> list[dict]:
    """All questions below a node, or all there are."""
    if node is None:
        return [*list_pertanyaan(PENGUNGKIT), *list_pertanyaan(HASIL)]
    if node["level"] == "pertanyaan":
        return [node]
    return [satu for anak in node["anak"] for satu in list_pertanyaan(anak)]


PERTANYAAN = {satu["kode"]: satu for satu in list_pertanyaan()}


def value(kode: str, jawaban) -> Fraction | None:
    """Worth of one answer, None when it is not (wholly) answered."""
    satu = PERTANYAAN[kode]
    tipe = satu["tipe_jawaban"]
    if jawaban is None:
        return None
    if tipe not in ("persen", "indeks"):
        tabel = ISI["tipe_jawaban"][tipe]["nilai"]
        return Fraction(next(nilai for opsi, nilai in tabel.items() if opsi == jawaban))
    wajib = [m["kode"] for m in satu["masukan"] if m["wajib"]]
    if any(jawaban.get(m) is None for m in wajib):
        return None
    n = {m: Fraction(jawaban[m]) for m in wajib}
    if tipe == "indeks":
        return n["indeks"] / 4
    if kode == "A.II.3.iii.a":
        lalu, ini = n["pelanggaran_lalu"], n["pelanggaran_ini"]
        if lalu == 0:
            return Fraction(1 if ini == 0 else 0)
        return max(Fraction(0), (lalu - ini) / lalu)
    atas, bawah, kosong = {
        "A.II.1.i.a": lambda: (n["jumlah_perubahan"], n["jumlah_agen"], 0),
        "A.II.1.i.b": lambda: (n["jumlah_terintegrasi"], n["jumlah_perubahan"], 0),
        "A.II.4.i.a": lambda: (n["sasaran_tercapai"], n["jumlah_sasaran"], 0),
        "A.II.5.ii.a": lambda: (n["aduan_selesai"], n["aduan_wajib"], 1),
        "A.II.5.iii.a": lambda: (
            n["lhkpn_sudah"],
            n["lhkpn_kepala"] + n["lhkpn_pejabat"] + n["lhkpn_lainnya"],
            1,
        ),
        "A.II.5.iii.b": lambda: (
            n["lhkasn_sudah"],
            n["lhkasn_administrator"] + n["lhkasn_pengawas"] + n["lhkasn_fungsional"],
            1,
        ),
        "A.II.6.i.b": lambda: (n["layanan_dipermudah"], n["layanan_terdata"], 0),
    }[kode]()
    return Fraction(kosong) if bawah == 0 else min(Fraction(1), atas / bawah)


def round_half_up(nilai: Fraction, desimal: int) -> str:
    """Text with that many decimals; scores are never negative."""
    bulat = floor(nilai * 10**desimal + Fraction(1, 2))
    utuh, sisa = divmod(bulat, 10**desimal)
    return f"{utuh}.{sisa:0{desimal}d}"


def score_mentah(nilai: dict, kosong: str) -> dict[str, Fraction]:
    """Every node's exact score from the worth of each question (None: unanswered)."""
    hasil: dict[str, Fraction] = {}

    def average(daftar, bobot):
        ada = [nilai[satu["kode"]] for satu in daftar if nilai.get(satu["kode"]) is not None]
        bagi = len(daftar) if kosong == "nol" else len(ada)
        return sum(ada, Fraction(0)) / bagi * Fraction(bobot) if bagi else Fraction(0)

    aspek_total = {"pemenuhan": Fraction(0), "reform": Fraction(0)}
    for area in PENGUNGKIT["anak"]:
        hasil[area["kode"]] = Fraction(0)
        for aspek in area["anak"]:
            for sub in aspek["anak"]:
                hasil[sub["kode"]] = average(sub["anak"], sub["bobot"])
            hasil[aspek["kode"]] = sum(hasil[sub["kode"]] for sub in aspek["anak"])
            hasil[area["kode"]] += hasil[aspek["kode"]]
            aspek_total[aspek["aspek"]] += hasil[aspek["kode"]]
    hasil["A.I"], hasil["A.II"] = aspek_total["pemenuhan"], aspek_total["reform"]
    hasil["A"] = hasil["A.I"] + hasil["A.II"]
    for kode, bobot in (("B.I.a", "17.5"), ("B.I.b", "5"), ("B.II.a", "17.5")):
        hasil[kode] = (nilai.get(kode) or Fraction(0)) * Fraction(bobot)
    hasil["B.I"] = hasil["B.I.a"] + hasil["B.I.b"]
    hasil["B.II"] = hasil["B.II.a"]
    hasil["B"] = hasil["B.I"] + hasil["B.II"]
    hasil["total"] = hasil["A"] + hasil["B"]
    return hasil


def find_gagal(rapi: dict[str, Fraction], target: str) -> list[str]:
    wbk = target == "WBK"
    minimal = {
        "total": 75 if wbk else 85,
        "pengungkit": 40 if wbk else 48,
        "B.I": Fraction("18.25") if wbk else Fraction("19.5"),
        "B.I.a": Fraction("15.75"),
        "B.I.b": Fraction("2.5") if wbk else Fraction("3.75"),
        "B.II": Fraction(14) if wbk else Fraction("15.75"),
        "B.II.a": Fraction(14) if wbk else Fraction("15.75"),
    }
    for area, bobot in zip(range(1, 7), (8, 7, 10, 10, 15, 10), strict=True):
        minimal[f"A.{area}"] = Fraction(bobot) * (60 if wbk else 75) / 100
    simpul = {"pengungkit": "A"}
    return [kode for kode in URUTAN_GERBANG if rapi[simpul.get(kode, kode)] < minimal[kode]]


def score(jawaban: dict, kosong: str) -> dict:
    """A case as `score_lke` prints it, without its `kode`."""
    nilai = {kode: value(kode, satu) for kode, satu in jawaban.items()}
    terisi = sum(satu is not None for satu in nilai.values())
    enam = {kode: round_half_up(satu, 6) for kode, satu in score_mentah(nilai, kosong).items()}
    rapi = {kode: Fraction(teks) for kode, teks in enam.items()}
    kelayakan = {}
    for target in ("WBK", "WBBM"):
        gagal = find_gagal(rapi, target)
        kelayakan[target] = {"lolos": not gagal, "gagal": gagal}
    return {
        "cakupan": round_half_up(Fraction(terisi, 113), 4),
        "nilai": enam,
        "tampil": {kode: round_half_up(satu, 2) for kode, satu in rapi.items()},
        "kelayakan": kelayakan,
    }
