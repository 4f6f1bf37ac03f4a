"""A plan of indicators carried out, in a few statements at any number of rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from integritas.impor import Hasil, Rencana
from satker.alur.capaian import say_nomor
from satker.capaian import fold
from satker.impor_indikator.kolom import TRIWULAN
from satker.models import IndikatorKinerja, PerjanjianKinerja, Riwayat, Sasaran

KOLOM_NILAI = ("satuan", "arah", "target", *(f"target_{satu}" for satu in TRIWULAN.values()))


@dataclass
class Isi:
    """An indicator as a row gives it; `ada` is the one in the draft that it is."""

    sasaran: str
    indikator: str
    nilai: dict
    ada: IndikatorKinerja | None = None


def write(rencana: Rencana, perjanjian: PerjanjianKinerja, nama: str, by) -> None:
    """New goals and indicators go behind those that are there; one line of history tells all."""
    daftar = [satu for satu in rencana.baris if satu.hasil in (Hasil.BARU, Hasil.BERUBAH)]
    if not daftar:
        return
    sasaran = _write_sasaran([satu.isi for satu in daftar if satu.isi.ada is None], perjanjian)
    akhir: dict[int, int] = {}
    for pk, urutan in IndikatorKinerja.objects.filter(sasaran__perjanjian=perjanjian).values_list(
        "sasaran", "urutan"
    ):
        akhir[pk] = max(urutan, akhir.get(pk, 0))
    sebelum, sesudah, tambah, ubah = {}, {}, [], []
    for satu in daftar:
        isi, lama = satu.isi, satu.isi.ada
        if lama is None:
            tempat = sasaran[fold(isi.sasaran)]
            akhir[tempat.pk] = akhir.get(tempat.pk, 0) + 1
            baru = IndikatorKinerja(
                sasaran=tempat, urutan=akhir[tempat.pk], nama=isi.indikator, **isi.nilai
            )
            tambah.append(baru)
        else:
            sebelum[say_nomor(lama)] = describe(lama)
            for kolom, nilai in isi.nilai.items():
                setattr(lama, kolom, nilai)
            baru = lama
            ubah.append(baru)
        sesudah[say_nomor(baru)] = describe(baru)
    IndikatorKinerja.objects.bulk_create(tambah)
    IndikatorKinerja.objects.bulk_update(ubah, KOLOM_NILAI)
    Riwayat.record(
        perjanjian.satker,
        "indikator PK diimpor",
        by=by,
        objek=perjanjian.objek,
        sebelum=sebelum,
        sesudah=sesudah,
        alasan=nama,
    )


def _write_sasaran(daftar_isi: Sequence[Isi], perjanjian: PerjanjianKinerja) -> dict[str, Sasaran]:
    """The draft's goals by their folded names, those that are missing made."""
    ada = {
        fold(satu.nama): satu
        for satu in Sasaran.objects.filter(perjanjian=perjanjian).order_by("-urutan")
    }
    urutan = max((satu.urutan for satu in ada.values()), default=0)
    baru = {}
    for isi in daftar_isi:
        kunci = fold(isi.sasaran)
        if kunci not in ada and kunci not in baru:
            urutan += 1
            baru[kunci] = Sasaran(perjanjian=perjanjian, urutan=urutan, nama=isi.sasaran)
    Sasaran.objects.bulk_create(baru.values())
    return ada | baru


def describe(satu: IndikatorKinerja) -> dict:
    """What the history keeps of an indicator."""
    isi = {
        "sasaran": satu.sasaran.nama,
        "nama": satu.nama,
        "satuan": satu.satuan,
        "arah": satu.arah,
    }
    for kolom in KOLOM_NILAI[2:]:
        if (nilai := getattr(satu, kolom)) is not None:
            isi[kolom] = f"{nilai.normalize():f}"
    return isi
