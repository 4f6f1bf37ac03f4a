"""What a workbook says, once it is read. Pure."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from penilaian.instrumen import Instrumen
from penilaian.jawaban import Isian, dump_isian
from penilaian.lembar.galat import Peringatan
from penilaian.skor import Skor


@dataclass(frozen=True)
class Selisih:
    """A node whose score differs: what the sheet says and what its answers give."""

    kode: str
    lembar: float
    hitung: Decimal


@dataclass
class HasilBaca:
    """What a workbook says. `jawaban` are read answers; `bukti` is the text of the evidence list,
    which is shown but not stored."""

    tata_letak: str
    lembar: str
    jumlah_baris: int
    jawaban: dict[str, Isian] = field(default_factory=dict)
    catatan: dict[str, str] = field(default_factory=dict)
    tautan: dict[str, list[str]] = field(default_factory=dict)
    bukti: dict[str, str] = field(default_factory=dict)
    peringatan: list[Peringatan] = field(default_factory=list)
    skor_lembar: dict[str, float | None] = field(default_factory=dict)
    selisih: list[Selisih] = field(default_factory=list)
    # Scores of the answers as read, blanks left out of the averages.
    hitung: Skor | None = None

    def to_json(self, instrumen: Instrumen) -> dict[str, Any]:
        return {
            "tata_letak": self.tata_letak,
            "jawaban": {
                kode: dump_isian(isian, instrumen.pertanyaan[kode])
                for kode, isian in self.jawaban.items()
            },
            "catatan": self.catatan,
            "tautan": self.tautan,
            "peringatan": [{"sel": p.sel, "pesan": p.pesan} for p in self.peringatan],
            "skor_lembar": self.skor_lembar,
            "selisih": [
                {"kode": s.kode, "lembar": s.lembar, "hitung": float(s.hitung)}
                for s in self.selisih
            ],
        }
