"""What a calendar shows of ceremonies: one person's events, or those of a Kanwil.

An event whose year is only presumed is in no calendar: a calendar states a date and cannot doubt it.
"""

import datetime

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from satker.access import reads_contoh
from satker.ics import Entri
from satker.models import (
    Acara,
    KedudukanSatker,
    Langganan,
    Peserta,
    PesertaSatker,
    Upacara,
)

# How far back a feed reaches.
LAMPAU = datetime.timedelta(days=400)
STATUS = {
    Upacara.Status.RENCANA: "TENTATIVE",
    Upacara.Status.DIBATALKAN: "CANCELLED",
}


def build_alamat(nama: str, *args) -> str:
    """A whole address of this installation."""
    return settings.INTEGRITAS_ALAMAT + reverse(nama, args=args)


def filter_milik(langganan: Langganan):
    """The events of a feed: what its owner may see today, or what concerns the Kanwil's units."""
    hari_ini = timezone.localdate()
    daftar = Upacara.objects.filter(tahun_dugaan=False, tanggal__gte=hari_ini - LAMPAU)
    if langganan.pengguna_id:
        diundang = Peserta.objects.filter(personel__pengguna=langganan.pengguna_id)
        lihat = Upacara.objects.visible_to(langganan.pengguna)
        # A calendar cannot say that an event is invented: an administrator's holds real ones only.
        daftar = daftar.filter(tuan_rumah__contoh=reads_contoh(langganan.pengguna, False))
        return daftar.filter(Q(pk__in=lihat.values("pk")) | Q(pk__in=diundang.values("upacara")))
    satker = (
        KedudukanSatker.objects.at(hari_ini).filter(kanwil=langganan.kanwil_id).values("satker")
    )
    ikut = PesertaSatker.objects.filter(satker__in=satker).values("upacara")
    return daftar.filter(
        Q(putaran__kanwil=langganan.kanwil_id) | Q(tuan_rumah__in=satker) | Q(pk__in=ikut)
    )


def list_entri(daftar_upacara) -> list[Entri]:
    """Entries of these events by date: three statements at any number."""
    daftar = list(daftar_upacara.order_by("tanggal", "pk"))
    kunci = [satu.pk for satu in daftar]
    acara: dict[int, list[str]] = {}
    for upacara_id, nama in (
        Acara.objects.filter(upacara__in=kunci)
        .order_by("upacara", "urutan")
        .values_list("upacara_id", "jenis__nama")
    ):
        acara.setdefault(upacara_id, []).append(nama)
    rumah = dict(
        KedudukanSatker.objects.filter(
            satker__in={satu.tuan_rumah_id for satu in daftar}, berlaku_sampai__isnull=True
        ).values_list("satker_id", "nama")
    )
    # Looking up five hundred addresses takes longer than writing five hundred entries.
    alamat = build_alamat("upacara_list")
    return [
        build_entri(
            satu,
            acara.get(satu.pk, []),
            rumah.get(satu.tuan_rumah_id, ""),
            url=f"{alamat}{satu.kode}/",
        )
        for satu in daftar
    ]


def build_entri(upacara, daftar_acara: list[str], tuan_rumah: str, *, url: str = "") -> Entri:
    """What a calendar keeps of one event; `url` leads an invited person to their own page."""
    uraian = [f"Tuan rumah: {tuan_rumah}"] if tuan_rumah else []
    if daftar_acara:
        uraian.append("Acara: " + "; ".join(daftar_acara))
    if upacara.alamat_daring:
        uraian.append(f"Daring: {upacara.alamat_daring}")
    if upacara.status == Upacara.Status.RENCANA:
        uraian.append("Masih rencana, dapat berubah.")
    return Entri(
        uid=upacara.uid,
        urutan=upacara.urutan,
        judul=upacara.nama,
        tempat=upacara.tempat,
        tanggal=upacara.tanggal,
        mulai=upacara.mulai_pada,
        selesai=upacara.selesai_pada,
        zona=upacara.zona_waktu,
        status=STATUS.get(upacara.status, "CONFIRMED"),
        uraian="\n".join(uraian),
        url=url or build_alamat("upacara_detail", upacara.kode),
        diubah=upacara.diubah_pada,
    )
