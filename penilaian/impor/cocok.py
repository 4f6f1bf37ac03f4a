"""Which record on hand a row speaks of."""

import datetime

from integritas.tabel import normalize
from penilaian import masa
from penilaian.models import (
    Predikat,
)
from penilaian.syarat import Catatan, Penetapan


def find_ada(catatan: Catatan, penetapan: Penetapan) -> Predikat | None:
    """The record that a row speaks of: the same decree, year or attestation, or one that the row
    dates better."""
    sejenis = [satu for satu in catatan.predikat if satu.jenis == penetapan.jenis]
    tanggal, tahun = penetapan.tanggal_sk, penetapan.tahun
    nomor = normalize(penetapan.nomor_sk)
    for ada in sejenis:
        if nomor and normalize(ada.nomor_sk) == nomor:
            return ada
        if tanggal is not None and ada.tanggal_sk == tanggal:
            return ada
        if tanggal is None and tahun is not None and ada.tahun == tahun:
            return ada
    if tanggal is None and tahun is None:
        # Nothing but a saying that it is held: true when it was held on that day.
        pada = penetapan.disebut_pada
        return next((ada for ada in sejenis if pada and _is_held(ada, pada)), None)
    try:
        dari, _ = masa.compute_berlaku_dari(tanggal, tahun, penetapan.disebut_pada)
    except ValueError:
        return None
    for ada in sejenis:
        # Known less well so far, and for certain only from a later day on.
        kurang = ada.tanggal_sk is None and ada.tahun in (None, dari.year)
        if kurang and dari <= ada.berlaku_dari:
            return ada
    return None


def _is_held(predikat: Predikat, pada: datetime.date) -> bool:
    return predikat.berlaku_dari <= pada and (
        predikat.berlaku_sampai is None or predikat.berlaku_sampai > pada
    )
