"""An event that makes up for one that was closed with people missing."""

import datetime
import uuid

from django.db import transaction

from integritas.alur import AlurError, require
from integritas.teks import format_tanggal
from satker.alur.naskah_upacara import lock_upacara
from satker.alur.peserta import make_daftar_kode
from satker.hasil_upacara import read_hasil
from satker.models import Peserta, PesertaSatker, Putaran, Riwayat, Upacara
from satker.waktu_upacara import get_hari_ini
from satker.zona import get_zona


@transaction.atomic
def plan(upacara, *, tanggal: datetime.date, jam: datetime.time, tempat: str, by) -> Upacara:
    """A draft with the same host, units and texts, where those are expected who were away or have
    something to sign."""
    # Before the event, as the closing of the round does: it holds no event that it has not seen.
    Putaran.objects.select_for_update().filter(pk=upacara.putaran_id).first()
    upacara = lock_upacara(upacara)
    tempat = require(tempat, "Tempat")
    if upacara.status != Upacara.Status.DITUTUP:
        raise AlurError("Upacara susulan direncanakan sesudah upacaranya ditutup.")
    if upacara.putaran is not None and upacara.putaran.ditutup_pada is not None:
        raise AlurError("Putaran sudah ditutup, jadi tidak ada upacara susulan lagi.")
    if tanggal < get_hari_ini(upacara):
        raise AlurError(f"Tanggal susulan {format_tanggal(tanggal)} sudah lewat.")
    if Upacara.objects.filter(susulan_dari=upacara, tanggal=tanggal).exists():
        raise AlurError(f"Upacara susulan {format_tanggal(tanggal)} sudah direncanakan.")
    absen = [satu.orang for satu in read_hasil(upacara).daftar_absen]
    if not absen:
        raise AlurError("Semua sudah hadir dan menandatangani; tidak ada yang menyusul.")
    nomor = Upacara.objects.filter(susulan_dari=upacara).count() + 1
    baru = Upacara.objects.create(
        kode=f"{upacara.kode[:66]}-susulan-{nomor}",
        putaran=upacara.putaran,
        nama=f"Susulan: {upacara.nama}"[:200],
        tuan_rumah=upacara.tuan_rumah,
        tempat=tempat,
        tanggal=tanggal,
        mulai_pada=datetime.datetime.combine(tanggal, jam, get_zona(upacara.zona_waktu)),
        zona_waktu=upacara.zona_waktu,
        uid=f"{uuid.uuid4()}@integritas",
        susulan_dari=upacara,
        dibuat_oleh=by,
    )
    satker = {orang.satker_id for orang in absen if orang.satker_id}
    PesertaSatker.objects.bulk_create(
        PesertaSatker(upacara=baru, satker_id=satu) for satu in sorted(satker)
    )
    # Witnesses belong to the first event; who of them has not signed keeps that address.
    personel = [orang for orang in absen if orang.personel_id]
    Peserta.objects.bulk_create(
        Peserta(
            upacara=baru, personel_id=orang.personel_id, satker_id=orang.satker_id, kode=satu_kode
        )
        for orang, satu_kode in zip(personel, make_daftar_kode(baru, len(personel)), strict=True)
    )
    Riwayat.record(
        upacara.tuan_rumah,
        "upacara susulan direncanakan",
        by=by,
        objek=baru.objek,
        sesudah={"upacara": baru.kode, "susulan_dari": upacara.kode, "tanggal": tanggal},
    )
    return baru
