"""The texts of an event and the signatures under them: who may sign what, and until when."""

import datetime

from django.db import transaction

from integritas.alur import AlurError, require
from integritas.berkas.masuk import ensure_berkas, receive
from integritas.models import Berkas
from satker.alur import naskah as inti
from satker.models import (
    Naskah,
    NaskahBaku,
    Peserta,
    PesertaSatker,
    Riwayat,
    TandaTangan,
    Upacara,
)
from satker.models.riwayat import build_kunci
from satker.penandatangan import (
    AWALAN_BIASA,
    UNTUK_BIASA,
    Orang,
    filter_naskah,
    is_untuk,
    list_orang,
    read_masa,
    read_nama_satker,
)
from satker.waktu_upacara import get_hari_ini

KOLOM_NASKAH = ("jenis", "judul", "teks", "persetujuan", "untuk", "awalan_jabatan")


def lock_upacara(upacara) -> Upacara:
    """The event, locked: whoever signs, closes it or closes its round waits here. Its round is read
    afterwards: a row that is only joined is as old as the beginning of the waiting."""
    return (
        Upacara.objects.select_for_update(of=("self",))
        .select_related("tuan_rumah")
        .get(pk=upacara.pk)
    )


# --- texts ----------------------------------------------------------------------------------------
@transaction.atomic
def add_naskah(upacara, *, by, baku: NaskahBaku | None = None, **isi) -> Naskah:
    """A text from a pattern, or an own one (`isi` as in KOLOM_NASKAH); edited until it is frozen."""
    upacara = lock_upacara(upacara)
    _refuse_over(upacara)
    if baku is not None:
        isi = {
            "jenis": baku.jenis,
            **_fill_baku(upacara, baku),
            "untuk": UNTUK_BIASA.get(NaskahBaku.Jenis(baku.jenis), Naskah.Untuk.PERSONEL),
        }
    isi = _tidy(isi)
    if Naskah.objects.filter(upacara=upacara, judul=isi["judul"]).exists():
        raise AlurError(f"Naskah “{isi['judul']}” sudah ada pada upacara ini.")
    naskah = Naskah.objects.create(upacara=upacara, tahun=upacara.tanggal.year, **isi)
    _record(upacara, "naskah ditambah", naskah, by)
    return naskah


def _fill_baku(upacara: Upacara, baku: NaskahBaku) -> dict[str, str]:
    """A pattern with its blanks filled in: the year, and the one unit or every person's own."""
    daftar_satker = list(
        PesertaSatker.objects.filter(upacara=upacara).values_list("satker", flat=True)[:2]
    )
    nama = "satuan kerja masing-masing"
    if len(daftar_satker) == 1:
        nama = read_nama_satker(daftar_satker, upacara.tanggal).get(daftar_satker[0], nama)
    isian = {"[SATKER]": nama, "[TAHUN]": str(upacara.tanggal.year)}
    hasil = {kolom: getattr(baku, kolom) for kolom in ("judul", "teks", "persetujuan")}
    for tanda, isi in isian.items():
        hasil = {kolom: teks.replace(tanda, isi) for kolom, teks in hasil.items()}
    return hasil


@transaction.atomic
def edit_naskah(naskah, *, by, **isi) -> Naskah:
    naskah = _lock_naskah(naskah)
    isi = _tidy(isi)
    for kolom, nilai in isi.items():
        setattr(naskah, kolom, nilai)
    naskah.save(update_fields=list(isi))
    _record(naskah.upacara, "naskah diubah", naskah, by)
    return naskah


@transaction.atomic
def remove_naskah(naskah, *, by) -> None:
    naskah = _lock_naskah(naskah)
    _record(naskah.upacara, "naskah dihapus", naskah, by)
    naskah.delete()


def _lock_naskah(naskah) -> Naskah:
    naskah = (
        Naskah.objects.select_for_update(of=("self",))
        .select_related("upacara__tuan_rumah")
        .filter(pk=naskah.pk)
        .first()
    )
    if naskah is None:
        raise AlurError("Naskah ini baru saja dihapus orang lain.")
    if naskah.dibekukan_pada is not None:
        raise AlurError("Naskah ini sudah dibekukan, jadi tidak dapat diubah.")
    return naskah


def _tidy(isi: dict) -> dict:
    """The text without blanks around it; a text for heads says by which titles they are known."""
    hasil = {kolom: isi[kolom] for kolom in KOLOM_NASKAH if kolom in isi}
    hasil["judul"] = require(hasil.get("judul", ""), "Judul naskah")
    # Browsers send two signs for a line's end; one text has one hash.
    hasil["teks"] = require(hasil.get("teks", ""), "Isi naskah").replace("\r\n", "\n")
    hasil["persetujuan"] = require(hasil.get("persetujuan", ""), "Kalimat persetujuan")
    awalan = (hasil.get("awalan_jabatan") or "").strip()
    if hasil.get("untuk") == Naskah.Untuk.KEPALA:
        awalan = awalan or AWALAN_BIASA
    hasil["awalan_jabatan"] = awalan
    return hasil


