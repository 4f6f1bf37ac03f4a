"""Addresses of people and of the own account."""

from django.urls import path

from satker.views import akun, orang, surel, undangan

urlpatterns = [
    path("akun/", akun.akun, name="akun"),
    path("orang/", orang.orang_list, name="orang_list"),
    path("orang/unduh.<bentuk:bentuk>", orang.orang_unduh, name="orang_unduh"),
    path("orang/undang/", orang.orang_invite, name="orang_invite"),
    path("orang/satker/", orang.orang_satker, name="orang_satker"),
    path("orang/<int:pk>/", orang.orang_detail, name="orang_detail"),
    path("orang/<int:pk>/penugasan/", orang.penugasan_create, name="penugasan_create"),
    path("orang/<int:pk>/tangguhkan/", orang.orang_suspend, name="orang_suspend"),
    path("orang/<int:pk>/aktifkan/", orang.orang_reactivate, name="orang_reactivate"),
    path("orang/<int:pk>/faktor-kedua/", orang.orang_reset_faktor, name="orang_reset_faktor"),
    path("orang/<int:pk>/undangan/kirim/", orang.undangan_send, name="undangan_send"),
    path("orang/<int:pk>/undangan/cetak/", orang.undangan_print, name="undangan_print"),
    path("orang/penugasan/<int:pk>/akhiri/", orang.penugasan_end, name="penugasan_end"),
    path("undangan/<str:token>/", undangan.undangan_accept, name="undangan_accept"),
    path("surel/", surel.surel_list, name="surel_list"),
    path("surel/<slug:nama>/", surel.surel_detail, name="surel_detail"),
]
