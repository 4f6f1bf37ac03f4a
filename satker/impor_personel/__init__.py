"""People of a roster from a table: what each row would do, and the writing of it in a few statements.

A row is new, or says what the roster says already, or is refused: by name of the row in the file or
of the person on record that it doubles. Nobody is changed by a file. The rules are those of
`satker/alur/personel.py`, asked for thousands of rows at once from one query.
"""

from django.db import IntegrityError, transaction
from django.utils import timezone

from integritas.impor import Hasil, ImporDitolakError, Rencana, Subjek
from integritas.tabel import Tabel, read_tabel
from satker import cakupan
from satker.impor_personel.kolom import CONTOH, DAFTAR_KOLOM, J
from satker.impor_personel.rencana import Isi, Perencana
from satker.models import Personel, Riwayat, SatuanKerja

__all__ = ["DAFTAR_KOLOM", "SUBJEK", "apply", "plan"]


def plan(nama: str, isi: bytes, *, by=None) -> Rencana:
    """What the file would do; raises BerkasDitolakError when it cannot be read at all."""
    return _plan(read_tabel(nama, isi, DAFTAR_KOLOM), by, lock=False)


def _plan(tabel: Tabel, by, *, lock: bool) -> Rencana:
    return Rencana(tabel, Perencana(tabel, by, lock=lock).plan(), list(tabel.pemberitahuan))


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
            "Orang lain sedang menulis roster yang sama, jadi belum ada yang ditulis. Periksa "
            "sekali lagi.",
            rencana,
        ) from error
    rencana.ditulis = True
    return rencana


def _write(rencana: Rencana, by) -> None:
    milik: dict[int, tuple[SatuanKerja, list[Personel]]] = {}
    for satu in rencana.list_hasil(Hasil.BARU):
        isi: Isi = satu.isi
        milik.setdefault(isi.satker.pk, (isi.satker, []))[1].append(isi.personel)
    for satker, daftar in milik.values():
        Personel.objects.bulk_create(daftar, batch_size=2000)
        cakupan.refresh({satker.pk}, timezone.localdate().year)
        Riwayat.record(
            satker,
            "roster diimpor",
            by=by,
            sesudah={"jumlah": len(daftar), "personel": [satu.pk for satu in daftar]},
        )


SUBJEK = Subjek(
    kode="personel",
    judul="Impor personel",
    keterangan="Isi roster satker dari satu berkas: ASN, PPNPN, petugas pengamanan, kebersihan, "
    "taman dan parkir.",
    daftar_kolom=DAFTAR_KOLOM,
    plan=plan,
    apply=apply,
    list_pilihan=lambda: {"jenis": [jenis.label for jenis in J]},
    contoh=CONTOH,
    sebutan="Personel",
)
