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
    Catatan,
    Naskah,
    NaskahBaku,
    PaktaIntegritas,
    Personel,
    Riwayat,
    Saksi,
    TandaTangan,
)
from satker.zona import get_hari

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
    _refuse_unsignable(naskah)
    if persetujuan is not True:
        raise AlurError("Centang kalimat persetujuan untuk menandatangani.")
    if cara in BERBERKAS and berkas is None:
        raise AlurError("Lampirkan lembar yang sudah ditandatangani.")
    goresan = read_goresan(goresan)
    if cara == TandaTangan.Cara.LAYAR and not goresan:
        raise AlurError("Gambar tanda tangan masih kosong.")
    tanggal = tanggal or timezone.localdate()
    _refuse_depan(tanggal)
    if personel is not None:
        # Locked, so that a name that is being erased is not written down once more.
        personel = Personel.objects.select_for_update(of=("self",), no_key=True).get(pk=personel.pk)
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
        sesudah=_describe(tanda, personel.objek if personel is not None else f"saksi:{saksi.pk}"),
    )
    return tanda


@transaction.atomic
def sign_lembar(
    naskah, daftar_personel, *, cara, berkas_id, nama_berkas: str, tanggal, by
) -> list[TandaTangan]:
    """One stored sheet with the signatures of many people, in a number of statements that does not
    grow with them. Refused as a whole when one of them has signed already."""
    naskah = Naskah.objects.select_for_update(of=("self",)).get(pk=naskah.pk)
    _refuse_unsignable(naskah)
    if cara not in BERBERKAS or berkas_id is None:
        raise AlurError("Lampirkan lembar yang sudah ditandatangani.")
    _refuse_depan(tanggal)
    orang = list(
        Personel.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=[satu.pk for satu in daftar_personel])
        .select_related("satker")
        .order_by("pk")
    )
    if not orang:
        raise AlurError("Pilih nama yang ada pada lembar ini.")
    if any(satu.dihapus_pada is not None for satu in orang):
        raise AlurError("Data salah satu orang ini sudah dihapus.")
    sudah = list(
        TandaTangan.objects.filter(
            naskah=naskah, personel__in=orang, dicabut_pada__isnull=True
        ).values_list("nama", flat=True)
    )
    if sudah:
        sebut = ", ".join(sorted(sudah)[:5]) + (" dan lainnya" if len(sudah) > 5 else "")
        raise AlurError(f"Sudah menandatangani “{naskah.judul}”: {sebut}.")
    daftar_tanda = TandaTangan.objects.bulk_create(
        [
            TandaTangan(
                naskah=naskah,
                personel=satu,
                nama=satu.nama,
                jabatan=satu.jabatan,
                cara=cara,
                persetujuan=naskah.persetujuan,
                sidik_naskah=naskah.sidik,
                berkas_id=berkas_id,
                nama_berkas=nama_berkas,
                tanggal=tanggal,
                dicatat_oleh=by,
            )
            for satu in orang
        ],
        batch_size=2000,
    )
    if naskah.jenis == NaskahBaku.Jenis.PAKTA:
        PaktaIntegritas.objects.bulk_create(
            [
                PaktaIntegritas(
                    personel=tanda.personel,
                    tahun=naskah.tahun,
                    tanggal=tanggal,
                    tanda_tangan=tanda,
                )
                for tanda in daftar_tanda
            ],
            ignore_conflicts=True,
            batch_size=2000,
        )
        cakupan.refresh({satu.satker_id for satu in orang}, naskah.tahun)
    Riwayat.record_many(
        [
            Catatan(
                tanda.personel.satker,
                "naskah ditandatangani",
                naskah.objek,
                sesudah=_describe(tanda, tanda.personel.objek),
            )
            for tanda in daftar_tanda
        ],
        by=by,
    )
    return daftar_tanda


def _refuse_unsignable(naskah) -> None:
    if naskah.dibekukan_pada is None:
        raise AlurError("Naskah belum dibekukan, jadi belum dapat ditandatangani.")
    if compute_sidik(naskah) != naskah.sidik:
        raise AlurError("Isi naskah tidak cocok lagi dengan sidiknya. Hubungi admin.")


def _refuse_depan(tanggal) -> None:
    """The day begins in the east, two hours before it does here."""
    if tanggal > get_hari(timezone.now(), "WIT"):
        raise AlurError("Tanggal tanda tangan tidak boleh di masa depan.")


def _describe(tanda, oleh: str) -> dict:
    """What the history keeps of a signature: numbers and hashes, no name."""
    return {
        "tanda_tangan": tanda.pk,
        "oleh": oleh,
        "cara": tanda.cara,
        "sidik_naskah": tanda.sidik_naskah,
    }


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
        # A reason may name the person; it is kept with the signature, which can be erased.
        alasan="" if tanda.personel_id else alasan,
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
