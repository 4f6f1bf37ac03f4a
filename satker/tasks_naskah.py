"""Work on closed events that runs beside the pages."""

from celery import shared_task

from satker import penutupan


@shared_task(autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def announce_penutupan(upacara_id):
    """Tell all who take something from an event; a second run finds it taken."""
    for penerima in penutupan.list_penerima():
        penerima(upacara_id)
