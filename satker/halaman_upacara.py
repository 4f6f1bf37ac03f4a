"""What the page of one event shows: set queries, the same number at any size."""

from django.db.models import Count, F
from django.urls import reverse
from django.utils import timezone

from satker.izin_upacara import PENGURUS, PENYIAP, list_orang_dari, may
from satker.models import (
    Acara,
    BeritaAcara,
    BerkasUpacara,
    DokumenUpacara,
    KedudukanSatker,
    Peserta,
    PesertaSatker,
    Saksi,
    Upacara,
)
from satker.persiapan import Isi, list_tugas
from satker.zona import get_hari

NADA = {
    Upacara.Status.RENCANA: "",
    Upacara.Status.TERJADWAL: "",
    Upacara.Status.BERLANGSUNG: "perhatian",
    Upacara.Status.DITUTUP: "selesai",
    Upacara.Status.DIBATALKAN: "masalah",
    Upacara.Status.TERCATAT: "selesai",
}


def list_satker(upacara):
    """The participating units with `nama`, `urut` and `tamu` (of another Kanwil) on the day."""
    daftar = list(
        PesertaSatker.objects.filter(upacara=upacara).select_related("satker").order_by("pk")
    )
    posisi = {
        satu.satker_id: satu
        for satu in KedudukanSatker.objects.at(upacara.tanggal).filter(
            satker__in=[satu.satker_id for satu in daftar] + [upacara.tuan_rumah_id]
        )
    }
    rumah = posisi.get(upacara.tuan_rumah_id)
    upacara.nama_rumah = rumah.nama if rumah else upacara.tuan_rumah.kode
    kanwil = upacara.putaran.kanwil_id if upacara.putaran_id else rumah and rumah.kanwil_id
    for satu in daftar:
        milik = posisi.get(satu.satker_id)
        satu.nama = milik.nama if milik else satu.satker.kode
        satu.urut = milik.urut if milik else satu.nama
        satu.tamu = bool(milik and kanwil and milik.kanwil_id != kanwil)
    return sorted(daftar, key=lambda satu: (satu.tamu, satu.urut, satu.pk))


def read_upacara(upacara, user):
    """The context of `satker/upacara_detail.html`."""
    daftar_satker = list_satker(upacara)
    orang = _count_orang(upacara)
    for satu in daftar_satker:
        satu.orang, satu.jumlah_hadir = orang.get(satu.satker_id, (0, 0))
    dokumen = list(DokumenUpacara.objects.filter(upacara=upacara).order_by("pk"))
    saksi = list(Saksi.objects.filter(upacara=upacara).order_by("lembaga", "nama", "pk"))
    acara = list(
        Acara.objects.filter(upacara=upacara)
        .order_by("urutan")
        .annotate(nama=F("jenis__nama"), deklarasi=F("jenis__deklarasi"))
    )
    tercatat = upacara.status == Upacara.Status.TERCATAT
    kelola = not tercatat and may(user, upacara, PENYIAP)
    konteks = {
        "upacara": upacara,
        "putaran": upacara.putaran if upacara.putaran_id else None,
        "nada": NADA[Upacara.Status(upacara.status)],
        "contoh": upacara.tuan_rumah.contoh,
        "daftar_satker": daftar_satker,
        "daftar_acara": acara,
        "daftar_dokumen": dokumen,
        "daftar_saksi": saksi,
        "jumlah_orang": sum(satu.orang for satu in daftar_satker),
        "can_plan": upacara.is_editable and may(user, upacara, PENGURUS),
        "can_prepare": upacara.is_preparable and kelola,
        # Whose people this reader may name and list.
        "satker_sendiri": list_orang_dari(user, [satu.satker_id for satu in daftar_satker]),
        "daftar_berita": [],
        "daftar_tugas": [],
        "tautan": list_tautan(upacara) if kelola else [],
    }
    if tercatat:
        return konteks
    konteks["daftar_berita"] = list(
        BeritaAcara.objects.filter(upacara=upacara).order_by("-versi")[:1]
    )
    berkas = dict(
        BerkasUpacara.objects.filter(upacara=upacara)
        .values_list("jenis")
        .annotate(jumlah=Count("pk"))
    )
    if upacara.status != Upacara.Status.DIBATALKAN:
        isi = Isi(
            dijadwalkan=upacara.status != Upacara.Status.RENCANA,
            satker=len(daftar_satker),
            acara=len(acara),
            dokumen=len(dokumen),
            dokumen_siap=sum(satu.siap_pada is not None for satu in dokumen),
            saksi=len(saksi),
            saksi_pasti=sum(satu.dikonfirmasi_pada is not None for satu in saksi),
            satker_berorang=sum(satu.orang > 0 for satu in daftar_satker),
            orang=konteks["jumlah_orang"],
            foto=berkas.get(BerkasUpacara.Jenis.FOTO, 0),
            pindaian=berkas.get(BerkasUpacara.Jenis.PINDAIAN, 0),
            berita=len(konteks["daftar_berita"]),
        )
        hari = get_hari(timezone.now(), upacara.zona_waktu)
        konteks["daftar_tugas"] = list_tugas(isi, upacara.tanggal, hari)
        konteks["jarak_hari"] = (upacara.tanggal - hari).days
    return konteks


def _count_orang(upacara) -> dict[int, tuple[int, int]]:
    """Of each unit: how many people are expected, and how many are there."""
    daftar = (
        Peserta.objects.filter(upacara=upacara, personel__isnull=False)
        .values_list("satker")
        .annotate(orang=Count("pk"), hadir=Count("hadir_pada"))
    )
    return {satker: (orang, hadir) for satker, orang, hadir in daftar}


# Pages of other parts about one event.
TAUTAN = [
    ("tamu_list", "kode", "Undangan"),
    ("upacara_naskah", "kode", "Naskah dan tanda tangan"),
    ("pintu_detail", "pk", "Pintu masuk dan kehadiran"),
    ("penutupan_detail", "kode", "Penutupan dan berita acara"),
]


def list_tautan(upacara) -> list[tuple[str, str]]:
    """`(address, name)` of each."""
    daftar = [
        (reverse(nama, args=[getattr(upacara, kolom)]), judul) for nama, kolom, judul in TAUTAN
    ]
    jejak = f"{reverse('pengingat_trail')}?objek=upacara:{upacara.pk}"
    return [*daftar, (jejak, "Siapa sudah diingatkan")]
