"""What offices and their people are reminded of: ceremonies, agreements, quarterly reports, and
what was to follow a ceremony."""

import datetime

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import NoReverseMatch, reverse

from integritas.teks import format_tanggal
from satker.models import (
    BatasTriwulan,
    BerkasUpacara,
    Dipa,
    DokumenUpacara,
    IndikatorKinerja,
    Naskah,
    Periode,
    PerjanjianKinerja,
    Peserta,
    RealisasiIndikator,
    Saksi,
    TandaTangan,
    TindakLanjut,
    Upacara,
)
from satker.pengingat.sumber import Perkara, register_sumber
from satker.tenggat import add_bulan

BULAN_PK = 1
# Parts of a ceremony that are reminded of on their own, by what they are called.
BAGIAN_UPACARA = {
    "tempat": "tuan rumah dan tempat",
    "dokumen": "dokumen",
    "saksi": "saksi",
    "daftar_hadir": "daftar hadir",
    "periksa": "pemeriksaan akhir",
    "foto": "foto dan pindaian",
    "tanda_tangan": "tanda tangan yang kurang",
    "laporan": "berita acara dan laporan",
}


def register() -> None:
    register_sumber(
        "upacara",
        "Upacara",
        due=list_upacara,
        done=find_upacara_selesai,
        daftar_bagian=BAGIAN_UPACARA,
    )
    register_sumber("pk_batas", "Batas Perjanjian Kinerja", due=list_pk, done=find_pk_selesai)
    register_sumber(
        "triwulan", "Laporan kinerja triwulan", due=list_triwulan, done=find_triwulan_selesai
    )
    register_sumber(
        "tindak_lanjut",
        "Tindak lanjut sesudah upacara",
        due=list_tindak_lanjut,
        done=find_tindak_lanjut_selesai,
    )


def build_url(nama: str, *daftar_argumen) -> str:
    """The address of a page by the first of these keys that it takes; the list of reminders where
    this installation does not have it."""
    for argumen in [[satu] for satu in daftar_argumen] or [[]]:
        try:
            return reverse(nama, args=argumen)
        except NoReverseMatch:
            continue
    return reverse("pengingat_list")


# --- ceremonies ---------------------------------------------------------------------------------
def _annotate_upacara():
    """Events with what is known of each part: one statement."""
    milik = {"upacara": OuterRef("pk")}
    dokumen, saksi = DokumenUpacara.objects.filter(**milik), Saksi.objects.filter(**milik)
    bertanda = TandaTangan.objects.filter(
        naskah__upacara=OuterRef("upacara"),
        personel=OuterRef("personel"),
        dicabut_pada__isnull=True,
    )
    peserta = Peserta.objects.filter(**milik, personel__isnull=False)
    return Upacara.objects.annotate(
        ada_dokumen=Exists(dokumen),
        kurang_dokumen=Exists(dokumen.filter(siap_pada__isnull=True)),
        ada_saksi=Exists(saksi),
        kurang_saksi=Exists(saksi.filter(dikonfirmasi_pada__isnull=True)),
        ada_peserta=Exists(peserta),
        kurang_tanda=Exists(peserta.filter(~Exists(bertanda))),
        ada_naskah=Exists(Naskah.objects.filter(**milik)),
        ada_foto=Exists(BerkasUpacara.objects.filter(**milik, jenis=BerkasUpacara.Jenis.FOTO)),
    )


def _list_selesai(upacara) -> set[str]:
    """The parts of an event that the data show to be done."""
    Status = Upacara.Status
    dimulai = upacara.status in {Status.BERLANGSUNG, Status.DITUTUP}
    syarat = {
        "tempat": bool(upacara.tempat.strip()) and upacara.status != Status.RENCANA,
        # Nothing listed is not the same as everything ready.
        "dokumen": upacara.ada_dokumen and not upacara.kurang_dokumen,
        "saksi": upacara.ada_saksi and not upacara.kurang_saksi,
        "daftar_hadir": upacara.ada_peserta,
        "periksa": dimulai,
        "foto": upacara.ada_foto,
        "tanda_tangan": not upacara.ada_naskah
        or (upacara.ada_peserta and not upacara.kurang_tanda),
        "laporan": upacara.status == Status.DITUTUP,
    }
    # Whoever has begun has the place; what was not ready by then is late, and stays so.
    return {bagian for bagian, selesai in syarat.items() if selesai} | (
        {"tempat"} if dimulai else set()
    )


def list_upacara(dari: datetime.date, sampai: datetime.date):
    """Planned events, part by part; those known only from a source, and cancelled ones, never."""
    daftar = (
        _annotate_upacara()
        .filter(tanggal__range=(dari, sampai))
        .exclude(status__in=[Upacara.Status.DIBATALKAN, Upacara.Status.TERCATAT])
        .order_by("pk")
    )
    for upacara in daftar:
        selesai = _list_selesai(upacara)
        url = build_url("upacara_detail", upacara.kode, upacara.pk)
        for bagian, sebutan in BAGIAN_UPACARA.items():
            if bagian not in selesai:
                yield Perkara(
                    f"{upacara.pk}:{bagian}",
                    upacara.tanggal,
                    f"{upacara.nama}, {format_tanggal(upacara.tanggal)}: {sebutan}",
                    url,
                    upacara.tuan_rumah_id,
                    bagian,
                )


