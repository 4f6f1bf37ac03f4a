"""What every step on an event shares: its lock, and why it is closed to changes."""

from integritas.alur import AlurError
from integritas.teks import format_saat
from satker.models import Upacara


def lock(upacara) -> Upacara:
    return (
        Upacara.objects.select_for_update(of=("self",))
        .select_related("putaran__kanwil", "tuan_rumah")
        .get(pk=upacara.pk)
    )


def lock_editable(upacara) -> Upacara:
    """The event, locked; refuses one whose plan can no longer change, and says why."""
    upacara = lock(upacara)
    if not upacara.is_editable:
        raise AlurError(say_terkunci(upacara))
    return upacara


def say_terkunci(upacara) -> str:
    """Why the plan of an event no longer changes."""
    return {
        Upacara.Status.TERCATAT: "Upacara ini hanya tercatat dari sumber, jadi tidak diubah di sini.",
        Upacara.Status.BERLANGSUNG: "Upacara sedang berlangsung, jadi rencananya tidak diubah lagi.",
        Upacara.Status.DIBATALKAN: "Upacara ini sudah dibatalkan.",
        Upacara.Status.DITUTUP: f"Upacara ini sudah ditutup pada {format_saat(upacara.ditutup_pada)}.",
    }[Upacara.Status(upacara.status)]


def lock_preparable(upacara) -> Upacara:
    """The event, locked; refuses one that is closed, cancelled or only known from a source."""
    upacara = lock(upacara)
    if not upacara.is_preparable:
        raise AlurError(say_terkunci(upacara))
    return upacara
