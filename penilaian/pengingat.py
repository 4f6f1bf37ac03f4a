"""What those who are assessed, and those who watch holders, are reminded of."""

import datetime
from collections import defaultdict
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from integritas.teks import format_periode, format_tanggal
from penilaian import kalender, pantau
from penilaian.models import (
    DokumenDiminta,
    LaporanPemantauan,
    PemakaianBukti,
    Penilaian,
    Status,
    VersiInstrumen,
)
from penilaian.versi import get_terpakai
from satker.models import Riwayat
from satker.pengingat import susun
from satker.pengingat.sumber import Perkara, register_sumber

DIBUKA_KEMBALI = "LKE dibuka kembali"
AWAL = "awal"


def register() -> None:
    register_sumber("jendela_lke", "Jendela LKE", due=list_jendela, done=find_diajukan)
    register_sumber("bukti", "Bukti berkala", due=list_bukti, done=find_bukti_terisi)
    register_sumber("reviu_kembali", "LKE dikembalikan", due=list_reviu, done=find_diajukan)
    register_sumber("pemantauan", "Pemantauan predikat", due=list_pantau, done=find_dilaporkan)


def refresh_penilaian(penilaian_id: int) -> None:
    """For a step that moves or ends the window of an assessment."""
    for sumber in ("jendela_lke", "reviu_kembali", "bukti"):
        susun.refresh_objek(sumber, str(penilaian_id))


# --- the window of an assessment ----------------------------------------------------------------
def list_jendela(dari: datetime.date, sampai: datetime.date):
    """Assessments that are being filled in, by the last day of their window."""
    daftar = Penilaian.objects.filter(status=Status.PENGISIAN, tutup_pada__range=(dari, sampai))
    for satu in daftar.order_by("pk"):
        yield Perkara(
            str(satu.pk),
            satu.tutup_pada,
            f"LKE {satu.tahun} belum diajukan",
            reverse("penilaian_detail", args=[satu.pk]),
            satu.satker_id,
        )


def find_diajukan(daftar_kunci: set[str]) -> set[str]:
    """Of keys that begin with an assessment, those that have been handed in."""
    pk = {kunci: int(kunci.partition(":")[0]) for kunci in daftar_kunci}
    diajukan = set(
        Penilaian.objects.filter(pk__in=pk.values())
        .exclude(status=Status.PENGISIAN)
        .values_list("pk", flat=True)
    )
    return {kunci for kunci, satu in pk.items() if satu in diajukan}


# --- handed back --------------------------------------------------------------------------------
def list_reviu(dari: datetime.date, sampai: datetime.date):
    """Assessments that were handed back and have not been handed in again, by the day they came
    back; the last return counts."""
    awal = timezone.make_aware(datetime.datetime.combine(dari, datetime.time()))
    akhir = timezone.make_aware(
        datetime.datetime.combine(sampai + datetime.timedelta(days=1), datetime.time())
    )
    kembali: dict[int, tuple[int, datetime.date]] = {}
    for pk, objek, waktu in (
        Riwayat.objects.filter(kejadian=DIBUKA_KEMBALI, waktu__gte=awal, waktu__lt=akhir)
        .order_by("waktu", "pk")
        .values_list("pk", "objek", "waktu")
    ):
        kembali[int(objek.partition(":")[2])] = (pk, timezone.localdate(waktu))
    for satu in Penilaian.objects.filter(pk__in=kembali, status=Status.PENGISIAN).order_by("pk"):
        nomor, hari = kembali[satu.pk]
        yield Perkara(
            f"{satu.pk}:{nomor}",
            hari,
            f"LKE {satu.tahun} dikembalikan untuk diperbaiki sampai "
            f"{format_tanggal(satu.tutup_pada)}",
            reverse("penilaian_detail", args=[satu.pk]),
            satu.satker_id,
        )


