"""Who wants to hear that an event was closed, or that its bundle has grown. Apps above register
themselves in `AppConfig.ready()`; nothing here knows them."""

from collections.abc import Callable

Penerima = Callable[[int], object]
_daftar: list[Penerima] = []


def register_penerima(penerima: Penerima) -> None:
    """`penerima(upacara_id)` may be called more than once for the same bundle, and later again when
    something has been added to it; once per process is enough to register."""
    if penerima not in _daftar:
        _daftar.append(penerima)


def list_penerima() -> list[Penerima]:
    return list(_daftar)
