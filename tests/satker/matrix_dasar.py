"""What the parts of the matrix share: audiences, what each may see, and the row of a page."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from satker.models import Peran

PUBLIK = "publik"
TIM_KANWIL_BARU = "tim_kanwil_baru"
# The eight roles on the side of `sendiri`, the team of the other Kanwil, and nobody.
PEMIRSA = [PUBLIK, *Peran.values, TIM_KANWIL_BARU]
SEMUA_ORANG, MASUK = "semua orang", "masuk"
UNIT = ["sendiri", "lain", "pindah"]

# Whose working rows: `pindah` stood under the own Kanwil and ministry until 21 October 2024 and is
# under the others since. The ministry of `lain` is another one.
TAMPAK = {
    Peran.OPERATOR: {"sendiri"},
    Peran.KEPALA_SATKER: {"sendiri"},
    Peran.TIM_KANWIL: {"sendiri"},
    Peran.ESELON1: {"sendiri"},
    Peran.TPI: {"sendiri"},
    Peran.PIMPINAN: {"sendiri"},
    Peran.ADMIN: {"sendiri", "lain", "pindah"},
    Peran.PEMANTAU: {"sendiri"},
    TIM_KANWIL_BARU: {"lain", "pindah"},
}
PINDAH_PADA = datetime.date(2024, 10, 21)

PENGELOLA = (Peran.ADMIN, Peran.TIM_KANWIL)
PENCATAT = (Peran.ADMIN, Peran.TPI)
PEMBAGI = (Peran.KEPALA_SATKER, Peran.TIM_KANWIL, Peran.ADMIN)
PEMBACA_USULAN = (Peran.ADMIN, Peran.TPI, Peran.TIM_KANWIL)
PEMANTAUAN = (Peran.ADMIN, Peran.TPI, Peran.TIM_KANWIL, Peran.ESELON1, Peran.PIMPINAN)
BUKAN_PEMULAI = {Peran.KEPALA_SATKER: 404}


@dataclass(frozen=True)
class Baris:
    """One URL, or one way of using it."""

    nama: str
    peran: Any
    hasil: int = 200
    argumen: Callable | None = None
    metode: str = "get"
    isi: dict = field(default_factory=dict)
    # Exceptions to the rule: (audience, unit) or audience -> status.
    kecuali: dict = field(default_factory=dict)

    def expect(self, pemirsa: str, unit: str) -> int:
        """The exact status."""
        for kunci in ((pemirsa, unit), pemirsa):
            if kunci in self.kecuali:
                return self.kecuali[kunci]
        if self.peran == SEMUA_ORANG:
            return self.hasil
        if pemirsa == PUBLIK:
            return 302
        if self.peran == MASUK:
            return self.hasil
        peran = Peran.TIM_KANWIL if pemirsa == TIM_KANWIL_BARU else pemirsa
        if peran not in self.peran:
            return 403
        if self.is_per_unit and unit not in TAMPAK[pemirsa]:
            return 404
        return self.hasil

    def list_unit(self) -> list[str]:
        """A page about no unit is asked once."""
        return UNIT if self.is_per_unit else UNIT[:1]

    @property
    def is_per_unit(self) -> bool:
        return self.argumen is not None and not isinstance(self.argumen, Tetap)


class Tetap:
    """Arguments that say nothing about a unit; the page is asked once."""

    def __init__(self, *nilai):
        self.nilai = nilai

    def __call__(self, dunia, unit):
        return list(self.nilai)
