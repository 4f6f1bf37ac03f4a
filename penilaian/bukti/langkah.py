"""Steps that change the evidence of a unit. Lock, refuse, change, record.

Every step belongs to a question of an assessment that is open there and then; whether the person
fills that area is the view's matter. A file that comes in is checked and stored before anything is
locked. Each step lets the X-ray look again at the evidence it changed.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from django.core.files import File
from django.db import transaction
from django.db.models import Exists, Max, Subquery

from integritas.alur import AlurError
from integritas.berkas.alamat import tidy_tautan
from integritas.berkas.masuk import Masuk, ensure_berkas, receive
from integritas.berkas.nama import tidy_nama
from integritas.teks import format_periode, format_tanggal
from penilaian import temuan
from penilaian.alur.pengisian import lock_area
from penilaian.bukti.tempat import Tempat, filter_tempat, list_tempat
from penilaian.models import (
    BuktiDukung,
    PemakaianBukti,
    Penilaian,
    RevisiBukti,
    Temuan,
)
from penilaian.versi import InstrumenTerpakai, get_terpakai
from satker.models import RantaiRiwayat, Riwayat
from satker.models.riwayat import build_kunci

HALAMAN_TERBESAR = 100_000
TAHUN_WAJAR = (2000, 2100)


@dataclass(frozen=True)
class Rincian:
    """What a use says beside the evidence itself: the period it covers, the page to look at, and
    which of the documents asked for it is."""

    periode_dari: datetime.date | None = None
    periode_sampai: datetime.date | None = None
    halaman: int | None = None
    dokumen: int | None = None

    @property
    def has_periode(self) -> bool:
        return bool(self.periode_dari or self.periode_sampai)

    def to_isi(self) -> dict:
        return {
            "periode_dari": self.periode_dari,
            "periode_sampai": self.periode_sampai,
            "halaman": self.halaman,
            "dokumen_id": self.dokumen,
        }


@dataclass
class HasilTambah:
    """`pemakaian` when it was added; else `dikenal` is the evidence of this unit that holds the same
    content already. `tempat_lain` are units with the same content that the reader sees too."""

    nama: str
    pemakaian: PemakaianBukti | None = None
    dikenal: Tempat | None = None
    tempat_lain: list[Tempat] = field(default_factory=list)


def add_berkas(
    penilaian: Penilaian,
    kode: str,
    berkas: BinaryIO | File,
    nama: str,
    *,
    by,
    rincian: Rincian | None = None,
    jalur: Path | None = None,
) -> HasilTambah:
    """A new piece of evidence from a file, under one question. Raises AlurError when the file, the
    details or the moment refuse it; nothing is written then."""
    return add_masuk(penilaian, kode, receive(berkas, nama, jalur=jalur), by=by, rincian=rincian)


@transaction.atomic
def add_masuk(
    penilaian: Penilaian, kode: str, masuk: Masuk, *, by, rincian: Rincian | None = None
) -> HasilTambah:
    """The same for a file that lies in the store."""
    # Whoever brings the same content at the same time waits here, so that what is asked for next
    # knows of it. Content that only hidden units have is met by the same statements as new content.
    berkas_id = ensure_berkas(masuk)
    terpakai = get_terpakai(penilaian.versi)
    baris: Any = lock_area(
        penilaian,
        _area(terpakai, kode),
        dikenal=Exists(filter_tempat(berkas_id, penilaian, by)),
        ada_temuan=Exists(
            Temuan.objects.filter(penilaian=penilaian, pertanyaan=terpakai.id_dari[kode])
        ),
        nomor_riwayat=Subquery(
            RantaiRiwayat.objects.filter(kunci=build_kunci(penilaian.satker)).values("nomor")
        ),
    )
    penilaian = baris.penilaian
    rincian = _refuse_rincian(terpakai, kode, rincian)
    hasil = HasilTambah(masuk.nama)
    for tempat in list_tempat(berkas_id, penilaian, by) if baris.dikenal else ():
        if tempat.satker_id != penilaian.satker_id:
            hasil.tempat_lain.append(tempat)
            continue
        _refuse_terpasang(penilaian, terpakai, kode, tempat)
        hasil.dikenal = tempat
    if hasil.dikenal:
        return hasil
    revisi = RevisiBukti(
        bukti=BuktiDukung(satker=penilaian.satker, nama=masuk.nama, dibuat_oleh=by),
        berkas_id=berkas_id,
        nama_berkas=masuk.nama,
        dibuat_oleh=by,
    )
    isi = {"nama": masuk.nama, "sha256": masuk.sha256, "ukuran": masuk.ukuran}
    hasil.pemakaian, riwayat = _create(
        penilaian, terpakai, kode, revisi, rincian, by, "bukti dukung ditambah", isi
    )
    # Content that the unit did not have changes findings of its question only. Where none stood and no
    # period is named there are none after, and nothing is asked; what was asked before the lock holds
    # if no line of the unit's history came in between.
    if baris.ada_temuan or rincian.has_periode or riwayat.nomor != (baris.nomor_riwayat or 0) + 1:
        temuan.refresh_bukti(penilaian, terpakai, {kode})
    return hasil


@transaction.atomic
def add_tautan(
    penilaian: Penilaian,
    kode: str,
    tautan: str,
    *,
    by,
    nama: str = "",
    rincian: Rincian | None = None,
) -> PemakaianBukti:
    """An address as evidence, which is not stored here and may vanish."""
    tautan = tidy_tautan(tautan)
    penilaian, terpakai = _lock(penilaian, kode)
    rincian = _refuse_rincian(terpakai, kode, rincian)
    ada = PemakaianBukti.objects.filter(
        penilaian=penilaian, pertanyaan=terpakai.id_dari[kode], revisi__tautan=tautan
    )
    if ada.exists():
        raise AlurError(f"Tautan ini sudah ada di {_name(terpakai, kode)}.")
    revisi = RevisiBukti(
        bukti=BuktiDukung(
            satker=penilaian.satker,
            nama=tidy_nama(nama) if nama.strip() else tautan[:200],
            dibuat_oleh=by,
        ),
        tautan=tautan,
        dibuat_oleh=by,
    )
    pemakaian, _ = _create(
        penilaian, terpakai, kode, revisi, rincian, by, "tautan bukti ditambah", {"tautan": tautan}
    )
    temuan.refresh_bukti(penilaian, terpakai, {kode})
    return pemakaian


@transaction.atomic
def link_bukti(
    penilaian: Penilaian,
    kode: str,
    bukti: BuktiDukung,
    *,
    by,
    revisi: RevisiBukti | None = None,
    rincian: Rincian | None = None,
) -> PemakaianBukti:
    """Evidence of the same unit under one more question; its last revision unless one is named."""
    penilaian, terpakai = _lock(penilaian, kode)
    rincian = _refuse_rincian(terpakai, kode, rincian)
    if bukti.satker_id != penilaian.satker_id:
        raise AlurError("Bukti ini milik satker lain.")
    if revisi is None:
        revisi = bukti.revisibukti_set.order_by("-nomor")[0]
    elif revisi.bukti_id != bukti.pk:
        raise AlurError("Revisi ini bukan milik bukti yang dipilih.")
    if PemakaianBukti.objects.filter(
        penilaian=penilaian, pertanyaan=terpakai.id_dari[kode], bukti=bukti
    ).exists():
        raise AlurError(f"“{bukti.nama}” sudah dipakai di {_name(terpakai, kode)}.")
    pemakaian = PemakaianBukti.objects.create(
        penilaian=penilaian,
        pertanyaan_id=terpakai.id_dari[kode],
        bukti=bukti,
        revisi=revisi,
        dipasang_oleh=by,
        **rincian.to_isi(),
    )
    _record(
        penilaian,
        kode,
        "bukti dukung dipakai",
        by,
        sesudah=_tell(terpakai, kode, bukti, rincian, revisi),
    )
    temuan.refresh_bukti(penilaian, terpakai, {kode})
    return pemakaian


@transaction.atomic
def unlink(pemakaian: PemakaianBukti, *, by) -> None:
    """Take evidence from under a question. The evidence, its file and its other uses stay."""
    penilaian, kode, pemakaian = _lock_pemakaian(pemakaian)
    terpakai = get_terpakai(penilaian.versi)
    _record(
        penilaian,
        kode,
        "bukti dukung dilepas",
        by,
        sebelum=_tell(terpakai, kode, pemakaian.bukti, read_rincian(pemakaian), pemakaian.revisi),
    )
    pemakaian.delete()
    temuan.refresh_bukti(penilaian, terpakai, {kode})


@transaction.atomic
def edit_pemakaian(pemakaian: PemakaianBukti, rincian: Rincian, *, by) -> PemakaianBukti:
    """Period, page and document of one use."""
    penilaian, kode, pemakaian = _lock_pemakaian(pemakaian)
    terpakai = get_terpakai(penilaian.versi)
    lama = read_rincian(pemakaian)
    if rincian == lama:
        return pemakaian
    # A document that is no longer asked for may stay where it was.
    _refuse_rincian(terpakai, kode, rincian, boleh={lama.dokumen})
    for nama, nilai in rincian.to_isi().items():
        setattr(pemakaian, nama, nilai)
    pemakaian.save(update_fields=list(rincian.to_isi()))
    _record(
        penilaian,
        kode,
        "rincian bukti diubah",
        by,
        sebelum=_tell(terpakai, kode, pemakaian.bukti, lama),
        sesudah=_tell(terpakai, kode, pemakaian.bukti, rincian),
    )
    temuan.refresh_bukti(penilaian, terpakai, {kode})
    return pemakaian


def add_revisi(
    pemakaian: PemakaianBukti,
    berkas: BinaryIO | File,
    nama: str,
    *,
    by,
    ikut: Iterable[int] = (),
    jalur: Path | None = None,
) -> RevisiBukti:
    """A newer file for evidence, seen from one of its uses. That use shows the new revision, and
    so do those of the same assessment named in `ikut`; all others stay with what they show."""
    return add_revisi_masuk(pemakaian, receive(berkas, nama, jalur=jalur), by=by, ikut=ikut)


@transaction.atomic
def add_revisi_masuk(
    pemakaian: PemakaianBukti, masuk: Masuk, *, by, ikut: Iterable[int] = ()
) -> RevisiBukti:
    # Before the assessment, as in add_masuk(): two who bring the same file wait in the same order.
    berkas_id = ensure_berkas(masuk)
    penilaian, kode, pemakaian = _lock_pemakaian(pemakaian)
    terpakai = get_terpakai(penilaian.versi)
    pindah = list(
        PemakaianBukti.objects.filter(
            penilaian=penilaian, bukti=pemakaian.bukti_id, pk__in={*ikut, pemakaian.pk}
        )
    )
    for area in {_area(terpakai, terpakai.kode_dari[satu.pertanyaan_id]) for satu in pindah}:
        lock_area(penilaian, area)
    if pemakaian.revisi.berkas_id and pemakaian.revisi.berkas.sha256 == masuk.sha256:
        raise AlurError(f"“{masuk.nama}” sama persis dengan berkas yang sudah ada.")
    bukti = BuktiDukung.objects.select_for_update().get(pk=pemakaian.bukti_id)
    akhir = bukti.revisibukti_set.aggregate(nomor=Max("nomor"))["nomor"]
    revisi = RevisiBukti.objects.create(
        bukti=bukti,
        nomor=akhir + 1,
        berkas_id=berkas_id,
        nama_berkas=masuk.nama,
        dibuat_oleh=by,
    )
    PemakaianBukti.objects.filter(pk__in=[satu.pk for satu in pindah]).update(revisi=revisi)
    daftar_kode = {terpakai.kode_dari[satu.pertanyaan_id] for satu in pindah}
    nomor = sorted(_urutan(terpakai, satu) for satu in daftar_kode)
    _record(
        penilaian,
        kode,
        "revisi bukti ditambah",
        by,
        sebelum={"bukti": bukti.nama, "revisi": pemakaian.revisi.nomor},
        sesudah={
            "bukti": bukti.nama,
            "revisi": revisi.nomor,
            "nama": masuk.nama,
            "sha256": masuk.sha256,
            "nomor": nomor,
        },
    )
    temuan.refresh_bukti(penilaian, terpakai, daftar_kode)
    return revisi


# --- shared ---------------------------------------------------------------------------------------
def _area(terpakai: InstrumenTerpakai, kode: str) -> str:
    return terpakai.isi.pertanyaan[kode].area


def _urutan(terpakai: InstrumenTerpakai, kode: str) -> int:
    return terpakai.isi.pertanyaan[kode].urutan


def _name(terpakai: InstrumenTerpakai, kode: str) -> str:
    return f"nomor {_urutan(terpakai, kode)}"


def _lock(penilaian: Penilaian, kode: str) -> tuple[Penilaian, InstrumenTerpakai]:
    """The assessment, open and locked, and its instrument."""
    terpakai = get_terpakai(penilaian.versi)
    return lock_area(penilaian, _area(terpakai, kode)).penilaian, terpakai


def _lock_pemakaian(pemakaian: PemakaianBukti) -> tuple[Penilaian, str, PemakaianBukti]:
    """The assessment locked, the question's code, and the use as it is now."""
    terpakai = get_terpakai(pemakaian.penilaian.versi)
    kode = terpakai.kode_dari[pemakaian.pertanyaan_id]
    penilaian = lock_area(pemakaian.penilaian, _area(terpakai, kode)).penilaian
    kini = (
        PemakaianBukti.objects.select_related("bukti", "revisi__berkas")
        .filter(pk=pemakaian.pk)
        .first()
    )
    if kini is None:
        raise AlurError("Bukti ini baru saja dilepas orang lain.")
    kini.penilaian = penilaian
    return penilaian, kode, kini


