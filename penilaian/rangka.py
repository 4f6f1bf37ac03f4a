"""Frames: templates rendered once per process, with gaps for what differs from reader to reader.

A gap is a name between two characters that no template and no browser brings; what is put into it
is never searched for gaps.
"""

import re
from typing import Any

from django.utils.safestring import SafeString, mark_safe

_CELAH = re.compile("\x01([a-z_0-9.-]+)\x01")


class Setara:
    """Carries a value past a cache without being part of its key."""

    def __init__(self, satu):
        self.satu = satu

    def __eq__(self, other):
        return isinstance(other, Setara)

    def __hash__(self):
        return 0


def open_celah(nama: str) -> SafeString:
    """A gap, to be put into the template."""
    return mark_safe(f"\x01{nama}\x01")  # nosec B308 B703


def split_rangka(teks: str) -> list[str]:
    """Text and names of gaps in turn."""
    return _CELAH.split(teks)


def fill_rangka(bagian: list[str], isi: dict[str, Any]) -> SafeString:
    """The frame with its gaps filled by texts that are safe already."""
    return mark_safe(  # nosec B308 B703
        "".join(isi[potong] if nomor % 2 else potong for nomor, potong in enumerate(bagian))
    )
