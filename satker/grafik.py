"""Where the marks of a small chart stand: target steps against what was reached by quarter. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from integritas.angka import show_angka

LEBAR, TINGGI, ATAS, DASAR = 360, 168, 22, 132
LEBAR_TRIWULAN = LEBAR // 4
LEBAR_BATANG = 40
# Trillion, milliard, million as the papers shorten them.
SINGKATAN = ((Decimal(10) ** 12, "T"), (Decimal(10) ** 9, "M"), (Decimal(10) ** 6, "jt"))


@dataclass(frozen=True)
class Tanda:
    """One quarter: its bar (`y`, `tinggi`; None while nothing is reported), the height of its target
    (None while there is none) and where its words stand."""

    label: str
    kiri: int
    kanan: int
    x: int
    tengah: int
    y: float | None
    tinggi: float
    y_target: float | None
    y_teks: float
    teks: str


def draw_capaian(
    daftar: Sequence[tuple[str, Decimal | None, Decimal | None]],
) -> tuple[list[Tanda], str]:
    """Marks for four quarters (name, value, target), and the path of the target's steps; the steps
    break off where a quarter has no target."""
    puncak = max((angka for _, *dua in daftar for angka in dua if angka), default=Decimal(1))
    tanda = []
    for nomor, (label, nilai, target) in enumerate(daftar):
        kiri = nomor * LEBAR_TRIWULAN
        y = None if nilai is None else _scale(nilai, puncak)
        y_target = None if target is None else _scale(target, puncak)
        tertinggi = min(satu for satu in (y, y_target, float(DASAR)) if satu is not None)
        tanda.append(
            Tanda(
                label=label,
                kiri=kiri,
                kanan=kiri + LEBAR_TRIWULAN,
                x=kiri + (LEBAR_TRIWULAN - LEBAR_BATANG) // 2,
                tengah=kiri + LEBAR_TRIWULAN // 2,
                y=y,
                tinggi=0 if y is None else DASAR - y,
                y_target=y_target,
                y_teks=tertinggi - 6,
                teks="" if nilai is None else shorten(nilai),
            )
        )
    return tanda, _draw_tangga(tanda)


def shorten(angka: Decimal) -> str:
    """A number as it fits above a bar; the table beside it has all of it: `2,6 M`, `950 jt`."""
    for batas, satuan in SINGKATAN:
        if angka >= batas:
            return f"{show_angka((angka / batas).quantize(Decimal('0.1'), ROUND_DOWN))} {satuan}"
    return show_angka(angka)


def _scale(angka: Decimal, puncak: Decimal) -> float:
    return float(DASAR - (DASAR - ATAS) * angka / puncak)


def _draw_tangga(daftar: Sequence[Tanda]) -> str:
    bagian, lanjut = [], False
    for satu in daftar:
        if satu.y_target is None:
            lanjut = False
            continue
        bagian.append(f"{'L' if lanjut else 'M'}{satu.kiri} {satu.y_target:.1f}H{satu.kanan}")
        lanjut = True
    return "".join(bagian)
