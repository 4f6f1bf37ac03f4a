"""Texts and signatures: a text is frozen by its hash, signed under it, and a signature taken back
stays with its reason."""

import hashlib
import json

from django.db import transaction
from django.utils import timezone

from integritas.alur import AlurError, require
from satker import cakupan
from satker.goresan import read_goresan
from satker.models import (
    Naskah,
    NaskahBaku,
    PaktaIntegritas,
    Personel,
    Riwayat,
    Saksi,
    TandaTangan,
)

BERBERKAS = {TandaTangan.Cara.BASAH, TandaTangan.Cara.ELEKTRONIK}


def compute_sidik(naskah) -> str:
    """SHA-256 over title, text and consent sentence, as JSON with sorted keys in UTF-8."""
    isi = {"judul": naskah.judul, "persetujuan": naskah.persetujuan, "teks": naskah.teks}
    teks = json.dumps(isi, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(teks.encode()).hexdigest()


def get_pemilik(naskah):
    """The unit whose chain tells of a text: its own, or the host's of its event."""
    return naskah.satker or naskah.upacara.tuan_rumah


@transaction.atomic
def freeze(naskah, *, by) -> Naskah:
    """Fix the text; from now on it can be signed and no longer changed. Twice is once."""
    naskah = Naskah.objects.select_for_update(of=("self",)).get(pk=naskah.pk)
    if naskah.dibekukan_pada is not None:
        return naskah
    require(naskah.judul, "Judul naskah")
    require(naskah.teks, "Isi naskah")
    require(naskah.persetujuan, "Kalimat persetujuan")
    naskah.sidik, naskah.dibekukan_pada = compute_sidik(naskah), timezone.now()
    naskah.save(update_fields=["sidik", "dibekukan_pada"])
    Riwayat.record(
        get_pemilik(naskah),
        "naskah dibekukan",
        by=by,
        objek=naskah.objek,
        sesudah={"judul": naskah.judul, "sidik": naskah.sidik},
    )
    return naskah


@transaction.atomic
def sign(
    naskah,
    *,
    cara,
    persetujuan: bool,
    by,
    personel=None,
    saksi=None,
    goresan="",
    berkas=None,
    nama_berkas="",
    tanggal=None,
) -> TandaTangan:
    """Take one signature down. Name and title are those of now; who may sign, and whether the event
    still takes signatures, is decided before."""
    naskah = Naskah.objects.select_for_update(of=("self",)).get(pk=naskah.pk)
    if naskah.dibekukan_pada is None:
        raise AlurError("Naskah belum dibekukan, jadi belum dapat ditandatangani.")
    if persetujuan is not True:
        raise AlurError("Centang kalimat persetujuan untuk menandatangani.")
    if cara in BERBERKAS and berkas is None:
        raise AlurError("Lampirkan lembar yang sudah ditandatangani.")
    goresan = read_goresan(goresan)
    if cara == TandaTangan.Cara.LAYAR and not goresan:
        raise AlurError("Gambar tanda tangan masih kosong.")
    tanggal = tanggal or timezone.localdate()
    if tanggal > timezone.localdate():
        raise AlurError("Tanggal tanda tangan tidak boleh di masa depan.")
    if personel is not None:
        personel = Personel.objects.get(pk=personel.pk)
        if personel.dihapus_pada is not None:
            raise AlurError("Data orang ini sudah dihapus.")
        nama, jabatan = personel.nama, personel.jabatan
    else:
        saksi = Saksi.objects.get(pk=saksi.pk)
        nama = require(saksi.nama, "Nama saksi")
        jabatan = saksi.jabatan or saksi.lembaga
    ada = TandaTangan.objects.filter(
        naskah=naskah, personel=personel, saksi=saksi, dicabut_pada__isnull=True
    )
    if ada.exists():
        raise AlurError(f"{nama} sudah menandatangani “{naskah.judul}”.")
    tanda = TandaTangan.objects.create(
        naskah=naskah,
        personel=personel,
        saksi=saksi,
        nama=nama,
        jabatan=jabatan,
        cara=cara,
        persetujuan=naskah.persetujuan,
        sidik_naskah=naskah.sidik,
        goresan=goresan,
        berkas=berkas,
        nama_berkas=nama_berkas,
        tanggal=tanggal,
        dicatat_oleh=by,
    )
    if personel is not None and naskah.jenis == NaskahBaku.Jenis.PAKTA:
        _keep_pakta(tanda, naskah.tahun)
    Riwayat.record(
        personel.satker if personel is not None else get_pemilik(naskah),
        "naskah ditandatangani",
        by=by,
        objek=naskah.objek,
        sesudah={
            "tanda_tangan": tanda.pk,
            "oleh": personel.objek if personel is not None else f"saksi:{saksi.pk}",
            "cara": tanda.cara,
            "sidik_naskah": naskah.sidik,
        },
    )
    return tanda


def _keep_pakta(tanda, tahun: int) -> None:
    """The first pact of a year counts; one more text does not make two of it."""
    PaktaIntegritas.objects.get_or_create(
        personel=tanda.personel,
        tahun=tahun,
        defaults={"tanggal": tanda.tanggal, "tanda_tangan": tanda},
    )
    cakupan.refresh({tanda.personel.satker_id}, tahun)


@transaction.atomic
def revoke(tanda, alasan: str, *, by) -> TandaTangan:
    """Take a signature back, with the reason; a pact that rests on it no longer counts."""
    alasan = require(alasan, "Alasan")
    tanda = TandaTangan.objects.select_for_update(of=("self",)).get(pk=tanda.pk)
    if tanda.dicabut_pada is not None:
        raise AlurError("Tanda tangan ini sudah dicabut.")
    tanda.dicabut_pada, tanda.alasan_cabut = timezone.now(), alasan
    tanda.save(update_fields=["dicabut_pada", "alasan_cabut"])
    tahun = tanda.naskah.tahun
    if PaktaIntegritas.objects.filter(tanda_tangan=tanda).delete()[0]:
        _keep_other(tanda.personel, tahun)
        cakupan.refresh({tanda.personel.satker_id}, tahun)
    Riwayat.record(
        tanda.personel.satker if tanda.personel_id else get_pemilik(tanda.naskah),
        "tanda tangan dicabut",
        by=by,
        objek=tanda.naskah.objek,
        sebelum={"tanda_tangan": tanda.pk},
        alasan=alasan,
    )
    return tanda


def _keep_other(personel, tahun: int) -> None:
    """Another pact of the same year that still stands takes its place."""
    lain = (
        TandaTangan.objects.filter(
            personel=personel,
            naskah__jenis=NaskahBaku.Jenis.PAKTA,
            naskah__tahun=tahun,
            dicabut_pada__isnull=True,
        )
        .order_by("tanggal", "pk")
        .first()
    )
    if lain is not None:
        PaktaIntegritas.objects.create(
            personel=personel, tahun=tahun, tanggal=lain.tanggal, tanda_tangan=lain
        )
