"""What the beat asks for: look at what is due. Everything is in the database, so that a look which
is lost, or done twice, loses and doubles nothing."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from satker.models import Detak
from satker.pengingat import buat, kirim
from satker.pengingat.nama import DETAK_MULAI, DETAK_SELESAI


@shared_task
def send_due():
    """Make messages of what is due and send what is queued. When there is much, other workers help;
    each stops before the next look, so that they never become more."""
    beat(DETAK_MULAI)
    bantuan: list[None] = []

    def call_early():
        if not bantuan:
            bantuan.append(None)
            call_help()

    buat.make_due(call_early)
    # Whoever began while the rest was being made may have run dry and gone.
    if kirim.is_busy():
        call_help()
    kirim.Pengirim().run(compute_batas())
    beat(DETAK_SELESAI)


def call_help() -> None:
    for _ in range(kirim.count_helper()):
        send_more.apply_async(expires=max(settings.KIRIM_SELANG, 30))


@shared_task
def send_more():
    """Help to send what is queued."""
    kirim.Pengirim().run(compute_batas())


def compute_batas() -> float:
    """Seconds that one run may take: until the next look; on one computer, whose only worker does all
    else too, a third of that."""
    selang = settings.KIRIM_SELANG if settings.SERVER else settings.KIRIM_SELANG // 3
    return max(selang, 5)


def beat(nama: str) -> None:
    """Note that this was done just now."""
    Detak.objects.bulk_create(
        [Detak(nama=nama, pada=timezone.now())],
        update_conflicts=True,
        unique_fields=["nama"],
        update_fields=["pada"],
    )
