"""Asking for a pack."""

from django.db import transaction
from django.db.models import Count

from integritas.alur import AlurError
from penilaian import tasks
from penilaian.alur.pengisian import lock_penilaian
from penilaian.bukti.paket.sewa import BELUM_SELESAI
from penilaian.models import PaketBukti, PemakaianBukti, Penilaian
from satker.models import Riwayat


@transaction.atomic
def request_paket(penilaian: Penilaian, *, by) -> tuple[PaketBukti, bool]:
    """A pack of what the assessment shows, made in the background; True when it is a new one.
    While one is not finished, asking again leads to it."""
    penilaian = lock_penilaian(penilaian)
    berjalan = PaketBukti.objects.filter(penilaian=penilaian, keadaan__in=BELUM_SELESAI)
    if (paket := berjalan.order_by("pk").first()) is not None:
        return paket, False
    pemakaian = PemakaianBukti.objects.filter(penilaian=penilaian)
    hitungan = pemakaian.aggregate(pakai=Count("pk"), berkas=Count("revisi__berkas", distinct=True))
    if not hitungan["pakai"]:
        raise AlurError("LKE ini belum memakai bukti apa pun, jadi belum ada yang dikemas.")
    paket = PaketBukti.objects.create(
        penilaian=penilaian, jumlah=hitungan["berkas"], diminta_oleh=by
    )
    Riwayat.record(penilaian.satker, "paket bukti diminta", by=by, objek=penilaian.objek)
    tasks.make_paket.delay_on_commit(paket.pk)
    return paket, True