def _refuse_over(upacara: Upacara) -> None:
    if upacara.status == Upacara.Status.DITUTUP:
        raise AlurError("Upacara ini sudah ditutup, jadi naskahnya tidak ditambah lagi.")
    if upacara.status in {Upacara.Status.DIBATALKAN, Upacara.Status.TERCATAT}:
        raise AlurError("Upacara ini tidak dijalankan di sini, jadi tidak bernaskah.")


def _record(upacara, kejadian, naskah, by) -> None:
    Riwayat.record(
        upacara.tuan_rumah,
        kejadian,
        by=by,
        objek=naskah.objek,
        sesudah={"upacara": upacara.kode, "judul": naskah.judul, "untuk": naskah.untuk},
    )


# --- signatures -----------------------------------------------------------------------------------
@transaction.atomic
def sign_sendiri(
    peserta: Peserta, naskah: Naskah, *, persetujuan: bool, goresan: str = "", by=None
) -> TandaTangan:
    """By the person's own address. `by` is who is signed in on that device, if anybody: their own
    account is the means where nothing was drawn."""
    upacara = lock_upacara(peserta.upacara)
    _refuse_closed(upacara)
    orang = _get_orang(upacara, peserta)
    _refuse_foreign(upacara, naskah, orang)
    cara = TandaTangan.Cara.TAUTAN
    if goresan:
        cara = TandaTangan.Cara.LAYAR
    elif by is not None and is_akun_sendiri(peserta, by):
        cara = TandaTangan.Cara.AKUN
    return inti.sign(
        naskah,
        cara=cara,
        persetujuan=persetujuan,
        by=by,
        personel=peserta.personel,
        saksi=peserta.saksi,
        goresan=goresan,
        tanggal=get_hari_ini(upacara),
    )


def is_akun_sendiri(peserta: Peserta, user) -> bool:
    """Is this the account of that very person?"""
    return peserta.personel_id is not None and peserta.personel.pengguna_id == user.pk


def sign_berkas(
    upacara,
    naskah: Naskah,
    daftar_peserta_id: list[int],
    *,
    cara: str,
    persetujuan: bool,
    berkas,
    nama: str,
    tanggal: datetime.date,
    by,
) -> list[TandaTangan]:
    """Signatures that the committee brings: one sheet signed by hand for many people (`basah`), or
    a certified file of one (`elektronik`). All of them or none."""
    if not daftar_peserta_id:
        raise AlurError("Centang nama yang menandatangani lembar ini.")
    if cara == TandaTangan.Cara.ELEKTRONIK and len(daftar_peserta_id) > 1:
        raise AlurError("Satu berkas bertanda tangan elektronik untuk satu orang.")
    if persetujuan is not True:
        raise AlurError("Nyatakan bahwa lembar memuat naskah dan kalimat persetujuan yang sama.")
    _refuse_closed(upacara)
    return _sign_berkas(
        upacara, naskah, daftar_peserta_id, cara, receive(berkas, nama), tanggal, by
    )


@transaction.atomic
def _sign_berkas(upacara, naskah, daftar_peserta_id, cara, masuk, tanggal, by):
    berkas = Berkas.objects.get(pk=ensure_berkas(masuk))
    upacara = lock_upacara(upacara)
    _refuse_closed(upacara)
    if tanggal < upacara.tanggal:
        raise AlurError("Tanggal tanda tangan tidak boleh sebelum hari upacara.")
    orang = {satu.peserta_id: satu for satu in list_orang(upacara, daftar_peserta_id)}
    # In the order of their chains, so that two committees never wait for each other.
    daftar = sorted(
        Peserta.objects.filter(upacara=upacara, pk__in=daftar_peserta_id).select_related(
            "personel__satker", "saksi"
        ),
        key=lambda satu: (
            build_kunci(satu.personel.satker if satu.personel else inti.get_pemilik(naskah)),
            satu.pk,
        ),
    )
    if len(daftar) != len(set(daftar_peserta_id)) or any(p.pk not in orang for p in daftar):
        raise AlurError("Di antara yang dicentang ada yang tidak terdaftar pada upacara ini.")
    hasil = []
    for peserta in daftar:
        _refuse_foreign(upacara, naskah, orang[peserta.pk])
        hasil.append(
            inti.sign(
                naskah,
                cara=cara,
                persetujuan=True,
                by=by,
                personel=peserta.personel,
                saksi=peserta.saksi,
                berkas=berkas,
                nama_berkas=masuk.nama,
                tanggal=tanggal,
            )
        )
    return hasil


def _refuse_closed(upacara: Upacara) -> None:
    masa = read_masa(upacara)
    if not masa.terbuka:
        raise AlurError(masa.kalimat)


def _get_orang(upacara: Upacara, peserta: Peserta) -> Orang:
    for orang in list_orang(upacara, [peserta.pk]):
        return orang
    raise AlurError("Data orang ini sudah dihapus.")


def _refuse_foreign(upacara: Upacara, naskah: Naskah, orang: Orang) -> None:
    if not filter_naskah(upacara).filter(pk=naskah.pk).exists():
        raise AlurError("Naskah ini bukan milik upacara ini.")
    if not is_untuk(naskah, orang):
        raise AlurError(f"“{naskah.judul}” tidak ditandatangani oleh {orang.nama}.")
