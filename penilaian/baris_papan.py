"""Rows of the board as its table and its downloads show them: every cell ready. See also baris.py."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from integritas.teks import format_angka, format_saat, format_tanggal
from penilaian import skor
from penilaian.models import Status
from penilaian.papan import LABEL_KEADAAN, Saringan

KODE_PALING_BANYAK = 4
JUDUL_UNDUH = [
    *("kode", "nama", "kanwil", "tahun", "target", "keadaan", "terisi", "pertanyaan"),
    *("nilai_kosong_nol", "nilai_resmi", "jumlah_gagal", "gagal", "harus", "sebaiknya"),
    *("terakhir_diubah", "ditutup", "diajukan", "area_lewat"),
]


def list_gagal(satu: dict[str, Any]) -> list[str]:
    """Codes of the gates of the target that are not met."""
    return satu[f"gagal_{satu['target'].lower()}"].split()


def show_baris(
    daftar: Iterable[dict[str, Any]], saringan: Saringan, *, luas: bool
) -> list[dict[str, Any]]:
    """`luas` adds the Kanwil, for readers of more than one."""
    # Fifty times reverse() costs as much as the query: addresses are made once.
    hub, _, gerbang = reverse("gerbang_detail", args=[0]).partition("0/")
    _, _, periksa = reverse("temuan_list", args=[0]).partition("0/")
    awal, akhir = reverse("satker_detail", args=["-"]).rsplit("-", 1)
    return [
        {
            "nama": satu["nama"],
            "provinsi": (satu["provinsi"] or "langsung di bawah pusat") if luas else "",
            "contoh": saringan.contoh,
        }
        | (
            _show_terbuka(satu, saringan.hari, f"{hub}{satu['penilaian']}/", gerbang, periksa)
            if "penilaian" in satu
            else {"alamat": f"{awal}{satu['kode']}{akhir}", "terbuka": False}
        )
        for satu in daftar
    ]


def _show_terbuka(
    satu, hari: datetime.date, alamat: str, gerbang: str, periksa: str
) -> dict[str, Any]:
    gagal = list_gagal(satu)
    sisa = len(gagal) - KODE_PALING_BANYAK
    return {
        "alamat": alamat,
        "terbuka": True,
        "target": satu["target"],
        "terisi": satu["terisi"],
        "jumlah": satu["jumlah"],
        "persen": 100 * satu["terisi"] / satu["jumlah"],
        "nilai_nol": format_angka(skor.show(satu["nilai_nol"]), 2),
        "nilai_resmi": format_angka(skor.show(satu["nilai_resmi"]), 2),
        "jumlah_gagal": len(gagal),
        "gagal": ", ".join(gagal[:KODE_PALING_BANYAK]) + (f" dan {sisa} lagi" if sisa > 0 else ""),
        "alamat_gerbang": f"{alamat}{gerbang}",
        "alamat_periksa": f"{alamat}{periksa}",
        "harus": satu["harus"],
        "sebaiknya": satu["sebaiknya"],
        "terakhir": format_saat(satu["diubah_pada"]) if satu["terisi"] else "",
        "diajukan": format_tanggal(_to_hari(satu["diajukan_pada"])),
        "batas": format_tanggal(satu["tutup_pada"]),
        "terlambat": (hari - satu["tutup_pada"]).days if satu["terlambat"] else 0,
        "area_lewat": ", ".join(satu["area_lewat"]),
    }


def _to_hari(saat: datetime.datetime | None) -> datetime.date | None:
    return timezone.localtime(saat).date() if saat else None


def show_unduh(daftar: Iterable[dict[str, Any]], tahun: int) -> Iterator[list[Any]]:
    """Rows of the download, under `JUDUL_UNDUH`."""
    for satu in daftar:
        kepala = [satu["kode"], satu["nama"], satu["provinsi"] or "", tahun]
        if "penilaian" not in satu:
            yield [*kepala, "", LABEL_KEADAAN["belum"], *[None] * (len(JUDUL_UNDUH) - 6)]
            continue
        keadaan = "terlambat" if satu["terlambat"] else satu["status"]
        yield [
            *kepala,
            satu["target"],
            LABEL_KEADAAN.get(keadaan, keadaan),
            satu["terisi"],
            satu["jumlah"],
            skor.show(satu["nilai_nol"]),
            skor.show(satu["nilai_resmi"]),
            satu["jumlah_gagal"],
            " ".join(list_gagal(satu)),
            satu["harus"],
            satu["sebaiknya"],
            satu["diubah_pada"] if satu["terisi"] else None,
            satu["tutup_pada"],
            _to_hari(satu["diajukan_pada"]) if satu["status"] != Status.PENGISIAN else None,
            " ".join(satu["area_lewat"]),
        ]
