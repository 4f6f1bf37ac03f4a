"""Offices from a table: what each row would change, and the writing of it in a few statements.

An empty cell says nothing. A row that differs from the position in force begins a new position on
its "berlaku mulai" and never rewrites the past. The rules are those of `satker/alur/`; here they
are asked for a thousand rows at once, from facts fetched in a handful of queries.
"""

from django.db import IntegrityError, transaction

from integritas.impor import ImporDitolakError, Rencana, Subjek
from integritas.tabel import Tabel, read_tabel
from satker.impor.kolom import CONTOH, DAFTAR_KOLOM, list_pilihan
from satker.impor.rencana import Perencana
from satker.impor.tulis import write

__all__ = ["DAFTAR_KOLOM", "SUBJEK", "apply", "plan"]


def plan(nama: str, isi: bytes, *, by=None) -> Rencana:
    """What the file would do; raises BerkasDitolakError when it cannot be read at all."""
    return _plan(read_tabel(nama, isi, DAFTAR_KOLOM), nama, by, lock=False)


def apply(nama: str, isi: bytes, *, by=None, lewati=False, sidik=None) -> Rencana:
    """Plan again under locks and write in one transaction; raises ImporDitolakError."""
    tabel = read_tabel(nama, isi, DAFTAR_KOLOM)
    rencana = Rencana(tabel, [])
    try:
        with transaction.atomic():
            rencana = _plan(tabel, nama, by, lock=True)
            rencana.refuse_changed(sidik)
            rencana.refuse_unclean(lewati=lewati)
            write(rencana, nama, by)
    except IntegrityError as error:
        # Somebody else wrote the same unit a moment ago; the database let one of us through.
        raise ImporDitolakError(
            "Orang lain sedang menulis satker yang sama, jadi belum ada yang ditulis. Periksa "
            "sekali lagi.",
            rencana,
        ) from error
    rencana.ditulis = True
    return rencana


def _plan(tabel: Tabel, nama: str, by, *, lock: bool) -> Rencana:
    perencana = Perencana(tabel, nama, by, lock=lock)
    baris = perencana.plan()
    return Rencana(tabel, baris, [*tabel.pemberitahuan, *perencana.list_pemberitahuan(baris)])


SUBJEK = Subjek(
    kode="satker",
    judul="Impor satuan kerja",
    keterangan="Daftarkan satuan kerja baru dan catat perubahannya dari satu berkas.",
    daftar_kolom=DAFTAR_KOLOM,
    plan=plan,
    apply=apply,
    list_pilihan=list_pilihan,
    contoh=CONTOH,
)
