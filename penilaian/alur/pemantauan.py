"""What is attested, reported and confirmed about units and holders."""

from django.db import transaction
from django.utils import timezone

from integritas.alur import AlurError, require
from integritas.teks import format_tanggal
from penilaian import syarat
from penilaian.alur.dasar import lock_many, lock_satker, refuse_closed
from penilaian.models import (
    AturanPredikat,
    LaporanPemantauan,
    MasaPredikat,
    PernyataanTanpa,
    Predikat,
)
from penilaian.syarat import refuse_future
from satker.models import Catatan, KantorWilayah, Riwayat
from satker.pengingat import susun


@transaction.atomic
def attest_tanpa(satker, *, by, pada, sumber, keyakinan="") -> PernyataanTanpa:
    """A source says that the unit held no predicate on a day."""
    pernyataan = PernyataanTanpa(satker=satker, pada=pada, sumber=sumber, keyakinan=keyakinan)
    return attest_tanpa_many([pernyataan], by=by)[0]


@transaction.atomic
def attest_tanpa_many(daftar: list[PernyataanTanpa], *, by) -> list[PernyataanTanpa]:
    """Record many such sayings in a number of statements that does not grow with them."""
    terkunci = lock_many(pernyataan.satker_id for pernyataan in daftar)
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
    satker = lock_satker(pernyataan.satker)
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
    lock_satker(predikat.satker)
    predikat = Predikat.objects.select_for_update(of=("self",)).get(pk=predikat.pk)
    refuse_future(tanggal, "Tanggal laporan")
    refuse_closed(predikat)
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
    susun.refresh_objek("pemantauan", str(predikat.pk))
    return laporan


@transaction.atomic
def set_aturan(kode, *, by, instansi, nilai, berlaku_dari, sumber) -> AturanPredikat:
    """A number of the rules changes from a day on; what was decided before keeps the old one."""
    lama = AturanPredikat.objects.filter(kode=kode).order_by("-berlaku_dari", "-pk").first()
    if lama is None:
        raise AlurError(f"Tidak ada aturan {kode}.")
    sumber = require(sumber, "Sumber")
    if berlaku_dari <= lama.berlaku_dari:
        raise AlurError(
            f"Nilai terakhir sudah berlaku mulai {format_tanggal(lama.berlaku_dari)}. "
            "Pilih tanggal sesudahnya."
        )
    if nilai == lama.nilai:
        raise AlurError("Tidak ada yang berubah.")
    baru = AturanPredikat.objects.create(
        kode=kode,
        nama=lama.nama,
        nilai=nilai,
        satuan=lama.satuan,
        berlaku_dari=berlaku_dari,
        sumber=sumber,
    )
    Riwayat.record(
        instansi,
        "aturan diubah",
        by=by,
        objek=f"aturan:{kode}",
        sebelum={"nilai": lama.nilai, "berlaku_dari": lama.berlaku_dari},
        sesudah={"nilai": nilai, "berlaku_dari": berlaku_dari, "sumber": sumber},
    )
    return baru


@transaction.atomic
def confirm_data(kanwil, *, by, pada, alasan) -> KantorWilayah:
    """Somebody answers for the facts of a Kanwil as of a day."""
    satker = lock_satker(kanwil.satker)
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
