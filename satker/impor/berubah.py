"""A row whose code is known: the same as on record, or a position that begins on a day."""

from django.utils import timezone

from integritas.impor import BarisRencana, Hasil
from integritas.tabel import Baris
from integritas.teks import format_tanggal
from satker.impor.ejaan import is_same, is_same_tempat, spell_kelas
from satker.impor.pembaca import KANWIL, Pembaca
from satker.impor.tercatat import Isi
from satker.models import KedudukanSatker, SatuanKerja

TEKS_BEBAS = ("nama", "kota_kabupaten")


def find_posisi(pembaca: Pembaca, baris: Baris, satker: SatuanKerja) -> KedudukanSatker | None:
    """The position the row speaks of: on its own day, else today, else the one to come."""
    mulai = baris.nilai.get("berlaku_mulai")
    daftar = pembaca.tercatat.posisi[satker.pk]
    if not daftar:
        pembaca.refuse(baris, "kode", f'"{satker.kode}" sudah pernah dipakai.')
        return None
    pada = mulai or max(timezone.localdate(), daftar[0].berlaku_dari or timezone.localdate())
    for posisi in daftar:
        if (posisi.berlaku_dari is None or posisi.berlaku_dari <= pada) and (
            posisi.berlaku_sampai is None or posisi.berlaku_sampai > pada
        ):
            return posisi
    if daftar[0].berlaku_dari is not None and pada < daftar[0].berlaku_dari:
        pembaca.refuse(
            baris,
            "berlaku_mulai",
            f"{format_tanggal(pada)} mendahului satker ini, yang baru ada sejak "
            f"{format_tanggal(daftar[0].berlaku_dari)}.",
        )
    else:
        pembaca.refuse(
            baris,
            "kode",
            f"{satker.kode} sudah ditutup sejak {format_tanggal(daftar[-1].berlaku_sampai)}. "
            "Kode tidak dipakai ulang.",
        )
    return None


def plan_change(
    pembaca: Pembaca, baris: Baris, rencana: BarisRencana, satker, posisi, bawaan_sumber: str
) -> None:
    mulai, kini = baris.nilai.get("berlaku_mulai"), pembaca.tercatat.posisi[satker.pk][-1]
    if pembaca.lingkup is not None and kini.kanwil_id not in pembaca.lingkup:
        pembaca.refuse(baris, "", f"{rencana.nama} bukan satker Kanwil Anda.")
        return
    isi = _read_change(pembaca, baris, satker, posisi)
    beda = _compare(pembaca, posisi, isi)
    if not beda or baris.pesan:
        return
    pembaca.refuse_rumus(baris, *(kolom for kolom, *_ in beda if kolom in TEKS_BEBAS))
    if mulai is None:
        for kolom, lama, baru in beda:
            pembaca.refuse(
                baris,
                kolom,
                f'berubah dari "{lama}" menjadi "{baru}". Isi kolom "berlaku mulai" dengan '
                "tanggal mulai perubahan ini.",
            )
        return
    if posisi is not kini or (posisi.berlaku_dari is not None and mulai <= posisi.berlaku_dari):
        pembaca.refuse(
            baris,
            "berlaku_mulai",
            f"kedudukan sekarang baru berlaku mulai {format_tanggal(kini.berlaku_dari)}. Pilih "
            "tanggal sesudahnya.",
        )
    elif posisi.berlaku_sampai is not None:
        pembaca.refuse(
            baris,
            "berlaku_mulai",
            f"satker ini ditutup mulai {format_tanggal(posisi.berlaku_sampai)}.",
        )
    if any(kolom == "induk" for kolom, *_ in beda):
        induk = isi["induk"]
        if induk.contoh != satker.contoh:
            pembaca.refuse(baris, "induk", "satker contoh dan satker nyata tidak boleh bercampur.")
        pembaca.refuse_induk(baris, induk, mulai)
        pembaca.refuse_kanwil_lain(baris, induk)
    if baris.pesan:
        return
    induk = isi.pop("induk")
    isi = {kolom: satu for kolom, satu in isi.items() if satu is not None}
    if induk is not None:
        isi |= {"kanwil": induk.kanwil, "instansi": induk.instansi}
        if posisi.kanwil_id and pembaca.tercatat.kanwil[posisi.kanwil_id].satker_id == satker.pk:
            isi["kanwil"] = pembaca.tercatat.kanwil[posisi.kanwil_id]
    pembaca.tercatat.link(posisi, satker)
    rencana.hasil = Hasil.BERUBAH
    rencana.isi = Isi(
        satker,
        posisi,
        mulai,
        isi,
        baris.nilai.get("sumber") or bawaan_sumber,
        baris.nilai.get("keyakinan", ""),
    )
    rencana.uraian = [
        *((pembaca.tabel.name_kolom(kolom), lama, baru) for kolom, lama, baru in beda),
        (pembaca.tabel.name_kolom("berlaku_mulai"), "", format_tanggal(mulai)),
    ]


