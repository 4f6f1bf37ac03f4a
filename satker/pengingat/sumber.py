"""What can be reminded of. Apps register their own sources in `AppConfig.ready()`; nothing here
knows a subject."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class Perkara:
    """Something that is to be done by a date: what a source tells of."""

    # Unique within its source, and stable: `12`, `12:dokumen`.
    kunci: str
    acuan: datetime.date
    # What it is; its date and its unit's name are shown with it.
    judul: str
    url: str
    satker_id: int | None
    # Which steps of a rule speak of it (`LangkahPengingat.bagian`); empty for those of the whole.
    bagian: str = ""
    # The people themselves, where it is known who is to do it: they stand in for the operators of
    # the unit. The other roles of a step stay who they are.
    daftar_pengguna: tuple[int, ...] = ()


@dataclass(frozen=True)
class Sumber:
    """`due(dari, sampai)` lists what is open with a reference date in `[dari, sampai]`, both
    included; `done(daftar_kunci)` says which of these have been done. What is in neither (cancelled,
    removed, moved far away) is withdrawn. Each asks the same number of statements at any number of
    objects."""

    kode: str
    nama: str
    due: Callable[[datetime.date, datetime.date], Iterable[Perkara]]
    done: Callable[[set[str]], set[str]]
    # Parts of its objects that steps may speak of, by what they are called.
    daftar_bagian: Mapping[str, str] = field(default_factory=dict)


_daftar: dict[str, Sumber] = {}


def register_sumber(
    kode: str, nama: str, *, due, done, daftar_bagian: Mapping[str, str] | None = None
) -> None:
    """Make a source known; once per process."""
    _daftar[kode] = Sumber(kode, nama, due, done, daftar_bagian or {})


def get_sumber(kode: str) -> Sumber | None:
    return _daftar.get(kode)


def list_sumber() -> list[Sumber]:
    return [_daftar[kode] for kode in sorted(_daftar)]


def build_url(nama: str, *argumen) -> str:
    """The address of a page; the list of reminders where this installation does not have it."""
    try:
        return reverse(nama, args=argumen)
    except NoReverseMatch:
        return reverse("pengingat_list")
