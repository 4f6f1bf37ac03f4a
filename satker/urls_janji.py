"""Addresses of Perjanjian Kinerja."""

from django.urls import path

from satker.views import janji, janji_dipa, janji_langkah

SATKER = "perjanjian-kinerja/<slug:kode>/<int:tahun>/"
SATU = "perjanjian-kinerja/<int:pk>/"
urlpatterns = [
    path("perjanjian-kinerja/", janji.perjanjian_list, name="perjanjian_list"),
    path(
        "perjanjian-kinerja/unduh.<bentuk:bentuk>", janji.perjanjian_unduh, name="perjanjian_unduh"
    ),
    path("perjanjian-kinerja/dipa/", janji_dipa.dipa_list, name="dipa_list"),
    path(SATKER, janji.perjanjian_satker, name="perjanjian_satker"),
    path(f"{SATKER}mulai/", janji_langkah.perjanjian_start, name="perjanjian_start"),
    path(f"{SATKER}dipa/", janji_langkah.dipa_record, name="dipa_record"),
    path(SATU, janji.perjanjian_detail, name="perjanjian_detail"),
    path(f"{SATU}banding/", janji.perjanjian_diff, name="perjanjian_diff"),
    path(f"{SATU}cetak.pdf", janji.perjanjian_print, name="perjanjian_print"),
    path(f"{SATU}berkas/", janji.perjanjian_berkas, name="perjanjian_berkas"),
    path(f"{SATU}pihak/", janji_langkah.perjanjian_pihak, name="perjanjian_pihak"),
    path(f"{SATU}isi/", janji_langkah.perjanjian_isi, name="perjanjian_isi"),
    path(f"{SATU}turunkan/", janji_langkah.perjanjian_cascade, name="perjanjian_cascade"),
    path(f"{SATU}tanda-tangan/", janji_langkah.perjanjian_sign, name="perjanjian_sign"),
    path(f"{SATU}versi-baru/", janji_langkah.perjanjian_revise, name="perjanjian_revise"),
    path(f"{SATU}batalkan/", janji_langkah.perjanjian_cancel, name="perjanjian_cancel"),
]
