"""A stored assessment as the form: what it says, and the workbook."""

import tempfile
from typing import IO

from django.db import connection
from django.utils import timezone

from penilaian.lembar.isi import IsiLembar
from penilaian.lembar.tulis import write_lembar
from penilaian.models import LAPIS_SATKER, Jawaban, PemakaianBukti, Penilaian
from penilaian.versi import InstrumenTerpakai, get_terpakai
from satker.models import SatuanKerja


def _at(tabel: str) -> str:
    """See also KedudukanQuerySet.at()."""
    return (
        f"({tabel}.berlaku_dari IS NULL OR {tabel}.berlaku_dari <= %(hari)s) "
        f"AND ({tabel}.berlaku_sampai IS NULL OR {tabel}.berlaku_sampai > %(hari)s)"
    )


# Building the same with the ORM took a tenth of the time of the whole workbook.
SQL_KEMENTERIAN = f"""
WITH milik AS (
    SELECT k.instansi_id, k.pembina_id FROM satker_kedudukansatker k
    WHERE {_at("k")} AND (k.satker_id = %(satker)s OR k.satker_id IN (
        SELECT kw.satker_id FROM satker_kedudukansatker s
        JOIN satker_kantorwilayah kw ON kw.id = s.kanwil_id
        WHERE s.satker_id = %(satker)s AND {_at("s")}))
), simpul AS (SELECT instansi_id AS id FROM milik UNION SELECT pembina_id FROM milik)
SELECT i.singkatan FROM satker_kedudukaninstansi i
WHERE i.induk_id IS NULL AND {_at("i")} AND (
    i.instansi_id IN (SELECT id FROM simpul)
    OR i.instansi_id IN (
        SELECT d.induk_id FROM satker_kedudukaninstansi d
        WHERE {_at("d")} AND d.instansi_id IN (SELECT id FROM simpul)))
ORDER BY i.id LIMIT 1
"""  # noqa: S608  # nosec B608


def open_lembar(penilaian: Penilaian, nama: str) -> IO[bytes]:
    """The workbook as an open file at its beginning; whoever sends it closes it. `nama` is what the
    unit is called."""
    terpakai = get_terpakai(penilaian.versi)
    berkas = tempfile.TemporaryFile()  # noqa: SIM115
    write_lembar(berkas, terpakai.isi, build_isi(penilaian, terpakai, nama))
    berkas.seek(0)
    return berkas


def build_isi(penilaian: Penilaian, terpakai: InstrumenTerpakai, nama: str) -> IsiLembar:
    """Answers, notes and evidence as stored; a draft of last year is no answer."""
    kode = terpakai.kode_dari
    daftar = Jawaban.objects.filter(penilaian=penilaian, lapis=LAPIS_SATKER, draf=False)
    jawaban, catatan = {}, {}
    for satu in daftar:
        if (jawab := satu.jawab) is not None:
            jawaban[kode[satu.pertanyaan_id]] = jawab
        if satu.catatan:
            catatan[kode[satu.pertanyaan_id]] = satu.catatan
    bukti: dict[str, list[str]] = {}
    tautan: dict[str, list[str]] = {}
    pemakaian = PemakaianBukti.objects.filter(penilaian=penilaian).order_by("pk")
    for pertanyaan_id, nama_bukti, alamat in pemakaian.values_list(
        "pertanyaan_id", "bukti__nama", "revisi__tautan"
    ):
        bukti.setdefault(kode[pertanyaan_id], []).append(nama_bukti)
        if alamat:
            tautan.setdefault(kode[pertanyaan_id], []).append(alamat)
    return IsiLembar(
        nama_satker=nama or penilaian.satker.kode,
        tahun=penilaian.tahun,
        target=penilaian.target,
        versi=f"{terpakai.isi.kode} versi {terpakai.versi}",
        kementerian=get_kementerian(penilaian.satker) or "Kementerian",
        jawaban=jawaban,
        catatan=catatan,
        bukti=bukti,
        tautan=tautan,
    )


def get_kementerian(satker: SatuanKerja) -> str:
    """What the ministry of a unit is called for short today: that of the unit or of its Kanwil;
    empty when no record says."""
    hari = timezone.localdate()
    with connection.cursor() as kursor:
        kursor.execute(SQL_KEMENTERIAN, {"hari": hari, "satker": satker.pk})
        baris = kursor.fetchone()
    return baris[0] if baris else ""