def find_upacara_selesai(daftar_kunci: set[str]) -> set[str]:
    pk = {int(kunci.partition(":")[0]) for kunci in daftar_kunci}
    daftar = _annotate_upacara().filter(pk__in=pk).exclude(status=Upacara.Status.DIBATALKAN)
    return daftar_kunci & {
        f"{upacara.pk}:{bagian}" for upacara in daftar for bagian in _list_selesai(upacara)
    }


# --- agreements ---------------------------------------------------------------------------------
def _is_signed():
    """Some version of the unit's agreement for that year has been signed."""
    return Exists(
        PerjanjianKinerja.objects.filter(
            satker=OuterRef("satker"),
            tahun=OuterRef("tahun"),
            status__in=[PerjanjianKinerja.Status.BERLAKU, PerjanjianKinerja.Status.DIGANTIKAN],
        )
    )


def list_pk(dari: datetime.date, sampai: datetime.date):
    """Agreements not signed yet, due a month after the budget was approved (PermenPANRB 53/2014)."""
    # 31 January and one month is the last of February: four days of slack on either side.
    slack = datetime.timedelta(days=4)
    daftar = Dipa.objects.filter(
        ~_is_signed(),
        tanggal__range=(add_bulan(dari, -BULAN_PK) - slack, add_bulan(sampai, -BULAN_PK) + slack),
    ).order_by("pk")
    url = build_url("pk_list")
    for dipa in daftar:
        batas = add_bulan(dipa.tanggal, BULAN_PK)
        if dari <= batas <= sampai:
            yield Perkara(
                str(dipa.pk),
                batas,
                f"Perjanjian Kinerja {dipa.tahun}, paling lambat {format_tanggal(batas)}",
                url,
                dipa.satker_id,
            )


def find_pk_selesai(daftar_kunci: set[str]) -> set[str]:
    return set(
        map(
            str,
            Dipa.objects.filter(_is_signed(), pk__in=map(int, daftar_kunci)).values_list(
                "pk", flat=True
            ),
        )
    )


# --- quarterly reports --------------------------------------------------------------------------
def _count_isi(daftar_tahun) -> tuple[dict, dict]:
    """Indicators of each agreement in force by unit and year, and how many have been reported by
    quarter: two statements."""
    berlaku = {
        "sasaran__perjanjian__status": PerjanjianKinerja.Status.BERLAKU,
        "sasaran__perjanjian__tahun__in": daftar_tahun,
    }
    diminta = {
        (satker, tahun): jumlah
        for satker, tahun, jumlah in IndikatorKinerja.objects.filter(**berlaku)
        .values_list("sasaran__perjanjian__satker", "sasaran__perjanjian__tahun")
        .annotate(jumlah=Count("pk"))
    }
    dilaporkan = {
        (satker, tahun, periode): jumlah
        for satker, tahun, periode, jumlah in RealisasiIndikator.objects.filter(
            **{f"indikator__{kolom}": nilai for kolom, nilai in berlaku.items()}
        )
        .values_list(
            "indikator__sasaran__perjanjian__satker",
            "indikator__sasaran__perjanjian__tahun",
            "periode",
        )
        .annotate(jumlah=Count("pk"))
    }
    return diminta, dilaporkan


def list_triwulan(dari: datetime.date, sampai: datetime.date):
    """Quarters with a date whose values are not all in, for units with an agreement in force."""
    batas = list(BatasTriwulan.objects.filter(tanggal__range=(dari, sampai)).order_by("pk"))
    if not batas:
        return
    diminta, dilaporkan = _count_isi({satu.tahun for satu in batas})
    url = build_url("pk_list")
    for satu in batas:
        for (satker, tahun), jumlah in diminta.items():
            kurang = jumlah - dilaporkan.get((satker, tahun, satu.periode), 0)
            if tahun == satu.tahun and kurang > 0:
                yield Perkara(
                    f"{tahun}:{satu.periode}:{satker}",
                    satu.tanggal,
                    f"Laporan {Periode(satu.periode).label} tahun {tahun}: {kurang} dari {jumlah} "
                    "indikator belum diisi",
                    url,
                    satker,
                )


def find_triwulan_selesai(daftar_kunci: set[str]) -> set[str]:
    terbaca = {kunci: kunci.split(":") for kunci in daftar_kunci}
    diminta, dilaporkan = _count_isi({int(tahun) for tahun, _, _ in terbaca.values()})
    return {
        kunci
        for kunci, (tahun, periode, satker) in terbaca.items()
        if (jumlah := diminta.get((int(satker), int(tahun))))
        and dilaporkan.get((int(satker), int(tahun), periode), 0) >= jumlah
    }


# --- what follows a ceremony --------------------------------------------------------------------
def list_tindak_lanjut(dari: datetime.date, sampai: datetime.date):
    """Things to do after a ceremony; units stall after declaring (domain.md 8.10)."""
    daftar = TindakLanjut.objects.filter(
        ~Q(upacara__status=Upacara.Status.DIBATALKAN),
        tanggal__range=(dari, sampai),
        selesai_pada__isnull=True,
    ).select_related("upacara")
    for satu in daftar.order_by("pk"):
        yield Perkara(
            str(satu.pk),
            satu.tanggal,
            f"{satu.perihal}, tindak lanjut {satu.upacara.nama}",
            build_url("upacara_detail", satu.upacara.kode, satu.upacara_id),
            satu.satker_id,
        )


def find_tindak_lanjut_selesai(daftar_kunci: set[str]) -> set[str]:
    selesai = TindakLanjut.objects.filter(pk__in=map(int, daftar_kunci), selesai_pada__isnull=False)
    return {str(pk) for pk in selesai.values_list("pk", flat=True)}