def _refuse_rincian(
    terpakai: InstrumenTerpakai,
    kode: str,
    rincian: Rincian | None,
    boleh: set[int | None] = frozenset(),  # type: ignore[assignment]
) -> Rincian:
    rincian = rincian or Rincian()
    dari, sampai = rincian.periode_dari, rincian.periode_sampai
    for hari in (dari, sampai):
        if hari is not None and not TAHUN_WAJAR[0] <= hari.year <= TAHUN_WAJAR[1]:
            raise AlurError(f"Periode: tahun {hari.year} tidak wajar.")
    if dari is not None and sampai is not None and sampai < dari:
        raise AlurError(
            f"Periode berakhir {format_tanggal(sampai)}, sebelum mulai {format_tanggal(dari)}."
        )
    if rincian.halaman is not None and not 1 <= rincian.halaman <= HALAMAN_TERBESAR:
        raise AlurError("Halaman: paling kecil 1.")
    diminta = {satu.pk for satu in terpakai.dokumen[kode]}
    if rincian.dokumen is not None and rincian.dokumen not in diminta | set(boleh):
        raise AlurError(f"Dokumen itu tidak diminta pada {_name(terpakai, kode)}.")
    return rincian


def _refuse_terpasang(penilaian, terpakai, kode, tempat: Tempat) -> None:
    if (penilaian.pk, terpakai.id_dari[kode]) in tempat.daftar_pakai:
        raise AlurError(
            f"Berkas ini sudah ada di {_name(terpakai, kode)} dengan nama “{tempat.nama}”."
        )


