"""Kanwil as nodes on a day: what people call them, and where their tile stands on the map."""

import datetime
from dataclasses import dataclass

from django.db.models import F, OuterRef, Q, Subquery

from penilaian.hitung import NOL
from penilaian.kalimat import say_klaim_predikat
from penilaian.models import KlaimAngka
from satker.fakta import DATA, read_csv
from satker.models import KantorWilayah, KedudukanInstansi, KedudukanSatker


@dataclass(frozen=True)
class Simpul:
    """A Kanwil on a day: `nama` as the press says it, `nama_resmi` as it is written."""

    pk: int
    kode: str
    nama: str
    nama_resmi: str
    provinsi: str
    kode_bps: str
    data_per: datetime.date | None
    contoh: bool


def _read(queryset, pada: datetime.date) -> list[Simpul]:
    singkatan = (
        KedudukanInstansi.objects.filter(instansi=OuterRef("instansi"))
        .filter(Q(berlaku_dari__isnull=True) | Q(berlaku_dari__lte=pada))
        .order_by(F("berlaku_dari").desc(nulls_last=True))
        .values("singkatan")[:1]
    )
    baris = (
        queryset.annotate(singkatan=Subquery(singkatan))
        .order_by("satker__kantorwilayah__kode_bps", "satker__kode")
        .values_list(
            "satker__kantorwilayah",
            "satker__kode",
            "singkatan",
            "nama",
            "satker__kantorwilayah__provinsi",
            "satker__kantorwilayah__kode_bps",
            "satker__kantorwilayah__data_per",
            "satker__contoh",
        )
    )
    return [
        Simpul(
            pk, kode, f"Kanwil {singkat or ''} {provinsi}".replace("  ", " "), nama, provinsi, *sisa
        )
        for pk, kode, singkat, nama, provinsi, *sisa in baris
    ]


def list_simpul(pada: datetime.date) -> list[Simpul]:
    """The real Kanwil that stood on a day, by province."""
    queryset = KedudukanSatker.objects.at(pada).real()
    return _read(queryset.filter(satker__kantorwilayah__isnull=False), pada)


def get_simpul(kanwil: KantorWilayah, pada: datetime.date) -> Simpul:
    """One Kanwil; on a day when it did not stand, as it was last (or first) called."""
    posisi = KedudukanSatker.objects.filter(satker=kanwil.satker_id)
    berdiri = _read(posisi.at(pada), pada)
    if berdiri:
        return berdiri[0]
    return _read(posisi, pada)[-1]


UKURAN_PREDIKAT = ("WBK", "WBBM")
PETA = {baris["kode_bps"]: baris for baris in read_csv(DATA / "peta.csv")}


@dataclass(frozen=True)
class Ubin:
    """One tile of the map: a province with what its Kanwil hold, or what was claimed. It is
    coloured (`isi`) only where the predicate of every unit is known."""

    huruf: str
    baris: int
    kolom: int
    nama: str
    kode: str
    label: str
    teks: str
    isi: bool
    kini: bool


def build_peta(daftar_simpul, per_kanwil, klaim_per_kanwil, kini: str = "") -> list[Ubin]:
    """Tiles in reading order; provinces with several Kanwil are added up."""
    provinsi: dict[str, list[Simpul]] = {}
    for simpul in daftar_simpul:
        if simpul.kode_bps in PETA:
            provinsi.setdefault(simpul.kode_bps, []).append(simpul)
    hasil = []
    for kode_bps, letak in PETA.items():
        if not (daftar := provinsi.get(kode_bps)):
            continue
        hitungan = sum((per_kanwil.get(simpul.pk, NOL) for simpul in daftar), NOL)
        klaim = next((klaim_per_kanwil[s.pk] for s in daftar if s.pk in klaim_per_kanwil), None)
        if hitungan.berpredikat or hitungan.is_lengkap:
            label = f"{hitungan.wbk}+{hitungan.wbbm}"
            teks = f"{hitungan.wbk} WBK dan {hitungan.wbbm} WBBM"
            if hitungan.tidak_diketahui:
                teks += f", {hitungan.tidak_diketahui} belum diketahui"
        elif klaim:
            label, teks = klaim
        else:
            label, teks = "", "belum ada data, bukan nol"
        hasil.append(
            Ubin(
                huruf=letak["huruf"],
                baris=int(letak["baris"]),
                kolom=int(letak["kolom"]),
                nama=daftar[0].provinsi,
                kode=daftar[0].kode,
                label=label,
                teks=teks,
                isi=hitungan.is_lengkap,
                kini=any(simpul.kode == kini for simpul in daftar),
            )
        )
    return sorted(hasil, key=lambda ubin: (ubin.baris, ubin.kolom))


def list_klaim_wilayah(pada: datetime.date) -> list[KlaimAngka]:
    """Claims about any Kanwil up to that day, newest first, in one query."""
    return list(
        KlaimAngka.objects.until(pada)
        .filter(kanwil__isnull=False)
        .order_by("-waktu_sampai", "ukuran", "pk")
    )


def label_klaim(daftar_klaim: list[KlaimAngka]) -> dict[int, tuple[str, str]]:
    """Per Kanwil what was claimed of its predicates: `("7+4", "menurut … 7 WBK dan 4 WBBM …")`."""
    per_kanwil: dict[int, dict[str, KlaimAngka]] = {}
    for satu in daftar_klaim:
        if satu.ukuran in UKURAN_PREDIKAT and satu.kanwil_id is not None:
            per_kanwil.setdefault(satu.kanwil_id, {}).setdefault(satu.ukuran, satu)
    return {
        pk: (
            "+".join(
                str(klaim[ukuran].nilai_polos) if ukuran in klaim else "?"
                for ukuran in UKURAN_PREDIKAT
            ),
            say_klaim_predikat(klaim.values()),
        )
        for pk, klaim in per_kanwil.items()
    }
