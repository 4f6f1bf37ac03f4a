"""What an event still lacks, as a list by the day it should be there. Pure.

The days are a product decision (H-30, H-14, H-7, H-1, H+1, H+7), the same as the reminders' defaults.
"""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Isi:
    """How far an event is prepared; numbers of rows."""

    dijadwalkan: bool
    satker: int
    acara: int
    dokumen: int
    dokumen_siap: int
    saksi: int
    saksi_pasti: int
    satker_berorang: int
    orang: int
    foto: int
    pindaian: int
    berita: int


@dataclass(frozen=True)
class Tugas:
    """One line: `hari` is relative to the event; `keterangan` says what is missing or there."""

    hari: int
    judul: str
    siap: bool
    keterangan: str
    jangkar: str
    tenggat: datetime.date
    terlambat: bool

    @property
    def sebutan(self) -> str:
        """`H-30`, `H+1`."""
        return f"H{self.hari:+d}"


def list_tugas(isi: Isi, tanggal: datetime.date, hari: datetime.date) -> list[Tugas]:
    """All lines in the order of their days."""
    saksi = (
        f"{isi.saksi_pasti} dari {isi.saksi} saksi sudah memberi kepastian"
        if isi.saksi
        else "belum ada saksi yang dicatat"
    )
    baris = [
        (
            -30,
            "Tetapkan tuan rumah, tempat, dan jam",
            isi.dijadwalkan,
            "sudah dijadwalkan" if isi.dijadwalkan else "masih rencana",
            "rencana",
        ),
        (
            -30,
            "Tetapkan satker peserta dan susunan acara",
            bool(isi.satker and isi.acara),
            f"{isi.satker} satker, {isi.acara} acara",
            "satker" if not isi.satker else "acara",
        ),
        (
            -14,
            "Siapkan dokumen",
            isi.dokumen_siap == isi.dokumen,
            f"{isi.dokumen_siap} dari {isi.dokumen} siap" if isi.dokumen else "tidak ada dokumen",
            "dokumen",
        ),
        (-14, "Pastikan saksi", bool(isi.saksi) and isi.saksi_pasti == isi.saksi, saksi, "saksi"),
        (
            -7,
            "Lengkapi daftar orang yang diharapkan hadir",
            bool(isi.satker) and isi.satker_berorang >= isi.satker,
            f"{isi.orang} orang dari {isi.satker_berorang} dari {isi.satker} satker",
            "orang",
        ),
    ]
    kurang = sum(not siap for _, _, siap, _, _ in baris)
    baris += [
        (
            -1,
            "Periksa sekali lagi",
            not kurang,
            f"{kurang} hal di atas belum selesai" if kurang else "semua siap",
            "persiapan",
        ),
        (
            1,
            "Unggah foto dan pindaian naskah",
            bool(isi.foto and isi.pindaian),
            f"{isi.foto} foto, {isi.pindaian} pindaian",
            "hasil",
        ),
        (
            7,
            "Buat berita acara dan kejar tanda tangan susulan",
            bool(isi.berita),
            "berita acara sudah dibuat" if isi.berita else "berita acara belum dibuat",
            "hasil",
        ),
    ]
    return [
        Tugas(
            jarak,
            judul,
            siap,
            keterangan,
            jangkar,
            tenggat := tanggal + datetime.timedelta(days=jarak),
            not siap and tenggat < hari,
        )
        for jarak, judul, siap, keterangan, jangkar in baris
    ]
