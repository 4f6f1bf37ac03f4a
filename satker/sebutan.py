"""What a node of the tree is called today, for lists of assignments."""

import datetime
from functools import lru_cache

from django.utils import timezone

from integritas.sql import Pernyataan, write_query
from satker.models import (
    Instansi,
    KantorWilayah,
    KedudukanInstansi,
    KedudukanSatker,
    SatuanKerja,
)


def fill_lingkup(daftar_penugasan):
    """Set `nama_lingkup` on each: the newest name of its node. Two queries at any length."""
    satker = {p.satker_id for p in daftar_penugasan if p.satker_id}
    satker |= {p.kanwil.satker_id for p in daftar_penugasan if p.kanwil_id}
    instansi = {p.instansi_id for p in daftar_penugasan if p.instansi_id}
    nama_satker = _read_newest(KedudukanSatker.objects.filter(satker__in=satker), "satker_id")
    nama_instansi = _read_newest(
        KedudukanInstansi.objects.filter(instansi__in=instansi), "instansi_id"
    )
    for penugasan in daftar_penugasan:
        if penugasan.instansi_id:
            penugasan.nama_lingkup = nama_instansi.get(penugasan.instansi_id)
        elif penugasan.kanwil_id:
            penugasan.nama_lingkup = nama_satker.get(penugasan.kanwil.satker_id)
        else:
            penugasan.nama_lingkup = nama_satker.get(penugasan.satker_id)
        # An identity without a position has its code only.
        penugasan.nama_lingkup = penugasan.nama_lingkup or str(penugasan.lingkup)
    return daftar_penugasan


def _read_newest(queryset, kolom: str) -> dict[int, str]:
    if queryset.query.is_empty():
        return {}
    baris = queryset.order_by("berlaku_dari", "pk").values_list(kolom, "nama", "berlaku_dari")
    # NULL, "since before the records", comes first or last according to the database.
    urut = sorted(baris, key=lambda satu: (satu[2] is not None, satu[2] or timezone.localdate()))
    return {kunci: nama for kunci, nama, _ in urut}


def list_pilihan_kanwil(*, contoh: bool | None = None) -> list[tuple[str, str]]:
    """Every Kanwil of today by code and name; of invented ones, or of real ones, when that is said."""
    pernyataan = _write_kanwil(timezone.localdate(), contoh)
    return [(satu["satker__kode"], satu["nama"]) for satu in pernyataan.read()]


@lru_cache(maxsize=8)
def _write_kanwil(hari: datetime.date, contoh: bool | None) -> Pernyataan:
    baris = KedudukanSatker.objects.at(hari).filter(satker__kantorwilayah__isnull=False)
    if contoh is not None:
        baris = baris.filter(satker__contoh=contoh)
    return write_query(baris.order_by("urut", "pk").values("satker__kode", "nama"))


def list_pilihan_instansi() -> list[tuple[str, str]]:
    """Every `Instansi` by code and name, those that have ended last and marked."""
    baris = KedudukanInstansi.objects.order_by("instansi__kode", "berlaku_dari", "pk")
    terbaru = {satu.instansi_id: satu for satu in baris.select_related("instansi")}
    hari_ini = timezone.localdate()

    def has_ended(satu) -> bool:
        return satu.berlaku_sampai is not None and satu.berlaku_sampai <= hari_ini

    return [
        (satu.instansi.kode, f"{satu.nama} (sudah berakhir)" if has_ended(satu) else satu.nama)
        for satu in sorted(terbaru.values(), key=lambda satu: (has_ended(satu), satu.nama))
    ]


def get_lingkup(kolom: str, kode: str) -> Instansi | KantorWilayah | SatuanKerja | None:
    """The node with that code in one of the three columns of an assignment."""
    if kolom == "instansi":
        return Instansi.objects.filter(kode=kode).first()
    if kolom == "kanwil":
        return KantorWilayah.objects.filter(satker__kode=kode).select_related("satker").first()
    return SatuanKerja.objects.filter(kode=kode).first()
