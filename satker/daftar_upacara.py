"""Events and rounds as lists beside something else: of a unit, of a Kanwil."""

from django.db.models import Exists, F, OuterRef, Q

from satker.models import KedudukanSatker, PesertaSatker, Putaran, Upacara


def with_nama_rumah(daftar):
    """Events with the name that the host bore on the day; one statement."""
    posisi = (
        KedudukanSatker.objects.filter(satker=OuterRef("tuan_rumah"))
        .filter(Q(berlaku_dari__isnull=True) | Q(berlaku_dari__lte=OuterRef("tanggal")))
        .filter(Q(berlaku_sampai__isnull=True) | Q(berlaku_sampai__gt=OuterRef("tanggal")))
    )
    return daftar.annotate(nama_rumah=posisi.values("nama")[:1])


def list_milik_satker(satker, *, umum: bool = False) -> list[Upacara]:
    """The events a unit took part in, is expected at, or hosted, newest first, with `ikut` (it is
    named as a participant) and `hadir`. For the unit's page: `satker/_upacara_satker.html`."""
    peserta = PesertaSatker.objects.filter(upacara=OuterRef("pk"), satker=satker)
    daftar = Upacara.objects.filter(
        Q(tuan_rumah=satker)
        | Q(pk__in=PesertaSatker.objects.filter(satker=satker).values("upacara"))
    )
    if umum:
        daftar = daftar.public()
    return list(
        daftar.annotate(
            ikut=Exists(peserta), hadir=peserta.values("hadir")[:1], nama_putaran=F("putaran__nama")
        )
        .select_related("putaran")
        .order_by("-tanggal", "-pk")
    )


def list_putaran_umum(kanwil) -> list[Putaran]:
    """The rounds of a Kanwil that anybody may read, newest first. For the Kanwil's page:
    `satker/_putaran_kanwil.html`."""
    return list(Putaran.objects.public().filter(kanwil=kanwil).order_by("-tahun", "-pk"))
