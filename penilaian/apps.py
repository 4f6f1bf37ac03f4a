from django.apps import AppConfig


class PenilaianConfig(AppConfig):
    name = "penilaian"
    verbose_name = "Penilaian"

    def ready(self):
        # Models can be imported only once all apps are ready.
        from penilaian import pengingat
        from penilaian.bukti.upacara import take_semua
        from penilaian.models import JenisPerubahan, LaporanPemantauan
        from penilaian.models.predikat import Dasar
        from satker.cerita import register_istilah
        from satker.penutupan import register_penerima

        register_istilah(JenisPerubahan, Dasar, LaporanPemantauan.Hasil)
        register_penerima(take_semua)
        pengingat.register()