def _read_change(pembaca: Pembaca, baris: Baris, satker, posisi) -> dict:
    """What the row says; None where it says nothing."""
    nilai = baris.nilai
    jenis = pembaca.read_jenis(baris) or pembaca.tercatat.jenis[posisi.jenis_id]
    lama = pembaca.tercatat.jenis[posisi.jenis_id]
    if (jenis.kode == KANWIL) != (lama.kode == KANWIL):
        pembaca.refuse(
            baris,
            "jenis",
            "Kanwil dan satker lain tidak bisa bertukar jenis; daftarkan satker baru.",
        )
    kelas = pembaca.read_kelas(baris, jenis)
    # The old class may mean nothing for a new type.
    tetap = jenis is lama or spell_kelas(posisi.kelas) in pembaca.tercatat.kelas[jenis.pk]
    pembina = pembaca.read_pembina(baris)
    if jenis is not lama:
        pembina = pembina or jenis.pembina
    return {
        "nama": nilai.get("nama") or None,
        "jenis": jenis,
        "kelas": kelas or (posisi.kelas if tetap else ""),
        "tempat": nilai.get("kota_kabupaten") or None,
        "induk": pembaca.read_induk(baris, hanya_instansi=lama.kode == KANWIL),
        "pembina": pembina,
        "zona_waktu": pembaca.read_zona(baris) or None,
    }


def _compare(pembaca: Pembaca, posisi, isi: dict) -> list[tuple[str, str, str]]:
    """Columns in which the row differs from the position: column, before, after."""
    beda = []
    if isi["nama"] and not is_same(isi["nama"], posisi.nama):
        beda.append(("nama", posisi.nama, isi["nama"]))
    if isi["jenis"].pk != posisi.jenis_id:
        lama = pembaca.tercatat.jenis[posisi.jenis_id]
        beda.append(("jenis", lama.singkatan, isi["jenis"].singkatan))
    if isi["kelas"] != posisi.kelas:
        beda.append(("kelas", posisi.kelas, isi["kelas"]))
    if isi["tempat"] and not is_same_tempat(isi["tempat"], posisi.tempat):
        beda.append(("kota_kabupaten", posisi.tempat, isi["tempat"]))
    if isi["induk"] is not None:
        lama_induk = pembaca.tercatat.name_induk(posisi)
        if isi["induk"].kode != lama_induk:
            beda.append(("induk", lama_induk, isi["induk"].kode))
    if isi["pembina"] is not None and isi["pembina"].pk != posisi.pembina_id:
        pembina = pembaca.tercatat.instansi_dari_pk.get(posisi.pembina_id)
        beda.append(("pembina", pembina.kode if pembina else "", isi["pembina"].kode))
    if isi["zona_waktu"] and isi["zona_waktu"] != posisi.zona_waktu:
        beda.append(("zona_waktu", posisi.zona_waktu, isi["zona_waktu"]))
    return beda
