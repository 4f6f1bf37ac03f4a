"""Work on people and offices that runs beside the pages."""

import logging

from celery import shared_task

from satker import periksa

logger = logging.getLogger(__name__)


@shared_task(autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def write_ikhtisar():
    """Keep today's heads of all chains apart from the database; a second run changes nothing."""
    nama, sidik = periksa.write_ikhtisar()
    # A warning, so that the log holds it whatever its level: a copy that nobody can take back.
    logger.warning("ikhtisar riwayat %s, sidik %s", nama, sidik)
