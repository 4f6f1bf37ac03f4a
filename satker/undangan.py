"""The message of an invitation, and what the plan of a ceremony calls when it has changed."""

import dataclasses

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from integritas.teks import format_tanggal
from satker import langganan
from satker.alur import undangan as alur
from satker.ics import Tamu, build_undangan
from satker.models import Acara, KedudukanSatker, Personel, Peserta, Upacara
from satker.pengingat import susun
from satker.pengingat.surat import Lampiran, Surat, register_surat
from satker.waktu_upacara import say_hari, say_jam


def announce_perubahan(upacara_id: int) -> None:
    """Called by the steps that move, change or cancel an event, inside their transaction: those
    who were invited are told, and reminders follow the new date."""
    alur.announce(upacara_id)
    susun.refresh_objek("upacara", str(upacara_id))


def say_waktu(upacara) -> str:
    """`Rabu, 4 Februari 2026, 09.00 sampai 11.00 WIB`."""
    return ", ".join(filter(None, [say_hari(upacara), say_jam(upacara)]))


def register() -> None:
    register_surat(alur.JENIS, write_surat)


def write_surat(kiriman) -> Surat | None:
    """What one invited person is told of the event as it is now; None when the person is no longer
    expected, or when a newer message will tell it."""
    if "keluar" in kiriman.isi:
        return _write_keluar(kiriman)
    peserta = (
        Peserta.objects.filter(pk=kiriman.isi["peserta"])
        .select_related("upacara__tuan_rumah", "personel", "saksi")
        .filter(personel__dihapus_pada__isnull=True)
        .first()
    )
    if peserta is None or kiriman.isi["urutan"] < peserta.upacara.urutan:
        return None
    upacara = peserta.upacara
    batal = upacara.status == Upacara.Status.DIBATALKAN
    url = langganan.build_alamat("undangan_pribadi", peserta.token)
    nama = peserta.personel.nama if peserta.personel_id else (peserta.saksi.nama or "Saksi")
    perihal = "Dibatalkan" if batal else ("Undangan" if upacara.urutan == 0 else "Jadwal berubah")
    isi = {
        "batal": batal,
        "berubah": not batal and upacara.urutan > 0,
        "kode": peserta.kode,
    }
    return _write(kiriman, upacara, nama, perihal, url, batal=batal, isi=isi)


def _write_keluar(kiriman) -> Surat | None:
    """Somebody was taken off the list."""
    upacara = Upacara.objects.select_related("tuan_rumah").get(pk=kiriman.isi["keluar"])
    nama = "Bapak/Ibu"
    if kiriman.isi["personel"] is not None:
        nama = Personel.objects.values_list("nama", flat=True).get(pk=kiriman.isi["personel"])
    url = langganan.build_alamat("upacara_detail", upacara.kode)
    perihal, isi = "Undangan ditarik", {"batal": True, "keluar": True}
    return _write(kiriman, upacara, nama, perihal, url, batal=True, isi=isi)


def _write(kiriman, upacara, nama: str, perihal: str, url: str, *, batal: bool, isi: dict) -> Surat:
    posisi = (
        KedudukanSatker.objects.at(upacara.tanggal).filter(satker=upacara.tuan_rumah_id).first()
    )
    rumah = posisi.nama if posisi else upacara.tuan_rumah.kode
    acara = list(
        Acara.objects.filter(upacara=upacara)
        .order_by("urutan")
        .values_list("jenis__nama", flat=True)
    )
    entri = langganan.build_entri(upacara, acara, rumah, url=url)
    if isi.get("keluar"):
        # The event itself goes on.
        entri = dataclasses.replace(entri, status="CANCELLED", diubah=timezone.now())
    berkas = build_undangan(entri, Tamu(nama, kiriman.alamat, rumah, settings.DEFAULT_FROM_EMAIL))
    isi |= {
        "nama": nama,
        "upacara": upacara,
        "waktu": say_waktu(upacara),
        "tuan_rumah": rumah,
        "daftar_acara": acara,
        "url": url,
    }
    return Surat(
        f"[Integritas] {perihal}: {upacara.nama}, {format_tanggal(upacara.tanggal)}",
        render_to_string("satker/undangan_upacara_surel.txt", isi),
        (
            Lampiran(
                "undangan.ics",
                "text/calendar",
                berkas,
                {"method": "CANCEL" if batal else "REQUEST", "charset": "utf-8"},
            ),
        ),
    )
