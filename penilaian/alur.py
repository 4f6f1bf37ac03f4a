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
from penilaian import masa
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
from satker.models import KantorWilayah, Riwayat, SatuanKerja

PENUTUP = masa.PENUTUP


def _lock_satker(satker) -> SatuanKerja:
    return SatuanKerja.objects.select_for_update(of=("self",)).get(pk=satker.pk)


def _refuse_future(tanggal: datetime.date | None, kolom: str) -> None:
    if tanggal is not None and tanggal > timezone.localdate():
        raise AlurError(f"{kolom} {format_tanggal(tanggal)} belum tiba.")


def _require(teks: str, kolom: str) -> str:
    if not teks or not teks.strip():
        raise AlurError(f"{kolom} wajib diisi.")
    return teks.strip()


# --- grant ----------------------------------------------------------------------------------------
@transaction.atomic
def grant(
    satker,
    jenis,
    *,
    by,
    sumber,
    tanggal_sk=None,
    nomor_sk="",
    tahun=None,
    disebut_pada=None,
    dasar="",
    keyakinan="",
    alasan_tanpa_wbk="",
    keterangan="",
    pindaian=None,
) -> Predikat:
    """Record that a unit received WBK or WBBM; a WBK in force rises to the WBBM."""
    satker = _lock_satker(satker)
    sumber = _require(sumber, "Sumber")
    _refuse_future(tanggal_sk, "Tanggal SK")
    _refuse_future(disebut_pada, "Tanggal disebut sumber")
    if tahun is not None and tahun > timezone.localdate().year:
        raise AlurError(f"Tahun {tahun} belum tiba.")
    _refuse_other_year(tahun, tanggal_sk, disebut_pada)
    if tanggal_sk and disebut_pada and tanggal_sk > disebut_pada:
        raise AlurError(
            f"Sumber sudah menyebut predikat ini pada {format_tanggal(disebut_pada)}, "
            f"sebelum SK tanggal {format_tanggal(tanggal_sk)}. Periksa salah satunya."
        )
    try:
        dari, ketelitian = masa.compute_berlaku_dari(tanggal_sk, tahun, disebut_pada)
    except ValueError:
        raise AlurError(
            "Isi tanggal SK, atau tahun, atau tanggal predikat ini disebut sumber."
        ) from None
    _refuse_future(dari, "Predikat berlaku mulai")
    wbk = _find_wbk_and_refuse_overlap(satker, jenis, dari)
    _refuse_inside_bar(satker, dari)
    _refuse_contradiction(satker, dari)
    if jenis == JenisPredikat.WBBM and wbk is None and not alasan_tanpa_wbk.strip():
        raise AlurError(
            f"Satker ini tidak tercatat memegang WBK pada {format_tanggal(dari)}. WBBM hanya bagi "
            "pemegang WBK. Catat WBK-nya dulu, atau isi alasan mengapa WBBM dicatat tanpa WBK."
        )
    kini = timezone.now()
    if wbk is not None:
        wbk.berlaku_sampai = dari
        wbk.save(update_fields=["berlaku_sampai"])
    predikat = Predikat.objects.create(
        satker=satker,
        jenis=jenis,
        dasar=dasar,
        nomor_sk=nomor_sk.strip(),
        tanggal_sk=tanggal_sk,
        tahun=None if ketelitian == "disebut" else (tanggal_sk.year if tanggal_sk else tahun),
        disebut_pada=disebut_pada,
        ketelitian=ketelitian,
        berlaku_dari=dari,
        sumber=sumber,
        keyakinan=keyakinan,
        alasan_tanpa_wbk="" if wbk is not None else alasan_tanpa_wbk.strip(),
        dicatat_pada=kini,
        dicatat_oleh=by,
    )
    if wbk is not None:
        _add_perubahan(
            wbk, JenisPerubahan.NAIK_KE_WBBM, dari, by=by, sumber=sumber, kelanjutan=predikat
        )
    _add_perubahan(
        predikat,
        JenisPerubahan.DITETAPKAN,
        dari,
        by=by,
        sumber=sumber,
        nomor_surat=nomor_sk.strip(),
        tanggal_surat=tanggal_sk,
        keterangan=keterangan,
        pindaian=pindaian,
    )
    MasaPredikat.objects.rebuild([satker.pk])
    Riwayat.record(
        satker,
        "predikat ditetapkan",
        by=by,
        objek=predikat.objek,
        sesudah=_describe(predikat),
        alasan=predikat.alasan_tanpa_wbk,
    )
    return predikat


