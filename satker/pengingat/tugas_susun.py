"""The regular making of reminders, and the making anew when an object has moved."""

from celery import shared_task

from satker.pengingat import susun


@shared_task
def make_pengingat():
    """Make what is due, withdraw what is not any more. May run twice, and two at once."""
    susun.make()


@shared_task
def refresh_pengingat(kode, kunci=None):
    """The same for one source or one of its objects. May run twice."""
    susun.refresh(kode, kunci)
