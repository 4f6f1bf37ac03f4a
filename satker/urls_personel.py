"""Addresses of the roster and the pact."""

from django.urls import path

from satker.views import (
    cakupan,
    pakta,
    pakta_lembar,
    pakta_tautan,
    personel,
    personel_impor,
    personel_langkah,
)

SATKER = "personel/satker/<slug:kode>/"
PAKTA = f"{SATKER}pakta/"
urlpatterns = [
    path("personel/", cakupan.personel_list, name="personel_list"),
    path("personel/unduh.<bentuk:bentuk>", cakupan.cakupan_unduh, name="cakupan_unduh"),
    path(SATKER, personel.personel_satker, name="personel_satker"),
    path(
        f"{SATKER}unduh.<bentuk:bentuk>",
        personel.personel_unduh,
        name="personel_unduh",
    ),
    path(f"{SATKER}tambah/", personel.personel_create, name="personel_create"),
    path("personel/<int:pk>/", personel.personel_detail, name="personel_detail"),
    path("personel/<int:pk>/ubah/", personel.personel_edit, name="personel_edit"),
    path("personel/<int:pk>/akhiri/", personel_langkah.personel_end, name="personel_end"),
    path("personel/<int:pk>/buka/", personel_langkah.personel_reopen, name="personel_reopen"),
    path("personel/<int:pk>/hapus/", personel_langkah.personel_erase, name="personel_erase"),
    path("personel/<int:pk>/tautan/", personel_langkah.personel_renew, name="personel_renew"),
    path("personel/<int:pk>/halangan/", personel_langkah.halangan_create, name="halangan_create"),
    path("personel/halangan/<int:pk>/", personel_langkah.halangan_end, name="halangan_end"),
    path("impor/personel/", personel_impor.personel_import, name="personel_import"),
    path(
        "impor/personel/contoh.xlsx",
        personel_impor.personel_import_contoh,
        name="personel_import_contoh",
    ),
    path(
        "impor/personel/<slug:kunci>/",
        personel_impor.personel_import_preview,
        name="personel_import_preview",
    ),
    path(
        "impor/personel/<slug:kunci>/tulis/",
        personel_impor.personel_import_confirm,
        name="personel_import_confirm",
    ),
    path(PAKTA, pakta.pakta_satker, name="pakta_satker"),
    path(f"{PAKTA}unduh.<bentuk:bentuk>", pakta.pakta_unduh, name="pakta_unduh"),
    path(f"{PAKTA}<int:tahun>/naskah/", pakta.pakta_naskah, name="pakta_naskah"),
    path(f"{PAKTA}<int:tahun>/bekukan/", pakta.pakta_freeze, name="pakta_freeze"),
    path(f"{PAKTA}<int:tahun>/lembar/", pakta_lembar.pakta_lembar, name="pakta_lembar"),
    path(f"{PAKTA}<int:tahun>/lembar.pdf", pakta_lembar.pakta_lembar_pdf, name="pakta_lembar_pdf"),
    path(f"{PAKTA}<int:tahun>/slip/", pakta_lembar.pakta_slip, name="pakta_slip"),
    path(f"{PAKTA}<int:tahun>/slip.pdf", pakta_lembar.pakta_slip_pdf, name="pakta_slip_pdf"),
    path("personel/pakta/<int:pk>/berkas/", pakta_lembar.pakta_berkas, name="pakta_berkas"),
    path("personel/pakta/<int:pk>/cabut/", pakta_lembar.pakta_revoke, name="pakta_revoke"),
    path("pakta-saya/", pakta_tautan.pakta_saya, name="pakta_saya"),
    path("pakta-saya/<int:pk>/", pakta_tautan.pakta_saya_sign, name="pakta_saya_sign"),
    path("p/<slug:token>/", pakta_tautan.pakta_tautan, name="pakta_tautan"),
]
