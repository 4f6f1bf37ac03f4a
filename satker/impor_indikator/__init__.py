"""Goals and indicators of a draft agreement from a table: what each row would do, and the writing.

Rows are known again by goal and indicator, in any spelling; what the file does not name stays. All or
nothing: a single bad cell and nothing is written.
"""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from integritas.angka import show_angka
from integritas.impor import BarisRencana, Hasil, ImporDitolakError, Rencana
from integritas.tabel import RUMUS, Baris, Tabel, normalize, read_tabel
from satker.alur.dasar import lock
from satker.capaian import fold
from satker.impor_indikator.kolom import ARAH, CONTOH, DAFTAR_KOLOM, PILIHAN, TRIWULAN
from satker.impor_indikator.tulis import Isi, write
from satker.models import IndikatorKinerja, PerjanjianKinerja

# More than this is no agreement that two people read and sign, and no form that can be shown.
MAKS_SASARAN, MAKS_INDIKATOR = 30, 40

__all__ = ["CONTOH", "DAFTAR_KOLOM", "PILIHAN", "apply", "plan"]


def plan(nama: str, isi: bytes, *, perjanjian: PerjanjianKinerja) -> Rencana:
    """What the file would do to this draft; BerkasDitolakError when it cannot be read at all."""
    return _plan(read_tabel(nama, isi, DAFTAR_KOLOM), perjanjian)


def apply(
    nama: str, isi: bytes, *, perjanjian: PerjanjianKinerja, by, sidik: str | None = None
) -> Rencana:
    """Plan again under the lock and write; raises ImporDitolakError, then nothing is written."""
    tabel = read_tabel(nama, isi, DAFTAR_KOLOM)
    with transaction.atomic():
        # The unit's row is the lock of all its agreements.
        lock(perjanjian.satker)
        perjanjian = PerjanjianKinerja.objects.select_related("satker").get(pk=perjanjian.pk)
        rencana = _plan(tabel, perjanjian)
        if not perjanjian.is_editable:
            raise ImporDitolakError(
                f"Perjanjian ini berstatus {perjanjian.get_status_display().lower()}, bukan draf "
                "lagi, jadi tidak ada yang ditulis.",
                rencana,
            )
        rencana.refuse_changed(sidik)
        if rencana.ditolak:
            raise ImporDitolakError(
                f"{rencana.ditolak} baris ditolak, jadi tidak ada yang ditulis. Perbaiki berkasnya, "
                "lalu unggah lagi.",
                rencana,
                status=422,
            )
        write(rencana, perjanjian, nama, by)
    rencana.ditulis = True
    return rencana


def _plan(tabel: Tabel, perjanjian: PerjanjianKinerja) -> Rencana:
    daftar_ada = IndikatorKinerja.objects.filter(sasaran__perjanjian=perjanjian).select_related(
        "sasaran"
    )
    ada = {
        (fold(satu.sasaran.nama), fold(satu.nama)): satu
        for satu in daftar_ada.order_by("-sasaran__urutan", "-urutan")
    }
    hasil, sasaran = [], ""
    banyak = Counter(satu for satu, _ in ada)
    dari_berkas: dict[tuple[str, str], int] = {}
    for baris in tabel.baris:
        if baris.nilai.get("sasaran"):
            sasaran = baris.nilai["sasaran"]
        isi = _read_isi(tabel, baris, sasaran)
        kunci = fold(isi.sasaran), fold(isi.indikator)
        if not baris.pesan and (nomor := dari_berkas.setdefault(kunci, baris.nomor)) != baris.nomor:
            tabel.refuse(baris, "indikator", f"sudah ada di baris {nomor} pada sasaran yang sama.")
        isi.ada = ada.get(kunci)
        if isi.ada is None and not baris.pesan:
            _refuse_banyak(tabel, baris, banyak, kunci[0])
        hasil.append(_build_rencana(tabel, baris, isi))
    sisa = len(ada.keys() - dari_berkas.keys())
    kabar = list(tabel.pemberitahuan)
    if sisa:
        kabar.append(f"{sisa} indikator draf tidak ada di berkas ini dan dibiarkan seperti semula.")
    if curiga := _find_pecahan(hasil):
        kabar.append(
            f"Baris {curiga}: target paling besar 1 dengan satuan persen. Sel yang berformat persen "
            "terbaca sebagai pecahan (95% menjadi 0,95); periksa sebelum menulis."
        )
    return Rencana(tabel, hasil, kabar)


