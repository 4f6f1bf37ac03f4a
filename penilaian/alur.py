"""The life of a predicate: every change of it, from grant to loss, in one shape:
lock the unit, refuse, change, record.

Who may take a step is the view's matter; what a step demands is here. All dates are effective
dates; when a change was recorded is a column of its own. Rules: PermenPANRB 90/2021 as told in the
handbook; the numbers of years are rows of `AturanPredikat`.
"""

import datetime

from django.db import transaction
from django.utils import timezone

from integritas.alur import AlurError
from integritas.teks import format_tanggal
from penilaian import masa, syarat
from penilaian.models import (
    AturanPredikat,
    JenisPerubahan,
    JenisPredikat,
    LaporanPemantauan,
    MasaPredikat,
    PernyataanTanpa,
    PerubahanPredikat,
    Predikat,
    UsulanCatatan,
)
from penilaian.syarat import Kelengkapan, Penetapan, refuse_future, require
from satker.models import Catatan, KantorWilayah, Riwayat, SatuanKerja

PENUTUP = masa.PENUTUP


def _lock_satker(satker) -> SatuanKerja:
    return SatuanKerja.objects.select_for_update(of=("self",)).get(pk=satker.pk)


def _lock_many(daftar_satker) -> dict[int, SatuanKerja]:
    """The units by key, locked in the order of their codes."""
    kunci = {satker.pk for satker in daftar_satker}
    return {
        satker.pk: satker
        for satker in SatuanKerja.objects.select_for_update(of=("self",))
        .filter(pk__in=kunci)
        .order_by("kode")
    }


# --- grant ----------------------------------------------------------------------------------------
@transaction.atomic
def grant(satker, jenis, *, by, **isi) -> Predikat:
    """Record that a unit received WBK or WBBM; a WBK in force rises to the WBBM. The arguments are
    those of `Penetapan`."""
    return grant_many([(satker, Penetapan(jenis, **isi))], by=by)[0]


@transaction.atomic
def grant_many(daftar: list[tuple[SatuanKerja, Penetapan]], *, by) -> list[Predikat]:
    """Record many grants, those of one unit in the order of their dates, in a number of
    statements that does not grow with them."""
    terkunci = _lock_many(satker for satker, _ in daftar)
    catatan = syarat.load_catatan(terkunci)
    naik, daftar_predikat, daftar_perubahan, riwayat = [], [], [], []
    for satker, penetapan in daftar:
        satker = terkunci[satker.pk]
        putusan = syarat.check_grant(catatan[satker.pk], penetapan)
        predikat = _build_predikat(satker, penetapan, putusan, by)
        perubahan = []
        if putusan.wbk is not None:
            putusan.wbk.berlaku_sampai = putusan.dari
            naik.append(putusan.wbk)
            perubahan.append(
                PerubahanPredikat(
                    predikat=putusan.wbk,
                    jenis=JenisPerubahan.NAIK_KE_WBBM,
                    tanggal=putusan.dari,
                    sumber=predikat.sumber,
                    kelanjutan=predikat,
                    dicatat_oleh=by,
                )
            )
        perubahan.append(_build_penetapan(predikat, penetapan, by))
        catatan[satker.pk].add(predikat, *perubahan)
        daftar_predikat.append(predikat)
        daftar_perubahan.extend(perubahan)
        riwayat.append((satker, predikat))
    # The one shrinks before the other begins: no day ever has two.
    lama = [wbk for wbk in naik if wbk.pk is not None]
    Predikat.objects.bulk_update(lama, ["berlaku_sampai"], batch_size=1000)
    Predikat.objects.bulk_create(daftar_predikat, batch_size=1000)
    PerubahanPredikat.objects.bulk_create(daftar_perubahan, batch_size=1000)
    MasaPredikat.objects.rebuild(list(terkunci))
    Riwayat.record_many(
        [
            Catatan(
                satker,
                "predikat ditetapkan",
                predikat.objek,
                sesudah=_describe(predikat),
                alasan=predikat.alasan_tanpa_wbk,
            )
            for satker, predikat in riwayat
        ],
        by=by,
    )
    return daftar_predikat


