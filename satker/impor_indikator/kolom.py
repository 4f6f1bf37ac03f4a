"""The columns that the import of indicators knows, and what the empty workbook offers."""

from integritas.tabel import Kolom
from integritas.tabel.judul import ANGKA

TRIWULAN = {"tw1": "b03", "tw2": "b06", "tw3": "b09", "tw4": "b12"}
_ROMAWI = ("i", "ii", "iii", "iv")


def _name_triwulan(nomor: int) -> tuple[str, ...]:
    """How offices head the column of a quarter's target."""
    tanda = (str(nomor), _ROMAWI[nomor - 1])
    bulan = f"b{nomor * 3:02}"
    return (
        *(f"{awal} {satu}" for awal in ("tw", "triwulan", "target tw") for satu in tanda),
        *(f"target triwulan {satu}" for satu in tanda),
        *(f"tw{_ROMAWI[nomor - 1]}", f"target tw{nomor}", bulan, f"target {bulan}", f"q{nomor}"),
    )


DAFTAR_KOLOM = (
    Kolom(
        "sasaran",
        (
            *("sasaran kinerja", "sasaran kegiatan", "sasaran program", "sasaran strategis"),
            "sasaran kinerja kegiatan",
        ),
        maks=500,
        wajib=True,
        keterangan="Sasaran. Sel kosong berarti sama dengan baris di atasnya.",
        lebar=40,
    ),
    Kolom(
        "indikator",
        (
            *("indikator kinerja", "indikator kinerja kegiatan", "indikator kinerja utama"),
            *("iku", "ikk", "indikator kinerja sasaran"),
        ),
        maks=500,
        wajib=True,
        keterangan="Indikator kinerja.",
        lebar=48,
    ),
    Kolom(
        "satuan",
        ("satuan ukuran", "satuan ukur", "unit"),
        maks=40,
        wajib=True,
        keterangan="Satuan ukuran: persen, orang, laporan, nilai.",
        lebar=14,
    ),
    Kolom(
        "arah",
        ("arah indikator", "polaritas", "sifat"),
        maks=60,
        keterangan="naik (makin tinggi makin baik) atau turun (makin rendah makin baik). "
        "Kosong berarti naik.",
        lebar=12,
    ),
    Kolom(
        "target",
        ("target tahun", "target tahunan", "target setahun", "target kinerja"),
        jenis=ANGKA,
        wajib=True,
        keterangan="Target setahun, angka saja: 95 atau 95,5.",
        lebar=12,
    ),
    *(
        Kolom(
            kolom,
            _name_triwulan(nomor),
            jenis=ANGKA,
            keterangan=f"Target sampai akhir {periode.upper()}. Boleh kosong.",
            lebar=10,
        )
        for nomor, (kolom, periode) in enumerate(TRIWULAN.items(), 1)
    ),
)
CONTOH = (
    {
        "sasaran": "Meningkatnya layanan kepada masyarakat",
        "indikator": "Persentase layanan selesai tepat waktu",
        "satuan": "persen",
        "arah": "naik",
        "target": 95,
        "tw1": 90,
        "tw2": 92,
        "tw3": 94,
        "tw4": 95,
    },
    {
        "indikator": "Jumlah pengaduan yang berulang",
        "satuan": "pengaduan",
        "arah": "turun",
        "target": 4,
        "tw1": 1,
        "tw2": 2,
        "tw3": 3,
        "tw4": 4,
    },
)
PILIHAN = {"arah": ["naik", "turun"]}
ARAH = {
    **dict.fromkeys(
        ("", "naik", "positif", "maximize", "maksimal", "makin tinggi makin baik", "tinggi"), "naik"
    ),
    **dict.fromkeys(
        ("turun", "negatif", "minimize", "minimal", "makin rendah makin baik", "rendah"), "turun"
    ),
}
