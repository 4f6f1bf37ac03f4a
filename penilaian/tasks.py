"""Work on predicates, scores and evidence that runs beside the pages."""

import logging

from celery import shared_task
from django.db import transaction

from penilaian.alur import hitung_ulang, temuan
from penilaian.bukti import tautan, unggahan
from penilaian.bukti.paket import buat, sewa
from penilaian.models import MasaPredikat, VersiInstrumen
from penilaian.versi import read_terpakai
from satker.models import Pengguna, SatuanKerja

logger = logging.getLogger(__name__)


@shared_task
@transaction.atomic
def check_masa():
    """Compare the stored timelines with the dated changes, mend and report what differs."""
    if selisih := MasaPredikat.objects.find_selisih():
        # Locked in the order of kode, as every step that touches several units.
        list(SatuanKerja.objects.select_for_update().filter(pk__in=selisih).order_by("kode"))
        MasaPredikat.objects.rebuild(selisih)
        logger.error("masa predikat berbeda dan disusun ulang untuk %s satker", len(selisih))


@shared_task
def make_paket(paket_id):
    """Make an evidence pack; a second run finds it claimed or done, and stops."""
    buat.make(paket_id)


@shared_task
def resume_paket():
    """Take up packs whose message or worker is gone."""
    for paket_id in sewa.list_forsaken():
        make_paket.delay(paket_id)


@shared_task
def discard_paket():
    """Packs leave after some days, with their files."""
    sewa.discard_old()


@shared_task
def check_tautan(sesudah=0):
    """Ask links that are due whether they still lead somewhere; the next batch follows this one. A
    second run finds them checked."""
    if berikut := tautan.check_batch(sesudah):
        check_tautan.delay(berikut.sesudah)


@shared_task
def check_rekap():
    """Mend and report kept scores that do not follow the zero rules an admin has set: a queue that
    was down when a rule changed has not heard of it."""
    for versi in VersiInstrumen.objects.filter(pengaturan__gt=0).defer("teks").order_by("pk"):
        for satu in read_terpakai(versi).isi.daftar_pertanyaan:
            if satu.rumus is None or not satu.rumus.is_usulan:
                continue
            alasan = (
                f"Diperiksa: aturan pembagi nol nomor {satu.urutan} ({satu.kode}) belum diikuti."
            )
            beda = hitung_ulang.recompute_later(versi.pk, satu.kode, by=None, alasan=alasan)
            if beda:
                logger.error("nilai tersimpan %s LKE dihitung ulang: %s %s", beda, versi, satu.kode)


@shared_task
def refresh_temuan(versi_id, kode):
    """A finding tells what a base of zero is worth: those of LKE with one follow a changed rule. May
    run twice."""
    versi = VersiInstrumen.objects.defer("teks").get(pk=versi_id)
    terdampak = hitung_ulang.list_terdampak(read_terpakai(versi), kode)
    for penilaian in {satu.penilaian_id: satu.penilaian for satu in terdampak}.values():
        temuan.run_xray(penilaian)


@shared_task
def refresh_rekap(versi_id, kode, alasan, oleh_id):
    """Bring kept scores along after the zero rule of a question changed. May run twice."""
    oleh = Pengguna.objects.filter(pk=oleh_id).first()
    hitung_ulang.recompute_later(versi_id, kode, by=oleh, alasan=alasan)


@shared_task
def discard_unggahan():
    """Uploads that nobody has continued for three days leave."""
    unggahan.discard_old()
