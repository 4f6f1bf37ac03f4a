"""Whether an instrument adds up: weights at every level, numbering, and the nodes we rely on."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from penilaian.instrumen.bentuk import (
    AREA_HASIL,
    AREA_PENGUNGKIT,
    SIMPUL_TETAP,
    TARGET,
    Ambang,
    Pertanyaan,
    Simpul,
    Tipe,
)
from penilaian.instrumen.nilai import InstrumenError, refuse_doubles

# A question's weight is rounded to six decimals in the file.
PEMBULATAN = Fraction(1, 10**6)
SEBUT_PALING_BANYAK = 8


def check_semua(
    daftar_simpul: list[Simpul],
    daftar_pertanyaan: list[Pertanyaan],
    gabungan: dict[str, tuple[Simpul, ...]],
    pecahan: dict[str, Fraction],
    jumlah_disebut: object,
) -> None:
    """Raises InstrumenError naming every node whose weights do not add up, or the one that is
    missing, doubled or out of its order."""
    refuse_doubles([simpul.kode for simpul in daftar_simpul])
    refuse_doubles([satu.kode for satu in daftar_pertanyaan])
    simpul = {satu.kode: satu for satu in daftar_simpul}
    for satu in daftar_pertanyaan:
        if satu.kode in simpul and simpul[satu.kode].level != "pertanyaan":
            raise InstrumenError(f"{satu.kode}: kode dipakai dua kali.")
    for kode in SIMPUL_TETAP:
        if kode not in simpul:
            raise InstrumenError(f"Berkas bukan instrumen LKE: simpul {kode} tidak ada.")
    _check_letak(daftar_simpul, daftar_pertanyaan)
    _check_nomor(daftar_pertanyaan, jumlah_disebut)
    salah = [*_find_jumlah(simpul, gabungan), *_find_pecahan(daftar_pertanyaan, simpul, pecahan)]
    if salah:
        lebih = len(salah) - SEBUT_PALING_BANYAK
        ekor = f" Dan {lebih} lagi." if lebih > 0 else ""
        raise InstrumenError(" ".join(salah[:SEBUT_PALING_BANYAK]) + ekor)
    _check_baris(daftar_simpul, daftar_pertanyaan)


def _check_letak(daftar_simpul: list[Simpul], daftar_pertanyaan: list[Pertanyaan]) -> None:
    """What no kept score has a column for could be answered, but never shown."""
    for satu in daftar_simpul:
        if satu.level == "komponen" and satu.kode not in ("A", AREA_HASIL):
            raise InstrumenError(f"{satu.kode}: komponen harus A atau {AREA_HASIL}.")
        if satu.level == "area" and satu.kode not in AREA_PENGUNGKIT:
            raise InstrumenError(f"{satu.kode}: area harus {', '.join(AREA_PENGUNGKIT)}.")
    for tanya in daftar_pertanyaan:
        if tanya.area not in (*AREA_PENGUNGKIT, AREA_HASIL):
            raise InstrumenError(f"{tanya.kode}: letaknya di luar area dan hasil.")


def _check_baris(daftar_simpul: list[Simpul], daftar_pertanyaan: list[Pertanyaan]) -> None:
    """A row of the workbook holds one thing; an index stands in the row of its question."""
    pemilik: dict[int, str] = {}
    daftar = [(satu.kode, satu.baris_lke) for satu in daftar_simpul if satu.level != "pertanyaan"]
    for satu in daftar_pertanyaan:
        daftar.append((satu.kode, satu.baris_lke))
        daftar += [
            (f"{satu.kode}, isian {m.kode}", m.baris_lke)
            for m in satu.masukan
            if satu.tipe != Tipe.INDEKS or m.baris_lke != satu.baris_lke
        ]
    for kode, baris in daftar:
        if baris is not None and pemilik.setdefault(baris, kode) != kode:
            raise InstrumenError(f"{kode}: baris_lke {baris} sudah dipakai {pemilik[baris]}.")


def _check_nomor(daftar_pertanyaan: list[Pertanyaan], jumlah_disebut: object) -> None:
    if jumlah_disebut is not None and jumlah_disebut != len(daftar_pertanyaan):
        raise InstrumenError(
            f"jumlah_pertanyaan {jumlah_disebut}, padahal pohon berisi {len(daftar_pertanyaan)}."
        )
    for nomor, satu in enumerate(daftar_pertanyaan, 1):
        if satu.urutan != nomor:
            raise InstrumenError(f"{satu.kode}: urutan {satu.urutan}, seharusnya {nomor}.")


def _find_jumlah(simpul: dict[str, Simpul], gabungan: dict[str, tuple[Simpul, ...]]) -> list[str]:
    """Nodes that do not weigh what their parts weigh; pemenuhan and reform over all areas are a
    second way to add up the same component."""
    salah = []
    for satu in simpul.values():
        jumlah = sum((simpul[anak].bobot for anak in satu.anak), Decimal(0))
        if satu.anak and jumlah != satu.bobot:
            salah.append(
                f"{satu.kode}: bobotnya {satu.bobot}, padahal jumlah bobot anaknya {jumlah}."
            )
    for komponen, bagian in gabungan.items():
        jumlah = sum((satu.bobot for satu in bagian), Decimal(0))
        if bagian and jumlah != simpul[komponen].bobot:
            nama = " + ".join(satu.kode for satu in bagian)
            salah.append(
                f"{komponen}: bobotnya {simpul[komponen].bobot}, padahal {nama} = {jumlah}."
            )
    return salah


def _find_pecahan(
    daftar_pertanyaan: list[Pertanyaan], simpul: dict[str, Simpul], pecahan: dict[str, Fraction]
) -> list[str]:
    """Questions whose exact weight is not an equal share of their sub-unsur, or, in the result
    component, not their own."""
    salah = []
    for satu in daftar_pertanyaan:
        induk = simpul.get(satu.kode, simpul[satu.induk])
        jumlah = len(induk.daftar_pertanyaan)
        if pecahan[satu.kode] != Fraction(induk.bobot) / jumlah:
            salah.append(
                f"{satu.kode}: bobot_pecahan bukan bobot {induk.kode} ({induk.bobot}) "
                f"dibagi {jumlah} pertanyaan."
            )
        elif abs(Fraction(satu.bobot) - pecahan[satu.kode]) > PEMBULATAN:
            salah.append(f"{satu.kode}: bobot {satu.bobot} tidak sesuai bobot_pecahan.")
    return salah


def check_ambang(ambang: Ambang, simpul: dict[str, Simpul]) -> None:
    """A floor above the weight of its node could never be met."""
    for gerbang in ambang.daftar_gerbang:
        if gerbang.minimal > simpul[gerbang.simpul].bobot:
            raise InstrumenError(
                f"ambang {ambang.target}: {gerbang.kode} {gerbang.minimal} melebihi bobotnya "
                f"{simpul[gerbang.simpul].bobot}."
            )


def check_target(ambang: Mapping[str, Ambang]) -> None:
    """Both targets have the same floors, so that they can stand beside each other."""
    satu, dua = ([g.kode for g in ambang[target].daftar_gerbang] for target in TARGET)
    for kode in (*satu, *dua):
        if kode not in satu or kode not in dua:
            kurang = TARGET[0] if kode not in satu else TARGET[1]
            raise InstrumenError(f"ambang {kurang}: {kode} tidak punya ambang.")