def _refuse_other_year(tahun, tanggal_sk, disebut_pada) -> None:
    if tahun is None:
        return
    if tanggal_sk is not None and tanggal_sk.year != tahun:
        raise AlurError(
            f"Tahun {tahun} tidak sesuai dengan SK tanggal {format_tanggal(tanggal_sk)}. "
            "Periksa salah satunya."
        )
    if disebut_pada is not None and disebut_pada.year < tahun:
        raise AlurError(
            f"Sumber sudah menyebut predikat ini pada {format_tanggal(disebut_pada)}, sebelum "
            f"tahun {tahun}. Periksa salah satunya."
        )


def _find_wbk_and_refuse_overlap(satker, jenis, dari) -> Predikat | None:
    """The WBK that would rise to this WBBM; refuse anything else that is held on or after `dari`."""
    for ada in Predikat.objects.valid().filter(satker=satker).order_by("berlaku_dari", "pk"):
        if ada.berlaku_sampai is not None and ada.berlaku_sampai <= dari:
            continue
        if ada.berlaku_dari > dari:
            raise AlurError(
                f"Sudah tercatat {ada.jenis} mulai {format_tanggal(ada.berlaku_dari)}, sesudah "
                f"{format_tanggal(dari)}. Catat predikat menurut urutan waktunya."
            )
        if (
            jenis == JenisPredikat.WBBM
            and ada.jenis == JenisPredikat.WBK
            and ada.berlaku_sampai is None
            and ada.berlaku_dari < dari
            and not PerubahanPredikat.objects.valid()
            .filter(predikat=ada, tanggal__gt=dari)
            .exists()
        ):
            return ada
        raise AlurError(
            f"Satker ini sudah memegang {ada.jenis} sejak {format_tanggal(ada.berlaku_dari)}. "
            "Satu satker hanya memegang satu predikat pada satu waktu."
        )
    return None


def _refuse_inside_bar(satker, dari) -> None:
    cabut = (
        PerubahanPredikat.objects.valid()
        .filter(
            predikat__satker=satker,
            predikat__dibatalkan_pada__isnull=True,
            jenis=JenisPerubahan.DICABUT,
            tanggal__lte=dari,
        )
        .order_by("-tanggal", "-pk")
        .first()
    )
    if cabut is None:
        return
    tahun = AturanPredikat.objects.get_nilai("larangan-sesudah-cabut", cabut.tanggal)
    bebas = masa.add_bulan(cabut.tanggal, 12 * tahun)
    if dari < bebas:
        raise AlurError(
            f"Predikat satker ini dicabut pada {format_tanggal(cabut.tanggal)}. Sampai "
            f"{format_tanggal(bebas)} ({tahun} tahun) satker tidak bisa menerima predikat lagi."
        )


