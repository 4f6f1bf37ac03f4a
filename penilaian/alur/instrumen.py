"""Loading a version of the instrument, and what an admin sets on it."""

from dataclasses import dataclass

from django.db import transaction

from integritas.alur import AlurError
from penilaian.instrumen import Instrumen, InstrumenError, parse_instrumen
from penilaian.instrumen.baca import BERKAS_BAWAAN
from penilaian.models import (
    DokumenDiminta,
    LapisPenilaian,
    Penilaian,
    Pertanyaan,
    VersiInstrumen,
)

# The layers an installation begins with; more may be added as rows.
LAPIS_AWAL = {
    "satker": "Satuan kerja",
    "kanwil": "Kantor wilayah",
    "tpi": "Tim Penilai Internal",
    "tpn": "Tim Penilai Nasional",
}


@dataclass(frozen=True)
class HasilMuat:
    versi: VersiInstrumen
    baru: bool


@transaction.atomic
def load_instrumen(teks: str) -> HasilMuat:
    """Load the JSON text of an instrument; the same text again changes nothing, another text under
    the same code becomes the next version. Versions are never changed or removed.

    Raises AlurError naming the node when the file is wrong."""
    try:
        isi = parse_instrumen(teks)
    except InstrumenError as error:
        raise AlurError(str(error)) from error
    LapisPenilaian.objects.bulk_create(
        [
            LapisPenilaian(kode=kode, nama=nama, urutan=urutan)
            for urutan, (kode, nama) in enumerate(LAPIS_AWAL.items(), 1)
        ],
        ignore_conflicts=True,
    )
    sha256 = VersiInstrumen.compute_sha256(teks)
    daftar = list(
        VersiInstrumen.objects.select_for_update().filter(kode=isi.kode).order_by("versi")
    )
    for versi in daftar:
        if versi.sha256 == sha256:
            return HasilMuat(versi, baru=False)
    nomor = daftar[-1].versi + 1 if daftar else 1
    versi = VersiInstrumen.objects.create(
        kode=isi.kode, versi=nomor, judul=isi.judul, teks=teks, sha256=sha256
    )
    _add_pertanyaan(versi, isi)
    if daftar:
        _carry_settings(daftar[-1], versi)
    return HasilMuat(versi, baru=True)


def load_bawaan() -> None:
    """The packaged instrument, unless some version of it is there: a later file of the program
    does not push aside the one that an office works with."""
    teks = BERKAS_BAWAAN.read_text(encoding="utf-8")
    if not VersiInstrumen.objects.filter(kode=parse_instrumen(teks).kode).exists():
        load_instrumen(teks)


def _add_pertanyaan(versi: VersiInstrumen, isi: Instrumen) -> None:
    """Questions, each with the file's hints as documents that may be added; none is compulsory
    until an admin says so, since the hints are no official list."""
    daftar = Pertanyaan.objects.bulk_create(
        [
            Pertanyaan(versi=versi, kode=satu.kode, urutan=satu.urutan, area=satu.area)
            for satu in isi.daftar_pertanyaan
        ]
    )
    DokumenDiminta.objects.bulk_create(
        [
            DokumenDiminta(pertanyaan=baris, nama=nama[:200], urutan=urutan)
            for baris, satu in zip(daftar, isi.daftar_pertanyaan, strict=True)
            for urutan, nama in enumerate(dict.fromkeys(satu.bukti))
        ]
    )


def _carry_settings(lama: VersiInstrumen, baru: VersiInstrumen) -> None:
    """What an admin set on the last version goes on where the question is still there."""
    tujuan = {satu.kode: satu for satu in Pertanyaan.objects.filter(versi=baru)}
    for asal in Pertanyaan.objects.filter(versi=lama, nilai_penyebut_nol__isnull=False):
        satu = tujuan.get(asal.kode)
        rumus = baru.bawaan.pertanyaan[asal.kode].rumus if satu else None
        if satu is not None and rumus is not None and rumus.is_usulan:
            satu.nilai_penyebut_nol = asal.nilai_penyebut_nol
            satu.save(update_fields=["nilai_penyebut_nol"])
    _carry_dokumen(lama, baru, tujuan)


def _carry_dokumen(lama: VersiInstrumen, baru: VersiInstrumen, tujuan: dict) -> None:
    """Of a question whose documents an admin touched: all that was added or set, and what the new
    file still hints at, in the admin's order; hints that are new stand behind."""
    menurut_kode: dict[str, list[DokumenDiminta]] = {}
    for dokumen in (
        DokumenDiminta.objects.filter(pertanyaan__versi=lama)
        .select_related("pertanyaan")
        .order_by("urutan", "pk")
    ):
        menurut_kode.setdefault(dokumen.pertanyaan.kode, []).append(dokumen)
    for kode, daftar in menurut_kode.items():
        petunjuk = list(dict.fromkeys(lama.bawaan.pertanyaan[kode].bukti))
        diatur = [satu for satu in daftar if satu.nama not in petunjuk or _is_set(satu)]
        if kode not in tujuan or (not diatur and [satu.nama for satu in daftar] == petunjuk):
            continue
        kini = dict.fromkeys(baru.bawaan.pertanyaan[kode].bukti)
        bawa = {satu.nama: satu for satu in daftar if satu in diatur or satu.nama in kini}
        for urutan, nama in enumerate(dict.fromkeys([*bawa, *kini])):
            isi: dict = {"urutan": urutan}
            if nama in bawa:
                satu = bawa[nama]
                isi |= {"wajib": satu.wajib, "berkala": satu.berkala, "ditarik": satu.ditarik}
            DokumenDiminta.objects.update_or_create(
                pertanyaan=tujuan[kode], nama=nama, defaults=isi
            )


def _is_set(dokumen: DokumenDiminta) -> bool:
    """Otherwise than the file's hints begin."""
    return dokumen.wajib or dokumen.ditarik or dokumen.berkala != DokumenDiminta.Berkala.SEKALI


def is_used(versi: VersiInstrumen) -> bool:
    return Penilaian.objects.filter(versi=versi).exists()
