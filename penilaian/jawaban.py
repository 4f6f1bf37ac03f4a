"""Answers as they are written, read into what the score understands. Pure, no Django.

A read answer is an option code (`"A"`, `"Ya"`) or the typed numbers of a question
(`{"jumlah_agen": Decimal(7)}`, `{"indeks": Decimal("3.71")}`), possibly incomplete.
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from integritas.json_ketat import sebut
from penilaian.instrumen import Instrumen, Masukan, Pertanyaan

Isian = str | Mapping[str, Decimal]
# Letters of a note to the reviewers.
CATATAN_TERPANJANG = 4000
# No office has a billion complaints; and scores stay exact below it (skor.tidy).
TERBESAR = Decimal(10**9)
# As fine as a survey's average comes out of any program; scores stay exact (skor.KONTEKS).
DESIMAL_TERBANYAK = 20


class JawabanError(ValueError):
    """An answer that cannot be: the sentence names the code and what is wrong."""

    def __init__(self, kode: str, pesan: str, isian: str = ""):
        super().__init__(f"{kode}: {pesan}")
        self.kode, self.pesan, self.isian = kode, pesan, isian


def read_semua(instrumen: Instrumen, mentah: Any) -> dict[str, Isian]:
    """Read `{kode: answer}`; questions without an answer are left out.

    Raises JawabanError for an unknown code, option or number."""
    if not isinstance(mentah, Mapping):
        raise JawabanError("jawaban", "harus objek berisi kode dan jawabannya.")
    hasil: dict[str, Isian] = {}
    for kode, satu in mentah.items():
        pertanyaan = instrumen.pertanyaan.get(kode)
        if pertanyaan is None:
            raise JawabanError(str(kode)[:60], "kode pertanyaan tidak dikenal.")
        isian = read_jawaban(pertanyaan, satu)
        if isian:
            hasil[kode] = isian
    return hasil


def read_jawaban(pertanyaan: Pertanyaan, mentah: Any) -> Isian | None:
    """Read one answer; None for an empty one. Options are read without regard to case."""
    if mentah is None or mentah == "" or mentah == {}:
        return None
    if pertanyaan.is_pilihan:
        return _read_pilihan(pertanyaan, mentah)
    if not isinstance(mentah, Mapping):
        raise JawabanError(
            pertanyaan.kode,
            f"jawaban harus isian {_list_isian(pertanyaan)}, bukan {sebut(mentah)}.",
        )
    return _read_angka(pertanyaan, mentah)


def is_answered(pertanyaan: Pertanyaan, isian: Isian | None) -> bool:
    """Whether the answer counts: an option, or all numbers."""
    if not isian:
        return False
    return isinstance(isian, str) or compute_bagian(pertanyaan, isian) is not None


def compute_bagian(
    pertanyaan: Pertanyaan, isian: Mapping[str, Decimal]
) -> Mapping[str, Decimal] | None:
    """All numbers with the sums filled in; None while a typed one is missing."""
    for masukan in pertanyaan.daftar_isian:
        if masukan.kode not in isian:
            return None
    if len(pertanyaan.daftar_isian) == len(pertanyaan.masukan):
        return isian
    angka = dict(isian)
    for masukan in pertanyaan.masukan:
        if masukan.dihitung:
            angka[masukan.kode] = sum((isian[bagian] for bagian in masukan.bagian), Decimal(0))
    return angka


def dump_isian(isian: Isian, pertanyaan: Pertanyaan) -> str | dict[str, int | str]:
    """The answer in the exchanged shape: counts as integers, an index as text with a point."""
    if isinstance(isian, str):
        return isian
    desimal = {m.kode for m in pertanyaan.masukan if m.desimal}
    return {
        kode: format(nilai, "f") if kode in desimal else int(nilai) for kode, nilai in isian.items()
    }


# --- reading ------------------------------------------------------------------------------------
def _read_pilihan(pertanyaan: Pertanyaan, mentah: Any) -> str:
    if isinstance(mentah, str):
        kode = pertanyaan.opsi_tanpa_huruf.get(mentah.strip().lower())
        if kode is not None:
            return kode
    pilihan = ", ".join(pertanyaan.nilai_opsi)
    raise JawabanError(
        pertanyaan.kode, f"jawaban {sebut(mentah)} tidak ada pada pilihannya ({pilihan})."
    )


def _list_isian(pertanyaan: Pertanyaan) -> str:
    return ", ".join(masukan.kode for masukan in pertanyaan.daftar_isian)


def _read_angka(pertanyaan: Pertanyaan, mentah: Mapping) -> dict[str, Decimal] | None:
    angka: dict[str, Decimal] = {}
    for kode, nilai in mentah.items():
        masukan = pertanyaan.masukan_menurut_kode.get(kode)
        if masukan is None:
            raise JawabanError(
                pertanyaan.kode, f"isian {sebut(kode)} tidak dikenal ({_list_isian(pertanyaan)})."
            )
        if nilai is None or nilai == "":
            continue
        angka[kode] = read_angka(pertanyaan.kode, masukan, nilai)
    _check_jumlah(pertanyaan, angka)
    # A sum is never kept: it is computed from its parts.
    return {
        masukan.kode: angka[masukan.kode]
        for masukan in pertanyaan.daftar_isian
        if masukan.kode in angka
    } or None


def read_angka(kode: str, masukan: Masukan, nilai: Any) -> Decimal:
    """One number within its bounds: a whole count, or an index with a decimal point."""
    nama = f"isian {masukan.kode!r}"
    angka = _to_decimal(nilai)
    if angka is None:
        raise JawabanError(kode, f"{nama} berisi {sebut(nilai)}, bukan angka.", masukan.kode)
    if not masukan.desimal and angka != angka.to_integral_value():
        raise JawabanError(
            kode, f"{nama} harus bilangan bulat, bukan {sebut(nilai)}.", masukan.kode
        )
    if angka < masukan.minimal:
        raise JawabanError(
            kode, f"{nama} paling kecil {masukan.minimal}, bukan {sebut(nilai)}.", masukan.kode
        )
    batas = masukan.maksimal
    if batas is None:
        # A sum may be as large as its parts together.
        batas = TERBESAR * max(1, len(masukan.bagian))
    if angka > batas:
        raise JawabanError(
            kode, f"{nama} paling besar {batas}, bukan {sebut(nilai)}.", masukan.kode
        )
    if not masukan.desimal:
        return Decimal(int(angka))
    if -int(angka.as_tuple().exponent) > DESIMAL_TERBANYAK:
        rapi = angka.quantize(Decimal(1).scaleb(-DESIMAL_TERBANYAK))
        if rapi != angka:
            raise JawabanError(
                kode,
                f"{nama} paling banyak {DESIMAL_TERBANYAK} desimal, bukan {sebut(nilai)}.",
                masukan.kode,
            )
        angka = rapi
    # A zero without its sign.
    return angka or Decimal(0)


def _to_decimal(nilai: Any) -> Decimal | None:
    if isinstance(nilai, bool) or not isinstance(nilai, int | float | str | Decimal):
        return None
    if isinstance(nilai, str) and (len(nilai) > 40 or "_" in nilai or not nilai.isascii()):
        return None
    try:
        angka = Decimal(str(nilai).strip())
    except InvalidOperation:
        return None
    # A number like 1e999999 would fill the memory when written out.
    if not angka.is_finite() or abs(angka.adjusted()) > 40:
        return None
    return angka


def _check_jumlah(pertanyaan: Pertanyaan, angka: dict[str, Decimal]) -> None:
    for masukan in pertanyaan.masukan:
        if not masukan.dihitung or masukan.kode not in angka:
            continue
        if any(bagian not in angka for bagian in masukan.bagian):
            continue
        jumlah = sum((angka[bagian] for bagian in masukan.bagian), Decimal(0))
        if angka[masukan.kode] != jumlah:
            raise JawabanError(
                pertanyaan.kode,
                f"isian {masukan.kode!r} berisi {angka[masukan.kode]}, padahal jumlah bagiannya "
                f"{jumlah}.",
                masukan.kode,
            )
