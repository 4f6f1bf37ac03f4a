"""Addresses of signing and closing."""

from django.urls import path

from satker.views import (
    berita_acara,
    berkas_upacara,
    naskah,
    penutupan,
    pribadi,
    tanda,
    tindak_lanjut,
)

UPACARA = "upacara/<slug:kode>"

urlpatterns = [
    # For who holds the address.
    path("u/<str:token>/", pribadi.undangan_pribadi, name="undangan_pribadi"),
    path(
        "berita-acara/<str:kode>/", berita_acara.berita_acara_periksa, name="berita_acara_periksa"
    ),
    path(
        "berita-acara/<str:kode>/unduh/",
        berita_acara.berita_acara_terbit,
        name="berita_acara_terbit",
    ),
    # Texts and signatures.
    path(f"{UPACARA}/naskah/", naskah.upacara_naskah, name="upacara_naskah"),
    path(f"{UPACARA}/naskah/tambah/", naskah.upacara_naskah_add, name="upacara_naskah_add"),
    path(f"{UPACARA}/naskah/<int:pk>/", naskah.upacara_naskah_detail, name="upacara_naskah_detail"),
    path(
        f"{UPACARA}/naskah/<int:pk>/ubah/", naskah.upacara_naskah_edit, name="upacara_naskah_edit"
    ),
    path(
        f"{UPACARA}/naskah/<int:pk>/bekukan/",
        naskah.upacara_naskah_freeze,
        name="upacara_naskah_freeze",
    ),
    path(
        f"{UPACARA}/naskah/<int:pk>/hapus/",
        naskah.upacara_naskah_remove,
        name="upacara_naskah_remove",
    ),
    path(
        f"{UPACARA}/naskah/<int:pk>/basah/", tanda.upacara_tanda_basah, name="upacara_tanda_basah"
    ),
    path(
        f"{UPACARA}/naskah/<int:pk>/elektronik/",
        tanda.upacara_tanda_elektronik,
        name="upacara_tanda_elektronik",
    ),
    path(
        f"{UPACARA}/tanda-tangan/<int:pk>/cabut/",
        tanda.upacara_tanda_revoke,
        name="upacara_tanda_revoke",
    ),
    path(
        f"{UPACARA}/tanda-tangan/<int:pk>/berkas/",
        tanda.upacara_tanda_berkas,
        name="upacara_tanda_berkas",
    ),
    # Closing.
    path(f"{UPACARA}/penutupan/", penutupan.penutupan_detail, name="penutupan_detail"),
    path(f"{UPACARA}/tutup/", penutupan.upacara_close, name="upacara_close"),
    path(f"{UPACARA}/susulan/", penutupan.susulan_set, name="susulan_set"),
    path(f"{UPACARA}/susulan/rencana/", penutupan.susulan_plan, name="susulan_plan"),
    path(f"{UPACARA}/berita-acara/buat/", penutupan.berita_acara_renew, name="berita_acara_renew"),
    path(
        f"{UPACARA}/berita-acara/<int:versi>/terbitkan/",
        penutupan.berita_acara_publish,
        name="berita_acara_publish",
    ),
    path(
        f"{UPACARA}/berita-acara/<int:versi>/unduh/",
        penutupan.berita_acara_download,
        name="berita_acara_download",
    ),
    path(
        f"{UPACARA}/berita-acara/<int:versi>/daftar-hadir/",
        penutupan.daftar_hadir_download,
        name="daftar_hadir_download",
    ),
    path(f"{UPACARA}/berkas/tambah/", berkas_upacara.berkas_upacara_add, name="berkas_upacara_add"),
    path(
        f"{UPACARA}/berkas/tautan/", berkas_upacara.berkas_upacara_link, name="berkas_upacara_link"
    ),
    path(
        f"{UPACARA}/berkas/<int:pk>/hapus/",
        berkas_upacara.berkas_upacara_remove,
        name="berkas_upacara_remove",
    ),
    path(
        f"{UPACARA}/berkas/<int:pk>/unduh/",
        berkas_upacara.berkas_upacara_download,
        name="berkas_upacara_download",
    ),
    path("putaran/<slug:kode>/tutup/", penutupan.putaran_close, name="putaran_close"),
    # Afterwards.
    path(
        "satker/<slug:kode>/tindak-lanjut/",
        tindak_lanjut.tindak_lanjut_list,
        name="tindak_lanjut_list",
    ),
    path(
        "satker/<slug:kode>/tindak-lanjut/<int:pk>/",
        tindak_lanjut.tindak_lanjut_mark,
        name="tindak_lanjut_mark",
    ),
]