def _build_predikat(satker, penetapan: Penetapan, putusan: syarat.Putusan, by) -> Predikat:
    tanggal_sk = penetapan.tanggal_sk
    tahun = tanggal_sk.year if tanggal_sk else penetapan.tahun
    return Predikat(
        satker=satker,
        jenis=penetapan.jenis,
        dasar=penetapan.dasar,
        nomor_sk=penetapan.nomor_sk.strip(),
        tanggal_sk=tanggal_sk,
        tahun=None if putusan.ketelitian == "disebut" else tahun,
        disebut_pada=penetapan.disebut_pada,
        ketelitian=putusan.ketelitian,
        berlaku_dari=putusan.dari,
        sumber=penetapan.sumber.strip(),
        keyakinan=penetapan.keyakinan,
        alasan_tanpa_wbk="" if putusan.wbk is not None else penetapan.alasan_tanpa_wbk.strip(),
        dicatat_oleh=by,
    )


def _build_penetapan(predikat: Predikat, penetapan: Penetapan, by) -> PerubahanPredikat:
    return PerubahanPredikat(
        predikat=predikat,
        jenis=JenisPerubahan.DITETAPKAN,
        tanggal=predikat.berlaku_dari,
        nomor_surat=predikat.nomor_sk,
        tanggal_surat=predikat.tanggal_sk,
        keterangan=penetapan.keterangan,
        sumber=predikat.sumber,
        pindaian=penetapan.pindaian,
        nama_pindaian=(penetapan.pindaian.name or "")[-150:] if penetapan.pindaian else "",
        dicatat_oleh=by,
    )


def list_peringatan(predikat: Predikat) -> list[str]:
    """What a reader should know of a grant that was accepted all the same."""
    if predikat.jenis != JenisPredikat.WBBM:
        return []
    kenaikan = (
        PerubahanPredikat.objects.valid().filter(kelanjutan=predikat).select_related("predikat")
    ).first()
    if kenaikan is None:
        return []
    tahun = AturanPredikat.objects.get_nilai("wbk-sebelum-wbbm", predikat.berlaku_dari)
    cukup = masa.add_bulan(kenaikan.predikat.berlaku_dari, 12 * tahun)
    if predikat.berlaku_dari >= cukup:
        return []
    return [
        f"WBK baru tercatat sejak {format_tanggal(kenaikan.predikat.berlaku_dari)}; pemeriksaan "
        f"nasional meminta {tahun} tahun WBK sebelum WBBM."
    ]


# --- changes --------------------------------------------------------------------------------------
def open_klarifikasi(predikat, *, by, tanggal, sumber, **surat) -> PerubahanPredikat:
    """The predicate is questioned; it stays in force."""
    return _change(
        predikat, JenisPerubahan.KLARIFIKASI_DIBUKA, by=by, tanggal=tanggal, sumber=sumber, **surat
    )


def close_klarifikasi(predikat, *, by, tanggal, sumber, **surat) -> PerubahanPredikat:
    """The question is settled in the unit's favour."""
    return _change(
        predikat, JenisPerubahan.KLARIFIKASI_SELESAI, by=by, tanggal=tanggal, sumber=sumber, **surat
    )


def revoke(predikat, *, by, tanggal, sumber, **surat) -> PerubahanPredikat:
    """The minister takes the predicate back; a bar of some years begins."""
    return _change(predikat, JenisPerubahan.DICABUT, by=by, tanggal=tanggal, sumber=sumber, **surat)


def end(predikat, *, by, tanggal, sumber, **surat) -> PerubahanPredikat:
    """The predicate ends as its decree says, or with its unit."""
    return _change(
        predikat, JenisPerubahan.BERAKHIR, by=by, tanggal=tanggal, sumber=sumber, **surat
    )


