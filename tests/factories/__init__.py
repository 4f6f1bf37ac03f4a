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
from tests.factories.pengingat import (
    AturanPengingatFactory,
    KirimanFactory,
    LangkahPengingatFactory,
    PengingatFactory,
)
from tests.factories.predikat import AturanFactory, KlaimFactory, PredikatFactory, TanpaFactory
from tests.factories.upacara import (
    NaskahFactory,
    PersonelFactory,
    PesertaFactory,
    PutaranFactory,
    SaksiFactory,
    UpacaraFactory,
)

__all__ = [
    "SANDI",
    "AdminFactory",
    "AturanFactory",
    "AturanPengingatFactory",
    "BuktiFactory",
    "Eselon1Factory",
    "InstansiFactory",
    "JenisSatkerFactory",
    "KanwilFactory",
    "KedudukanFactory",
    "KepalaFactory",
    "KirimanFactory",
    "KlaimFactory",
    "LangkahPengingatFactory",
    "NaskahFactory",
    "OperatorFactory",
    "PemantauFactory",
    "PenggunaFactory",
    "PengingatFactory",
    "PenilaianFactory",
    "PenugasanFactory",
    "PersonelFactory",
    "PesertaFactory",
    "PimpinanFactory",
    "PredikatFactory",
    "PutaranFactory",
    "SaksiFactory",
    "SatkerFactory",
    "TanpaFactory",
    "TimKanwilFactory",
    "TpiFactory",
    "UndanganFactory",
    "UpacaraFactory",
]
