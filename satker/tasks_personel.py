"""What is done to rosters at night: contacts go on their day, coverage is counted anew."""

from celery import shared_task
from django.utils import timezone

from satker import cakupan, personel
from satker.models import CakupanPakta


@shared_task
def tidy_personel():
    """First the contacts, then every year that has a coverage, this one in any case. A second run
    finds nothing to delete and counts the same."""
    personel.discard_kontak()
    tahun = set(CakupanPakta.objects.order_by().values_list("tahun", flat=True).distinct())
    for satu in sorted(tahun | {timezone.localdate().year}):
        cakupan.refresh_all(satu)
