from penilaian.models.klaim import KlaimAngka
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
from penilaian.models.usulan import UsulanCatatan

__all__ = [
    "AturanPredikat",
    "JenisPerubahan",
    "JenisPredikat",
    "Keadaan",
    "Ketelitian",
    "KlaimAngka",
    "LaporanPemantauan",
    "MasaPredikat",
    "Nilai",
    "PernyataanTanpa",
    "PerubahanPredikat",
    "Predikat",
    "UsulanCatatan",
]
