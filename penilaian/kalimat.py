"""The headline said in one sentence, for the command line, the pages and the feeds alike."""

import datetime

from integritas.teks import format_tanggal, format_waktu
from penilaian.hitung import Hitungan
from penilaian.models import KlaimAngka


def find_klaim(daftar_klaim, *daftar_ukuran) -> list[KlaimAngka]:
    """The newest claim of each measure, as far as there is one; the list is newest first."""
    hasil = []
    for ukuran in daftar_ukuran:
        cocok = [klaim for klaim in daftar_klaim if klaim.ukuran == ukuran]
        hasil.extend(cocok[:1])
    return hasil


def say_klaim_satker(hitungan: Hitungan, daftar_klaim) -> str:
    """`29 menurut rmolsumsel.id, 19 Januari 2022`, when somebody said another number of units."""
    for klaim in find_klaim(daftar_klaim, "satker"):
        if klaim.nilai != hitungan.satker:
            return f"{klaim.nilai_polos} menurut {klaim.sumber}, {format_waktu(klaim.waktu)}"
    return ""


def say_klaim_predikat(daftar_klaim) -> str:
    """`menurut malangkota.go.id 7 WBK dan 4 WBBM (11 Februari 2021)`; empty when nobody said."""
    klaim = find_klaim(daftar_klaim, "WBK", "WBBM")
    if not klaim:
        return ""
    angka = " dan ".join(f"{satu.nilai_polos} {satu.ukuran}" for satu in klaim)
    return f"menurut {klaim[0].sumber_ringkas} {angka} ({format_waktu(klaim[0].waktu)})"


def say_hitungan(
    hitungan: Hitungan, pada: datetime.date, nama: str, daftar_klaim: list[KlaimAngka]
) -> str:
    """One sentence with the count, what was claimed, and what is not known."""
    klaim = say_klaim_satker(hitungan, daftar_klaim)
    di = f"{hitungan.satker} satker terdaftar di {nama}" + (f" ({klaim})" if klaim else "")
    if hitungan.is_gelap:
        teks = f"Per {format_tanggal(pada)}: predikat {di} belum diketahui."
    else:
        teks = (
            f"Per {format_tanggal(pada)}: {hitungan.wbk} WBK dan {hitungan.wbbm} WBBM dari {di}; "
            f"{hitungan.tanpa} tanpa predikat, {hitungan.tidak_diketahui} belum diketahui."
        )
    if hitungan.tidak_diketahui and (disebut := say_klaim_predikat(daftar_klaim)):
        teks += f" {disebut[0].upper()}{disebut[1:]}."
    return teks


def build_json(hitungan: Hitungan, pada: datetime.date, kode: str | None, daftar_klaim) -> dict:
    """The count as data; the four figures add up to `satker`."""
    return {
        "pada": pada.isoformat(),
        "kanwil": kode,
        "WBK": hitungan.wbk,
        "WBBM": hitungan.wbbm,
        "tanpa": hitungan.tanpa,
        "tidak_diketahui": hitungan.tidak_diketahui,
        "satker": hitungan.satker,
        "klaim": [
            {
                "ukuran": klaim.ukuran,
                "nilai": klaim.nilai_polos,
                "waktu": klaim.waktu,
                "sumber": klaim.sumber,
            }
            for klaim in daftar_klaim
        ],
    }
