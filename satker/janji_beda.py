"""What differs between two versions of an agreement, and between a unit's and the Kanwil's. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from satker.janji import Isi, IsiIndikator, fold

KOLOM = (
    *("Sasaran", "Indikator", "Satuan ukuran", "Arah", "Target setahun"),
    *("Target B03", "Target B06", "Target B09", "Target B12"),
)
Nilai = str | Decimal | None


@dataclass(frozen=True)
class Beda:
    """One value of an indicator or an activity on both sides."""

    kolom: str
    sebelum: Nilai
    sesudah: Nilai


@dataclass(frozen=True)
class Butir:
    """An indicator (or activity) that is on one side only, or differs; `daftar_beda` is empty for
    the former."""

    nama: str
    keterangan: str = ""
    daftar_beda: tuple[Beda, ...] = ()


@dataclass(frozen=True)
class Perbandingan:
    """`hilang` stand on the first side only, `baru` on the second only."""

    hilang: tuple[Butir, ...]
    baru: tuple[Butir, ...]
    berubah: tuple[Butir, ...]
    jumlah_sama: int

    @property
    def is_sama(self) -> bool:
        return not (self.hilang or self.baru or self.berubah)


def compare_indikator(lama: Isi, baru: Isi, asal: Mapping[int, int]) -> Perbandingan:
    """`asal` leads from an indicator's key in `baru` to the one in `lama` that it comes from."""
    sebelum = {
        satu.id: (sasaran.nama, satu)
        for sasaran in lama.daftar_sasaran
        for satu in sasaran.daftar_indikator
    }
    tersisa, tambahan, berubah, sama = dict(sebelum), [], [], 0
    for sasaran in baru.daftar_sasaran:
        for satu in sasaran.daftar_indikator:
            kunci = asal.get(satu.id) if satu.id is not None else None
            if kunci is None or kunci not in sebelum:
                tambahan.append(Butir(satu.nama, sasaran.nama))
                continue
            tersisa.pop(kunci, None)
            nama_lama, dulu = sebelum[kunci]
            beda = _compare(_list_nilai(nama_lama, dulu), _list_nilai(sasaran.nama, satu))
            if beda:
                berubah.append(Butir(satu.nama, sasaran.nama, beda))
            else:
                sama += 1
    hilang = tuple(Butir(satu.nama, nama) for nama, satu in tersisa.values())
    return Perbandingan(hilang, tuple(tambahan), tuple(berubah), sama)


def compare_kegiatan(lama: Isi, baru: Isi) -> Perbandingan:
    """Activities by their name."""
    dulu = {fold(satu.nama): satu for satu in lama.daftar_kegiatan}
    kini = {fold(satu.nama): satu for satu in baru.daftar_kegiatan}
    berubah = [
        Butir(kini[kunci].nama, "", (Beda("Anggaran", satu.anggaran, kini[kunci].anggaran),))
        for kunci, satu in dulu.items()
        if kunci in kini and kini[kunci].anggaran != satu.anggaran
    ]
    return Perbandingan(
        tuple(Butir(satu.nama) for kunci, satu in dulu.items() if kunci not in kini),
        tuple(Butir(satu.nama) for kunci, satu in kini.items() if kunci not in dulu),
        tuple(berubah),
        len(dulu.keys() & kini.keys()) - len(berubah),
    )


def _list_nilai(sasaran: str, satu: IsiIndikator) -> tuple[Nilai, ...]:
    return (sasaran, satu.nama, satu.satuan, satu.arah, satu.target, *satu.triwulan)


def _compare(sebelum: tuple[Nilai, ...], sesudah: tuple[Nilai, ...]) -> tuple[Beda, ...]:
    return tuple(
        Beda(kolom, satu, dua)
        for kolom, satu, dua in zip(KOLOM, sebelum, sesudah, strict=True)
        if satu != dua
    )
