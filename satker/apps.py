from django.apps import AppConfig


class SatkerConfig(AppConfig):
    name = "satker"
    verbose_name = "Satuan kerja"

    def ready(self):
        from satker.pengingat import tulis

        tulis.register()
        # Models can be imported only once all apps are ready.
        from satker.pengingat import sumber_janji, sumber_upacara

        sumber_janji.register()
        sumber_upacara.register()
