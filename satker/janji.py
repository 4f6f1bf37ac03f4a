"""Rules of the Perjanjian Kinerja (PermenPANRB 53/2014). Pure.

PK-1 signed at most one month after the budget document (DIPA); PK-2 two signers, the second above
the first on that day; PK-3 a new version after a change of official; PK-4 every indicator has a
target and a unit of measure.
"""

import calendar
import datetime
import hashlib
import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

# How an acting official is named in front of the title.
AWALAN = {"plt": "Plt.", "plh": "Plh."}


# --- PK-1: in time? -------------------------------------------------------------------------------
class Ketepatan(StrEnum):
    """Where an agreement stands against its deadline. The first signing of the year counts."""

    TEPAT = "tepat"
    TERLAMBAT = "terlambat"
    TANPA_DIPA = "tanpa_dipa"
    LEWAT = "lewat"
    BELUM = "belum"


@dataclass(frozen=True)
class Tenggat:
    """`hari` is how late, or how long until the deadline; None where that cannot be told."""

    ketepatan: Ketepatan
    kalimat: str
    tenggat: datetime.date | None = None
    hari: int | None = None


def compute_tenggat(dipa: datetime.date) -> datetime.date:
    """One calendar month later; 31 January is due on the last day of February.

    See also satker.papan_janji.Sebulan, the same in SQL.
    """
    tahun, bulan = (dipa.year + 1, 1) if dipa.month == 12 else (dipa.year, dipa.month + 1)
    return datetime.date(tahun, bulan, min(dipa.day, calendar.monthrange(tahun, bulan)[1]))


def judge(
    dipa: datetime.date | None, ditandatangani: datetime.date | None, hari_ini: datetime.date
) -> Tenggat:
    """PK-1, said plainly. Late is allowed; unknown is never in time."""
    if dipa is None:
        if ditandatangani is not None:
            kalimat = "belum dapat dinilai: tanggal DIPA belum dicatat"
            return Tenggat(Ketepatan.TANPA_DIPA, kalimat)
        kalimat = "belum ditandatangani; tenggat belum dapat dinilai: tanggal DIPA belum dicatat"
        return Tenggat(Ketepatan.BELUM, kalimat)
    tenggat = compute_tenggat(dipa)
    selisih = ((ditandatangani or hari_ini) - tenggat).days
    if ditandatangani is not None:
        if selisih <= 0:
            return Tenggat(Ketepatan.TEPAT, "tepat waktu", tenggat)
        return Tenggat(Ketepatan.TERLAMBAT, f"terlambat {selisih} hari", tenggat, selisih)
    if selisih > 0:
        kalimat = f"belum ditandatangani, lewat tenggat {selisih} hari"
        return Tenggat(Ketepatan.LEWAT, kalimat, tenggat, selisih)
    sisa = f"{-selisih} hari lagi" if selisih else "hari ini"
    return Tenggat(Ketepatan.BELUM, f"belum ditandatangani, tenggat {sisa}", tenggat, -selisih)


# --- PK-2: who signs ------------------------------------------------------------------------------
@dataclass(frozen=True)
class Pihak:
    """A signer as the document names him. `tugas` and `pengguna` are those of the assignment, None
    for an official outside the system."""

    nama: str
    jabatan: str
    nomor: str = ""
    tugas: int | None = None
    pengguna: int | None = None

    @property
    def is_lengkap(self) -> bool:
        return bool(self.nama and self.jabatan)


class Atasan(StrEnum):
    """Whether the second party is the first one's superior on the day."""

    SESUAI = "sesuai"
    TIDAK_DAPAT_DIPERIKSA = "tidak_dapat_diperiksa"
    BUKAN_ATASAN = "bukan_atasan"
    ORANG_SAMA = "orang_sama"


def check_atasan(pertama: Pihak, kedua: Pihak, daftar_atasan: Iterable[int]) -> Atasan:
    """PK-2. `daftar_atasan` are the assignments that head the unit above on that day. Somebody
    outside the system cannot be looked up; the same person twice is refused anyway."""
    if is_sama(pertama, kedua):
        return Atasan.ORANG_SAMA
    if pertama.tugas is None or kedua.tugas is None:
        return Atasan.TIDAK_DAPAT_DIPERIKSA
    return Atasan.SESUAI if kedua.tugas in set(daftar_atasan) else Atasan.BUKAN_ATASAN


def is_sama(satu: Pihak, dua: Pihak) -> bool:
    """One and the same person: by account, by staff number, else by name."""
    if satu.pengguna is not None and dua.pengguna is not None:
        return satu.pengguna == dua.pengguna
    if satu.nomor and dua.nomor:
        return satu.nomor.replace(" ", "") == dua.nomor.replace(" ", "")
    return bool(satu.nama) and fold(satu.nama) == fold(dua.nama)


def fold(teks: str) -> str:
    """A name or a goal as it is compared."""
    return " ".join(unicodedata.normalize("NFC", teks).casefold().split())


