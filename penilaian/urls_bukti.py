"""Addresses of evidence: under the questions of an assessment, and as the unit's own list."""

from django.urls import path

from penilaian.views import bukti, bukti_daftar, bukti_upacara, paket, unggahan

urlpatterns = [
    path("<int:pk>/bukti/", bukti_daftar.bukti_list, name="bukti_list"),
    path("<int:pk>/bukti/upacara/", bukti_upacara.bukti_upacara, name="bukti_upacara"),
    path(
        "<int:pk>/bukti/upacara/<slug:kode>/ambil/",
        bukti_upacara.bukti_upacara_take,
        name="bukti_upacara_take",
    ),
    path("<int:pk>/bukti/paket/", paket.paket_list, name="paket_list"),
    path("<int:pk>/bukti/paket/buat/", paket.paket_create, name="paket_create"),
    path("<int:pk>/bukti/paket/<int:paket>/unduh/", paket.paket_download, name="paket_download"),
    path("<int:pk>/bukti/<int:bukti>/", bukti_daftar.bukti_detail, name="bukti_detail"),
    path(
        "<int:pk>/bukti/<int:bukti>/revisi/<int:nomor>/unduh/",
        bukti_daftar.bukti_download,
        name="bukti_download",
    ),
    path(
        "<int:pk>/bukti/<int:bukti>/revisi/<int:nomor>/lihat/",
        bukti_daftar.bukti_preview,
        name="bukti_preview",
    ),
    path("<int:pk>/bukti/nomor/<str:kode>/", bukti.bukti_kartu, name="bukti_kartu"),
    path("<int:pk>/bukti/nomor/<str:kode>/tambah/", bukti.bukti_add, name="bukti_add"),
    path("<int:pk>/bukti/nomor/<str:kode>/unggah/", bukti.bukti_upload, name="bukti_upload"),
    path(
        "<int:pk>/bukti/nomor/<str:kode>/tautan/", bukti.bukti_add_tautan, name="bukti_add_tautan"
    ),
    path("<int:pk>/bukti/nomor/<str:kode>/pakai/", bukti.bukti_link, name="bukti_link"),
    path("<int:pk>/bukti/pakai/<int:pakai>/", bukti.bukti_edit, name="bukti_edit"),
    path("<int:pk>/bukti/pakai/<int:pakai>/lepas/", bukti.bukti_unlink, name="bukti_unlink"),
    path("<int:pk>/bukti/pakai/<int:pakai>/revisi/", bukti.bukti_revise, name="bukti_revise"),
    path(
        "<int:pk>/bukti/nomor/<str:kode>/unggahan/", unggahan.unggahan_begin, name="unggahan_begin"
    ),
    path("<int:pk>/unggahan/<uuid:id>/", unggahan.unggahan_detail, name="unggahan_detail"),
    path("<int:pk>/unggahan/<uuid:id>/potongan/", unggahan.unggahan_append, name="unggahan_append"),
    path(
        "<int:pk>/unggahan/<uuid:id>/selesai/", unggahan.unggahan_complete, name="unggahan_complete"
    ),
    path("<int:pk>/unggahan/<uuid:id>/batal/", unggahan.unggahan_cancel, name="unggahan_cancel"),
]
