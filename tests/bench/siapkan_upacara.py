"""Rosters, rounds, ceremonies and reminders for a measurement. Imported by siapkan.py, which has
set Django up."""

import datetime
import secrets
import time
from collections import defaultdict

from django.db import connection
from django.db.models import F
from django.utils import timezone

from penilaian import skala
from satker import cakupan, fakta_upacara
from satker.alur.undangan import ensure_langganan
from satker.kode import HURUF_KODE, PANJANG_KODE
from satker.models import (
    Acara,
    AturanPengingat,
    CakupanPakta,
    JenisAcara,
    KantorWilayah,
    KedudukanSatker,
    LangkahPengingat,
    Pengguna,
    Pengingat,
    Personel,
    Peserta,
    PesertaSatker,
    Putaran,
    PutaranSatker,
    Upacara,
)

ORANG, TAHUN_PUTARAN, ACARA_LANGGANAN, PENGINGAT = 60, 5, 500, 400
# Everybody that a run can check in, one after the other: many more than come to a real event.
PESERTA = 3000
JENIS = list(Personel.Jenis.values)


def load_upacara(kanwil: KantorWilayah) -> dict:
    """A roster of each unit, a round of each Kanwil and year, one event of `kanwil` whose door is
    open, and its feed of five hundred events. Returns what the addresses are filled with."""
    mulai = time.perf_counter()
    fakta_upacara.load_jenis()
    posisi = list(
        KedudukanSatker.objects.at(timezone.localdate())
        .filter(kanwil__isnull=False)
        .order_by("satker__kode")
        .values_list("satker_id", "kanwil_id")
    )
    satker = [satu for satu, _ in posisi]
    _load_personel(satker)
    cakupan.refresh(set(satker), timezone.localdate().year)
    # Somewhere nobody has signed, somewhere everybody has. The page reads no pact, only this.
    CakupanPakta.objects.filter(jumlah_personel=ORANG).update(jumlah_pakta=F("pk") % (ORANG + 1))
    milik = defaultdict(list)
    for satker_id, kanwil_id in posisi:
        milik[kanwil_id].append(satker_id)
    putaran = _load_putaran(milik)
    pilihan = max(putaran, key=lambda satu: (satu.kanwil_id == kanwil.pk, satu.tahun))
    # The largest board: every unit in one round.
    besar = Putaran.objects.create(
        kode="bench-besar",
        kanwil=kanwil,
        nama="Putaran besar",
        tahun=skala.AKHIR.year,
        diterbitkan_pada=timezone.now(),
    )
    _fill_putaran(besar, satker)
    pintu = _open_pintu(pilihan, milik[kanwil.pk][0])
    langganan = _load_langganan(kanwil, milik[kanwil.pk][0])
    return {
        "isi": {
            "putaran": besar.kode,
            "pintu": pintu.pk,
            "panitia": Pengguna.objects.get(email="kanwil@bench.invalid").pk,
            "kode_pintu": list(
                Peserta.objects.filter(upacara=pintu).order_by("pk").values_list("kode", flat=True)
            ),
            "langganan": langganan.token,
        },
        "muat_detik": time.perf_counter() - mulai,
        "rinci": {
            "personel": Personel.objects.count(),
            "putaran": len(putaran) + 1,
            "upacara": Upacara.objects.count(),
        },
    }


def _load_personel(daftar_satker: list[int]) -> None:
    """In SQL: sixty thousand people as objects would take longer than all measurements."""
    with connection.cursor() as kursor:
        kursor.execute(
            """
            INSERT INTO satker_personel
                (satker_id, nama, jenis, jabatan, token, kunci, dibuat_pada, contoh)
            SELECT s, 'Orang ' || n, (%s::text[])[1 + n %% %s], 'Jabatan ' || n %% 9,
                   md5(s || '-' || n), 'orang ' || n || '|jabatan ' || n %% 9, now(), true
            FROM unnest(%s::bigint[]) s, generate_series(1, %s) n
            """,
            [JENIS, len(JENIS), daftar_satker, ORANG],
        )


def _load_putaran(milik: dict[int, list[int]]) -> list[Putaran]:
    akhir = skala.AKHIR.year
    daftar = Putaran.objects.bulk_create(
        Putaran(
            kode=f"bench-{kanwil_id}-{tahun}", kanwil_id=kanwil_id, nama="Deklarasi", tahun=tahun
        )
        for kanwil_id in sorted(milik)
        for tahun in range(akhir - TAHUN_PUTARAN + 1, akhir + 1)
    )
    for putaran in daftar:
        _fill_putaran(putaran, milik[putaran.kanwil_id])
    return daftar


