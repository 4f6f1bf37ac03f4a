"""Holidays from a table: a day that is not there is new, one with another name changes."""

import datetime
from collections import Counter

from django.db import transaction

from integritas.impor import BarisRencana, Hasil, Rencana, Subjek
from integritas.tabel import Kolom, Tabel, read_tabel
from integritas.tabel.judul import TANGGAL
from integritas.teks import format_tanggal
from satker.access import list_penugasan
from satker.alur.aturan_pengingat import record_libur
from satker.models import HariLibur, Peran

DAFTAR_KOLOM = (
    Kolom(
        "tanggal",
        ("tanggal libur", "hari tanggal", "tgl"),
        jenis=TANGGAL,
        wajib=True,
        keterangan="Satu hari tiap baris; cuti bersama juga.",
    ),
    Kolom(
        "nama",
        ("nama libur", "hari libur", "keterangan", "nama hari libur"),
        maks=150,
        wajib=True,
        keterangan="Nama hari liburnya.",
        lebar=44,
    ),
    Kolom(
        "sumber",
        ("dasar", "sumber data"),
        maks=200,
        keterangan="Nomor keputusannya. Bila kosong, nama berkasnya.",
        lebar=44,
    ),
)
CONTOH = (
    {
        "tanggal": datetime.date(2026, 1, 1),
        "nama": "Tahun Baru 2026 Masehi",
        "sumber": "SKB tiga menteri",
    },
)


def plan(nama: str, isi: bytes, *, by=None) -> Rencana:
    """What the file would do; raises BerkasDitolakError when it cannot be read at all."""
    return _plan(read_tabel(nama, isi, DAFTAR_KOLOM), nama)


@transaction.atomic
def apply(nama: str, isi: bytes, *, by=None, lewati=False, sidik=None) -> Rencana:
    """Plan again and write in one transaction; raises ImporDitolakError."""
    rencana = _plan(read_tabel(nama, isi, DAFTAR_KOLOM), nama)
    rencana.refuse_changed(sidik)
    rencana.refuse_unclean(lewati=lewati)
    ditulis = [satu.isi for satu in rencana.baris if satu.hasil in {Hasil.BARU, Hasil.BERUBAH}]
    HariLibur.objects.bulk_create(
        ditulis,
        update_conflicts=True,
        unique_fields=["tanggal"],
        update_fields=["nama", "sumber"],
    )
    if ditulis:
        tugas = next(satu for satu in list_penugasan(by) if satu.peran == Peran.ADMIN)
        record_libur(ditulis, by=by, instansi=tugas.instansi, berkas=nama)
    rencana.ditulis = True
    return rencana


def _plan(tabel: Tabel, nama: str) -> Rencana:
    ada = {satu.tanggal: satu for satu in HariLibur.objects.all()}
    banyak = Counter(satu.nilai.get("tanggal") for satu in tabel.baris)
    return Rencana(tabel, [_plan_baris(tabel, satu, nama, ada, banyak) for satu in tabel.baris])


def _plan_baris(tabel: Tabel, baris, berkas: str, ada, banyak) -> BarisRencana:
    tanggal, nama = baris.nilai.get("tanggal"), baris.nilai.get("nama", "")
    lama = ada.get(tanggal)
    sumber = baris.nilai.get("sumber") or (lama.sumber if lama else berkas)
    if not baris.pesan:
        if tanggal is None:
            tabel.refuse(baris, "tanggal", "kosong.")
        elif banyak[tanggal] > 1:
            tabel.refuse(baris, "tanggal", f"{format_tanggal(tanggal)} ada dua kali di berkas ini.")
        if not nama:
            tabel.refuse(baris, "nama", "kosong.")
    rencana = BarisRencana(baris.nomor, str(tanggal or ""), nama, pesan=baris.pesan)
    if baris.pesan:
        rencana.hasil = Hasil.DITOLAK
        return rencana
    sebelum = {
        "tanggal": "",
        "nama": lama.nama if lama else "",
        "sumber": lama.sumber if lama else "",
    }
    sesudah = {"tanggal": format_tanggal(tanggal), "nama": nama, "sumber": sumber}
    if lama:
        sebelum["tanggal"] = sesudah["tanggal"]
    rencana.uraian = [
        (kolom, sebelum[kolom], nilai)
        for kolom, nilai in sesudah.items()
        if nilai != sebelum[kolom]
    ]
    rencana.hasil = (Hasil.BERUBAH if lama else Hasil.BARU) if rencana.uraian else Hasil.SAMA
    rencana.isi = HariLibur(tanggal=tanggal, nama=nama, sumber=sumber)
    return rencana


SUBJEK = Subjek(
    kode="libur",
    judul="Impor hari libur",
    keterangan="Muat hari libur nasional dan cuti bersama setahun dari satu berkas.",
    daftar_kolom=DAFTAR_KOLOM,
    plan=plan,
    apply=apply,
    list_pilihan=dict,
    contoh=CONTOH,
)
