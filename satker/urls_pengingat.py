"""Addresses of reminders, their rules and the holidays."""

from django.urls import path

from satker.views import aturan_pengingat, libur, pengingat, pengingat_jejak

urlpatterns = [
    path("pengingat/", pengingat.pengingat_list, name="pengingat_list"),
    path("pengingat/saluran/", pengingat.pilihan_saluran, name="pilihan_saluran"),
    path("pengingat/baca/", pengingat.pengingat_read_all, name="pengingat_read_all"),
    path("pengingat/jejak/", pengingat_jejak.pengingat_trail, name="pengingat_trail"),
    path(
        "pengingat/jejak/unduh.<bentuk:bentuk>",
        pengingat_jejak.pengingat_trail_unduh,
        name="pengingat_trail_unduh",
    ),
    path("pengingat/aturan/", aturan_pengingat.aturan_pengingat_list, name="aturan_pengingat_list"),
    path(
        "pengingat/aturan/<slug:kode>/",
        aturan_pengingat.aturan_pengingat_detail,
        name="aturan_pengingat_detail",
    ),
    path(
        "pengingat/aturan/<slug:kode>/aktif/",
        aturan_pengingat.aturan_pengingat_toggle,
        name="aturan_pengingat_toggle",
    ),
    path(
        "pengingat/aturan/<slug:kode>/langkah/",
        aturan_pengingat.langkah_pengingat_create,
        name="langkah_pengingat_create",
    ),
    path(
        "pengingat/langkah/<int:pk>/",
        aturan_pengingat.langkah_pengingat_edit,
        name="langkah_pengingat_edit",
    ),
    path("pengingat/libur/", libur.hari_libur_list, name="hari_libur_list"),
    path("pengingat/libur/<int:pk>/hapus/", libur.hari_libur_delete, name="hari_libur_delete"),
    path("pengingat/libur/impor/", libur.libur_import, name="libur_import"),
    path(
        "pengingat/libur/impor/contoh.xlsx", libur.libur_import_contoh, name="libur_import_contoh"
    ),
    path(
        "pengingat/libur/impor/<slug:kunci>/",
        libur.libur_import_preview,
        name="libur_import_preview",
    ),
    path(
        "pengingat/libur/impor/<slug:kunci>/tulis/",
        libur.libur_import_confirm,
        name="libur_import_confirm",
    ),
    path("pengingat/<int:pk>/", pengingat.pengingat_detail, name="pengingat_detail"),
    path("pengingat/<int:pk>/selesai/", pengingat.pengingat_finish, name="pengingat_finish"),
    path("pengingat/<int:pk>/buka/", pengingat.pengingat_reopen, name="pengingat_reopen"),
    path("pengingat/<int:pk>/tunda/", pengingat.pengingat_snooze, name="pengingat_snooze"),
    path("pengingat/<int:pk>/baca/", pengingat.pengingat_read, name="pengingat_read"),
]
