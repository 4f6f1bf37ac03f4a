"""Where a sheet keeps each question, sub-count and score."""

from dataclasses import dataclass, field

from penilaian.lembar.galat import Peringatan


@dataclass
class Letak:
    """Rows counted from 1. `nilai` are rows that hold the score of a node."""

    pertanyaan: dict[str, int] = field(default_factory=dict)
    masukan: dict[tuple[str, str], int] = field(default_factory=dict)
    nilai: dict[str, int] = field(default_factory=dict)
    peringatan: list[Peringatan] = field(default_factory=list)
    galat: list[str] = field(default_factory=list)
