"""Addresses of predicates and dashboards."""

from django.urls import path

from penilaian.views import dasbor, register, satker

urlpatterns = [
    path("", dasbor.beranda, name="beranda"),
    path("ringkasan/", dasbor.ringkasan, name="ringkasan"),
    path("kementerian/", dasbor.kementerian_detail, name="kementerian_detail"),
    path("kanwil/<slug:kode>/", dasbor.kanwil_detail, name="kanwil_detail"),
    path("klaim/", dasbor.klaim_list, name="klaim_list"),
    path("data/klaim.csv", dasbor.klaim_csv, name="klaim_csv"),
    path("data/predikat.csv", dasbor.predikat_csv, name="predikat_csv"),
    path("data/predikat.json", dasbor.predikat_json, name="predikat_json"),
    path("satker/", register.satker_list, name="satker_list"),
    path("satker/unduh.csv", register.satker_csv, name="satker_csv"),
    path("satker/unduh.xlsx", register.satker_xlsx, name="satker_xlsx"),
    path("satker/<slug:kode>/", satker.satker_detail, name="satker_detail"),
]
