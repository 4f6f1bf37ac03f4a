"""Whether anybody of a unit came to an event: what the round's board goes by.

Called by those who run the door and close an event; one statement each, at any number of people.
"""

from django.db.models import Exists, OuterRef

from satker.models import Peserta, PesertaSatker


def mark_hadir(upacara_id: int, daftar_satker: set[int]) -> None:
    """Somebody of these units was taken down; only the first of a unit changes a row."""
    PesertaSatker.objects.filter(upacara=upacara_id, satker__in=daftar_satker).exclude(
        hadir=True
    ).update(hadir=True)


def fill_hadir(upacara_id: int) -> None:
    """At closing: every unit of whose people somebody was expected came, or did not. Of a unit
    without a list of people nobody has said, so its column stays empty."""
    _count(PesertaSatker.objects.filter(upacara=upacara_id), upacara_id)


def refresh_hadir(upacara, satker_id: int) -> None:
    """A presence was taken back: at an open door nobody else of the unit is unknown, not absent."""
    daftar = PesertaSatker.objects.filter(upacara=upacara.pk, satker=satker_id)
    if upacara.status == upacara.Status.BERLANGSUNG:
        hadir = Peserta.objects.filter(
            upacara=upacara.pk, satker=satker_id, hadir_pada__isnull=False
        )
        if not hadir.exists():
            daftar.update(hadir=None)
        return
    _count(daftar, upacara.pk)


def _count(daftar, upacara_id: int) -> None:
    orang = Peserta.objects.filter(upacara=upacara_id, satker=OuterRef("satker"))
    daftar.filter(Exists(orang)).update(hadir=Exists(orang.filter(hadir_pada__isnull=False)))
