from django.apps import AppConfig


class PenilaianConfig(AppConfig):
    name = "penilaian"
    verbose_name = "Penilaian"

    def ready(self):
        # Models can be imported only once all apps are ready.
        from penilaian import pengingat
        from penilaian.models import JenisPerubahan, LaporanPemantauan
        from penilaian.models.predikat import Dasar
        from satker.cerita import register_istilah

        register_istilah(JenisPerubahan, Dasar, LaporanPemantauan.Hasil)
        pengingat.register()
