"""Addresses of people and offices."""

from django.urls import include, path

from satker.views import kelola, organisasi, panduan

urlpatterns = [
    path("", include("satker.urls_orang")),
    path("", include("satker.urls_riwayat")),
    path("", include("satker.urls_impor")),
    path("", include("satker.urls_personel")),
    path("", include("satker.urls_janji")),
    path("", include("satker.urls_ukur")),
    path("", include("satker.urls_upacara")),
    path("", include("satker.urls_undangan")),
    path("", include("satker.urls_pintu")),
    path("", include("satker.urls_naskah")),
    path("", include("satker.urls_pengingat")),
    path("", include("satker.urls_kirim")),
    path("kelola/", kelola.kelola, name="kelola"),
    path("satker/baru/", organisasi.satker_open, name="satker_open"),
    path("satker/kanwil-baru/", organisasi.kanwil_open, name="kanwil_open"),
    path("satker/silsilah/", organisasi.silsilah_record, name="silsilah_record"),
    path("satker/<slug:kode>/ubah/", organisasi.satker_change, name="satker_change"),
    path("satker/<slug:kode>/ubah/<slug:langkah>/", organisasi.satker_step, name="satker_step"),
    path("panduan/", panduan.panduan, name="panduan"),
    path("panduan/gambar/<slug:nama>.png", panduan.panduan_gambar, name="panduan_gambar"),
    path("panduan/<slug:alamat>/", panduan.panduan_bab, name="panduan_bab"),
    path("aksesibilitas/", panduan.aksesibilitas, name="aksesibilitas"),
]
