"""What the minutes and the attendance list of an event say, as plain values in a fixed order: the
same facts give the same papers."""

import hashlib
import json
from collections import Counter

from integritas.teks import format_tanggal
from satker.models import Peserta, PesertaSatker, Saksi, TandaTangan, Upacara
from satker.penandatangan import Lembar, Orang, list_lembar, list_orang, read_nama_satker
from satker.waktu_upacara import say_hari, say_jam, say_saat, to_lokal


def build_isi(upacara: Upacara) -> dict:
    """Everything both papers say but their code, version and date of making. Nine statements."""
    daftar_orang = list_orang(upacara)
    daftar_lembar = [satu for satu in list_lembar(upacara, daftar_orang) if satu.naskah.sidik]
    daftar_satker = list(
        PesertaSatker.objects.filter(upacara=upacara)
        .order_by("satker__kode")
        .values_list("satker_id", "satker__kode")
    )
    kode = dict(daftar_satker)
    kode[upacara.tuan_rumah_id] = upacara.tuan_rumah.kode
    nama = read_nama_satker(kode, upacara.tanggal)

    def say_satker(pk: int | None) -> str:
        return "" if pk is None else nama.get(pk) or kode.get(pk, "")

    return {
        "upacara": upacara.nama,
        # An invented paper says so on every page.
        "contoh": upacara.tuan_rumah.contoh,
        "hari": say_hari(upacara),
        "tanggal": upacara.tanggal.isoformat(),
        "jam": say_jam(upacara),
        "tempat": upacara.tempat,
        "tuan_rumah": say_satker(upacara.tuan_rumah_id),
        "dibuka": say_saat(upacara, upacara.dibuka_pada) if upacara.dibuka_pada else "",
        "ditutup": say_saat(upacara, upacara.ditutup_pada) if upacara.ditutup_pada else "",
        "susulan_sampai": format_tanggal(upacara.susulan_sampai),
        "acara": [
            {"nama": acara.jenis.nama, "keterangan": acara.keterangan}
            for acara in upacara.acara_set.select_related("jenis").order_by("urutan", "pk")
        ],
        "saksi": _build_saksi(upacara, daftar_orang),
        "satker": [{"nama": say_satker(pk), **_count(daftar_orang, pk)} for pk, _ in daftar_satker],
        "naskah": [_build_naskah(lembar) for lembar in daftar_lembar],
        "jumlah": _count_semua(daftar_orang),
        "hadir": [
            {
                "nama": orang.nama,
                "jabatan": orang.jabatan,
                "satker": say_satker(orang.satker_id) if orang.saksi_id is None else "Saksi",
                "hadir": _say_hadir(upacara, orang),
                **_build_tanda(orang, daftar_lembar),
            }
            for orang in daftar_orang
        ],
    }


def compute_sidik_isi(isi: dict) -> str:
    """By which two states of the same facts are told apart."""
    return hashlib.sha256(json.dumps(isi, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def build_ringkasan(isi: dict) -> dict:
    """Totals as they are printed; no name of anybody."""
    return {
        **isi["jumlah"],
        "jumlah_satker": len(isi["satker"]),
        "naskah": [
            {kunci: satu[kunci] for kunci in ("judul", "sidik", "harus", "sudah")}
            for satu in isi["naskah"]
        ],
        "sidik_isi": compute_sidik_isi(isi),
    }


def _build_saksi(upacara: Upacara, daftar_orang: list[Orang]) -> list[dict]:
    hadir = {orang.saksi_id for orang in daftar_orang if orang.hadir_pada is not None}
    return [
        {
            "lembaga": saksi.lembaga,
            "nama": saksi.nama,
            "jabatan": saksi.jabatan,
            "hadir": saksi.pk in hadir,
        }
        for saksi in Saksi.objects.filter(upacara=upacara).order_by("lembaga", "nama", "pk")
    ]


def _count(daftar_orang: list[Orang], satker_id: int) -> dict[str, int]:
    milik = [orang for orang in daftar_orang if orang.satker_id == satker_id]
    return {
        "diundang": len(milik),
        "hadir": sum(orang.hadir_pada is not None for orang in milik),
    }


def _count_semua(daftar_orang: list[Orang]) -> dict[str, int]:
    saksi = [orang for orang in daftar_orang if orang.saksi_id is not None]
    hadir = [orang for orang in daftar_orang if orang.hadir_pada is not None]
    saksi_hadir = sum(orang.saksi_id is not None for orang in hadir)
    return {
        "jumlah_diundang": len(daftar_orang) - len(saksi),
        "jumlah_hadir": len(hadir) - saksi_hadir,
        "jumlah_saksi": len(saksi),
        "jumlah_saksi_hadir": saksi_hadir,
    }


def _build_naskah(lembar: Lembar) -> dict:
    cara = Counter(tanda.cara for tanda in lembar.tanda.values())
    return {
        "judul": lembar.naskah.judul,
        "sidik": lembar.naskah.sidik,
        "harus": lembar.jumlah_harus,
        "sudah": lembar.jumlah_sudah,
        "cara": [f"{satu.label} {cara[satu]}" for satu in TandaTangan.Cara if cara[satu]],
    }


def _say_hadir(upacara: Upacara, orang: Orang) -> str:
    if orang.hadir_pada is None:
        return ""
    assert orang.cara_hadir is not None, "peserta_hadir_bercara"
    cara = Peserta.Cara(orang.cara_hadir).label
    saat = to_lokal(upacara, orang.hadir_pada)
    hari = "" if saat.date() == upacara.tanggal else f"{format_tanggal(saat.date(), True)} "
    return f"{hari}{saat:%H.%M}, {cara}"


def _build_tanda(orang: Orang, daftar_lembar: list[Lembar]) -> dict:
    """One drawing stands for all; the texts are told by their places in the minutes."""
    daftar = [
        (nomor, lembar.tanda[orang.kunci])
        for nomor, lembar in enumerate(daftar_lembar, 1)
        if orang.kunci in lembar.tanda
    ]
    return {
        "goresan": next((tanda.goresan for _, tanda in daftar if tanda.goresan), ""),
        "tanda": [f"{nomor}: {tanda.cara}" for nomor, tanda in daftar],
    }
