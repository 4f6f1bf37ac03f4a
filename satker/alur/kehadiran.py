"""Whether anybody of a unit came to an event: what the round's board goes by.

Called by those who run the door and close an event; one statement each, at any number of people.
"""

from django.db.models import Exists, OuterRef

from satker.models import Peserta, PesertaSatker


def mark_hadir(upacara_id: int, satker_id: int) -> None:
    """The first person of a unit was taken down at the door."""
    PesertaSatker.objects.filter(upacara=upacara_id, satker=satker_id).exclude(hadir=True).update(
        hadir=True
    )


def fill_hadir(upacara_id: int) -> None:
    """At closing: every unit of whose people somebody was expected came, or did not. Of a unit
    without a list of people nobody has said, so its column stays empty."""
    orang = Peserta.objects.filter(upacara=upacara_id, satker=OuterRef("satker"))
    daftar = PesertaSatker.objects.filter(upacara=upacara_id).filter(Exists(orang))
    daftar.update(hadir=Exists(orang.filter(hadir_pada__isnull=False)))
