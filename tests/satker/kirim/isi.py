"""Many people with something due; `python -m tests.satker.kirim.isi N` makes them, and the tables, in
the empty database of the environment."""

import datetime
import os
import sys


def fill(jumlah: int, awalan: str = "orang", mendesak: bool = True) -> list[str]:
    """So many people with one reminder each, urgent so that no test has to wait for eight o'clock;
    their addresses."""
    from django.utils import timezone

    from satker.models import AturanPengingat, LangkahPengingat, Pengguna, Pengingat

    aturan, _ = AturanPengingat.objects.get_or_create(
        kode="uji", defaults={"sumber": "uji", "nama": "Uji"}
    )
    langkah, _ = LangkahPengingat.objects.get_or_create(
        aturan=aturan, geser=-7, defaults={"pesan": "Siapkan."}
    )
    saat = timezone.now()
    orang = Pengguna.objects.bulk_create(
        Pengguna(email=f"{awalan}{nomor}@uji.invalid", nama=f"Orang {nomor}", password="!")
        for nomor in range(jumlah)
    )
    Pengingat.objects.bulk_create(
        Pengingat(
            langkah=langkah,
            objek=f"uji:{awalan}",
            acuan=saat.date() + datetime.timedelta(days=7),
            pengguna=satu,
            judul="Upacara Kanwil Contoh",
            pesan="Siapkan daftar hadir.",
            url="/upacara/uji/",
            tanggal=saat.date(),
            jatuh_pada=saat - datetime.timedelta(minutes=1),
            berguna_sampai=saat + datetime.timedelta(days=3),
            mendesak=mendesak,
        )
        for satu in orang
    )
    return [satu.email for satu in orang]


def make_tables() -> None:
    """As the models say, without the history of how they came to be: quicker, and enough here."""
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command

    settings.MIGRATION_MODULES = {satu.label: None for satu in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "integritas.settings")
    import django

    django.setup()
    make_tables()
    fill(int(sys.argv[1]))
