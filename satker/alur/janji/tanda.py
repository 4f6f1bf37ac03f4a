"""Signing: names, titles, day and content are frozen, the legal copy is kept."""

import datetime

from django.db import transaction
from django.utils import timezone

from integritas.alur import AlurError
from integritas.berkas.masuk import Masuk, ensure_berkas, receive
from integritas.teks import format_tanggal
from satker import perjanjian as baca
from satker.alur.capaian import carry
from satker.alur.janji.dasar import lock_draf
from satker.janji import Atasan, check_atasan, compute_sidik
from satker.models import Penugasan, PerjanjianKinerja, Riwayat
from satker.pengingat import susun

Cara = PerjanjianKinerja.Cara
JENIS_BERKAS = {Cara.BASAH: {"pdf", "jpeg", "png", "webp"}, Cara.ELEKTRONIK: {"pdf"}}
SEBUT_BERKAS = {
    Cara.BASAH: "Pindaian harus PDF atau gambar (JPEG, PNG, WebP).",
    Cara.ELEKTRONIK: "Berkas bertanda tangan elektronik harus PDF.",
}


def sign(
    perjanjian, *, tanggal: datetime.date, cara: str, berkas, nama_berkas: str, by
) -> PerjanjianKinerja:
    """Record that both have signed. The file is looked at and stored before anything is locked."""
    if cara not in Cara.values:
        raise AlurError("Pilih cara penandatanganan.")
    if berkas is None:
        raise AlurError("Lampirkan perjanjian yang sudah ditandatangani.")
    masuk = receive(berkas, nama_berkas)
    if masuk.jenis not in JENIS_BERKAS[Cara(cara)]:
        raise AlurError(SEBUT_BERKAS[Cara(cara)])
    return _sign(perjanjian, tanggal, cara, masuk, by)


@transaction.atomic
def _sign(perjanjian, tanggal, cara, masuk: Masuk, by) -> PerjanjianKinerja:
    perjanjian = lock_draf(perjanjian)
    isi = baca.read_isi(perjanjian)
    if kurang := baca.list_kurang(perjanjian, isi):
        raise AlurError(" ".join(kurang))
    lama = (
        PerjanjianKinerja.objects.current()
        .filter(satker=perjanjian.satker_id, tahun=perjanjian.tahun)
        .first()
    )
    _refuse_tanggal(perjanjian, tanggal, lama)
    _refuse_pihak(perjanjian, tanggal)
    posisi = baca.get_posisi(perjanjian.satker_id, perjanjian.tahun)
    nama_satker = posisi.nama if posisi else perjanjian.satker.kode
    perjanjian.sidik = compute_sidik(baca.build_dokumen(perjanjian, isi, nama_satker))
    for yang in baca.PIHAK:
        pihak = baca.get_pihak(perjanjian, yang)
        setattr(perjanjian, f"nama_{yang}", pihak.nama)
        setattr(perjanjian, f"jabatan_{yang}", pihak.jabatan)
    perjanjian.tanggal, perjanjian.cara = tanggal, cara
    perjanjian.berkas_id, perjanjian.nama_berkas = ensure_berkas(masuk), masuk.nama
    if lama is not None:
        lama.status = PerjanjianKinerja.Status.DIGANTIKAN
        lama.save(update_fields=["status"])
    perjanjian.status = PerjanjianKinerja.Status.BERLAKU
    perjanjian.save()
    if lama is not None:
        # Quarters that were reported count for the year, whichever version is in force.
        carry(lama, perjanjian, by=by)
    Riwayat.record(
        perjanjian.satker,
        "perjanjian kinerja ditandatangani",
        by=by,
        objek=perjanjian.objek,
        sebelum={"menggantikan_versi": lama.versi} if lama else {},
        sesudah={
            "tahun": perjanjian.tahun,
            "versi": perjanjian.versi,
            "tanggal": tanggal,
            "tanda_tangan": Cara(cara).label,
            "pihak_pertama": perjanjian.pihak_pertama_id,
            "pihak_kedua": perjanjian.pihak_kedua_id,
            "sidik": perjanjian.sidik,
            "berkas": masuk.sha256,
        },
    )
    susun.refresh_objek("pk_batas")
    susun.refresh_objek("triwulan", str(perjanjian.tahun))
    return perjanjian


def _refuse_tanggal(perjanjian, tanggal: datetime.date, lama) -> None:
    if tanggal > timezone.localdate():
        raise AlurError("Tanggal penandatanganan tidak boleh di masa depan.")
    awal, akhir = baca.get_masa(perjanjian.tahun)
    if not awal <= tanggal <= akhir:
        raise AlurError(
            f"Tanggal penandatanganan {format_tanggal(tanggal)} di luar tahun perjanjian. "
            f"Perjanjian {perjanjian.tahun} ditandatangani antara {format_tanggal(awal)} dan "
            f"{format_tanggal(akhir)}."
        )
    if lama is not None and tanggal < lama.tanggal:
        raise AlurError(
            f"Versi {lama.versi} ditandatangani {format_tanggal(lama.tanggal)}. Versi "
            f"{perjanjian.versi} tidak dapat lebih dulu daripada itu."
        )


def _refuse_pihak(perjanjian, tanggal: datetime.date) -> None:
    """PK-2, and that who stands on the document held the office on that day."""
    for yang in baca.PIHAK:
        tugas: Penugasan | None = getattr(perjanjian, f"pihak_{yang}")
        if tugas is not None and not Penugasan.objects.at(tanggal).filter(pk=tugas.pk).exists():
            raise AlurError(
                f"Penugasan {tugas.pengguna.nama} sebagai kepala tidak berlaku pada "
                f"{format_tanggal(tanggal)}. Pilih pihak {yang} yang menjabat pada hari itu, atau "
                "tulis pejabat di luar sistem."
            )
    pertama, kedua = (baca.get_pihak(perjanjian, yang) for yang in baca.PIHAK)
    hasil = check_atasan(pertama, kedua, baca.list_tugas_atasan(perjanjian.satker_id, tanggal))
    if hasil == Atasan.ORANG_SAMA:
        raise AlurError("Pihak pertama dan pihak kedua harus dua orang yang berbeda.")
    if hasil == Atasan.BUKAN_ATASAN:
        raise AlurError(
            f"{kedua.nama} bukan atasan langsung pihak pertama pada {format_tanggal(tanggal)}: "
            "satker ini tidak berada di bawah kantor yang dipimpinnya pada hari itu."
        )
