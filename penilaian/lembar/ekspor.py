"""A stored assessment as the form: what it says, and the workbook."""

import tempfile
from typing import IO

from django.db.models import Q
from django.utils import timezone

from penilaian.lembar.isi import IsiLembar
from penilaian.lembar.tulis import write_lembar
from penilaian.models import LAPIS_SATKER, Jawaban, PemakaianBukti, Penilaian
from penilaian.versi import InstrumenTerpakai, get_terpakai
from satker.models import KedudukanInstansi, KedudukanSatker, SatuanKerja


def open_lembar(penilaian: Penilaian, nama: str) -> IO[bytes]:
    """The workbook as an open file at its beginning; whoever sends it closes it. `nama` is what the
    unit is called."""
    terpakai = get_terpakai(penilaian.versi)
    berkas = tempfile.TemporaryFile()  # noqa: SIM115
    write_lembar(berkas, terpakai.isi, build_isi(penilaian, terpakai, nama))
    berkas.seek(0)
    return berkas


def build_isi(penilaian: Penilaian, terpakai: InstrumenTerpakai, nama: str) -> IsiLembar:
    """Answers, notes and evidence as stored; a draft of last year is no answer."""
    kode = terpakai.kode_dari
    daftar = Jawaban.objects.filter(penilaian=penilaian, lapis=LAPIS_SATKER, draf=False)
    jawaban, catatan = {}, {}
    for satu in daftar:
        if (jawab := satu.jawab) is not None:
            jawaban[kode[satu.pertanyaan_id]] = jawab
        if satu.catatan:
            catatan[kode[satu.pertanyaan_id]] = satu.catatan
    bukti: dict[str, list[str]] = {}
    tautan: dict[str, list[str]] = {}
    pemakaian = PemakaianBukti.objects.filter(penilaian=penilaian).order_by("pk")
    for pertanyaan_id, nama_bukti, alamat in pemakaian.values_list(
        "pertanyaan_id", "bukti__nama", "revisi__tautan"
    ):
        bukti.setdefault(kode[pertanyaan_id], []).append(nama_bukti)
        if alamat:
            tautan.setdefault(kode[pertanyaan_id], []).append(alamat)
    return IsiLembar(
        nama_satker=nama or penilaian.satker.kode,
        tahun=penilaian.tahun,
        target=penilaian.target,
        versi=f"{terpakai.isi.kode} versi {terpakai.versi}",
        kementerian=get_kementerian(penilaian.satker) or "Kementerian",
        jawaban=jawaban,
        catatan=catatan,
        bukti=bukti,
        tautan=tautan,
    )


def get_kementerian(satker: SatuanKerja) -> str:
    """What the ministry of a unit is called for short today: that of the unit or of its Kanwil;
    empty when no record says."""
    hari = timezone.localdate()
    posisi = KedudukanSatker.objects.at(hari)
    sendiri = posisi.filter(satker=satker)
    kunci = posisi.filter(
        Q(satker=satker) | Q(satker__kantorwilayah__in=sendiri.values("kanwil"))
    ).values_list("instansi", "pembina")
    instansi = {satu for baris in kunci for satu in baris if satu}
    kini = KedudukanInstansi.objects.at(hari)
    induk = kini.filter(instansi__in=instansi).values("induk")
    akar = kini.filter(Q(instansi__in=instansi) | Q(instansi__in=induk), induk=None)
    return akar.order_by("pk").values_list("singkatan", flat=True).first() or ""
