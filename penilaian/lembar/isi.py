"""What a filled form says, for writing it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from penilaian.jawaban import Isian


@dataclass(frozen=True)
class IsiLembar:
    """What a filled form says; `bukti` are names of evidence, `tautan` addresses."""

    nama_satker: str
    tahun: int
    target: str
    versi: str
    kementerian: str = "Kementerian"
    jawaban: Mapping[str, Isian] = field(default_factory=dict)
    catatan: Mapping[str, str] = field(default_factory=dict)
    bukti: Mapping[str, Sequence[str]] = field(default_factory=dict)
    tautan: Mapping[str, Sequence[str]] = field(default_factory=dict)
