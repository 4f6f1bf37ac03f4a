"""Tables and 1,000 rows of the yardstick; prints the key of a signed-in session."""

import datetime
import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.patokan.settings"
django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command

from tests.bench.patokan.models import Baris


def main() -> None:
    call_command("migrate", run_syncdb=True, verbosity=0)
    Baris.objects.bulk_create(
        Baris(
            nama=f"Lapas Kelas IIA Kota {nomor:04}",
            jenis="lapas" if nomor % 3 else "rutan",
            tempat=f"Kota {nomor:04}",
            nilai="WBK",
            sejak=datetime.date(2021, 12, 20),
        )
        for nomor in range(1000)
    )
    pengguna = User.objects.create(username="patokan")
    sesi = SessionStore()
    sesi[SESSION_KEY] = str(pengguna.pk)
    sesi[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    sesi[HASH_SESSION_KEY] = pengguna.get_session_auth_hash()
    sesi.save()
    print(sesi.session_key)


if __name__ == "__main__":
    main()
