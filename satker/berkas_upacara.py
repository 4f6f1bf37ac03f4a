"""The bundle of a closed event, as facts for whoever takes it over: files and addresses, each with
a key that stays."""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet

from integritas.berkas.masuk import Masuk
from integritas.berkas.nama import tidy_nama
from integritas.teks import format_tanggal
from satker.models import BeritaAcara, BerkasUpacara, PesertaSatker, Upacara

BERITA, HADIR = "berita", "hadir"
SEBUTAN = {
    BERITA: "Berita acara",
    HADIR: "Daftar hadir",
    BerkasUpacara.Jenis.FOTO: "Foto",
    BerkasUpacara.Jenis.PERS: "Berita pers",
    BerkasUpacara.Jenis.PINDAIAN: "Pindaian naskah",
    BerkasUpacara.Jenis.UNDANGAN: "Undangan",
    BerkasUpacara.Jenis.LAIN: "Berkas",
}


@dataclass(frozen=True)
class Butir:
    """One piece: a stored file (`masuk`) or an address (`tautan`). `kunci` stays when a newer file
    takes the place of an older one."""

    kunci: str
    jenis: str
    nama: str
    masuk: Masuk | None = None
    tautan: str | None = None


@dataclass(frozen=True)
class Paket:
    upacara: Upacara
    daftar_butir: tuple[Butir, ...]

    @property
    def tanggal(self) -> datetime.date:
        return self.upacara.tanggal


def list_satker(upacara_id: int) -> list[int]:
    """The units that took part, by code; not one of which nobody came."""
    baris = PesertaSatker.objects.filter(upacara=upacara_id).exclude(hadir=False)
    baris = baris.order_by("satker__kode")
    return list(baris.values_list("satker_id", flat=True))


def read_paket(upacara_id: int) -> Paket | None:
    """What one event left; None when it is not closed."""
    return next(iter(list_paket(Upacara.objects.filter(pk=upacara_id))), None)


def list_paket(upacara_set: QuerySet[Upacara]) -> list[Paket]:
    """What these events left, as far as they are closed: newest event first, its newest minutes
    first. Three statements at any number."""
    tutup = upacara_set.filter(status=Upacara.Status.DITUTUP).order_by("-tanggal", "-pk")
    paket: dict[int, tuple[Upacara, list[Butir]]] = {satu.pk: (satu, []) for satu in tutup}
    berita_set = BeritaAcara.objects.filter(upacara__in=paket).select_related(
        "berita", "daftar_hadir"
    )
    akhir = {satu.upacara_id: satu for satu in berita_set.order_by("versi")}
    for pk, berita in akhir.items():
        upacara, daftar = paket[pk]
        daftar += [
            _build(upacara, BERITA, BERITA, berkas=berita.berita),
            _build(upacara, HADIR, HADIR, berkas=berita.daftar_hadir),
        ]
    berkas_set = BerkasUpacara.objects.filter(upacara__in=paket).select_related("berkas")
    for satu in berkas_set.order_by("pk"):
        upacara, daftar = paket[satu.upacara_id]
        daftar.append(
            _build(
                upacara,
                f"berkas:{satu.pk}",
                satu.jenis,
                berkas=satu.berkas,
                tautan=satu.tautan,
                keterangan=satu.keterangan,
                nama_berkas=satu.nama_berkas,
            )
        )
    return [Paket(upacara, tuple(daftar)) for upacara, daftar in paket.values()]


def _build(upacara, kunci, jenis, *, berkas=None, tautan=None, keterangan="", nama_berkas=""):
    """`Foto dari upacara Deklarasi Janji Kinerja 19 Januari 2026: pembacaan sumpah.jpg`"""
    teks = f"{SEBUTAN[jenis]} dari upacara {upacara.nama} {format_tanggal(upacara.tanggal)}"
    rinci = keterangan or nama_berkas.rpartition(".")[0]
    teks = f"{teks}: {rinci}" if rinci else teks
    if berkas is None:
        return Butir(kunci, jenis, teks[:200], tautan=tautan)
    nama = tidy_nama(f"{teks[:180]}.{berkas.jenis}")
    return Butir(
        kunci,
        jenis,
        nama,
        masuk=Masuk(berkas.sha256, berkas.ukuran, berkas.jenis, berkas.mime, nama),
    )
