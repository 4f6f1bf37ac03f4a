"""How messages are written. Each kind of `Kiriman` has a writer, called when it is sent, so that a
message tells what is true then and the queue holds no names."""

from collections.abc import Callable
from dataclasses import dataclass, field

from satker.models import Kiriman


@dataclass(frozen=True)
class Lampiran:
    nama: str
    mime: str
    isi: bytes
    # Parameters of the content type, such as the method of a calendar.
    parameter: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Surat:
    """A message in plain text."""

    perihal: str
    teks: str
    daftar_lampiran: tuple[Lampiran, ...] = ()
    # The reminders it tells of: they count as sent with it.
    daftar_pengingat: tuple[int, ...] = ()
    # Those of the row that it does not tell of any more, since they were done or withdrawn meanwhile.
    daftar_lepas: tuple[int, ...] = ()


# Writes the message of one row; None when there is nothing left to say (the row is withdrawn).
Penulis = Callable[[Kiriman], Surat | None]
_penulis: dict[str, Penulis] = {}


def register_surat(jenis: str, tulis: Penulis) -> None:
    """Make a kind of message known; once per process."""
    _penulis[jenis] = tulis


def get_penulis(jenis: str) -> Penulis:
    return _penulis[jenis]
