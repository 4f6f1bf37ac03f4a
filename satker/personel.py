"""What is read of rosters, who sees what of it, and contacts that have served their time."""

import datetime
from collections import defaultdict

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from satker import cakupan
from satker.access import list_penugasan
from satker.alur.undangan import forget_alamat
from satker.models import Catatan, Halangan, Peran, Personel, Riwayat, SatuanKerja
from satker.roster import fold_nomor, mask_kontak, mask_nomor

ORANG_SATKER = (Peran.OPERATOR, Peran.KEPALA_SATKER)
# Who sees names at all; the others see counts only.
PEMBACA = (*ORANG_SATKER, Peran.TIM_KANWIL, Peran.TPI, Peran.ADMIN)
HALANGAN = dict(Halangan.Jenis.choices)
KEADAAN = [
    ("berlaku", "Di roster"),
    ("berhalangan", "Sedang berhalangan"),
    ("akan", "Belum mulai"),
    ("berakhir", "Sudah berakhir"),
]


# --- who sees what --------------------------------------------------------------------------------
def is_orang_satker(user, satker_id: int) -> bool:
    """Does this person work for that unit today, as its operator or its head?"""
    return any(
        penugasan.satker_id == satker_id and penugasan.peran in ORANG_SATKER
        for penugasan in list_penugasan(user)
    )


def fill_tampil(daftar, user):
    """Set `nomor_tampil`, `kontak_tampil` and `penuh` on each: in full for the unit's own people and
    for the person, masked for everybody else. Pages and files show nothing but these."""
    sendiri: dict[int, bool] = {}
    for personel in daftar:
        satker = personel.satker_id
        if satker not in sendiri:
            sendiri[satker] = is_orang_satker(user, satker)
        penuh = sendiri[satker] or (user.pk is not None and personel.pengguna_id == user.pk)
        personel.penuh = penuh
        personel.nomor_tampil = (personel.nomor or "") if penuh else mask_nomor(personel.nomor)
        personel.kontak_tampil = (personel.kontak or "") if penuh else mask_kontak(personel.kontak)
    return daftar


def fill_sebab(daftar):
    """Set `sebab` on each: why the person is away on the day asked for, empty for who is not."""
    for personel in daftar:
        personel.sebab = HALANGAN.get(personel.halangan_jenis, "")
    return daftar


# --- lists ----------------------------------------------------------------------------------------
def filter_roster(satker, user, *, pada: datetime.date, q="", jenis="", keadaan=""):
    """People of one unit as the filter bar says, with absence and pact of that day. A number is
    searched for only by who may see it."""
    daftar = Personel.objects.filter(satker=satker)
    if keadaan == "berakhir":
        daftar = daftar.filter(berlaku_sampai__lte=pada, dihapus_pada__isnull=True)
    elif keadaan == "akan":
        daftar = daftar.filter(berlaku_dari__gt=pada).exclude(berlaku_sampai__lte=F("berlaku_dari"))
    else:
        daftar = daftar.at(pada)
    daftar = cakupan.with_halangan(cakupan.with_pakta(daftar, pada.year, pada), pada)
    if keadaan == "berhalangan":
        daftar = daftar.filter(halangan_jenis__isnull=False)
    if jenis in Personel.Jenis.values:
        daftar = daftar.filter(jenis=jenis)
    for kata in q.split():
        cocok = Q(nama__icontains=kata) | Q(jabatan__icontains=kata)
        if is_orang_satker(user, satker.pk) and (nomor := fold_nomor(kata)):
            cocok |= Q(nomor__icontains=nomor)
        daftar = daftar.filter(cocok)
    return daftar.order_by("kunci", "pk")


# --- contacts -------------------------------------------------------------------------------------
@transaction.atomic
def discard_kontak(pada: datetime.date | None = None) -> int:
    """Take away contacts whose day has come; returns how many. A number of statements that grows
    only with the units they belonged to."""
    pada = pada or timezone.localdate()
    lewat = Personel.objects.filter(kontak__isnull=False, kontak_sampai__lte=pada)
    milik: dict[int, list[int]] = defaultdict(list)
    alamat = set()
    baris = lewat.select_for_update(of=("self",)).order_by("pk")
    for pk, satker_id, kontak in baris.values_list("pk", "satker", "kontak"):
        milik[satker_id].append(pk)
        alamat.add(kontak)
    semua = [pk for daftar in milik.values() for pk in daftar]
    if not semua:
        return 0
    lewat.update(kontak=None, guna_kontak=None, kontak_sampai=None)
    forget_alamat(semua, alamat)
    satker = SatuanKerja.objects.in_bulk(list(milik))
    Riwayat.record_many(
        [
            Catatan(satker[kunci], "kontak personel dihapus", sesudah={"personel": daftar})
            for kunci, daftar in sorted(milik.items())
        ],
        by=None,
    )
    return len(semua)
