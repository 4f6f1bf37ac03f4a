"""Housekeeping that runs beside the pages."""

from celery import shared_task

from integritas import impor


@shared_task
def discard_impor():
    """Files of imports that nobody confirmed leave after a day."""
    impor.discard_old()
