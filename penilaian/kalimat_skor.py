"""How a score came about, said in numbers and words. See `penilaian.penjelasan` for the chain."""

from decimal import Decimal

from integritas.teks import format_angka
from penilaian.penjelasan import Butir, Cara, Penjelasan
from penilaian.skor import ENAM, KONTEKS, NOL, tidy


def tulis(nilai: Decimal) -> str:
    """`3,27`, `0,9275`, `0,714286…`: two decimals at least, six at most, the dots for the rest."""
    rapi = tidy(nilai)
    # The error of a repeating fraction is no rest of its own.
    rest = "…" if abs(nilai - rapi) > ENAM * ENAM else ""
    teks = format_angka(rapi, 6).rstrip("0")
    koma = teks.index(",")
    return teks.ljust(koma + 3, "0") + rest


def say_simpul(satu: Penjelasan) -> str:
    """`(1,00 + 0,67 + 0,33) / 3 × bobot 1,00 = 0,666667`, or the sum of its parts."""
    hasil = tulis(satu.nilai)
    if satu.bagian:
        return f"{' + '.join(tulis(bagian.nilai) for bagian in satu.bagian)} = {hasil}"
    if not satu.pembagi:
        return f"belum ada jawaban = {hasil}"
    dihitung = [
        tulis(butir.nilai or NOL)
        for butir in satu.daftar_butir
        if butir.nilai is not None or satu.pembagi == satu.jumlah
    ]
    jumlah = " + ".join(dihitung)
    rata = f"({jumlah}) / {satu.pembagi}" if satu.pembagi > 1 else jumlah
    return f"{rata} × bobot {tulis(satu.simpul.bobot)} = {hasil}"


def say_butir(butir: Butir) -> str:
    """How one answer got its worth, a sentence."""
    if butir.cara == Cara.KOSONG:
        return "Belum dijawab."
    if butir.cara == Cara.TAK_LENGKAP:
        belum = ", ".join(lower_label(label) for label in butir.belum)
        return f"Belum lengkap: {belum} belum diisi. Dianggap belum dijawab."
    assert butir.nilai is not None, butir.pertanyaan.kode
    nilai = tulis(butir.nilai)
    if butir.cara == Cara.PILIHAN:
        return f"Jawaban {butir.jawaban} bernilai {nilai}."
    assert butir.atas is not None, butir.pertanyaan.kode
    assert butir.bawah is not None, butir.pertanyaan.kode
    if butir.cara == Cara.INDEKS:
        return f"Indeks {_count(butir.atas)} / {_count(butir.bawah)} = {nilai}."
    rumus = butir.pertanyaan.rumus
    assert rumus is not None, butir.pertanyaan.kode
    label = {m.kode: m.label for m in butir.pertanyaan.masukan}
    atas = f"{label[rumus.atas]} {_count(butir.atas)}"
    bawah = f"{label[rumus.bawah]} {_count(butir.bawah)}"
    if butir.cara == Cara.PENYEBUT_NOL:
        dan = f" dan {lower_label(atas)}" if rumus.jenis == "penurunan" else ""
        return (
            f"{bawah}{dan}, jadi tidak dapat dibagi; aturan penyebut nol memberi {nilai} "
            f"(dasar: {rumus.dasar})."
        )
    if butir.cara == Cara.PENURUNAN:
        return f"({bawah} − {lower_label(atas)}) / {_count(butir.bawah)} = {nilai}."
    if butir.cara == Cara.KENAIKAN:
        return f"{atas} lebih banyak daripada {lower_label(bawah)}, jadi {nilai}."
    bagi = f"{atas} / {lower_label(bawah)}"
    if butir.cara == Cara.DIBATASI:
        penuh = tulis(KONTEKS.divide(butir.atas, butir.bawah))
        return f"{bagi} = {penuh}, dihitung paling banyak {nilai}."
    return f"{bagi} = {nilai}."


def _count(nilai: Decimal) -> str:
    """A whole count without decimals, an index as it was typed."""
    if nilai == nilai.to_integral_value():
        return format_angka(int(nilai))
    return tulis(nilai)


def lower_label(label: str) -> str:
    """A label inside a sentence; an abbreviation stays as it is."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
