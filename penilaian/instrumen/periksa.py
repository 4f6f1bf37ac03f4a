"""Whether an instrument adds up: weights at every level, numbering, and the nodes we rely on."""

from decimal import Decimal
from fractions import Fraction

from penilaian.instrumen.bentuk import SIMPUL_TETAP, Ambang, Pertanyaan, Simpul
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
    _check_nomor(daftar_pertanyaan, jumlah_disebut)
    salah = [*_find_jumlah(simpul, gabungan), *_find_pecahan(daftar_pertanyaan, simpul, pecahan)]
    if salah:
        lebih = len(salah) - SEBUT_PALING_BANYAK
        ekor = f" Dan {lebih} lagi." if lebih > 0 else ""
        raise InstrumenError(" ".join(salah[:SEBUT_PALING_BANYAK]) + ekor)


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
