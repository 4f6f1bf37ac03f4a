"""The grant of a predicate, one or many under the same rules."""

from django.db import transaction

from integritas.teks import format_tanggal
from penilaian import masa, syarat
from penilaian.alur.dasar import describe, lock_many
from penilaian.models import (
    AturanPredikat,
    JenisPerubahan,
    JenisPredikat,
    MasaPredikat,
    PerubahanPredikat,
    Predikat,
)
from penilaian.syarat import Penetapan
from satker.models import Catatan, Riwayat, SatuanKerja


@transaction.atomic
def grant(satker, jenis, *, by, **isi) -> Predikat:
    """Record that a unit received WBK or WBBM; a WBK in force rises to the WBBM. The arguments are
    those of `Penetapan`."""
    return grant_many([(satker, Penetapan(jenis, **isi))], by=by)[0]


@transaction.atomic
def grant_many(daftar: list[tuple[SatuanKerja, Penetapan]], *, by) -> list[Predikat]:
    """Record many grants, those of one unit in the order of their dates, in a number of
    statements that does not grow with them."""
    terkunci = lock_many(satker.pk for satker, _ in daftar)
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
                sesudah=describe(predikat),
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
