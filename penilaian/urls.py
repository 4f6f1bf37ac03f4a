"""Addresses of predicates and dashboards."""

from django.urls import path

from penilaian.views import dasbor, predikat, register, satker

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
        "predikat/<int:pk>/ubah/<slug:langkah>/", predikat.predikat_change, name="predikat_change"
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
    path("usulan/", predikat.usulan_list, name="usulan_list"),
    path("usulan/<int:pk>/", predikat.usulan_detail, name="usulan_detail"),
    path("usulan/<int:pk>/terima/", predikat.usulan_accept, name="usulan_accept"),
    path("usulan/<int:pk>/tolak/", predikat.usulan_reject, name="usulan_reject"),
    path("pemantauan/", predikat.pemantauan_list, name="pemantauan_list"),
]
