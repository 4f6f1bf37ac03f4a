"""Who makes a pack: claimed under a lock, kept by showing life, lost when that stops.

The moment of the last sign of life is also the claim's mark: whoever took the pack over has set
another one, and the first maker can write nothing any more.
"""

import datetime
import time
from dataclasses import dataclass, field
from typing import NamedTuple

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from penilaian.models import PaketBukti, Penilaian

FOLDER = "paket"
BELUM_SELESAI = (PaketBukti.Keadaan.ANTRE, PaketBukti.Keadaan.DIBUAT)
# Without a sign of life for that long, somebody else may make the pack.
SEWA = datetime.timedelta(minutes=5)
# A pack that was not finished by then never will be: something in it ends every worker.
PALING_LAMA = datetime.timedelta(days=1)
# Seconds between two signs of life, whatever the number of files.
JEDA = 2.0
# Finished packs kept of one assessment.
SIMPAN = 3
# Rows of a page; who asks more often than that within a week sees the newest.
PALING_BANYAK = 20


class LepasError(Exception):
    """Somebody else makes this pack now."""


class Jadi(NamedTuple):
    """A pack that lies in the store under `kunci`."""

    kunci: str
    sha256: str
    ukuran: int
    pesan: str = ""


@dataclass
class Sewa:
    """The right to make one pack."""

    paket: PaketBukti
    jumlah: int = 0
    selesai: int = 0
    berikut: float = field(default_factory=lambda: time.monotonic() + JEDA)

    def tick(self, *_) -> None:
        """Called as often as one likes; writes now and then. Raises LepasError."""
        if time.monotonic() >= self.berikut:
            self.write(jumlah=self.jumlah, selesai=self.selesai)
            self.berikut = time.monotonic() + JEDA

    def write(self, **isi) -> None:
        kini = timezone.now()
        milik = PaketBukti.objects.filter(
            pk=self.paket.pk,
            keadaan=PaketBukti.Keadaan.DIBUAT,
            disentuh_pada=self.paket.disentuh_pada,
        )
        if not milik.update(disentuh_pada=kini, **isi):
            raise LepasError
        self.paket.disentuh_pada = kini

    @transaction.atomic
    def finish(self, jadi: Jadi) -> None:
        self.write(
            keadaan=PaketBukti.Keadaan.SELESAI,
            jumlah=self.jumlah,
            selesai=self.jumlah,
            berkas=jadi.kunci,
            sha256=jadi.sha256,
            ukuran=jadi.ukuran,
            pesan=jadi.pesan,
        )
        lama = PaketBukti.objects.filter(
            penilaian=self.paket.penilaian_id, keadaan=PaketBukti.Keadaan.SELESAI
        ).order_by("-pk")[SIMPAN:]
        discard(lama)

    def fail(self, pesan: str) -> None:
        self.write(keadaan=PaketBukti.Keadaan.GAGAL, pesan=pesan)


@transaction.atomic
def claim(paket_id: int) -> Sewa | None:
    """The pack, when it waits or its maker has died; None when there is nothing to do."""
    paket = (
        PaketBukti.objects.select_for_update(of=("self",))
        .select_related("diminta_oleh")
        .filter(pk=paket_id)
        .first()
    )
    kini = timezone.now()
    if paket is None or paket.keadaan not in BELUM_SELESAI:
        return None
    if paket.keadaan == PaketBukti.Keadaan.DIBUAT and paket.disentuh_pada > kini - SEWA:
        return None
    paket.keadaan, paket.selesai, paket.disentuh_pada = PaketBukti.Keadaan.DIBUAT, 0, kini
    paket.save(update_fields=["keadaan", "selesai", "disentuh_pada"])
    return Sewa(paket, paket.jumlah)


def list_paket(penilaian: Penilaian) -> list[PaketBukti]:
    """Newest first, each with the day it leaves (`dibuang_pada`)."""
    daftar = (
        PaketBukti.objects.filter(penilaian=penilaian)
        .select_related("diminta_oleh")
        .order_by("-pk")[:PALING_BANYAK]
    )
    for satu in daftar:
        dibuang_pada = satu.disentuh_pada + datetime.timedelta(days=settings.PAKET_HARI)
        satu.dibuang_pada = dibuang_pada  # type: ignore[attr-defined]
    return list(daftar)


def list_forsaken() -> list[int]:
    """Packs that wait or were being made and show no life: their message or their worker is gone."""
    return list(
        PaketBukti.objects.filter(
            keadaan__in=BELUM_SELESAI, disentuh_pada__lte=timezone.now() - SEWA
        ).values_list("pk", flat=True)
    )


def discard_old() -> None:
    """Give up what was not finished within a day, remove packs past their days, and files that no
    row names any more."""
    kini = timezone.now()
    PaketBukti.objects.filter(
        keadaan__in=BELUM_SELESAI, diminta_pada__lte=kini - PALING_LAMA
    ).update(
        keadaan=PaketBukti.Keadaan.GAGAL,
        pesan="Paket tidak selesai dalam sehari. Buat lagi; bila tetap gagal, hubungi admin.",
        disentuh_pada=kini,
    )
    batas = kini - datetime.timedelta(days=settings.PAKET_HARI)
    with transaction.atomic():
        discard(
            PaketBukti.objects.filter(disentuh_pada__lte=batas).exclude(keadaan__in=BELUM_SELESAI)
        )
    _sweep(kini - PALING_LAMA)


def discard(daftar) -> None:
    """Remove these rows, and their files once that is certain."""
    for paket in list(daftar):
        if paket.berkas:
            transaction.on_commit(lambda kunci=paket.berkas: default_storage.delete(kunci))
        paket.delete()


def _sweep(batas: datetime.datetime) -> None:
    """Files of makers that died: in the store, and half ones on disk."""
    try:
        _, ada = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        # No pack was ever made.
        ada = []
    kunci = {f"{FOLDER}/{nama}" for nama in ada}
    kunci -= set(PaketBukti.objects.filter(berkas__in=kunci).values_list("berkas", flat=True))
    for satu in kunci:
        if default_storage.get_modified_time(satu) < batas:
            default_storage.delete(satu)
    for jalur in settings.INTEGRITAS_SEMENTARA.glob(f"{FOLDER}-*"):
        if jalur.stat().st_mtime < batas.timestamp():
            jalur.unlink(missing_ok=True)
