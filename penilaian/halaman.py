"""One assessment as every page about it needs it, and its kept scores: asked at each answer saved.

Written as SQL, and the objects put together here: building the same statement took the ORM as long
as a whole light page does. `tests/penilaian/test_halaman.py` holds it against the queryset.
"""

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField
from django.http import Http404
from django.utils import timezone

from penilaian.models import (
    LAPIS_SATKER,
    Jawaban,
    MasaPredikat,
    Penilaian,
    Rekap,
    VersiInstrumen,
)
from satker.models import SatuanKerja

KOLOM_VERSI = ("kode", "versi", "judul", "sha256", "pengaturan")
SQL = f"""
SELECT p.*, s.kode AS s_kode, s.contoh AS s_contoh,
       {", ".join(f"v.{kolom} AS v_{kolom}" for kolom in KOLOM_VERSI)},
       COALESCE((SELECT k.nama FROM satker_kedudukansatker k
                 WHERE k.satker_id = p.satker_id
                   AND (k.berlaku_dari IS NULL OR k.berlaku_dari <= %s)
                   AND (k.berlaku_sampai IS NULL OR k.berlaku_sampai > %s) LIMIT 1),
                (SELECT k.nama FROM satker_kedudukansatker k
                 WHERE k.satker_id = p.satker_id ORDER BY k.id DESC LIMIT 1)) AS nama
FROM penilaian_penilaian p
JOIN satker_satuankerja s ON s.id = p.satker_id
JOIN penilaian_versiinstrumen v ON v.id = p.versi_id
WHERE p.id = %s AND p.satker_id IN
"""  # noqa: S608  # nosec B608
SQL_KUNCI = f"""
SELECT p.*, s.kode AS s_kode, s.contoh AS s_contoh,
       {", ".join(f"v.{kolom} AS v_{kolom}" for kolom in KOLOM_VERSI)},
       a.diajukan_pada IS NOT NULL AS terkunci
FROM penilaian_penilaian p
JOIN satker_satuankerja s ON s.id = p.satker_id
JOIN penilaian_versiinstrumen v ON v.id = p.versi_id
JOIN penilaian_areapenilaian a ON a.penilaian_id = p.id AND a.area = %s
WHERE p.id = %s
"""  # noqa: S608  # nosec B608
SQL_JAWABAN = "SELECT * FROM penilaian_jawaban WHERE penilaian_id = %s AND lapis = %s"
SQL_MASA = (
    "SELECT * FROM penilaian_masapredikat WHERE satker_id = %s AND dari <= %s "
    "AND (sampai IS NULL OR sampai > %s)"
)
SQL_REKAP = "SELECT * FROM penilaian_rekap WHERE penilaian_id = %s AND lapis = %s"


def read_penilaian(user, pk: int) -> Penilaian:
    """The assessment with its unit, version and the unit's name; 404 for what this person may not
    see. See also PenilaianQuerySet.visible_to() and .for_page()."""
    if pk > BigIntegerField.MAX_BIGINT:
        raise Http404
    hari = timezone.localdate()
    try:
        terlihat, isi = SatuanKerja.objects.visible_to(user).values("pk").query.sql_with_params()
    except EmptyResultSet:
        raise Http404 from None
    for penilaian in Penilaian.objects.raw(f"{SQL} ({terlihat})", [hari, hari, pk, *isi]):
        return _fill(penilaian)
    raise Http404


def lock_penilaian(pk: int, area: str) -> tuple[Penilaian, bool]:
    """The assessment with its unit and version as it is now, and whether that area is in; both rows
    locked for this transaction."""
    kunci = "FOR UPDATE OF p, a" if connection.features.has_select_for_update else ""
    [satu] = Penilaian.objects.raw(f"{SQL_KUNCI} {kunci}", [area, pk])
    return _fill(satu), bool(satu.terkunci)  # type: ignore[attr-defined]


def _fill(satu) -> Penilaian:
    satu.satker = SatuanKerja(satu.satker_id, satu.s_kode, bool(satu.s_contoh))
    satu.versi = VersiInstrumen.from_db(
        satu._state.db,
        ["id", *KOLOM_VERSI],
        [satu.versi_id, *(getattr(satu, f"v_{kolom}") for kolom in KOLOM_VERSI)],
    )
    return satu


def read_rekap(penilaian: Penilaian) -> Rekap:
    """The kept scores of the unit's own layer; every assessment has them from its opening."""
    [rekap] = Rekap.objects.raw(SQL_REKAP, [penilaian.pk, LAPIS_SATKER])
    return rekap


def read_jawaban(penilaian: Penilaian) -> list[Jawaban]:
    """All answers of the unit's own layer, drafts included."""
    return list(Jawaban.objects.raw(SQL_JAWABAN, [penilaian.pk, LAPIS_SATKER]))


def read_masa(penilaian: Penilaian) -> MasaPredikat | None:
    """What is known of the unit's predicate today. See also MasaPredikatQuerySet.at()."""
    hari = timezone.localdate()
    daftar = MasaPredikat.objects.raw(SQL_MASA, [penilaian.satker_id, hari, hari])
    return next(iter(daftar), None)
