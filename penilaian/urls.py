"""Addresses of predicates and dashboards."""

from django.conf import settings
from django.urls import include, path

from penilaian.views import (
    aturan,
    bukti_upacara,
    dasbor,
    data,
    gaya,
    pantau,
    predikat,
    register,
    satker,
    usulan,
)

urlpatterns = [
    path("", include("penilaian.urls_impor")),
    path("lke/", include("penilaian.urls_lke")),
    path("lke/", include("penilaian.urls_lembar")),
    path("lke/", include("penilaian.urls_gerbang")),
    path("lke/", include("penilaian.urls_papan")),
    path("lke/", include("penilaian.urls_bukti")),
    path("lke/", include("penilaian.urls_kalender")),
    path("lke/", include("penilaian.urls_temuan")),
    path("lke/", include("penilaian.urls_kinerja")),
    path("instrumen/", include("penilaian.urls_instrumen")),
    path("", dasbor.beranda, name="beranda"),
    path("ringkasan/", dasbor.ringkasan, name="ringkasan"),
    path("kementerian/", dasbor.kementerian_detail, name="kementerian_detail"),
    path("kementerian/unduh.<bentuk:bentuk>", data.kementerian_unduh, name="kementerian_unduh"),
    path("kanwil/<slug:kode>/", dasbor.kanwil_detail, name="kanwil_detail"),
    path("klaim/", data.klaim_list, name="klaim_list"),
    path("data/klaim.<bentuk:bentuk>", data.klaim_unduh, name="klaim_unduh"),
    path("data/predikat.<bentuk:bentuk>", data.predikat_unduh, name="predikat_unduh"),
    path("data/predikat.json", data.predikat_json, name="predikat_json"),
    path("satker/", register.satker_list, name="satker_list"),
    path("satker/unduh.<bentuk:bentuk>", register.satker_unduh, name="satker_unduh"),
    path("satker/<slug:kode>/", satker.satker_detail, name="satker_detail"),
    path("kanwil/<slug:kode>/konfirmasi/", predikat.kanwil_confirm, name="kanwil_confirm"),
    path("satker/<slug:kode>/predikat/catat/", predikat.predikat_grant, name="predikat_grant"),
    path(
        "satker/<slug:kode>/predikat/usulkan/", predikat.predikat_propose, name="predikat_propose"
    ),
    path("satker/<slug:kode>/predikat/tanpa/", predikat.predikat_attest, name="predikat_attest"),
    path("predikat/<int:pk>/lengkapi/", predikat.predikat_complete, name="predikat_complete"),
    path("predikat/<int:pk>/batalkan/", predikat.predikat_cancel, name="predikat_cancel"),
    path("predikat/<int:pk>/laporan/", predikat.laporan_record, name="laporan_record"),
    path(
        "predikat/<int:pk>/ubah/<slug:perubahan>/", predikat.predikat_change, name="predikat_change"
    ),
    path(
        "predikat/perubahan/<int:pk>/batalkan/", predikat.perubahan_cancel, name="perubahan_cancel"
    ),
    path(
        "predikat/perubahan/<int:pk>/pindaian/",
        predikat.pindaian_download,
        name="pindaian_download",
    ),
    path(
        "predikat/pernyataan/<int:pk>/batalkan/",
        predikat.pernyataan_cancel,
        name="pernyataan_cancel",
    ),
    path("aturan/", aturan.aturan_list, name="aturan_list"),
    path("aturan/bukti-upacara/", bukti_upacara.aturan_bukti_list, name="aturan_bukti_list"),
    path("aturan/bukti-upacara/<int:pk>/", bukti_upacara.aturan_bukti_set, name="aturan_bukti_set"),
    path("aturan/<slug:kode>/", aturan.aturan_set, name="aturan_set"),
    path("usulan/", usulan.usulan_list, name="usulan_list"),
    path("usulan/unduh.<bentuk:bentuk>", usulan.usulan_unduh, name="usulan_unduh"),
    path("usulan/<int:pk>/", usulan.usulan_detail, name="usulan_detail"),
    path("usulan/<int:pk>/terima/", usulan.usulan_accept, name="usulan_accept"),
    path("usulan/<int:pk>/tolak/", usulan.usulan_reject, name="usulan_reject"),
    path("pemantauan/", pantau.pemantauan_list, name="pemantauan_list"),
    path("pemantauan/unduh.<bentuk:bentuk>", pantau.pemantauan_unduh, name="pemantauan_unduh"),
]

if settings.DEBUG:
    urlpatterns.append(path("gaya/", gaya.gaya, name="gaya"))