def _create(
    penilaian, terpakai, kode, revisi, rincian, by, kejadian, isi
) -> tuple[PemakaianBukti, Riwayat]:
    """New evidence with its first revision and first use, and the line that tells of it."""
    revisi.bukti.save(force_insert=True)
    revisi.save(force_insert=True)
    pemakaian = PemakaianBukti.objects.create(
        penilaian=penilaian,
        pertanyaan_id=terpakai.id_dari[kode],
        bukti=revisi.bukti,
        revisi=revisi,
        dipasang_oleh=by,
        **rincian.to_isi(),
    )
    riwayat = _record(
        penilaian, kode, kejadian, by, sesudah=isi | _tell(terpakai, kode, revisi.bukti, rincian)
    )
    return pemakaian, riwayat


def read_rincian(pemakaian: PemakaianBukti) -> Rincian:
    return Rincian(
        pemakaian.periode_dari,
        pemakaian.periode_sampai,
        pemakaian.halaman,
        pemakaian.dokumen_id,
    )


def _tell(
    terpakai: InstrumenTerpakai,
    kode: str,
    bukti: BuktiDukung,
    rincian: Rincian,
    revisi: RevisiBukti | None = None,
) -> dict:
    """What the history keeps of a use."""
    isi: dict = {"bukti": bukti.nama}
    if revisi is not None:
        isi["revisi"] = revisi.nomor
    if periode := format_periode(rincian.periode_dari, rincian.periode_sampai):
        isi["periode"] = periode
    if rincian.halaman:
        isi["halaman"] = rincian.halaman
    if rincian.dokumen:
        nama = {satu.pk: satu.nama for satu in terpakai.dokumen[kode]}
        isi["dokumen"] = nama.get(rincian.dokumen, "yang tidak diminta lagi")
    return isi


def _record(penilaian, kode, kejadian, by, sebelum=None, sesudah=None) -> Riwayat:
    return Riwayat.record(
        penilaian.satker,
        kejadian,
        by=by,
        objek=f"{penilaian.objek}:{kode}",
        sebelum=sebelum,
        sesudah=sesudah,
    )
