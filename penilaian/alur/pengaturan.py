"""What an admin sets on a version of the instrument: the documents a question asks for, and what a
base of zero is worth where that rule is only a proposal.

Each step locks the version, then every assessment of it in the order of kode: a save that is under
way ends with the old setting before, or finds the new one at its last moment (see rekap.refresh).
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from integritas.alur import AlurError, require
from penilaian import tasks
from penilaian.alur import hitung_ulang
from penilaian.instrumen import Pertanyaan as Butir
from penilaian.kalimat_instrumen import tulis_bobot
from penilaian.models import DokumenDiminta, Penilaian, Pertanyaan, VersiInstrumen
from penilaian.versi import read_terpakai
from satker.models import Riwayat

# More kept scores than these are computed anew in the background.
LANGSUNG_PALING_BANYAK = 300
DOKUMEN_PALING_BANYAK = 30
NAMA_TERPANJANG = 200


class UsangError(AlurError):
    """Something else was set, or other answers given, since the person saw the page."""

    def __init__(self):
        super().__init__(
            "Pengaturan atau LKE yang memakainya berubah sejak halaman ini dibuka. Periksa lagi, "
            "lalu simpan."
        )


@dataclass(frozen=True)
class IsiDokumen:
    """One row as typed; `pk` is the document it was, None a new one."""

    nama: str
    wajib: bool = False
    berkala: str = DokumenDiminta.Berkala.SEKALI
    urutan: int = 0
    ditarik: bool = False
    pk: int | None = None


def _lock_versi(versi: VersiInstrumen) -> VersiInstrumen:
    """FOR UPDATE on purpose: whoever opens a year refers to the version and waits, too."""
    return VersiInstrumen.objects.select_for_update().defer("teks").get(pk=versi.pk)


def _raise_pengaturan(versi: VersiInstrumen) -> None:
    versi.pengaturan += 1
    versi.save(update_fields=["pengaturan"])


# --- documents ----------------------------------------------------------------------------------
@transaction.atomic
def set_dokumen(
    versi: VersiInstrumen, kode: str, daftar: list[IsiDokumen], *, by, instansi, pengaturan: int
) -> VersiInstrumen:
    """Set the documents of a question: those named keep their place in the order of `urutan`. None
    is ever removed, since evidence may name it; one that is withdrawn is asked for no longer.

    Raises AlurError naming the row; UsangError when `pengaturan` is not the state of now."""
    versi = _lock_versi(versi)
    if versi.pengaturan != pengaturan:
        raise UsangError
    pertanyaan = Pertanyaan.objects.get(versi=versi, kode=kode)
    lama = {
        satu.pk: satu
        for satu in DokumenDiminta.objects.filter(pertanyaan=pertanyaan).order_by("urutan", "pk")
    }
    _refuse_dokumen(daftar, lama)
    sebelum = _describe(lama.values())
    diubah = {satu.pk: satu for satu in daftar if satu.pk}
    semua = [_apply(satu, diubah.get(satu.pk)) for satu in lama.values()] + [
        _apply(DokumenDiminta(pertanyaan=pertanyaan, nama=satu.nama), satu)
        for satu in daftar
        if not satu.pk
    ]
    # Python's sort keeps the order of equals: those that were there come before new ones.
    semua.sort(key=lambda satu: satu.urutan)
    for urutan, satu in enumerate(semua, 1):
        satu.urutan = urutan
    sesudah = _describe(semua)
    if sesudah == sebelum:
        raise AlurError("Tidak ada yang berubah.")
    DokumenDiminta.objects.bulk_create([satu for satu in semua if not satu.pk])
    DokumenDiminta.objects.bulk_update(
        [satu for satu in semua if satu.pk in lama], ["wajib", "berkala", "ditarik", "urutan"]
    )
    _raise_pengaturan(versi)
    Riwayat.record(
        instansi,
        "dokumen diminta diatur",
        by=by,
        objek=f"versi:{versi.pk}:{kode}",
        sebelum={"dokumen": sebelum},
        sesudah={"instrumen": str(versi), "dokumen": sesudah},
    )
    return versi


def _refuse_dokumen(daftar: list[IsiDokumen], lama: dict[int, DokumenDiminta]) -> None:
    if len(lama) + sum(not satu.pk for satu in daftar) > DOKUMEN_PALING_BANYAK:
        raise AlurError(f"Satu pertanyaan paling banyak {DOKUMEN_PALING_BANYAK} dokumen.")
    ada = {satu.nama.casefold(): satu for satu in lama.values()}
    for satu in daftar:
        if satu.pk and satu.pk not in lama:
            raise UsangError
        if satu.berkala not in DokumenDiminta.Berkala.values:
            raise AlurError(f"{satu.nama}: pilih sekali, triwulan, atau bulan.")
        if satu.pk:
            continue
        if len(satu.nama) > NAMA_TERPANJANG:
            raise AlurError(f"Nama dokumen paling panjang {NAMA_TERPANJANG} huruf.")
        require(satu.nama, "Nama dokumen")
        kembar = ada.get(satu.nama.casefold())
        if kembar is not None:
            ditarik = " dan sudah ditarik; batalkan penarikannya" if kembar.ditarik else ""
            raise AlurError(f"Dokumen {satu.nama} sudah ada{ditarik}.")
        ada[satu.nama.casefold()] = DokumenDiminta(nama=satu.nama)


def _apply(dokumen: DokumenDiminta, isi: IsiDokumen | None) -> DokumenDiminta:
    if isi is not None:
        dokumen.wajib, dokumen.berkala = isi.wajib, isi.berkala
        dokumen.ditarik, dokumen.urutan = isi.ditarik, isi.urutan
    return dokumen


def _describe(daftar) -> list[dict]:
    return [
        {
            "nama": satu.nama,
            "wajib": satu.wajib,
            "berkala": str(satu.berkala),
            "ditarik": satu.ditarik,
        }
        for satu in daftar
    ]


# --- the zero rule ------------------------------------------------------------------------------
def explain_tetap(pertanyaan: Butir) -> str:
    """Why the zero rule of a question stays as it is; empty when an admin may set it."""
    rumus = pertanyaan.rumus
    nomor = f"Nomor {pertanyaan.urutan} ({pertanyaan.kode})"
    if rumus is None or rumus.jenis == "indeks":
        return f"{nomor} tidak membagi dengan isian, jadi tidak punya aturan pembagi nol."
    if not rumus.is_usulan:
        return (
            f"{nomor}: aturan pembagi nol ini resmi ({rumus.dasar or 'menurut berkas instrumen'}), "
            "bukan usulan, jadi tidak diubah di sini."
        )
    return ""


@dataclass(frozen=True)
class HasilNol:
    """`langsung` of the kept scores were computed anew at once, `menyusul` follow."""

    versi: VersiInstrumen
    langsung: int
    menyusul: int


@transaction.atomic
def set_penyebut_nol(
    versi: VersiInstrumen,
    kode: str,
    *,
    nilai: Decimal,
    alasan: str,
    by,
    instansi,
    tanda: str | None = None,
) -> HasilNol:
    """Set what a base of zero is worth in a question, and bring every kept score along, handed in
    or not: a score is explained by the rule that is shown. `tanda` names what the person saw.

    Raises AlurError when the rule is official or the value is none; then nothing changes."""
    versi = _lock_versi(versi)
    lama = read_terpakai(versi)
    pertanyaan = lama.isi.pertanyaan[kode]
    if tetap := explain_tetap(pertanyaan):
        raise AlurError(tetap)
    assert pertanyaan.rumus is not None, kode
    alasan = require(alasan, "Alasan")
    if not (nilai.is_finite() and 0 <= nilai <= 1 and nilai == round(nilai, 2)):
        raise AlurError("Nilai harus 0 sampai 1, paling banyak dua desimal.")
    if nilai == pertanyaan.rumus.nilai_usulan:
        raise AlurError(f"Nilainya sudah {tulis_bobot(nilai)}; tidak ada yang berubah.")
    _lock_penilaian(versi)
    terdampak = hitung_ulang.list_terdampak(lama, kode)
    if tanda is not None and tanda != build_tanda(lama.pengaturan, terdampak):
        raise UsangError
    bawaan = versi.bawaan.pertanyaan[kode].rumus
    assert bawaan is not None, kode
    Pertanyaan.objects.filter(versi=versi, kode=kode).update(
        nilai_penyebut_nol=None if nilai == bawaan.nilai_usulan else nilai
    )
    _raise_pengaturan(versi)
    Riwayat.record(
        instansi,
        "aturan pembagi nol diubah",
        by=by,
        objek=f"versi:{versi.pk}:{kode}",
        sebelum={"nilai": pertanyaan.rumus.nilai_usulan},
        sesudah={"instrumen": str(versi), "nilai": nilai, "jumlah_LKE": len(terdampak)},
        alasan=alasan,
    )
    sebab = (
        f"Pembagi nol pada nomor {pertanyaan.urutan} ({kode}) kini bernilai {tulis_bobot(nilai)}: "
        f"{alasan}"
    )
    tasks.refresh_temuan.delay_on_commit(versi.pk, kode)
    if len(terdampak) > LANGSUNG_PALING_BANYAK:
        oleh = by.pk if by is not None else None
        tasks.refresh_rekap.delay_on_commit(versi.pk, kode, sebab, oleh)
        return HasilNol(versi, 0, len(terdampak))
    hitung_ulang.recompute(read_terpakai(versi), terdampak, by=by, alasan=sebab)
    return HasilNol(versi, len(terdampak), 0)


def build_tanda(pengaturan: int, terdampak: list) -> str:
    return f"{pengaturan}.{len(terdampak)}"


def _lock_penilaian(versi: VersiInstrumen) -> None:
    """Wait for every save under way, and hold the others."""
    daftar = Penilaian.objects.select_for_update(of=("self",)).filter(versi=versi)
    list(daftar.order_by("satker__kode", "tahun").values_list("pk"))
