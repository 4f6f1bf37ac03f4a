"""Predicates from a table: grants, decrees found later, and sayings "without predicate".

Every row meets the rules of `penilaian/syarat.py`, those of a single grant, in the order of the
dates: a WBK and the WBBM it rises to may stand in one file. An empty predicate says nothing.
"""

from django.db import IntegrityError, transaction

from integritas.alur import AlurError
from integritas.impor import Hasil, ImporDitolakError, Rencana, Subjek
from integritas.tabel import Tabel, read_tabel
from penilaian import alur
from penilaian.impor.kolom import CONTOH, DAFTAR_KOLOM, list_pilihan
from penilaian.impor.rencana import Perencana
from penilaian.models import PernyataanTanpa

__all__ = ["DAFTAR_KOLOM", "SUBJEK", "apply", "plan"]


def plan(nama: str, isi: bytes, *, by=None) -> Rencana:
    """What the file would do; raises BerkasDitolakError when it cannot be read at all."""
    return _plan(read_tabel(nama, isi, DAFTAR_KOLOM), by, lock=False)


def apply(nama: str, isi: bytes, *, by=None, lewati=False, sidik=None) -> Rencana:
    """Plan again under locks and write in one transaction; raises ImporDitolakError."""
    tabel = read_tabel(nama, isi, DAFTAR_KOLOM)
    rencana = Rencana(tabel, [])
    try:
        with transaction.atomic():
            rencana = _plan(tabel, by, lock=True)
            rencana.refuse_changed(sidik)
            rencana.refuse_unclean(lewati=lewati)
            _write(rencana, by)
    except IntegrityError as error:
        raise ImporDitolakError(
            "Orang lain sedang mencatat predikat satker yang sama, jadi belum ada yang ditulis. "
            "Periksa sekali lagi.",
            rencana,
        ) from error
    rencana.ditulis = True
    return rencana


def _plan(tabel: Tabel, by, *, lock: bool) -> Rencana:
    perencana = Perencana(tabel, by, lock)
    return Rencana(tabel, perencana.plan(), tabel.pemberitahuan)


def _write(rencana: Rencana, by) -> None:
    """Better dates first, for a grant may rest on them; then grants by date, then attestations."""
    berubah, baru = (
        [satu.isi for satu in sorted(rencana.list_hasil(hasil), key=lambda satu: satu.giliran)]
        for hasil in (Hasil.BERUBAH, Hasil.BARU)
    )
    penetapan = [isi for isi in baru if not isinstance(isi, PernyataanTanpa)]
    pernyataan = [isi for isi in baru if isinstance(isi, PernyataanTanpa)]
    try:
        if berubah:
            alur.complete_many(berubah, by=by)
        if penetapan:
            alur.grant_many(penetapan, by=by)
        if pernyataan:
            alur.attest_tanpa_many(pernyataan, by=by)
    except AlurError as error:
        raise ImporDitolakError(f"{error} Belum ada yang ditulis.", rencana) from error


SUBJEK = Subjek(
    kode="predikat",
    judul="Impor predikat",
    keterangan="Catat predikat banyak satker, atau lengkapi SK dan tanggalnya, dari satu berkas.",
    daftar_kolom=DAFTAR_KOLOM,
    plan=plan,
    apply=apply,
    list_pilihan=list_pilihan,
    contoh=CONTOH,
)
