from penilaian.models.bukti import (
    BuktiDukung,
    PaketBukti,
    PemakaianBukti,
    RevisiBukti,
    Unggahan,
)
from penilaian.models.instrumen import (
    DokumenDiminta,
    LapisPenilaian,
    Pertanyaan,
    VersiInstrumen,
)
from penilaian.models.klaim import KlaimAngka
from penilaian.models.penilaian import (
    LAPIS_SATKER,
    AreaPenilaian,
    Jawaban,
    Penilaian,
    Rekap,
    Status,
    Upaya,
)
from penilaian.models.predikat import (
    AturanPredikat,
    JenisPerubahan,
    JenisPredikat,
    Keadaan,
    Ketelitian,
    LaporanPemantauan,
    MasaPredikat,
    Nilai,
    PernyataanTanpa,
    PerubahanPredikat,
    Predikat,
)
from penilaian.models.temuan import Temuan, Tingkat
from penilaian.models.usulan import UsulanCatatan

__all__ = [
    "LAPIS_SATKER",
    "AreaPenilaian",
    "AturanPredikat",
    "BuktiDukung",
    "DokumenDiminta",
    "Jawaban",
    "JenisPerubahan",
    "JenisPredikat",
    "Keadaan",
    "Ketelitian",
    "KlaimAngka",
    "LapisPenilaian",
    "LaporanPemantauan",
    "MasaPredikat",
    "Nilai",
    "PaketBukti",
    "PemakaianBukti",
    "Penilaian",
    "PernyataanTanpa",
    "Pertanyaan",
    "PerubahanPredikat",
    "Predikat",
    "Rekap",
    "RevisiBukti",
    "Status",
    "Temuan",
    "Tingkat",
    "Unggahan",
    "Upaya",
    "UsulanCatatan",
    "VersiInstrumen",
]