# --- evidence by month and quarter --------------------------------------------------------------
class _Bukti:
    """Which documents of which slots are missing, for many assessments: three statements."""

    def __init__(self, daftar_penilaian):
        self.daftar = list(daftar_penilaian)
        versi = VersiInstrumen.objects.defer("teks").in_bulk(
            {satu.versi_id for satu in self.daftar}
        )
        # Documents of a version by how often they are asked for.
        self.diminta: dict[int, dict[str, list[int]]] = {
            pk: _group_dokumen(get_terpakai(satu)) for pk, satu in versi.items()
        }
        self.dipakai = defaultdict(list)
        for penilaian, dokumen, dari, sampai in PemakaianBukti.objects.filter(
            penilaian__in=self.daftar, dokumen__isnull=False
        ).values_list("penilaian", "dokumen", "periode_dari", "periode_sampai"):
            self.dipakai[penilaian, dokumen].append((dari, sampai))

    def count_kurang(self, penilaian: Penilaian, celah: kalender.Celah) -> int:
        return sum(
            not any(celah.is_filled_by(periode) for periode in self.dipakai[penilaian.pk, dokumen])
            for dokumen in self.diminta[penilaian.versi_id][celah.berkala]
        )


def _group_dokumen(terpakai) -> dict[str, list[int]]:
    hasil: dict[str, list[int]] = {kalender.BULAN: [], kalender.TRIWULAN: []}
    for daftar in terpakai.dokumen.values():
        for dokumen in daftar:
            if dokumen.berkala != DokumenDiminta.Berkala.SEKALI:
                hasil[dokumen.berkala].append(dokumen.pk)
    return hasil


def list_bukti(dari: datetime.date, sampai: datetime.date):
    """Months and quarters of open assessments without all their documents, by the slot's last day."""
    hari = timezone.localdate()
    celah = [
        satu
        for tahun in range(dari.year, sampai.year + 1)
        for berkala in kalender.BULAN_TIAP
        for satu in kalender.list_celah(tahun, berkala)
        if dari <= satu.sampai <= sampai
    ]
    daftar = Penilaian.objects.filter(
        status=Status.PENGISIAN,
        buka_pada__lte=hari,
        tutup_pada__gte=hari,
        tahun__in={satu.dari.year for satu in celah},
    )
    bukti = _Bukti(daftar.order_by("pk"))
    for penilaian in bukti.daftar:
        for satu in celah:
            if satu.dari.year != penilaian.tahun:
                continue
            if kurang := bukti.count_kurang(penilaian, satu):
                yield Perkara(
                    f"{penilaian.pk}:{satu.berkala}:{satu.nomor}",
                    satu.sampai,
                    f"{kurang} bukti {format_periode(satu.dari, satu.sampai)} belum ada",
                    reverse("kalender_bukti", args=[penilaian.pk]),
                    penilaian.satker_id,
                )


def find_bukti_terisi(daftar_kunci: set[str]) -> set[str]:
    terbaca = {kunci: kunci.split(":") for kunci in daftar_kunci}
    bukti = _Bukti(Penilaian.objects.filter(pk__in={int(satu[0]) for satu in terbaca.values()}))
    penilaian = {satu.pk: satu for satu in bukti.daftar}
    hasil = set()
    for kunci, (pk, berkala, nomor) in terbaca.items():
        satu = penilaian.get(int(pk))
        if satu is None:
            continue
        celah = kalender.list_celah(satu.tahun, berkala)[int(nomor) - 1]
        if not bukti.count_kurang(satu, celah):
            hasil.add(kunci)
    return hasil


# --- monitoring of holders ----------------------------------------------------------------------
def list_pantau(dari: datetime.date, sampai: datetime.date):
    """Holders by the day their next report is due; the key names the report it counts from, so that
    a new report ends one matter and begins the next."""
    hari = timezone.localdate()
    for satu in pantau.compute_jatuh_tempo(pantau.list_tenggat(hari), hari):
        if dari <= satu.tanggal <= sampai:
            predikat: Any = satu.predikat
            yield Perkara(
                f"{predikat.pk}:{predikat.terakhir or AWAL}",
                satu.tanggal,
                f"Laporan pemantauan {predikat.jenis}"
                + (" (tanggal paling lambat)" if satu.paling_lambat else ""),
                reverse("pemantauan_list"),
                predikat.satker_id,
            )


def find_dilaporkan(daftar_kunci: set[str]) -> set[str]:
    """Keys whose predicate has a report later than the one they count from."""
    terbaca = {kunci: kunci.partition(":")[::2] for kunci in daftar_kunci}
    terakhir = {
        str(predikat): str(tanggal)
        for predikat, tanggal in LaporanPemantauan.objects.filter(
            predikat__in={int(pk) for pk, _ in terbaca.values()}
        )
        .values_list("predikat")
        .annotate(Max("tanggal"))
    }
    return {
        kunci
        for kunci, (pk, sejak) in terbaca.items()
        if pk in terakhir and (sejak == AWAL or terakhir[pk] > sejak)
    }