def _fill_putaran(putaran: Putaran, daftar_satker: list[int], gugus: int = 12) -> None:
    """Clusters of twelve; the last fifth of the units is not scheduled."""
    PutaranSatker.objects.bulk_create(
        PutaranSatker(putaran=putaran, satker_id=satu) for satu in daftar_satker
    )
    deklarasi = JenisAcara.objects.filter(deklarasi=True).order_by("pk")[0]
    ikut = daftar_satker[: max(1, len(daftar_satker) * 4 // 5)]
    for nomor in range(0, len(ikut), gugus):
        upacara = _make_upacara(
            f"{putaran.kode}-{nomor}",
            putaran=putaran,
            tuan_rumah_id=ikut[nomor],
            tanggal=datetime.date(putaran.tahun, 1, 10) + datetime.timedelta(days=nomor // gugus),
            status=Upacara.Status.DITUTUP if nomor % 2 == 0 else Upacara.Status.TERJADWAL,
        )
        Acara.objects.create(upacara=upacara, jenis=deklarasi, urutan=1)
        PesertaSatker.objects.bulk_create(
            PesertaSatker(upacara=upacara, satker_id=satu) for satu in ikut[nomor : nomor + gugus]
        )


def _make_upacara(kode: str, *, tanggal, status, **lain) -> Upacara:
    mulai = datetime.datetime.combine(tanggal, datetime.time(2, tzinfo=datetime.UTC))
    return Upacara.objects.create(
        kode=kode,
        nama="Deklarasi Janji Kinerja dan Pencanangan Pembangunan ZI",
        tempat="Aula kantor wilayah",
        tanggal=tanggal,
        mulai_pada=mulai,
        selesai_pada=mulai + datetime.timedelta(hours=3),
        zona_waktu="WIB",
        status=status,
        uid=f"{kode}@bench.invalid",
        ditutup_pada=mulai if status == Upacara.Status.DITUTUP else None,
        **lain,
    )


def _open_pintu(putaran: Putaran, tuan_rumah_id: int) -> Upacara:
    """An event of today whose door is open."""
    upacara = _make_upacara(
        "bench-pintu",
        putaran=putaran,
        tuan_rumah_id=tuan_rumah_id,
        tanggal=timezone.localdate(),
        status=Upacara.Status.BERLANGSUNG,
        dibuka_pada=timezone.now(),
    )
    orang = list(Personel.objects.order_by("pk").values_list("pk", "satker_id")[:PESERTA])
    PesertaSatker.objects.bulk_create(
        PesertaSatker(upacara=upacara, satker_id=satker) for satker in {satu for _, satu in orang}
    )
    Peserta.objects.bulk_create(
        Peserta(upacara=upacara, personel_id=personel, satker_id=satker, kode=kode)
        for (personel, satker), kode in zip(orang, _make_kode(len(orang)), strict=True)
    )
    return upacara


def _make_kode(jumlah: int) -> list[str]:
    daftar: set[str] = set()
    while len(daftar) < jumlah:
        daftar.add("".join(secrets.choice(HURUF_KODE) for _ in range(PANJANG_KODE)))
    return list(daftar)


def _load_langganan(kanwil: KantorWilayah, satker_id: int):
    """The Kanwil's feed, filled up to five hundred events."""
    ada = Upacara.objects.filter(
        putaran__kanwil=kanwil, tanggal__gte=timezone.localdate() - datetime.timedelta(days=400)
    ).count()
    deklarasi = JenisAcara.objects.order_by("pk")[0]
    daftar = [
        _make_upacara(
            f"bench-kalender-{nomor}",
            tuan_rumah_id=satker_id,
            tanggal=timezone.localdate() + datetime.timedelta(days=nomor % 200),
            status=Upacara.Status.TERJADWAL,
        )
        for nomor in range(max(0, ACARA_LANGGANAN - ada))
    ]
    Acara.objects.bulk_create(Acara(upacara=satu, jenis=deklarasi, urutan=1) for satu in daftar)
    return ensure_langganan(kanwil=kanwil)


def add_pengingat(daftar_pengguna) -> None:
    """What each of these people has been reminded of; the bell of every page counts it."""
    aturan = AturanPengingat.objects.create(kode="bench", sumber="upacara", nama="Bench")
    langkah = LangkahPengingat.objects.create(aturan=aturan, geser=-7, pesan="Siapkan daftar hadir")
    kini, hari = timezone.now(), timezone.localdate()
    Pengingat.objects.bulk_create(
        Pengingat(
            langkah=langkah,
            objek=f"upacara:{nomor}",
            acuan=hari + datetime.timedelta(days=nomor % 20 - 10),
            pengguna=pengguna,
            judul=f"Upacara {nomor}",
            pesan="Siapkan daftar hadir",
            url="/",
            tanggal=hari,
            jatuh_pada=kini + datetime.timedelta(hours=50 - nomor),
            berguna_sampai=kini + datetime.timedelta(days=3),
            status="menunggu" if nomor % 3 else "terkirim",
        )
        for pengguna in daftar_pengguna
        for nomor in range(PENGINGAT)
    )