@transaction.atomic
def _change(predikat, jenis, *, by, tanggal, sumber, **surat) -> PerubahanPredikat:
    _lock_satker(predikat.satker)
    predikat = Predikat.objects.select_for_update(of=("self",)).get(pk=predikat.pk)
    sumber = require(sumber, "Sumber")
    refuse_future(tanggal, "Tanggal berlaku")
    _refuse_closed(predikat)
    terakhir = _get_last(predikat)
    if tanggal < terakhir.tanggal:
        raise AlurError(
            f"Tanggal {format_tanggal(tanggal)} mendahului perubahan sebelumnya "
            f"({terakhir.get_jenis_display().lower()}, {format_tanggal(terakhir.tanggal)})."
        )
    terbuka = terakhir.jenis == JenisPerubahan.KLARIFIKASI_DIBUKA
    if jenis == JenisPerubahan.KLARIFIKASI_DIBUKA and terbuka:
        raise AlurError("Predikat ini sudah dalam klarifikasi.")
    if jenis == JenisPerubahan.KLARIFIKASI_SELESAI and not terbuka:
        raise AlurError("Predikat ini tidak sedang dalam klarifikasi.")
    if jenis in PENUTUP:
        if tanggal <= predikat.berlaku_dari:
            raise AlurError(
                f"Predikat ini baru tercatat sejak {format_tanggal(predikat.berlaku_dari)}; "
                "paling cepat berakhir sehari sesudahnya. Bila catatannya keliru, batalkan."
            )
        predikat.berlaku_sampai = tanggal
        predikat.save(update_fields=["berlaku_sampai"])
    perubahan = _add_perubahan(predikat, jenis, tanggal, by=by, sumber=sumber, **surat)
    MasaPredikat.objects.rebuild([predikat.satker_id])
    Riwayat.record(
        predikat.satker,
        f"predikat {perubahan.get_jenis_display().lower()}",
        by=by,
        objek=predikat.objek,
        sesudah={
            "jenis": jenis,
            "tanggal": tanggal,
            "nomor_surat": perubahan.nomor_surat,
            "sumber": sumber,
        },
        alasan=perubahan.keterangan,
    )
    return perubahan


def _refuse_closed(predikat) -> None:
    if predikat.dibatalkan_pada is not None:
        raise AlurError("Catatan predikat ini sudah dibatalkan.")
    if predikat.berlaku_sampai is not None:
        raise AlurError(
            f"Predikat ini sudah tidak berlaku sejak {format_tanggal(predikat.berlaku_sampai)}."
        )


def _get_last(predikat) -> PerubahanPredikat:
    terakhir = (
        PerubahanPredikat.objects.valid()
        .filter(predikat=predikat)
        .order_by("-tanggal", "-pk")
        .first()
    )
    assert terakhir is not None, "a predicate begins with its grant"
    return terakhir


def _add_perubahan(
    predikat,
    jenis,
    tanggal,
    *,
    by,
    sumber,
    nomor_surat="",
    tanggal_surat=None,
    keterangan="",
    pindaian=None,
    kelanjutan=None,
) -> PerubahanPredikat:
    return PerubahanPredikat.objects.create(
        predikat=predikat,
        jenis=jenis,
        tanggal=tanggal,
        nomor_surat=nomor_surat,
        tanggal_surat=tanggal_surat,
        keterangan=keterangan,
        sumber=sumber,
        pindaian=pindaian,
        nama_pindaian=pindaian.name[-150:] if pindaian else "",
        dicatat_oleh=by,
        kelanjutan=kelanjutan,
    )


def _describe(predikat) -> dict:
    """What the history keeps of a predicate."""
    return {
        "jenis": predikat.jenis,
        "dasar": predikat.dasar,
        "nomor_sk": predikat.nomor_sk,
        "tanggal_sk": predikat.tanggal_sk,
        "tahun": predikat.tahun,
        "disebut_pada": predikat.disebut_pada,
        "berlaku_dari": predikat.berlaku_dari,
        "sumber": predikat.sumber,
    }


# --- corrections ----------------------------------------------------------------------------------
@transaction.atomic
def cancel(predikat, *, by, alasan) -> Predikat:
    """A record that should never have been made; it stays visible and counts for nothing."""
    satker = _lock_satker(predikat.satker)
    predikat = Predikat.objects.select_for_update(of=("self",)).get(pk=predikat.pk)
    alasan = require(alasan, "Alasan")
    if predikat.dibatalkan_pada is not None:
        raise AlurError("Catatan predikat ini sudah dibatalkan.")
    lanjutan = (
        PerubahanPredikat.objects.valid()
        .filter(predikat=predikat, jenis=JenisPerubahan.NAIK_KE_WBBM)
        .exists()
    )
    if lanjutan:
        raise AlurError("WBK ini sudah naik ke WBBM. Batalkan catatan WBBM-nya dulu.")
    kenaikan = (
        PerubahanPredikat.objects.valid().filter(kelanjutan=predikat).select_related("predikat")
    ).first()
    if kenaikan is not None:
        _refuse_reopening(satker, kenaikan.tanggal, [predikat.pk, kenaikan.predikat_id])
    kini = timezone.now()
    predikat.dibatalkan_pada, predikat.alasan_batal = kini, alasan
    predikat.save(update_fields=["dibatalkan_pada", "alasan_batal"])
    if kenaikan is not None:
        kenaikan.dibatalkan_pada, kenaikan.alasan_batal = kini, alasan
        kenaikan.save(update_fields=["dibatalkan_pada", "alasan_batal"])
        kenaikan.predikat.berlaku_sampai = None
        kenaikan.predikat.save(update_fields=["berlaku_sampai"])
    MasaPredikat.objects.rebuild([satker.pk])
    Riwayat.record(
        satker,
        "catatan predikat dibatalkan",
        by=by,
        objek=predikat.objek,
        sebelum=_describe(predikat),
        alasan=alasan,
    )
    return predikat


