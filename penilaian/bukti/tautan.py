"""Links of evidence, asked once a week whether they still lead somewhere.

One batch at a time, so that whole drives of a ministry do not fall upon one host together; no lock is
held while anybody is asked.
"""

import datetime
import time
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from integritas.berkas.tautan import HasilTautan, check_tautan
from penilaian.alur.temuan import refresh_tautan
from penilaian.models import PemakaianBukti, RevisiBukti
from penilaian.models.bukti import BERMASALAH
from satker.models import Riwayat

Keadaan = RevisiBukti.Keadaan
ULANG = datetime.timedelta(days=7)
# Out of reach is mostly a matter of hours.
ULANG_TERJANGKAU = datetime.timedelta(days=1)
# A batch ends at so many links or seconds: a single worker has other things to do as well.
SEKALI, ANGGARAN = 20, 60.0
# Seconds between two questions to the same host.
JEDA_HOST = 1.0
TERLALU_SERING = 429


class Berikut(NamedTuple):
    """Where the next batch begins."""

    sesudah: int


def ask_tautan(tautan: str) -> HasilTautan:
    return check_tautan(tautan, daftar_host=settings.TAUTAN_HOST)


def filter_due(kini: datetime.datetime):
    """Links that an assessment of this or the last year shows and that nobody has checked lately."""
    tahun = timezone.localdate(kini).year
    dipakai = PemakaianBukti.objects.filter(
        revisi=OuterRef("pk"), penilaian__tahun__in=[tahun - 1, tahun]
    )
    perlu = (
        Q(diperiksa_pada__isnull=True)
        | Q(diperiksa_pada__lte=kini - ULANG)
        | Q(keadaan=Keadaan.TIDAK_TERJANGKAU, diperiksa_pada__lte=kini - ULANG_TERJANGKAU)
    )
    return RevisiBukti.objects.filter(perlu, Exists(dipakai), tautan__isnull=False)


def check_batch(
    sesudah: int = 0, *, ask: Callable[[str], HasilTautan] = ask_tautan
) -> Berikut | None:
    """Check the links after that key which are due; where to go on, or None at the end. The same
    address of several revisions is asked once."""
    hingga = time.monotonic() + ANGGARAN
    daftar = filter_due(timezone.now()).filter(pk__gt=sesudah).order_by("pk")[: SEKALI + 1]
    baris = list(daftar.values_list("pk", "tautan"))
    terjawab: dict[str, HasilTautan] = {}
    antre = _Antre()
    for pk, tautan in baris[:SEKALI]:
        if time.monotonic() >= hingga:
            return Berikut(sesudah)
        if tautan not in terjawab and antre.wait(tautan):
            terjawab[tautan] = ask(tautan)
            antre.note(tautan, terjawab[tautan])
        if tautan in terjawab and record_pemeriksaan(pk, terjawab[tautan]):
            refresh_tautan([pk])
        sesudah = pk
    return Berikut(sesudah) if len(baris) > SEKALI else None


class _Antre:
    """Manners towards hosts: some time between two questions, and none to who had enough."""

    def __init__(self) -> None:
        self.terakhir: dict[str, float] = {}
        self.cukup: set[str] = set()

    def wait(self, tautan: str) -> bool:
        """Wait until its host may be asked again; False when not today."""
        host = _read_host(tautan)
        if host in self.cukup:
            return False
        sisa = self.terakhir.get(host, -JEDA_HOST) + JEDA_HOST - time.monotonic()
        if sisa > 0:
            time.sleep(sisa)
        return True

    def note(self, tautan: str, hasil: HasilTautan) -> None:
        self.terakhir[_read_host(tautan)] = time.monotonic()
        if hasil.kode_http == TERLALU_SERING:
            self.cukup.add(_read_host(tautan))


def _read_host(tautan: str) -> str:
    try:
        return urlsplit(tautan).hostname or ""
    except ValueError:
        return ""


@transaction.atomic
def record_pemeriksaan(revisi_id: int, hasil: HasilTautan) -> list[int]:
    """What a check found, written here and nowhere else. Returns the assessments that show the link
    when what they show has changed, else none.

    Out of reach is no verdict: a link that was dead or needs signing in stays so until somebody
    answers, and one that was alive is never called dead for it.
    """
    revisi = (
        RevisiBukti.objects.select_for_update(of=("self",))
        .select_related("bukti__satker")
        .get(pk=revisi_id)
    )
    lama, baru = revisi.keadaan, Keadaan(hasil.keadaan)
    if baru == Keadaan.TIDAK_TERJANGKAU and lama in BERMASALAH:
        return []
    revisi.keadaan, revisi.pesan_periksa = baru, hasil.pesan[:200]
    revisi.diperiksa_pada = timezone.now()
    revisi.save(update_fields=["keadaan", "pesan_periksa", "diperiksa_pada"])
    if baru == lama:
        return []
    if baru in BERMASALAH or lama in BERMASALAH:
        Riwayat.record(
            revisi.bukti.satker,
            "tautan bukti diperiksa",
            by=None,
            objek=revisi.bukti.objek,
            sebelum={"bukti": revisi.bukti.nama, "keadaan": Keadaan(lama).label},
            sesudah={"bukti": revisi.bukti.nama, "keadaan": baru.label, "tautan": revisi.tautan},
        )
    pemakaian = PemakaianBukti.objects.filter(revisi=revisi).order_by("penilaian")
    return list(pemakaian.values_list("penilaian", flat=True).distinct())
