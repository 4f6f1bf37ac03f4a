"""The queue. Tasks live in each app's `tasks.py`; the schedule is `SCHEDULE` of those modules."""

import os
from pathlib import Path

from celery import Celery
from celery.schedules import crontab
from django.conf import settings

from integritas import antrean  # noqa: F401  the queue of one computer is known by its name

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "integritas.settings")

app = Celery("integritas")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Times are UTC: 17:10 is 00:10 WIB, just after the date has changed.
app.conf.beat_schedule = {
    "periksa-masa": {
        "task": "penilaian.tasks.check_masa",
        "schedule": crontab(hour=17, minute=10),
    },
    "periksa-rekap": {
        "task": "penilaian.tasks.check_rekap",
        "schedule": crontab(hour=17, minute=40),
    },
    "buang-impor": {
        "task": "integritas.tasks.discard_impor",
        "schedule": crontab(minute=50),
    },
    "lanjutkan-paket": {
        "task": "penilaian.tasks.resume_paket",
        "schedule": crontab(minute="*/5"),
    },
    "buang-paket": {
        "task": "penilaian.tasks.discard_paket",
        "schedule": crontab(minute=40),
    },
    # Every night those that are due: each link once a week, one that was out of reach the next day.
    "periksa-tautan": {
        "task": "penilaian.tasks.check_tautan",
        "schedule": crontab(hour=18, minute=0),
    },
    "buang-unggahan": {
        "task": "penilaian.tasks.discard_unggahan",
        "schedule": crontab(minute=20),
    },
    "rapikan-personel": {
        "task": "satker.tasks_personel.tidy_personel",
        "schedule": crontab(hour=17, minute=5),
    },
    "ikhtisar-riwayat": {
        "task": "satker.tasks.write_ikhtisar",
        "schedule": crontab(hour=17, minute=20),
    },
    # Each KIRIM_SELANG seconds; see set_selang().
    "kirim": {"task": "satker.pengingat.tugas.send_due", "schedule": 60},
    "buat-pengingat": {
        "task": "satker.pengingat.tugas_susun.make_pengingat",
        "schedule": crontab(minute="*/10"),
        # After days without a worker one look is enough.
        "options": {"expires": 540},
    },
}


@app.on_after_configure.connect
def make_folders(sender, **kwargs):
    """The filesystem broker does not create its own folders."""
    for folder in sender.conf.broker_transport_options.values():
        if isinstance(folder, str):
            Path(folder).mkdir(parents=True, exist_ok=True)


@app.on_after_configure.connect
def set_selang(sender, **kwargs):
    """Not above: this module is imported before the settings are."""
    selang = sender.conf.beat_schedule["kirim"]["schedule"] = settings.KIRIM_SELANG
    # After days without a worker nobody wants to look thousands of times at once.
    sender.conf.beat_schedule["kirim"]["options"] = {"expires": max(selang, 30)}
