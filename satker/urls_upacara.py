"""Addresses of rounds and ceremonies."""

from django.urls import path

from satker.views import deklarasi, peserta, putaran, putaran_susun, upacara, upacara_siap

urlpatterns = [
    path("deklarasi/", deklarasi.deklarasi_list, name="deklarasi_list"),
    path("satker/<slug:kode>/upacara/", deklarasi.satker_upacara, name="satker_upacara"),
    path("deklarasi/<slug:kode>/", deklarasi.deklarasi_detail, name="deklarasi_detail"),
    path(
        "deklarasi/<slug:kode>/unduh.<bentuk:bentuk>",
        deklarasi.deklarasi_unduh,
        name="deklarasi_unduh",
    ),
    path("upacara/", upacara.upacara_list, name="upacara_list"),
    path("upacara/baru/", upacara.upacara_create, name="upacara_create"),
    path("putaran/baru/", putaran_susun.putaran_create, name="putaran_create"),
    path("putaran/<slug:kode>/", putaran.putaran_detail, name="putaran_detail"),
    path("putaran/<slug:kode>/unduh.<bentuk:bentuk>", putaran.putaran_unduh, name="putaran_unduh"),
    path("putaran/<slug:kode>/ubah/", putaran_susun.putaran_edit, name="putaran_edit"),
    path("putaran/<slug:kode>/satker/", putaran_susun.putaran_satker, name="putaran_satker"),
    path("putaran/<slug:kode>/upacara/", putaran_susun.putaran_upacara, name="putaran_upacara"),
    path("putaran/<slug:kode>/rencana/", putaran_susun.putaran_plan, name="putaran_plan"),
    path("putaran/<slug:kode>/terbitkan/", putaran_susun.putaran_publish, name="putaran_publish"),
    path("putaran/<slug:kode>/tarik/", putaran_susun.putaran_unpublish, name="putaran_unpublish"),
    path("upacara/<slug:kode>/", upacara.upacara_detail, name="upacara_detail"),
    path("upacara/<slug:kode>/ubah/", upacara.upacara_edit, name="upacara_edit"),
    path("upacara/<slug:kode>/batalkan/", upacara.upacara_cancel, name="upacara_cancel"),
    path("upacara/<slug:kode>/jadwalkan/", upacara.upacara_schedule, name="upacara_schedule"),
    path("upacara/<slug:kode>/satker/", upacara_siap.upacara_satker, name="upacara_satker"),
    path(
        "upacara/<slug:kode>/satker/<slug:satker>/keluarkan/",
        upacara_siap.upacara_satker_remove,
        name="upacara_satker_remove",
    ),
    path("upacara/<slug:kode>/acara/tambah/", upacara_siap.acara_add, name="acara_add"),
    path(
        "upacara/<slug:kode>/acara/<int:pk>/hapus/", upacara_siap.acara_remove, name="acara_remove"
    ),
    path(
        "upacara/<slug:kode>/acara/<int:pk>/<slug:arah>/",
        upacara_siap.acara_move,
        name="acara_move",
    ),
    path("upacara/<slug:kode>/dokumen/tambah/", upacara_siap.dokumen_add, name="dokumen_add"),
    path(
        "upacara/<slug:kode>/dokumen/<int:pk>/hapus/",
        upacara_siap.dokumen_remove,
        name="dokumen_remove",
    ),
    path(
        "upacara/<slug:kode>/dokumen/<int:pk>/<slug:tanda>/",
        upacara_siap.dokumen_mark,
        name="dokumen_mark",
    ),
    path("upacara/<slug:kode>/saksi/tambah/", upacara_siap.saksi_add, name="saksi_add"),
    path("upacara/<slug:kode>/saksi/<int:pk>/ubah/", upacara_siap.saksi_edit, name="saksi_edit"),
    path(
        "upacara/<slug:kode>/saksi/<int:pk>/hapus/", upacara_siap.saksi_remove, name="saksi_remove"
    ),
    path(
        "upacara/<slug:kode>/saksi/<int:pk>/<slug:tanda>/",
        upacara_siap.saksi_confirm,
        name="saksi_confirm",
    ),
    path("upacara/<slug:kode>/orang/", peserta.peserta_list, name="peserta_list"),
    path("upacara/<slug:kode>/orang/ambil/", peserta.peserta_add, name="peserta_add"),
    path("upacara/<slug:kode>/orang/cari/", peserta.peserta_find, name="peserta_find"),
    path(
        "upacara/<slug:kode>/orang/<int:pk>/keluarkan/",
        peserta.peserta_remove,
        name="peserta_remove",
    ),
]