@transaction.atomic
def cancel_perubahan(perubahan, *, by, alasan) -> PerubahanPredikat:
    """Take back the last change of a predicate as wrong; an end taken back reopens it."""
    satker = _lock_satker(perubahan.predikat.satker)
    predikat = Predikat.objects.select_for_update(of=("self",)).get(pk=perubahan.predikat_id)
    alasan = require(alasan, "Alasan")
    terakhir = _get_last(predikat)
    if predikat.dibatalkan_pada is not None or perubahan.jenis == JenisPerubahan.DITETAPKAN:
        raise AlurError("Yang dibatalkan adalah catatan predikatnya, bukan penetapannya saja.")
    if terakhir.pk != perubahan.pk:
        raise AlurError("Hanya perubahan terakhir yang bisa dibatalkan.")
    if perubahan.jenis == JenisPerubahan.NAIK_KE_WBBM:
        raise AlurError("Kenaikan dibatalkan dengan membatalkan catatan WBBM-nya.")
    if perubahan.jenis in PENUTUP:
        _refuse_reopening(satker, perubahan.tanggal, [predikat.pk])
        predikat.berlaku_sampai = None
        predikat.save(update_fields=["berlaku_sampai"])
    terakhir.dibatalkan_pada, terakhir.alasan_batal = timezone.now(), alasan
    terakhir.save(update_fields=["dibatalkan_pada", "alasan_batal"])
    MasaPredikat.objects.rebuild([satker.pk])
    Riwayat.record(
        satker,
        "perubahan predikat dibatalkan",
        by=by,
        objek=predikat.objek,
        sebelum={"jenis": terakhir.jenis, "tanggal": terakhir.tanggal},
        alasan=alasan,
    )
    return terakhir


def _refuse_reopening(satker, tanggal, daftar_pk) -> None:
    """A predicate in force again from `tanggal` on must not meet what was recorded since."""
    lain = Predikat.objects.valid().filter(satker=satker, berlaku_dari__gte=tanggal)
    if ada := lain.exclude(pk__in=daftar_pk).order_by("berlaku_dari", "pk").first():
        raise AlurError(
            f"Sesudah itu sudah tercatat {ada.jenis} mulai {format_tanggal(ada.berlaku_dari)}. "
            "Batalkan catatan itu dulu bila keliru."
        )
    syarat.refuse_contradiction(syarat.load_catatan([satker.pk])[satker.pk], tanggal)


@transaction.atomic
def complete(
    predikat, *, by, sumber, tanggal_sk=None, nomor_sk="", tahun=None, dasar=""
) -> Predikat:
    """Add decree number, date or year found later; the beginning moves back accordingly."""
    satker = _lock_satker(predikat.satker)
    predikat = Predikat.objects.select_for_update(of=("self",)).get(pk=predikat.pk)
    catatan = syarat.load_catatan([satker.pk])[satker.pk]
    # The record among the facts on hand, so that the rules know it for the same.
    predikat = next((satu for satu in catatan.predikat if satu.pk == predikat.pk), predikat)
    putusan = syarat.check_complete(
        catatan, predikat, Kelengkapan(sumber, tanggal_sk, nomor_sk, tahun, dasar)
    )
    sebelum = _describe(predikat)
    predikat.nomor_sk = nomor_sk.strip() or predikat.nomor_sk
    predikat.tanggal_sk = tanggal_sk or predikat.tanggal_sk
    predikat.dasar = dasar or predikat.dasar
    predikat.tahun = predikat.tanggal_sk.year if predikat.tanggal_sk else (tahun or predikat.tahun)
    predikat.berlaku_dari, predikat.ketelitian = putusan.dari, putusan.ketelitian
    predikat.sumber = syarat.join_sumber(predikat.sumber, sumber.strip())
    if putusan.wbk is not None:
        PerubahanPredikat.objects.valid().filter(kelanjutan=predikat).update(tanggal=putusan.dari)
        # The one shrinks before the other grows: no day ever has two.
        putusan.wbk.berlaku_sampai = putusan.dari
        putusan.wbk.save(update_fields=["berlaku_sampai"])
    predikat.dilengkapi_pada = timezone.now()
    predikat.save()
    PerubahanPredikat.objects.valid().filter(
        predikat=predikat, jenis=JenisPerubahan.DITETAPKAN
    ).update(tanggal=putusan.dari, nomor_surat=predikat.nomor_sk, tanggal_surat=predikat.tanggal_sk)
    MasaPredikat.objects.rebuild([satker.pk])
    Riwayat.record(
        satker,
        "predikat dilengkapi",
        by=by,
        objek=predikat.objek,
        sebelum=sebelum,
        sesudah=_describe(predikat),
        alasan=sumber.strip(),
    )
    return predikat


