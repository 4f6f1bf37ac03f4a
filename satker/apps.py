from django.apps import AppConfig


class SatkerConfig(AppConfig):
    name = "satker"
    verbose_name = "Satuan kerja"

    def ready(self):
        # Models can be imported only once all apps are ready.
        from satker import undangan
        from satker.pengingat import sumber_janji, sumber_upacara, tulis

        tulis.register()
        undangan.register()
        sumber_janji.register()
        sumber_upacara.register()
