"""One assessment as every page about it needs it, and its kept scores: asked at each answer saved.

Written as SQL, and the objects put together here: building the same statement took the ORM as long
as a whole light page does. `tests/penilaian/test_halaman.py` holds it against the queryset.
"""

from django.core.exceptions import EmptyResultSet
from django.db.models import BigIntegerField
from django.http import Http404
from django.utils import timezone

from penilaian.models import LAPIS_SATKER, Penilaian, Rekap, VersiInstrumen
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
