"""The rules of an instrument in words: weights, formulas, what a base of zero means."""

from dataclasses import dataclass
from decimal import Decimal

from penilaian.instrumen import Instrumen, Pertanyaan, Simpul
from penilaian.instrumen.bentuk import Gerbang
from penilaian.kalimat_skor import lower_label


def tulis_bobot(nilai: Decimal) -> str:
    """`22,5` and `60`: exact, without zeros at its end."""
    teks = format(nilai, "f")
    return (teks.rstrip("0").rstrip(".") if "." in teks else teks).replace(".", ",")


def say_jumlah(daftar: list[Simpul]) -> str:
    """`4 + 4 = 8`."""
    jumlah = sum((satu.bobot for satu in daftar), Decimal(0))
    return f"{' + '.join(tulis_bobot(satu.bobot) for satu in daftar)} = {tulis_bobot(jumlah)}"


def say_bobot(instrumen: Instrumen, pertanyaan: Pertanyaan) -> str:
    """A question's exact share: `0,5 ÷ 2`; a result question has a weight of its own."""
    induk = instrumen.simpul.get(pertanyaan.kode, instrumen.simpul[pertanyaan.induk])
    jumlah = len(induk.daftar_pertanyaan)
    bobot = tulis_bobot(induk.bobot)
    return bobot if jumlah == 1 else f"{bobot} ÷ {jumlah}"


def say_rumus(pertanyaan: Pertanyaan) -> str:
    """The formula as a sentence; empty for a question with options."""
    rumus = pertanyaan.rumus
    if rumus is None:
        return ""
    atas = _get_label(pertanyaan, rumus.atas)
    if rumus.jenis == "indeks":
        return f"{atas} dibagi {tulis_bobot(rumus.maksimal)}."
    bawah = _get_label(pertanyaan, rumus.bawah)
    if rumus.jenis == "rasio":
        return f"{atas} dibagi {lower_label(bawah)}, paling besar 1."
    return (
        f"{bawah} dikurangi {lower_label(atas)}, lalu dibagi {lower_label(bawah)}; paling kecil 0."
    )


def list_jumlah(pertanyaan: Pertanyaan) -> list[str]:
    """Numbers that are the sum of others, as sentences."""
    return [
        f"{masukan.label} = "
        + " + ".join(lower_label(_get_label(pertanyaan, satu)) for satu in masukan.bagian)
        + "."
        for masukan in pertanyaan.masukan
        if masukan.dihitung
    ]


@dataclass(frozen=True)
class AturanNol:
    """One zero rule: when, how much, where it comes from, and whether that is only a proposal."""

    bila: str
    nilai: Decimal
    dasar: str
    usulan: bool


def list_aturan_nol(pertanyaan: Pertanyaan) -> list[AturanNol]:
    """What happens when nothing can be divided; a fall in numbers has two such rules, of which only
    the second may be a proposal."""
    rumus = pertanyaan.rumus
    if rumus is None or rumus.jenis == "indeks":
        return []
    bawah = lower_label(_get_label(pertanyaan, rumus.bawah))
    if rumus.jenis == "rasio":
        return [AturanNol(f"Bila {bawah} nol", rumus.nol, rumus.dasar, rumus.is_usulan)]
    atas = lower_label(_get_label(pertanyaan, rumus.atas))
    dasar = rumus.dasar.partition(";")[0].strip()
    return [
        AturanNol(f"Bila {bawah} dan {atas} sama-sama nol", rumus.nol, dasar, usulan=False),
        AturanNol(f"Bila {bawah} nol dan {atas} lebih", rumus.nol_lebih, dasar, rumus.is_usulan),
    ]


def say_lantai(instrumen: Instrumen, gerbang: Gerbang) -> tuple[str, str]:
    """A floor, and beside it the share of an area's weight or the index that it is."""
    teks = tulis_bobot(gerbang.minimal)
    simpul = instrumen.simpul[gerbang.simpul]
    if simpul.level == "area":
        return teks, f"{tulis_bobot(gerbang.minimal * 100 / simpul.bobot)}%"
    satu = instrumen.pertanyaan.get(gerbang.simpul)
    if satu is not None and satu.rumus is not None and satu.rumus.jenis == "indeks":
        indeks = gerbang.minimal * satu.rumus.maksimal / simpul.bobot
        return teks, f"indeks {tulis_bobot(round(indeks, 4))}"
    return teks, ""


def _get_label(pertanyaan: Pertanyaan, kode: str) -> str:
    return pertanyaan.masukan_menurut_kode[kode].label
