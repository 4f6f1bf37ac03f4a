"""Rows of the matrix: rounds and ceremonies."""

from satker.izin_upacara import PENGURUS, PENYIAP
from satker.models import Acara, DokumenUpacara, JenisAcara, Peran, PutaranSatker
from satker.personel import PEMBACA
from tests import factories
from tests.satker.matrix_dasar import SEMUA_ORANG, Baris, Tetap


def putaran(dunia, unit):
    return [dunia.putaran[unit].kode]


def putaran_unduh(dunia, unit):
    return [dunia.putaran[unit].kode, "csv"]


def upacara(dunia, unit):
    return [dunia.upacara[unit].kode]


def upacara_satker(dunia, unit):
    return [dunia.upacara[unit].kode, dunia.satker[unit].kode]


def butir(nama, *lagi):
    """Something that belongs to the unit's event."""
    return lambda dunia, unit: [
        dunia.upacara[unit].kode, getattr(dunia, nama)[unit].pk, *lagi,
    ]  # fmt: skip


SEMUA = tuple(Peran)
DAFTAR = [
    Baris("deklarasi_list", SEMUA_ORANG),
    Baris(
        "satker_upacara",
        SEMUA_ORANG,
        argumen=lambda dunia, unit: [dunia.satker[unit].kode],
    ),
    Baris("deklarasi_detail", SEMUA_ORANG, argumen=lambda dunia, unit: [dunia.terbit.kode]),
    Baris("deklarasi_detail", SEMUA_ORANG, 404, putaran),
    Baris("deklarasi_unduh", SEMUA_ORANG, 404, putaran_unduh),
    Baris("upacara_list", SEMUA),
    Baris("putaran_detail", SEMUA, argumen=putaran),
    Baris("putaran_unduh", SEMUA, argumen=putaran_unduh),
    Baris("putaran_create", PENGURUS),
    Baris("putaran_create", PENGURUS, 422, metode="post"),
    Baris("putaran_edit", PENGURUS, argumen=putaran),
    Baris("putaran_edit", PENGURUS, 422, putaran, "post"),
    Baris("putaran_satker", PENGURUS, argumen=putaran),
    Baris("putaran_satker", PENGURUS, 422, putaran, "post"),
    Baris("putaran_upacara", PENGURUS, argumen=putaran),
    Baris("putaran_upacara", PENGURUS, 422, putaran, "post"),
    Baris("putaran_plan", PENGURUS, argumen=putaran),
    Baris("putaran_plan", PENGURUS, 422, putaran, "post"),
    Baris("putaran_publish", PENGURUS, 302, putaran, "post"),
    Baris("putaran_unpublish", PENGURUS, 302, putaran, "post"),
    Baris("upacara_create", PENGURUS),
    Baris("upacara_detail", SEMUA, argumen=upacara),
    Baris("upacara_edit", PENGURUS, argumen=upacara),
    Baris("upacara_edit", PENGURUS, 422, upacara, "post"),
    Baris("upacara_cancel", PENGURUS, argumen=upacara),
    Baris("upacara_cancel", PENGURUS, 422, upacara, "post"),
    Baris("upacara_schedule", PENGURUS, 302, upacara, "post"),
    Baris("upacara_satker", PENGURUS, argumen=upacara),
    Baris("upacara_satker", PENGURUS, 422, upacara, "post"),
    Baris("upacara_satker_remove", PENGURUS, 302, upacara_satker, "post"),
    Baris("acara_add", PENYIAP, argumen=upacara),
    Baris("acara_add", PENYIAP, 422, upacara, "post"),
    Baris("acara_move", PENYIAP, 302, butir("acara", "turun"), "post"),
    Baris("acara_move", PENYIAP, 404, lambda d, u: [d.upacara[u].kode, 1, "miring"], "post"),
    Baris("acara_remove", PENYIAP, 302, butir("acara"), "post"),
    Baris("dokumen_add", PENYIAP, argumen=upacara),
    Baris("dokumen_add", PENYIAP, 422, upacara, "post"),
    Baris("dokumen_mark", PENYIAP, 302, butir("dokumen", "siap"), "post"),
    Baris("dokumen_remove", PENYIAP, 302, butir("dokumen"), "post"),
    Baris("saksi_add", PENYIAP, argumen=upacara),
    Baris("saksi_add", PENYIAP, 422, upacara, "post"),
    Baris("saksi_edit", PENYIAP, argumen=butir("saksi")),
    Baris("saksi_edit", PENYIAP, 422, butir("saksi"), "post"),
    Baris("saksi_confirm", PENYIAP, 302, butir("saksi", "pasti"), "post"),
    Baris("saksi_remove", PENYIAP, 302, butir("saksi"), "post"),
    Baris("peserta_list", PEMBACA, argumen=upacara),
    Baris("peserta_add", PENYIAP, argumen=upacara),
    Baris("peserta_add", PENYIAP, 422, upacara, "post"),
    Baris("peserta_find", PENYIAP, argumen=upacara),
    Baris("peserta_find", PENYIAP, 404, upacara, "post"),
    Baris("peserta_remove", PENYIAP, 302, butir("peserta"), "post"),
    Baris("deklarasi_unduh", SEMUA_ORANG, 404, Tetap("tidak-ada", "xlsx")),
]


def fill(dunia) -> None:
    """A round and an event of each unit of the world, and one round that is published."""
    jenis = JenisAcara.objects.create(kode="deklarasi-uji", nama="Deklarasi", deklarasi=True)
    kanwil = {"sendiri": dunia.kanwil["sendiri"]}
    dunia.putaran, dunia.upacara, dunia.acara = {}, {}, {}
    dunia.dokumen, dunia.saksi, dunia.peserta = {}, {}, {}
    for unit, satker in dunia.satker.items():
        satu = factories.PutaranFactory(kanwil=kanwil.get(unit, dunia.kanwil["lain"]))
        PutaranSatker.objects.create(putaran=satu, satker=satker, gugus="Utara")
        acara = factories.UpacaraFactory(tuan_rumah=satker, peserta=[satker])
        dunia.putaran[unit], dunia.upacara[unit] = satu, acara
        dunia.acara[unit] = Acara.objects.create(upacara=acara, jenis=jenis, urutan=1)
        dunia.dokumen[unit] = DokumenUpacara.objects.create(upacara=acara, nama="Undangan")
        dunia.saksi[unit] = factories.SaksiFactory(upacara=acara)
        dunia.peserta[unit] = factories.PesertaFactory(upacara=acara)
    dunia.terbit = factories.PutaranFactory(
        kanwil=factories.KanwilFactory(), diterbitkan_pada=dunia.upacara["lain"].dibuat_pada
    )