# --- attestations, monitoring, confirmation -------------------------------------------------------
@transaction.atomic
def attest_tanpa(satker, *, by, pada, sumber, keyakinan="") -> PernyataanTanpa:
    """A source says that the unit held no predicate on a day."""
    pernyataan = PernyataanTanpa(satker=satker, pada=pada, sumber=sumber, keyakinan=keyakinan)
    return attest_tanpa_many([pernyataan], by=by)[0]


@transaction.atomic
def attest_tanpa_many(daftar: list[PernyataanTanpa], *, by) -> list[PernyataanTanpa]:
    """Record many such sayings in a number of statements that does not grow with them."""
    terkunci = _lock_many(pernyataan.satker for pernyataan in daftar)
    catatan = syarat.load_catatan(terkunci)
    for pernyataan in daftar:
        syarat.check_tanpa(catatan[pernyataan.satker_id], pernyataan.pada, pernyataan.sumber)
        pernyataan.sumber, pernyataan.dicatat_oleh = pernyataan.sumber.strip(), by
        catatan[pernyataan.satker_id].pernyataan.append(pernyataan)
    PernyataanTanpa.objects.bulk_create(daftar, batch_size=1000)
    MasaPredikat.objects.rebuild(list(terkunci))
    Riwayat.record_many(
        [
            Catatan(
                terkunci[pernyataan.satker_id],
                "dinyatakan tanpa predikat",
                f"pernyataan:{pernyataan.pk}",
                sesudah={"pada": pernyataan.pada, "sumber": pernyataan.sumber},
            )
            for pernyataan in daftar
        ],
        by=by,
    )
    return daftar


@transaction.atomic
def cancel_pernyataan(pernyataan, *, by, alasan) -> PernyataanTanpa:
    """A saying "without predicate" that proved wrong."""
    satker = _lock_satker(pernyataan.satker)
    pernyataan = PernyataanTanpa.objects.select_for_update(of=("self",)).get(pk=pernyataan.pk)
    alasan = require(alasan, "Alasan")
    if pernyataan.dibatalkan_pada is not None:
        raise AlurError("Pernyataan ini sudah dibatalkan.")
    pernyataan.dibatalkan_pada, pernyataan.alasan_batal = timezone.now(), alasan
    pernyataan.save(update_fields=["dibatalkan_pada", "alasan_batal"])
    MasaPredikat.objects.rebuild([satker.pk])
    Riwayat.record(
        satker,
        "pernyataan tanpa predikat dibatalkan",
        by=by,
        objek=f"pernyataan:{pernyataan.pk}",
        sebelum={"pada": pernyataan.pada, "sumber": pernyataan.sumber},
        alasan=alasan,
    )
    return pernyataan


@transaction.atomic
def record_laporan(predikat, *, by, tanggal, nomor_surat, hasil, catatan="") -> LaporanPemantauan:
    """The inspectors' two-yearly report on a holder."""
    _lock_satker(predikat.satker)
    predikat = Predikat.objects.select_for_update(of=("self",)).get(pk=predikat.pk)
    refuse_future(tanggal, "Tanggal laporan")
    _refuse_closed(predikat)
    nomor_surat = require(nomor_surat, "Nomor surat")
    if tanggal < predikat.berlaku_dari:
        raise AlurError(
            f"Laporan mendahului predikatnya, yang tercatat sejak "
            f"{format_tanggal(predikat.berlaku_dari)}."
        )
    if LaporanPemantauan.objects.filter(
        predikat=predikat, tanggal=tanggal, nomor_surat=nomor_surat
    ).exists():
        raise AlurError("Laporan ini sudah tercatat.")
    laporan = LaporanPemantauan.objects.create(
        predikat=predikat,
        tanggal=tanggal,
        nomor_surat=nomor_surat,
        hasil=hasil,
        catatan=catatan,
        dicatat_oleh=by,
    )
    Riwayat.record(
        predikat.satker,
        "laporan pemantauan dicatat",
        by=by,
        objek=predikat.objek,
        sesudah={"tanggal": tanggal, "nomor_surat": nomor_surat, "hasil": hasil},
        alasan=catatan,
    )
    return laporan


