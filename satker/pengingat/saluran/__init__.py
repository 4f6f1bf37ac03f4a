"""Ways out. Each is opened once per run, sends one message at a time, and tells by its fault what to
do with the message: wait, give it up, or leave the whole channel alone for now."""

from typing import Protocol

from satker.models import Kiriman
from satker.pengingat.surat import Surat


class NantiError(Exception):
    """May pass: this message later, at least `jeda` seconds from now."""

    def __init__(self, pesan: str, jeda: float = 0):
        super().__init__(pesan)
        self.jeda = jeda


class DitolakError(Exception):
    """Stays: this message never. The text is what the other side said."""


class PutusError(Exception):
    """The channel itself does not work: no message of it is to blame."""


class Saluran(Protocol):
    """One way out, for one run."""

    def open(self) -> None:
        """Reach the server, unless it is reached already; raises PutusError."""

    def send(self, kiriman: Kiriman, surat: Surat, ke: str) -> None:
        """Returns when the other side has taken it; raises one of the three faults."""

    def close(self) -> None: ...
