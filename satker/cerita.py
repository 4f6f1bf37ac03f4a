"""Lines of the history told in the office's words: who, what, from what to what, and why."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from integritas.teks import format_saat, format_tanggal
from satker.models import Pengguna, Penugasan, Peran, PerjanjianKinerja, Riwayat, Silsilah

# Stored keys whose label is more than the key with a capital.
LABEL = {
    "berlaku_dari": "Berlaku mulai",
    "berlaku_sampai": "Berlaku sampai",
    "cara": "Cara mengundang",
    "daftar_area": "Area perubahan",
    "dasar": "Dasar",
    "data_per": "Data dikonfirmasi per",
    "disebut_pada": "Disebut sumber pada",
    "nomor_sk": "Nomor SK",
    "pengguna": "Orang",
    "tanggal_sk": "Tanggal SK",
    "zona_waktu": "Zona waktu",
}
# Stored texts have their keys in alphabetical order; people expect these, and then the others.
URUTAN = [
    *("pengguna", "peran", "nama", "jenis", "kelas", "kanwil", "instansi", "tempat", "zona_waktu"),
    *("asal", "hasil", "nomor_sk", "tanggal_sk", "tahun", "disebut_pada", "pada", "tanggal"),
    *("nomor_surat", "berlaku_dari", "berlaku_sampai", "data_per", "dasar"),
]
# Stored values and how they are read; the apps above add theirs.
ISTILAH: dict[str, str] = {}
SISTEM = "Sistem"
HILANG = "orang yang sudah dihapus"


def register_istilah(*daftar_pilihan) -> None:
    """Make the labels of these choices known to the history page."""
    for pilihan in daftar_pilihan:
        ISTILAH.update({nilai: label for nilai, label in pilihan.choices if nilai})


register_istilah(Peran, Penugasan.Jenis, Silsilah.Jenis, PerjanjianKinerja.Alasan)


@dataclass(frozen=True)
class Beda:
    """One value before and after; None is "not filled"."""

    label: str
    sebelum: str | None
    sesudah: str | None


@dataclass(frozen=True)
class Cerita:
    """One line as a page shows it."""

    baris: Riwayat
    kejadian: str
    oleh: str
    daftar_beda: list[Beda]
    alasan: str

    @property
    def sidik(self) -> str:
        """As much of the hash as people compare by eye."""
        return self.baris.hash[:12]


def tell(daftar: Iterable[Riwayat]) -> list[Cerita]:
    """These lines in words; names of people come from one query."""
    semua = [(baris, baris.isi) for baris in daftar]
    nama = _read_nama({pk for baris, isi in semua for pk in _list_orang(baris, isi)})
    return [
        Cerita(
            baris,
            baris.kejadian[:1].upper() + baris.kejadian[1:],
            SISTEM if baris.oleh_id is None else nama.get(baris.oleh_id, HILANG),
            _compare(baris, isi, nama),
            isi["alasan"],
        )
        for baris, isi in semua
    ]


def _list_orang(baris: Riwayat, isi: dict) -> set[int]:
    orang = {baris.oleh_id, isi["sebelum"].get("pengguna"), isi["sesudah"].get("pengguna")}
    orang.add(_read_objek_orang(baris.objek))
    return orang - {None}


def _read_objek_orang(objek: str) -> int | None:
    jenis, _, pk = objek.partition(":")
    return int(pk) if jenis == "pengguna" and pk.isdigit() else None


def _read_nama(daftar_pk: set[int]) -> dict[int, str]:
    if not daftar_pk:
        return {}
    return dict(Pengguna.objects.filter(pk__in=daftar_pk).values_list("pk", "nama"))


def _compare(baris: Riwayat, isi: dict, nama: dict[int, str]) -> list[Beda]:
    """What changed, in the order people expect; what stayed the same is left out."""
    sebelum, sesudah = isi["sebelum"], isi["sesudah"]
    hasil = []
    if orang := _read_objek_orang(baris.objek):
        hasil.append(Beda(LABEL["pengguna"], None, nama.get(orang, HILANG)))
    ada = sebelum.keys() | sesudah.keys()
    for kunci in [satu for satu in URUTAN if satu in ada] + sorted(ada - set(URUTAN)):
        satu = _say(kunci, sebelum.get(kunci), nama)
        dua = _say(kunci, sesudah.get(kunci), nama)
        if satu != dua:
            hasil.append(Beda(_say_kunci(kunci), satu, dua))
    return hasil


def _say_kunci(kunci: str) -> str:
    """A stored key as a label; a code with points such as `A.I.1` stays as it is."""
    if "." in kunci:
        return kunci
    return LABEL.get(kunci) or kunci.replace("_", " ").capitalize()


def _say(kunci: str, nilai: Any, nama: dict[int, str]) -> str | None:
    """A stored value as people read it."""
    if nilai is None or nilai == "" or nilai == [] or nilai == {}:
        return None
    if isinstance(nilai, dict):
        bagian = {satu: _say(satu, isi, nama) for satu, isi in nilai.items()}
        return "; ".join(f"{_say_kunci(satu).lower()} {isi}" for satu, isi in bagian.items() if isi)
    if isinstance(nilai, bool):
        return "ya" if nilai else "tidak"
    if isinstance(nilai, list):
        return ", ".join(str(_say(kunci, satu, nama)) for satu in nilai)
    if kunci == "pengguna":
        return nama.get(nilai, HILANG)
    if not isinstance(nilai, str):
        return str(nilai)
    return ISTILAH.get(nilai) or _say_moment(nilai) or nilai


def _say_moment(teks: str) -> str | None:
    """A stored day or moment; None for any other text."""
    if len(teks) < 10 or teks[4] != "-":
        return None
    try:
        if len(teks) == 10:
            return format_tanggal(datetime.date.fromisoformat(teks))
        return format_saat(datetime.datetime.fromisoformat(teks))
    except ValueError:
        return None
