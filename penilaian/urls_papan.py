"""Addresses of the year's board, and of the steps on an assessment's window and areas."""

from django.urls import path

from penilaian.views import jendela, papan, pengajuan

urlpatterns = [
    path("", papan.lke_list, name="lke_list"),
    path("unduh.<bentuk:bentuk>", papan.papan_unduh, name="papan_unduh"),
    path("buka/", papan.lke_open, name="lke_open"),
    path("<int:pk>/perpanjang/", jendela.penilaian_extend, name="penilaian_extend"),
    path("<int:pk>/buka-kembali/", jendela.penilaian_reopen, name="penilaian_reopen"),
    path("<int:pk>/target/", jendela.penilaian_target, name="penilaian_target"),
    path("<int:pk>/ajukan/", pengajuan.penilaian_submit, name="penilaian_submit"),
    path("<int:pk>/area/<str:area>/ajukan/", pengajuan.area_submit, name="area_submit"),
    path("<int:pk>/area/<str:area>/petugas/", pengajuan.area_assign, name="area_assign"),
    path("<int:pk>/area/<str:area>/kembalikan/", pengajuan.area_return, name="area_return"),
]