def _read_isi(tabel: Tabel, baris: Baris, sasaran: str) -> Isi:
    """The row's values; what cannot be one is noted against its cell."""
    nilai = baris.nilai
    for kolom in ("indikator", "satuan"):
        if not nilai.get(kolom):
            _refuse_kosong(tabel, baris, kolom)
    if not sasaran:
        _refuse_kosong(tabel, baris, "sasaran")
    for kolom in ("sasaran", "indikator", "satuan"):
        if (teks := nilai.get(kolom) or "").startswith(RUMUS):
            tabel.refuse(baris, kolom, f'diawali tanda "{teks[0]}". Hapus tandanya.')
    if nilai.get("target") is None:
        _refuse_kosong(tabel, baris, "target")
    arah = ARAH.get(normalize(nilai.get("arah", "")))
    if arah is None:
        tabel.refuse(baris, "arah", f'"{nilai["arah"]}" tidak dikenal. Tulis naik atau turun.')
    return Isi(
        sasaran,
        nilai.get("indikator", ""),
        {
            "satuan": nilai.get("satuan", ""),
            "arah": arah or "",
            "target": nilai.get("target"),
            **{f"target_{bulan}": nilai.get(kolom) for kolom, bulan in TRIWULAN.items()},
        },
    )


def _refuse_banyak(tabel: Tabel, baris: Baris, banyak: Counter, sasaran: str) -> None:
    """Count one more indicator of the goal, or say that it is one too many."""
    if sasaran not in banyak and len(banyak) >= MAKS_SASARAN:
        tabel.refuse(
            baris, "sasaran", f"sasaran ke-{MAKS_SASARAN + 1}; paling banyak {MAKS_SASARAN}."
        )
    elif banyak[sasaran] >= MAKS_INDIKATOR:
        tabel.refuse(
            baris, "indikator", f"paling banyak {MAKS_INDIKATOR} indikator dalam satu sasaran."
        )
    else:
        banyak[sasaran] += 1


def _refuse_kosong(tabel: Tabel, baris: Baris, kolom: str) -> None:
    """Say that a cell is empty, unless something worse was said of it already."""
    judul = tabel.name_kolom(kolom)
    if not any(satu.kolom == judul for satu in baris.pesan):
        tabel.refuse(baris, kolom, "masih kosong.")


def _build_rencana(tabel: Tabel, baris: Baris, isi: Isi) -> BarisRencana:
    satu = BarisRencana(baris.nomor, isi.sasaran, isi.indikator, isi=isi)
    satu.pesan = baris.pesan
    if baris.pesan:
        satu.hasil = Hasil.DITOLAK
        return satu
    satu.uraian = [
        (_name(tabel, kolom), _show(lama) if isi.ada else "", _show(baru))
        for kolom, baru in isi.nilai.items()
        for lama in [getattr(isi.ada, kolom) if isi.ada else None]
        if lama != baru and (isi.ada or baru not in (None, ""))
    ]
    satu.hasil = Hasil.BARU if isi.ada is None else Hasil.BERUBAH if satu.uraian else Hasil.SAMA
    return satu


def _name(tabel: Tabel, kolom: str) -> str:
    """The file's own heading of a column of the model."""
    dari_bulan = {f"target_{bulan}": nama for nama, bulan in TRIWULAN.items()}
    return tabel.name_kolom(dari_bulan.get(kolom, kolom))


def _show(nilai: Decimal | str | None) -> str:
    return show_angka(nilai) if isinstance(nilai, Decimal) else nilai or ""


def _find_pecahan(daftar: Sequence[BarisRencana]) -> str:
    """Rows whose per cent look like a formatted cell's fraction; the first few by number."""
    nomor = [
        str(satu.nomor)
        for satu in daftar
        if normalize(satu.isi.nilai["satuan"]) in {"persen", "persentase", ""}
        and satu.isi.nilai["satuan"]
        and satu.isi.nilai["target"] is not None
        and 0 < satu.isi.nilai["target"] <= 1
    ]
    return ", ".join(nomor[:5]) + (" dan lainnya" if len(nomor) > 5 else "")
