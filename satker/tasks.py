"""Work on people and offices that runs beside the pages."""

import logging

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from satker import periksa
from satker.models import Undangan
from satker.pengingat import tugas  # noqa: F401  its tasks are known with these
from satker.pengingat.tugas_susun import make_pengingat, refresh_pengingat  # noqa: F401
from satker.tasks_naskah import announce_penutupan  # noqa: F401
from satker.tasks_personel import tidy_personel  # noqa: F401

logger = logging.getLogger(__name__)


@shared_task(autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def write_ikhtisar():
    """Keep today's heads of all chains apart from the database; a second run changes nothing."""
    nama, sidik = periksa.write_ikhtisar()
    # A warning, so that the log holds it whatever its level: a copy that nobody can take back.
    logger.warning("ikhtisar riwayat %s, sidik %s", nama, sidik)


@shared_task(autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
@transaction.atomic
def send_undangan(undangan_id):
    """Send an invitation once. The link is made here, so that it stands in no queue."""
    undangan = (
        Undangan.objects.select_for_update(of=("self",))
        .select_related("pengguna")
        .get(pk=undangan_id)
    )
    if undangan.dikirim_pada or not undangan.is_open:
        return
    token = undangan.renew_token()
    send_mail(
        "[Integritas] Undangan masuk",
        render_to_string(
            "satker/undangan_surel.txt",
            {
                "pengguna": undangan.pengguna,
                "tautan": settings.INTEGRITAS_ALAMAT + reverse("undangan_accept", args=[token]),
                "sampai": timezone.localtime(undangan.berlaku_sampai),
            },
        ),
        None,
        [undangan.pengguna.email],
    )
    undangan.dikirim_pada = timezone.now()
    undangan.save(update_fields=["sidik", "dikirim_pada"])
