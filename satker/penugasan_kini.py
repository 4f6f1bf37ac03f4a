"""Today's assignments of one person, with the nodes they hang on and whether a second factor is
set up, and how many reminders wait unread (counted as far as a hundred): asked by every page of everybody
who has signed in.

Written as SQL, and the objects put together here: building the same statement with four joins took
the ORM longer than everything else a light page does. `tests/satker/test_access.py` holds it against
the queryset.
"""

import datetime

from django.db import connection
from django.utils import timezone

from satker.models import Instansi, KantorWilayah, Pengingat, Penugasan, SatuanKerja

SQL = """
SELECT p.*,
       EXISTS (SELECT 1 FROM mfa_authenticator a
               WHERE a.user_id = p.pengguna_id AND a.type = 'totp') AS berfaktor,
       i.kode AS i_kode, i.contoh AS i_contoh,
       s.kode AS s_kode, s.contoh AS s_contoh,
       k.satker_id AS k_satker, k.provinsi AS k_provinsi, k.kode_bps AS k_kode_bps,
       k.data_per AS k_data_per, ks.kode AS ks_kode, ks.contoh AS ks_contoh,
       (SELECT COUNT(*) FROM (
           SELECT 1 FROM satker_pengingat g
           WHERE g.pengguna_id = %s AND g.jatuh_pada <= %s AND g.dibaca_pada IS NULL
             AND g.status IN ('menunggu', 'terkirim') AND NOT g.usang
           LIMIT 100) b) AS belum_dibaca
FROM satker_penugasan p
LEFT JOIN satker_instansi i ON i.id = p.instansi_id
LEFT JOIN satker_satuankerja s ON s.id = p.satker_id
LEFT JOIN satker_kantorwilayah k ON k.id = p.kanwil_id
LEFT JOIN satker_satuankerja ks ON ks.id = k.satker_id
WHERE p.pengguna_id = %s AND p.berlaku_dari <= %s
  AND (p.berlaku_sampai IS NULL OR p.berlaku_sampai > %s)
ORDER BY p.berlaku_dari, p.id
"""


def read(pengguna_id: int, hari: datetime.date) -> list[Penugasan]:
    """See also PenugasanQuerySet.at() and PengingatQuerySet.due()."""
    kini = Pengingat._meta.get_field("jatuh_pada").get_db_prep_save(timezone.now(), connection)
    isi = [pengguna_id, kini, pengguna_id, hari, hari]
    return [_fill(satu) for satu in Penugasan.objects.raw(SQL, isi)]


def _fill(satu) -> Penugasan:
    if satu.instansi_id:
        satu.instansi = Instansi(satu.instansi_id, satu.i_kode, bool(satu.i_contoh))
    if satu.satker_id:
        satu.satker = SatuanKerja(satu.satker_id, satu.s_kode, bool(satu.s_contoh))
    if satu.kanwil_id:
        data_per = satu.k_data_per
        if isinstance(data_per, str):
            data_per = datetime.date.fromisoformat(data_per)
        satu.kanwil = KantorWilayah(
            id=satu.kanwil_id,
            satker=SatuanKerja(satu.k_satker, satu.ks_kode, bool(satu.ks_contoh)),
            provinsi=satu.k_provinsi,
            kode_bps=satu.k_kode_bps,
            data_per=data_per,
        )
    return satu