def name_jabatan(jabatan: str, jenis: str) -> str:
    """The title with `Plt.` or `Plh.` in front when the assignment is one; once only."""
    awalan = AWALAN.get(jenis, "")
    if not awalan or jabatan.casefold().startswith(awalan.casefold()):
        return jabatan
    return f"{awalan} {jabatan}"


# --- PK-3: has the official changed? --------------------------------------------------------------
@dataclass(frozen=True)
class Kepala:
    """An assignment as head of the unit that is in force today."""

    pengguna: int
    nama: str
    dari: datetime.date


@dataclass(frozen=True)
class Pergantian:
    """Since when somebody else heads the unit, and who."""

    sejak: datetime.date
    nama: str


def find_pergantian(
    pihak: Pihak, tanggal: datetime.date, daftar_kepala: Iterable[Kepala]
) -> Pergantian | None:
    """PK-3. `daftar_kepala` are those in force today; while the signer is among them nothing has
    changed, so an acting head for some days of leave asks for no new version. Against a signer
    outside the system speak only heads who came after the signing.

    See also satker.papan_janji._build_berganti(), the same in SQL.
    """
    daftar = sorted(daftar_kepala, key=lambda satu: (satu.dari, satu.pengguna))
    for satu in daftar:
        sama = satu.pengguna == pihak.pengguna if pihak.pengguna else False
        if sama or fold(satu.nama) == fold(pihak.nama):
            return None
    baru = [satu for satu in daftar if satu.dari > tanggal]
    if not baru and pihak.pengguna is not None:
        baru = daftar
    return Pergantian(baru[0].dari, baru[0].nama) if baru else None


# --- the content: what is signed ------------------------------------------------------------------
@dataclass(frozen=True)
class IsiIndikator:
    """An indicator to be written or compared; `id` is its row where it has one. `triwulan` are the
    targets by the end of B03, B06, B09 and B12, as far as they were set."""

    nama: str
    satuan: str
    arah: str
    target: Decimal
    triwulan: tuple[Decimal | None, ...] = (None, None, None, None)
    id: int | None = None


@dataclass(frozen=True)
class IsiSasaran:
    nama: str
    daftar_indikator: tuple[IsiIndikator, ...]


@dataclass(frozen=True)
class IsiKegiatan:
    """An activity; `anggaran` in rupiah, None when not known."""

    nama: str
    anggaran: Decimal | None


@dataclass(frozen=True)
class Isi:
    daftar_sasaran: tuple[IsiSasaran, ...] = ()
    daftar_kegiatan: tuple[IsiKegiatan, ...] = ()

    @property
    def jumlah_indikator(self) -> int:
        return sum(len(satu.daftar_indikator) for satu in self.daftar_sasaran)

    @property
    def jumlah_anggaran(self) -> Decimal:
        """The sum in rupiah of what is known."""
        return sum((satu.anggaran or Decimal(0) for satu in self.daftar_kegiatan), Decimal(0))

    @property
    def anggaran_lengkap(self) -> bool:
        """That sum is the whole: no activity is without its budget."""
        return all(satu.anggaran is not None for satu in self.daftar_kegiatan)

    @property
    def has_triwulan(self) -> bool:
        return any(
            nilai is not None
            for sasaran in self.daftar_sasaran
            for satu in sasaran.daftar_indikator
            for nilai in satu.triwulan
        )

    def list_kurang(self) -> list[str]:
        """What keeps it from being signed, as sentences (PK-4 among them)."""
        if not self.daftar_sasaran:
            return ["Belum ada sasaran."]
        kurang = [
            f"Sasaran “{satu.nama}” belum punya indikator."
            for satu in self.daftar_sasaran
            if not satu.daftar_indikator
        ]
        for sasaran in self.daftar_sasaran:
            kurang += [
                f"Indikator “{satu.nama}” belum punya satuan ukuran."
                for satu in sasaran.daftar_indikator
                if not satu.satuan.strip()
            ]
        return kurang

    def to_data(self) -> dict[str, Any]:
        """The content as plain data; numbers as text without trailing zeros."""
        return {
            "sasaran": [
                {
                    "nama": sasaran.nama,
                    "indikator": [
                        {
                            "nama": satu.nama,
                            "satuan": satu.satuan,
                            "arah": satu.arah,
                            "target": plain(satu.target),
                            "triwulan": [plain(nilai) for nilai in satu.triwulan],
                        }
                        for satu in sasaran.daftar_indikator
                    ],
                }
                for sasaran in self.daftar_sasaran
            ],
            "kegiatan": [
                {"nama": satu.nama, "anggaran": plain(satu.anggaran)}
                for satu in self.daftar_kegiatan
            ],
        }


def plain(nilai: Decimal | None) -> str | None:
    """`12.5` for 12.5000: the same number has one spelling."""
    if nilai is None:
        return None
    teks = format(Decimal(nilai), "f")
    return (teks.rstrip("0").rstrip(".") if "." in teks else teks) or "0"


def compute_sidik(data: dict[str, Any]) -> str:
    """SHA-256 over JSON with sorted keys in UTF-8."""
    teks = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(teks.encode()).hexdigest()