@transaction.atomic
def confirm_data(kanwil, *, by, pada, alasan) -> KantorWilayah:
    """Somebody answers for the facts of a Kanwil as of a day."""
    satker = _lock_satker(kanwil.satker)
    kanwil = KantorWilayah.objects.select_for_update(of=("self",)).get(pk=kanwil.pk)
    refuse_future(pada, "Tanggal konfirmasi")
    alasan = require(alasan, "Dasar konfirmasi")
    if kanwil.data_per is not None and pada <= kanwil.data_per:
        raise AlurError(
            f"Data Kanwil ini sudah dikonfirmasi sampai {format_tanggal(kanwil.data_per)}."
        )
    sebelum, kanwil.data_per = kanwil.data_per, pada
    kanwil.save(update_fields=["data_per"])
    Riwayat.record(
        satker,
        "data dikonfirmasi",
        by=by,
        objek=f"kanwil:{kanwil.pk}",
        sebelum={"data_per": sebelum},
        sesudah={"data_per": pada},
        alasan=alasan,
    )
    return kanwil


# --- proposals of a Kanwil ------------------------------------------------------------------------
@transaction.atomic
def propose(satker, isi: dict, *, by) -> UsulanCatatan:
    """A Kanwil asks that a grant be recorded; `isi` are keyword arguments of grant()."""
    satker = _lock_satker(satker)
    if UsulanCatatan.objects.filter(
        satker=satker, isi__jenis=isi["jenis"], status=UsulanCatatan.Status.DIUSULKAN
    ).exists():
        raise AlurError("Usulan yang sama masih menunggu keputusan.")
    usulan = UsulanCatatan.objects.create(satker=satker, isi=_to_text(isi), diusulkan_oleh=by)
    Riwayat.record(
        satker, "catatan predikat diusulkan", by=by, objek=f"usulan:{usulan.pk}", sesudah=usulan.isi
    )
    return usulan


@transaction.atomic
def accept(usulan, *, by) -> Predikat:
    """Record what a Kanwil proposed; every rule of grant() holds."""
    satker = _lock_satker(usulan.satker)
    usulan = _lock_usulan(usulan)
    isi = _from_text(usulan.isi)
    predikat = grant(satker, isi.pop("jenis"), by=by, **isi)
    _decide(usulan, UsulanCatatan.Status.DITERIMA, by=by, alasan="")
    return predikat


@transaction.atomic
def reject(usulan, *, by, alasan) -> UsulanCatatan:
    """Turn a proposal down, saying why."""
    _lock_satker(usulan.satker)
    usulan = _lock_usulan(usulan)
    return _decide(usulan, UsulanCatatan.Status.DITOLAK, by=by, alasan=require(alasan, "Alasan"))


def _lock_usulan(usulan) -> UsulanCatatan:
    usulan = UsulanCatatan.objects.select_for_update(of=("self",)).get(pk=usulan.pk)
    if usulan.status != UsulanCatatan.Status.DIUSULKAN:
        raise AlurError(f"Usulan ini sudah {usulan.get_status_display().lower()}.")
    return usulan


def _decide(usulan, status, *, by, alasan) -> UsulanCatatan:
    usulan.status, usulan.diputuskan_pada, usulan.diputuskan_oleh = status, timezone.now(), by
    usulan.alasan_putusan = alasan
    usulan.save(update_fields=["status", "diputuskan_pada", "diputuskan_oleh", "alasan_putusan"])
    Riwayat.record(
        usulan.satker,
        f"usulan catatan {usulan.get_status_display().lower()}",
        by=by,
        objek=f"usulan:{usulan.pk}",
        alasan=alasan,
    )
    return usulan


TANGGAL_ISI = ("tanggal_sk", "disebut_pada")


def _to_text(isi: dict) -> dict:
    return {
        kunci: nilai.isoformat() if isinstance(nilai, datetime.date) else nilai
        for kunci, nilai in isi.items()
    }


def _from_text(isi: dict) -> dict:
    return {
        kunci: datetime.date.fromisoformat(nilai) if kunci in TANGGAL_ISI and nilai else nilai
        for kunci, nilai in isi.items()
    }
