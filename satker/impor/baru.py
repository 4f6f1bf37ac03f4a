"""A row whose code is not known yet: a new unit, or a new Kanwil with its node."""

import re

from integritas.impor import BarisRencana, Hasil
from integritas.tabel import Baris
from integritas.teks import format_tanggal
from satker import fakta
from satker.impor.pembaca import KANWIL, Pembaca
from satker.impor.tercatat import Induk, Isi
from satker.models import Instansi, JenisSatker, KantorWilayah, SatuanKerja


def plan_new(pembaca: Pembaca, baris: Baris, rencana: BarisRencana, bawaan_sumber: str) -> None:
    nilai, kode, mulai = baris.nilai, rencana.kode, baris.nilai.get("berlaku_mulai")
    jenis = pembaca.read_jenis(baris)
    if not nilai.get("nama"):
        pembaca.require(baris, "nama")
    pembaca.refuse_rumus(baris, "nama", "kota_kabupaten", "sumber", "keyakinan", "provinsi")
    if jenis is None:
        if not nilai.get("jenis"):
            pembaca.require(baris, "jenis")
        # Everything that can be said is said at once.
        pembaca.read_induk(baris, hanya_instansi=False)
        pembaca.read_zona(baris)
        return
    if not jenis.mandiri:
        pembaca.refuse(
            baris,
            "jenis",
            f"{jenis.singkatan} bukan satker mandiri; catat pada kantor induknya.",
        )
    kelas, zona = pembaca.read_kelas(baris, jenis), pembaca.read_zona(baris)
    pembina = pembaca.read_pembina(baris)
    kanwil = None
    if jenis.kode == KANWIL:
        induk, kanwil, zona = _plan_kanwil(pembaca, baris, kode, zona)
    else:
        induk = pembaca.read_induk(baris, hanya_instansi=False)
        if induk is None and not nilai.get("induk"):
            pembaca.require(baris, "induk")
    if induk is None:
        return
    pembaca.refuse_induk(baris, induk, mulai)
    if kanwil is None:
        pembaca.refuse_kanwil_lain(baris, induk)
    if not zona and not (zona := induk.zona_waktu):
        pembaca.refuse(baris, "zona_waktu", "masih kosong. Pilih WIB, WITA, atau WIT.")
    if baris.pesan:
        return
    isi = {
        "nama": nilai["nama"],
        "jenis": jenis,
        "kelas": kelas,
        "kanwil": kanwil or induk.kanwil,
        "instansi": induk.instansi,
        "pembina": pembina or _choose_pembina(jenis, induk),
        "tempat": nilai.get("kota_kabupaten", ""),
        "zona_waktu": zona,
    }
    if kanwil is not None:
        pembaca.tercatat.induk[kode] = Induk(
            kode, nilai["nama"], kanwil, None, induk.contoh, zona, [(mulai, None)]
        )
    rencana.hasil = Hasil.BARU
    rencana.isi = Isi(
        SatuanKerja(kode=kode, contoh=induk.contoh) if kanwil is None else kanwil.satker,
        None,
        mulai,
        isi,
        nilai.get("sumber") or bawaan_sumber,
        nilai.get("keyakinan", ""),
        kanwil,
    )
    rencana.uraian = [
        (pembaca.tabel.name_kolom(nama), "", teks)
        for nama, teks in (
            ("jenis", f"{jenis.singkatan} {kelas}".strip()),
            ("induk", induk.kode),
            ("berlaku_mulai", format_tanggal(mulai)),
        )
        if teks
    ]


def _plan_kanwil(pembaca: Pembaca, baris: Baris, kode: str, zona: str):
    """Parent, node and time zone of a new Kanwil, from its columns or from its code."""
    if pembaca.lingkup is not None:
        pembaca.refuse(baris, "", "Kanwil baru hanya dapat didaftarkan oleh admin.")
    induk = pembaca.read_induk(baris, hanya_instansi=True)
    if not baris.nilai.get("induk"):
        ekor = kode.partition("-kanwil-")[2]
        kode_induk = ekor if ekor in pembaca.tercatat.instansi else fakta.INDUK_KANWIL
        induk = pembaca.tercatat.induk.get(kode_induk)
        if induk is None:
            pembaca.require(baris, "induk")
    kode_bps = baris.nilai.get("kode_bps") or kode.partition("-")[0]
    provinsi, zona_bps = pembaca.tercatat.provinsi.get(kode_bps, ("", ""))
    provinsi = baris.nilai.get("provinsi") or provinsi
    if not re.fullmatch(r"[0-9]{2,4}", kode_bps):
        pembaca.refuse(baris, "kode_bps", "masih kosong. Isi kode provinsi dari BPS, seperti 16.")
    elif not provinsi:
        pembaca.refuse(baris, "provinsi", f"masih kosong, dan kode {kode_bps} belum dikenal.")
    satker = SatuanKerja(kode=kode, contoh=induk.contoh if induk else False)
    kanwil = KantorWilayah(satker=satker, provinsi=provinsi, kode_bps=kode_bps)
    return induk, kanwil, zona or zona_bps


def _choose_pembina(jenis: JenisSatker, induk: Induk) -> Instansi | None:
    """Who supervises when the file does not say: by type; a Kanwil by the node it hangs on."""
    if jenis.kode == KANWIL and induk.kode != fakta.INDUK_KANWIL:
        return induk.instansi
    return jenis.pembina
