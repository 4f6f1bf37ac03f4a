"""Patterns of texts that come with the program; what an office has changed stays changed."""

from satker.models import NaskahBaku


def load(daftar_baris: list[dict[str, str]]) -> int:
    """Add the patterns that are missing; returns how many."""
    ada = set(NaskahBaku.objects.values_list("kode", flat=True))
    baru = [NaskahBaku(**baris) for baris in daftar_baris if baris["kode"] not in ada]
    NaskahBaku.objects.bulk_create(baru)
    return len(baru)
