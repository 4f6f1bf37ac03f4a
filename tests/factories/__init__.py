"""Real rows for tests; situations are traits or dates, predicates go through the product's steps."""

from tests.factories.akun import (
    SANDI,
    AdminFactory,
    Eselon1Factory,
    KepalaFactory,
    OperatorFactory,
    PemantauFactory,
    PenggunaFactory,
    PenugasanFactory,
    PimpinanFactory,
    TimKanwilFactory,
    TpiFactory,
    UndanganFactory,
)
from tests.factories.bukti import BuktiFactory
from tests.factories.lke import PenilaianFactory
from tests.factories.organisasi import (
    InstansiFactory,
    JenisSatkerFactory,
    KanwilFactory,
    KedudukanFactory,
    SatkerFactory,
)
from tests.factories.predikat import AturanFactory, KlaimFactory, PredikatFactory, TanpaFactory

__all__ = [
    "SANDI",
    "AdminFactory",
    "AturanFactory",
    "BuktiFactory",
    "Eselon1Factory",
    "InstansiFactory",
    "JenisSatkerFactory",
    "KanwilFactory",
    "KedudukanFactory",
    "KepalaFactory",
    "KlaimFactory",
    "OperatorFactory",
    "PemantauFactory",
    "PenggunaFactory",
    "PenilaianFactory",
    "PenugasanFactory",
    "PimpinanFactory",
    "PredikatFactory",
    "SatkerFactory",
    "TanpaFactory",
    "TimKanwilFactory",
    "TpiFactory",
    "UndanganFactory",
]
