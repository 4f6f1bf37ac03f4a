"""Counts that cannot be, counts that should be the same, and bases of zero.

Which number is part of which is said by the formulas of the instrument, and for numbers outside the
formulas by the two tables here; a version without such a question has nothing to say about it.
"""

from collections.abc import Iterator
from decimal import Decimal

from penilaian import skor
from penilaian.instrumen import Pertanyaan
from penilaian.jawaban import compute_bagian
from penilaian.xray.bentuk import Lembar, Temu, join_dan, lower_first, say_jumlah, say_nilai

# One agent may bring several changes: more changes than agents are unusual, not impossible.
BOLEH_LEBIH = {"A.II.1.i.a"}
# Numbers that are parts of another one without being in the formula.
ADUAN = ("A.II.5.ii.a", ("aduan_proses", "aduan_selesai"), "aduan_wajib")
SANKSI = ("A.II.3.iii.a", ("pelanggaran_disanksi",), "pelanggaran_ini")
# The same number asked twice: question and number, then where it should be the same.
SAMA = (("A.II.1.i.a", "jumlah_perubahan"), ("A.II.1.i.b", "jumlah_perubahan"))


def _read_angka(lembar: Lembar, kode: str) -> dict[str, Decimal]:
    """All numbers of the question with their sums; empty while one is missing."""
    jawab = lembar.jawab.get(kode)
    if not jawab or isinstance(jawab, str):
        return {}
    return dict(compute_bagian(lembar.isi.pertanyaan[kode], jawab) or {})


def _say(pertanyaan: Pertanyaan, isian: str, nilai: Decimal) -> str:
    return f"{pertanyaan.masukan_menurut_kode[isian].label}: {say_jumlah(nilai)}"


def check_melebihi(lembar: Lembar, kode: str) -> Iterator[Temu]:
    """More above the line than below it, where the one is part of the other."""
    if kode in BOLEH_LEBIH:
        return
    ada = False
    for satu in _compare_rasio(lembar, kode):
        ada = True
        yield satu
    # Those alone are too many already; with others beside them nothing new is said.
    if not ada:
        yield from _compare_bagian(lembar, kode, *ADUAN)


def check_perubahan_agen(lembar: Lembar, kode: str) -> Iterator[Temu]:
    if kode in BOLEH_LEBIH:
        yield from _compare_rasio(lembar, kode, " (dihitung paling banyak 100%)")


def check_sanksi(lembar: Lembar, kode: str) -> Iterator[Temu]:
    """Sanctions may be for what happened last year: to be looked at, not impossible."""
    yield from _compare_bagian(lembar, kode, *SANKSI)


def _compare_rasio(lembar: Lembar, kode: str, lagi: str = "") -> Iterator[Temu]:
    pertanyaan = lembar.isi.pertanyaan[kode]
    rumus = pertanyaan.rumus
    angka = _read_angka(lembar, kode)
    if angka and rumus and rumus.jenis == "rasio" and angka[rumus.atas] > angka[rumus.bawah]:
        yield Temu(
            kode,
            kode,
            _say(pertanyaan, rumus.atas, angka[rumus.atas]) + lagi,
            _say(pertanyaan, rumus.bawah, angka[rumus.bawah]),
        )


def _compare_bagian(
    lembar: Lembar, kode: str, milik: str, bagian: tuple[str, ...], batas: str
) -> Iterator[Temu]:
    """The parts together are more than the whole."""
    if kode != milik or not (angka := _read_angka(lembar, kode)):
        return
    if not {*bagian, batas} <= angka.keys():
        return
    jumlah = sum((angka[satu] for satu in bagian), Decimal(0))
    if jumlah <= angka[batas]:
        return
    pertanyaan = lembar.isi.pertanyaan[kode]
    satu = join_dan([_say(pertanyaan, isian, angka[isian]) for isian in bagian])
    if len(bagian) > 1:
        satu += f", bersama {say_jumlah(jumlah)}"
    yield Temu(kode, f"{kode}:{batas}", satu, _say(pertanyaan, batas, angka[batas]))


def check_jumlah_sama(lembar: Lembar, kode: str) -> Iterator[Temu]:
    """Stands under the second of the two questions."""
    (kode_satu, isian_satu), (kode_dua, isian_dua) = SAMA
    if kode != kode_dua:
        return
    satu, dua = lembar.jawab.get(kode_satu), lembar.jawab.get(kode_dua)
    if not satu or not dua or isinstance(satu, str) or isinstance(dua, str):
        return
    if isian_satu not in satu or isian_dua not in dua or satu[isian_satu] == dua[isian_dua]:
        return
    label = lower_first(lembar.isi.pertanyaan[kode_dua].masukan_menurut_kode[isian_dua].label)
    yield Temu(
        kode_dua,
        kode_dua,
        f"Di {lembar.say_nomor(kode_satu)} {label} {say_jumlah(satu[isian_satu])}",
        f"Di {lembar.say_nomor(kode_dua)} {label} {say_jumlah(dua[isian_dua])}",
    )


def check_basis_nol(lembar: Lembar, kode: str) -> Iterator[Temu]:
    """Nothing to divide by. A worth that rests on our own proposal is worth a second look; what is
    worth nothing, or follows the form's own formula, is only said."""
    pertanyaan = lembar.isi.pertanyaan[kode]
    rumus = pertanyaan.rumus
    angka = _read_angka(lembar, kode)
    if not angka or rumus is None or not rumus.bawah or angka[rumus.bawah]:
        return
    atas = angka[rumus.atas]
    if rumus.jenis == "rasio" and atas:
        # Three done of none: see check_melebihi().
        return
    nilai = skor.compute_nilai(pertanyaan, lembar.jawab[kode])
    assert nilai is not None, kode
    usulan = rumus.is_usulan and not (rumus.jenis == "penurunan" and not atas)
    dasar = "menurut usulan, belum ada aturan resmi" if usulan else "menurut rumus lembar kerja"
    dua = f"Tidak dapat dibagi nol: dihitung {say_nilai(nilai)} dari 1,00 {dasar}"
    yield Temu(kode, kode, _say(pertanyaan, rumus.bawah, Decimal(0)), dua, not (usulan and nilai))
