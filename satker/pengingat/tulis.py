"""How reminders read: the day's digest, and one that does not wait. Plain text, worst first."""

import datetime
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from integritas.teks import format_tanggal
from satker.models import Kiriman, Pengingat
from satker.pengingat.surat import Surat, register_surat

# More are not read; the others are counted, and wait in the application.
BATAS_BUTIR = 50
# For each of thousands of messages: building it anew takes longer than asking it.
SQL = """
SELECT p.* FROM satker_pengingat p JOIN satker_isikiriman i ON i.pengingat_id = p.id
WHERE i.kiriman_id = %s
ORDER BY p.mendesak DESC, p.acuan, p.id
"""


@dataclass(frozen=True)
class Butir:
    """One reminder as the message tells it."""

    judul: str
    pesan: str
    kapan: str
    url: str
    # Where it is ticked off or put off; empty when there is no such page.
    url_langkah: str


def write_pengingat(kiriman: Kiriman) -> Surat | None:
    """The digest of a day, or one urgent reminder: what is still to be done when it is sent."""
    hari = timezone.now().astimezone(ZoneInfo(kiriman.isi["zona"])).date()
    semua = list(Pengingat.objects.raw(SQL, [kiriman.pk]))
    daftar = [satu for satu in semua if _is_open(satu, hari)]
    if not daftar:
        return None
    butir = [_describe(satu, hari) for satu in daftar[:BATAS_BUTIR]]
    teks = render_to_string(
        "satker/pengingat_surel.txt",
        {
            "nama": kiriman.pengguna.nama,
            "satu": kiriman.jenis == "pengingat",
            "daftar": butir,
            "jumlah": len(daftar),
            "sisa": len(daftar) - len(butir),
            "hari": format_tanggal(hari),
            "url_semua": find_url("pengingat_list"),
            "url_saluran": find_url("pilihan_saluran"),
        },
    )
    return Surat(
        _write_perihal(kiriman, daftar, hari),
        teks,
        daftar_pengingat=tuple(satu.pk for satu in daftar),
        daftar_lepas=tuple(satu.pk for satu in semua if not _is_open(satu, hari)),
    )


def _is_open(satu: Pengingat, hari: datetime.date) -> bool:
    """Still to be done. One that another channel has carried already is carried by this one too."""
    terbuka = satu.status in Pengingat.TERBUKA and not satu.usang
    return terbuka and (satu.ditunda_sampai is None or satu.ditunda_sampai <= hari)


def _write_perihal(kiriman: Kiriman, daftar: list[Pengingat], hari: datetime.date) -> str:
    if kiriman.jenis == "pengingat":
        return f"[Integritas] {daftar[0].judul}: {format_kapan(daftar[0].acuan, hari)}"
    terlambat = sum(satu.acuan < hari for satu in daftar)
    lewat = f", {terlambat} sudah lewat tenggat" if terlambat else ""
    return f"[Integritas] {len(daftar)} hal perlu dikerjakan{lewat}"


def _describe(satu: Pengingat, hari: datetime.date) -> Butir:
    return Butir(
        satu.judul,
        satu.pesan,
        f"{format_tanggal(satu.acuan)} ({format_kapan(satu.acuan, hari)})",
        settings.INTEGRITAS_ALAMAT + satu.url,
        find_url("pengingat_detail", satu.pk),
    )


def format_kapan(acuan: datetime.date, hari: datetime.date) -> str:
    """`hari ini`, `besok`, `7 hari lagi`, `lewat 3 hari`."""
    selisih = (acuan - hari).days
    if selisih < 0:
        return f"lewat {-selisih} hari"
    return {0: "hari ini", 1: "besok"}.get(selisih, f"{selisih} hari lagi")


def find_url(nama: str, *argumen) -> str:
    """The page's full address; empty when this installation has none of that name."""
    jalur = _find_jalur(nama, *argumen)
    return settings.INTEGRITAS_ALAMAT + jalur if jalur else ""


@lru_cache(maxsize=256)
def _find_jalur(nama: str, *argumen) -> str:
    try:
        return reverse(nama, args=argumen)
    except NoReverseMatch:
        return ""


def register() -> None:
    register_surat("ringkasan", write_pengingat)
    register_surat("pengingat", write_pengingat)
