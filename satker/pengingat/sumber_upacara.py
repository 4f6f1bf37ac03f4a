"""What the people of a ceremony are reminded of: its parts, and what was to follow it."""

import datetime

from django.db.models import Exists, OuterRef, Q

from satker.models import (
    BerkasUpacara,
    DokumenUpacara,
    Naskah,
    Peserta,
    Saksi,
    TandaTangan,
    TindakLanjut,
    Upacara,
)
from satker.pengingat.sumber import Perkara, build_url, register_sumber

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
    register_sumber(
        "tindak_lanjut",
        "Tindak lanjut sesudah upacara",
        due=list_tindak_lanjut,
        done=find_tindak_lanjut_selesai,
    )


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
        url = build_url("upacara_detail", upacara.kode)
        for bagian, sebutan in BAGIAN_UPACARA.items():
            if bagian not in selesai:
                yield Perkara(
                    f"{upacara.pk}:{bagian}",
                    upacara.tanggal,
                    f"{sebutan[:1].upper()}{sebutan[1:]}: {upacara.nama}",
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
            build_url("upacara_detail", satu.upacara.kode),
            satu.satker_id,
        )


def find_tindak_lanjut_selesai(daftar_kunci: set[str]) -> set[str]:
    selesai = TindakLanjut.objects.filter(pk__in=map(int, daftar_kunci), selesai_pada__isnull=False)
    return {str(pk) for pk in selesai.values_list("pk", flat=True)}