def _refuse_contradiction(satker, dari) -> None:
    lain = (
        PernyataanTanpa.objects.filter(satker=satker, pada__gte=dari, dibatalkan_pada__isnull=True)
        .order_by("pada", "pk")
        .first()
    )
    if lain is not None:
        raise AlurError(
            f"{lain.sumber} menyebut satker ini tanpa predikat pada {format_tanggal(lain.pada)}, "
            "sesudah tanggal predikat ini. Batalkan pernyataan itu dulu bila keliru."
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
    sumber = _require(sumber, "Sumber")
    _refuse_future(tanggal, "Tanggal berlaku")
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
    alasan = _require(alasan, "Alasan")
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
    alasan = _require(alasan, "Alasan")
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
    _refuse_contradiction(satker, tanggal)


@transaction.atomic
def complete(
    predikat, *, by, sumber, tanggal_sk=None, nomor_sk="", tahun=None, dasar=""
) -> Predikat:
    """Add decree number, date or year found later; the beginning moves back accordingly."""
    satker = _lock_satker(predikat.satker)
    predikat = Predikat.objects.select_for_update(of=("self",)).get(pk=predikat.pk)
    sumber = _require(sumber, "Sumber")
    if predikat.dibatalkan_pada is not None:
        raise AlurError("Catatan predikat ini sudah dibatalkan.")
    if not (tanggal_sk or nomor_sk.strip() or tahun or dasar):
        raise AlurError("Isi sekurangnya satu: nomor SK, tanggal SK, tahun, atau dasar.")
    _refuse_future(tanggal_sk, "Tanggal SK")
    _refuse_other_year(tahun, tanggal_sk or predikat.tanggal_sk, predikat.disebut_pada)
    if tahun and predikat.tahun and tahun != predikat.tahun and not tanggal_sk:
        raise AlurError(
            f"Tahun sudah tercatat {predikat.tahun}. Bila keliru, batalkan catatan ini dan catat "
            "yang benar."
        )
    if tanggal_sk and predikat.disebut_pada and tanggal_sk > predikat.disebut_pada:
        raise AlurError(
            f"{predikat.sumber} sudah menyebut predikat ini pada "
            f"{format_tanggal(predikat.disebut_pada)}; SK tanggal {format_tanggal(tanggal_sk)} "
            "sesudahnya tidak mungkin SK yang sama."
        )
    if tanggal_sk and predikat.tanggal_sk and tanggal_sk != predikat.tanggal_sk:
        raise AlurError(
            f"SK sudah tercatat bertanggal {format_tanggal(predikat.tanggal_sk)}. Bila keliru, "
            "batalkan catatan ini dan catat yang benar."
        )
    sebelum = _describe(predikat)
    predikat.nomor_sk = nomor_sk.strip() or predikat.nomor_sk
    predikat.tanggal_sk = tanggal_sk or predikat.tanggal_sk
    predikat.dasar = dasar or predikat.dasar
    predikat.tahun = predikat.tanggal_sk.year if predikat.tanggal_sk else (tahun or predikat.tahun)
    dari, predikat.ketelitian = masa.compute_berlaku_dari(
        predikat.tanggal_sk, predikat.tahun, predikat.disebut_pada
    )
    _move_beginning(satker, predikat, dari)
    predikat.sumber = _join_sumber(predikat.sumber, sumber)
    predikat.dilengkapi_pada = timezone.now()
    predikat.save()
    PerubahanPredikat.objects.valid().filter(
        predikat=predikat, jenis=JenisPerubahan.DITETAPKAN
    ).update(tanggal=dari, nomor_surat=predikat.nomor_sk, tanggal_surat=predikat.tanggal_sk)
    MasaPredikat.objects.rebuild([satker.pk])
    Riwayat.record(
        satker,
        "predikat dilengkapi",
        by=by,
        objek=predikat.objek,
        sebelum=sebelum,
        sesudah=_describe(predikat),
        alasan=sumber,
    )
    return predikat


def _join_sumber(lama: str, baru: str) -> str:
    gabungan = lama if baru in lama else f"{lama}; {baru}"
    if len(gabungan) > 300:
        raise AlurError("Sumber terlalu panjang; bersama sumber lama paling banyak 300 huruf.")
    return gabungan


def _move_beginning(satker, predikat, dari) -> None:
    """Set `berlaku_dari`, moving the end of the WBK it rose from with it; refuse disorder."""
    if dari > predikat.berlaku_dari:
        raise AlurError(
            f"Predikat ini sudah terhitung sejak {format_tanggal(predikat.berlaku_dari)}; "
            f"{format_tanggal(dari)} lebih lambat. Bila catatannya keliru, batalkan."
        )
    kenaikan = (
        PerubahanPredikat.objects.valid().filter(kelanjutan=predikat).select_related("predikat")
    ).first()
    lain = Predikat.objects.valid().filter(satker=satker).exclude(pk=predikat.pk)
    if kenaikan is not None:
        wbk = kenaikan.predikat
        lain = lain.exclude(pk=wbk.pk)
        sebelumnya = (
            PerubahanPredikat.objects.valid()
            .filter(predikat=wbk)
            .exclude(pk=kenaikan.pk)
            .order_by("-tanggal", "-pk")
            .first()
        )
        if dari <= wbk.berlaku_dari:
            raise AlurError(
                f"WBK satker ini tercatat sejak {format_tanggal(wbk.berlaku_dari)}; WBBM tidak "
                "bisa mulai sebelum atau pada hari yang sama. Lengkapi WBK-nya dulu."
            )
        if sebelumnya and dari < sebelumnya.tanggal:
            raise AlurError(
                f"WBK satker ini masih berubah pada {format_tanggal(sebelumnya.tanggal)} "
                f"({sebelumnya.get_jenis_display().lower()}); WBBM tidak bisa mulai sebelumnya."
            )
    for ada in lain.order_by("berlaku_dari", "pk"):
        if ada.berlaku_dari < (predikat.berlaku_sampai or datetime.date.max) and (
            ada.berlaku_sampai is None or ada.berlaku_sampai > dari
        ):
            raise AlurError(
                f"Pada {format_tanggal(dari)} satker ini tercatat memegang {ada.jenis}."
            )
    _refuse_contradiction_before(satker, dari, predikat.berlaku_dari)
    if dari < predikat.berlaku_dari:
        _refuse_inside_bar(satker, dari)
    if kenaikan is not None:
        PerubahanPredikat.objects.filter(pk=kenaikan.pk).update(tanggal=dari)
        # The one shrinks before the other grows: no day ever has two.
        wbk.berlaku_sampai = dari
        wbk.save(update_fields=["berlaku_sampai"])
    predikat.berlaku_dari = dari


def _refuse_contradiction_before(satker, dari, lama) -> None:
    lain = (
        PernyataanTanpa.objects.filter(
            satker=satker, pada__gte=dari, pada__lt=lama, dibatalkan_pada__isnull=True
        )
        .order_by("pada", "pk")
        .first()
    )
    if lain is not None:
        raise AlurError(
            f"{lain.sumber} menyebut satker ini tanpa predikat pada {format_tanggal(lain.pada)}. "
            "Batalkan pernyataan itu dulu bila keliru."
        )


# --- attestations, monitoring, confirmation -------------------------------------------------------
@transaction.atomic
def attest_tanpa(satker, *, by, pada, sumber, keyakinan="") -> PernyataanTanpa:
    """A source says that the unit held no predicate on a day."""
    satker = _lock_satker(satker)
    sumber = _require(sumber, "Sumber")
    _refuse_future(pada, "Tanggal pernyataan")
    if ada := Predikat.objects.in_force(pada).filter(satker=satker).first():
        raise AlurError(f"Satker ini tercatat memegang {ada.jenis} pada {format_tanggal(pada)}.")
    if PernyataanTanpa.objects.filter(
        satker=satker, pada=pada, sumber=sumber, dibatalkan_pada__isnull=True
    ).exists():
        raise AlurError("Pernyataan ini sudah tercatat.")
    pernyataan = PernyataanTanpa.objects.create(
        satker=satker, pada=pada, sumber=sumber, keyakinan=keyakinan, dicatat_oleh=by
    )
    MasaPredikat.objects.rebuild([satker.pk])
    Riwayat.record(
        satker,
        "dinyatakan tanpa predikat",
        by=by,
        objek=f"pernyataan:{pernyataan.pk}",
        sesudah={"pada": pada, "sumber": sumber},
    )
    return pernyataan


@transaction.atomic
def cancel_pernyataan(pernyataan, *, by, alasan) -> PernyataanTanpa:
    """A saying "without predicate" that proved wrong."""
    satker = _lock_satker(pernyataan.satker)
    pernyataan = PernyataanTanpa.objects.select_for_update(of=("self",)).get(pk=pernyataan.pk)
    alasan = _require(alasan, "Alasan")
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
    _refuse_future(tanggal, "Tanggal laporan")
    _refuse_closed(predikat)
    nomor_surat = _require(nomor_surat, "Nomor surat")
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
    _refuse_future(pada, "Tanggal konfirmasi")
    alasan = _require(alasan, "Dasar konfirmasi")
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
    return _decide(usulan, UsulanCatatan.Status.DITOLAK, by=by, alasan=_require(alasan, "Alasan"))


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
