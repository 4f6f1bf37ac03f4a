"""From rules to rows: what is due for whom, made, withdrawn and finished in a few statements.

A row is made when its day is near (`DEPAN`), so that a date that moves is cheap. What should have
been made while nothing ran, and is of no use any more, is kept as `terlewat`; a step whose time was
over before its object was known is nobody's omission and leaves no row.
"""

import datetime
import logging

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from satker import tenggat
from satker.models import AturanPengingat, Detak, HariLibur, LangkahPengingat, Pengingat
from satker.pengingat.baris import DEPAN, Hasil, Keadaan, Kerja, Kunci, Tercatat
from satker.pengingat.petugas import Petugas
from satker.pengingat.sumber import Sumber, get_sumber, list_sumber

logger = logging.getLogger(__name__)

DETAK = "buat-pengingat"
# The longest that work is taken to have stood still.
BERHENTI_TERLAMA = datetime.timedelta(days=60)


def make(kini: datetime.datetime | None = None) -> Hasil:
    """Everything that is due by now, of every source. Run again it finds nothing to do; two at once
    do not double. A source that fails does not hold up the others."""
    keadaan = _read_keadaan(kini or timezone.now())
    hasil, galat = Hasil(), None
    for sumber in list_sumber():
        try:
            hasil += make_sumber(sumber, keadaan)
        except Exception as error:
            logger.exception("pengingat %s tidak dibuat", sumber.kode)
            galat = galat or error
    if galat is not None:
        # The task is seen to fail, and what was missed meanwhile is still known.
        raise galat
    Detak.objects.update_or_create(nama=DETAK, defaults={"pada": keadaan.kini})
    return hasil


def refresh(kode: str, kunci: str | None = None, kini: datetime.datetime | None = None) -> Hasil:
    """The same for one source, or for one of its objects with all its parts."""
    sumber = get_sumber(kode)
    if sumber is None:
        return Hasil()
    return make_sumber(sumber, _read_keadaan(kini or timezone.now()), kunci)


def refresh_objek(kode: str, kunci: str | None = None) -> None:
    """For a step that moves, finishes or cancels an object (or many of a source): bring its reminders
    along once the step is in the database."""
    from satker.pengingat import tugas_susun

    def ask():
        tugas_susun.refresh_pengingat.delay(kode, kunci)

    # Robust: without a queue the step has happened all the same, and the next look finds it.
    transaction.on_commit(ask, robust=True)


def _read_keadaan(kini: datetime.datetime) -> Keadaan:
    detak = Detak.objects.filter(nama=DETAK).first()
    return Keadaan(
        kini,
        detak.pada if detak else None,
        frozenset(HariLibur.objects.values_list("tanggal", flat=True)),
        Petugas(timezone.localdate(kini)),
    )


@transaction.atomic
def make_sumber(sumber: Sumber, keadaan: Keadaan, kunci: str | None = None) -> Hasil:
    # One at a time per source: two at once would wait for each other's rows in any order.
    list(
        AturanPengingat.objects.select_for_update(no_key=True)
        .filter(sumber=sumber.kode)
        .order_by("pk")
    )
    daftar_langkah = list(
        LangkahPengingat.objects.filter(
            aturan__sumber=sumber.kode, aturan__aktif=True, aktif=True
        ).order_by("pk")
    )
    dari, sampai = _find_jendela(daftar_langkah, keadaan)
    tercatat = _list_tercatat(sumber, (dari, sampai), kunci)
    terbuka = [satu for satu in tercatat.values() if satu.is_open]
    if not daftar_langkah and not terbuka:
        return Hasil()
    # Whoever has moved out of sight is told from who has moved away by the dates that are open.
    dari = min([dari, *(satu.acuan for satu in terbuka)])
    sampai = max([sampai, *(satu.acuan for satu in terbuka)])
    perkara = {satu.kunci: satu for satu in sumber.due(dari, sampai) if _is_part(satu.kunci, kunci)}
    kerja = Kerja(sumber, keadaan, {satu.pk: satu for satu in daftar_langkah}, perkara)
    kerja.close(terbuka)
    kerja.open(tercatat)
    return kerja.write()


def _is_part(kunci: str, milik: str | None) -> bool:
    """`12:dokumen` is a part of `12`."""
    return milik is None or kunci == milik or kunci.startswith(f"{milik}:")


def _find_jendela(
    daftar_langkah: list[LangkahPengingat], keadaan: Keadaan
) -> tuple[datetime.date, datetime.date]:
    """Reference dates of which a step may fall due between the last go and the day ahead. Wider than
    need be: five working days are at least seven, and a feast may lie among them."""
    berhenti = BERHENTI_TERLAMA
    if keadaan.terakhir is not None:
        # A clock that was set back has not made the time shorter than none.
        berhenti = min(berhenti, max(keadaan.kini - keadaan.terakhir, datetime.timedelta()))
    dari = sampai = keadaan.hari
    for langkah in daftar_langkah:
        lebar = abs(langkah.geser)
        if langkah.satuan == LangkahPengingat.Satuan.KERJA:
            lebar = lebar * 2 + 20
        jarak = datetime.timedelta(days=lebar if langkah.geser >= 0 else -lebar)
        mundur = datetime.timedelta(days=langkah.berguna_hari + 2) + berhenti
        dari = min(dari, keadaan.hari - jarak - mundur)
        sampai = max(sampai, keadaan.hari - jarak + DEPAN + tenggat.HARI)
    return dari, sampai


def _list_tercatat(sumber, jendela, kunci) -> dict[Kunci, Tercatat]:
    """Rows of the source that are open, or that a new one might be the same as."""
    milik = Pengingat.objects.filter(langkah__aturan__sumber=sumber.kode)
    if kunci is not None:
        objek = f"{sumber.kode}:{kunci}"
        milik = milik.filter(Q(objek=objek) | Q(objek__startswith=f"{objek}:"))
    baris = milik.filter(
        Q(acuan__range=jendela) | Q(status__in=Pengingat.TERBUKA, usang=False)
    ).values_list("pk", "langkah", "objek", "acuan", "pengguna", "status", "usang")
    return {satu.kunci: satu for satu in (Tercatat(*isi) for isi in baris)}
