"""Taking in an LKE workbook: answers, notes and links in one transaction."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from integritas.alur import AlurError
from penilaian import temuan
from penilaian.alur import pengisian
from penilaian.izin import Izin, explain_locked
from penilaian.lembar import HasilBaca
from penilaian.lembar.rencana import Mode, Rencana, Tersimpan, Tulisan, plan
from penilaian.models import (
    LAPIS_SATKER,
    AreaPenilaian,
    BuktiDukung,
    Jawaban,
    PemakaianBukti,
    Penilaian,
    RevisiBukti,
)
from penilaian.versi import InstrumenTerpakai, get_terpakai
from satker.models import Catatan

TAUTAN_TERPANJANG = 2000
NAMA_TERPANJANG = 200
_BERSKEMA = re.compile(r"https?://", re.IGNORECASE)
_periksa = URLValidator(schemes=["http", "https"])


class RencanaBerubahError(AlurError):
    """Something changed since the preview was shown; `rencana` is how it stands now."""

    def __init__(self, rencana: Rencana):
        super().__init__(
            "Isi LKE berubah sejak pratinjau ini dibuat, jadi belum ada yang ditulis. Periksa "
            "sekali lagi di bawah ini."
        )
        self.rencana = rencana


@dataclass(frozen=True)
class HasilImpor:
    rencana: Rencana
    tulisan: Tulisan


def clean_tautan(tulisan: str) -> str:
    """The address that is kept for a link as typed; empty when it cannot be one."""
    alamat = tulisan.strip()
    if not _BERSKEMA.match(alamat):
        alamat = f"https://{alamat}"
    if len(alamat) > TAUTAN_TERPANJANG:
        return ""
    try:
        _periksa(alamat)
    except ValidationError:
        return ""
    return alamat


def list_jawaban(penilaian: Penilaian) -> list[Jawaban]:
    return list(Jawaban.objects.filter(penilaian=penilaian, lapis=LAPIS_SATKER))


def read_tersimpan(
    penilaian: Penilaian, terpakai: InstrumenTerpakai, daftar: list[Jawaban]
) -> Tersimpan:
    """What stands in the assessment; two queries beside its answers."""
    kode = terpakai.kode_dari
    pemakaian = list(
        PemakaianBukti.objects.filter(penilaian=penilaian)
        .order_by("pk")
        .values_list("pertanyaan_id", "revisi__tautan")
    )
    tautan: dict[str, list[str]] = {}
    for pertanyaan_id, alamat in pemakaian:
        if alamat:
            tautan.setdefault(kode[pertanyaan_id], []).append(alamat)
    return Tersimpan(
        jawaban={kode[j.pertanyaan_id]: jawab for j in daftar if not j.draf and (jawab := j.jawab)},
        catatan={kode[j.pertanyaan_id]: j.catatan for j in daftar if j.catatan},
        draf=frozenset(kode[j.pertanyaan_id] for j in daftar if j.draf),
        tautan=tautan,
        berbukti=frozenset(kode[pertanyaan_id] for pertanyaan_id, _ in pemakaian),
        terkunci={
            area.area: explain_locked(area)
            for area in AreaPenilaian.objects.filter(
                penilaian=penilaian, diajukan_pada__isnull=False
            )
        },
    )


def plan_lembar(penilaian: Penilaian, hasil: HasilBaca, izin: Izin | None = None) -> Rencana:
    """What the workbook would change, cell by cell; nothing is written."""
    return _plan(penilaian, hasil, izin, list_jawaban(penilaian))


def _plan(penilaian, hasil, izin, daftar: list[Jawaban]) -> Rencana:
    terpakai = get_terpakai(penilaian.versi)
    return plan(terpakai, hasil, read_tersimpan(penilaian, terpakai, daftar), izin, clean_tautan)


@transaction.atomic
def import_lembar(
    penilaian: Penilaian,
    hasil: HasilBaca,
    *,
    mode: Mode,
    by,
    izin: Izin | None = None,
    sidik: str | None = None,
    nama: str = "",
) -> HasilImpor:
    """Write a workbook into an assessment: only what is blank, or everything that differs.

    `sidik` stands for the preview that was shown: when anything has changed since,
    RencanaBerubahError tells how it stands now. Raises AlurError when the assessment takes no
    answers; then nothing is written."""
    penilaian = pengisian.lock_penilaian(penilaian)
    pengisian.refuse_closed(penilaian, set())
    daftar = list_jawaban(penilaian)
    # What is locked is not in the plan's writing: areas are not asked again.
    rencana = _plan(penilaian, hasil, izin, daftar)
    if sidik is not None and sidik != rencana.compute_sidik():
        raise RencanaBerubahError(rencana)
    tulisan = rencana.build(mode)
    sumber = f"lembar kerja {nama}".strip()
    riwayat = []
    tertutup: set[str] = set()
    if tulisan.tautan:
        tertutup = _add_tautan(penilaian, get_terpakai(penilaian.versi), tulisan.tautan, by=by)
        riwayat.append(
            Catatan(
                penilaian.satker,
                "tautan bukti diimpor",
                penilaian.objek,
                sesudah={"tautan": tulisan.tautan},
                alasan=sumber,
            )
        )
    if tulisan.jawaban or tulisan.catatan or riwayat:
        pengisian.write_many(
            penilaian,
            tulisan.jawaban,
            catatan=tulisan.catatan,
            by=by,
            sumber=sumber,
            daftar_jawaban=daftar,
            riwayat_lain=riwayat,
            kode_bukti=tulisan.tautan,
        )
    if tertutup:
        temuan.refresh_bukti(penilaian, get_terpakai(penilaian.versi), tertutup)
    return HasilImpor(rencana, tulisan)


def _add_tautan(penilaian, terpakai, tautan: dict[str, list[str]], *, by) -> set[str]:
    """Links as evidence of the unit, not stored here; an address the unit has already is used
    again. Four statements for any number. Returns the questions that show an address of which it
    is known that nobody can open it."""
    semua = {alamat for daftar in tautan.values() for alamat in daftar}
    revisi = {
        satu.tautan: satu
        for satu in RevisiBukti.objects.filter(
            bukti__satker=penilaian.satker, tautan__in=semua
        ).order_by("-pk")
    }
    baru = [
        alamat
        for alamat in dict.fromkeys(a for d in tautan.values() for a in d)
        if alamat not in revisi
    ]
    bukti = BuktiDukung.objects.bulk_create(
        [
            BuktiDukung(satker=penilaian.satker, nama=name_tautan(alamat), dibuat_oleh=by)
            for alamat in baru
        ]
    )
    dibuat = RevisiBukti.objects.bulk_create(
        [
            RevisiBukti(bukti=satu, nomor=1, tautan=alamat, dibuat_oleh=by)
            for satu, alamat in zip(bukti, baru, strict=True)
        ]
    )
    tertutup = {
        kode for kode, d in tautan.items() if any(a in revisi and revisi[a].masalah for a in d)
    }
    revisi |= {satu.tautan: satu for satu in dibuat}
    PemakaianBukti.objects.bulk_create(
        [
            PemakaianBukti(
                penilaian=penilaian,
                pertanyaan_id=terpakai.id_dari[kode],
                bukti_id=revisi[alamat].bukti_id,
                revisi=revisi[alamat],
                dipasang_oleh=by,
            )
            for kode, daftar in tautan.items()
            for alamat in daftar
        ],
        # The same evidence may stand under the question with another of its revisions.
        ignore_conflicts=True,
    )
    return tertutup


def name_tautan(alamat: str) -> str:
    """What a link is called in the list of evidence: its host and the end of its path."""
    bagian = urlsplit(alamat)
    ujung = bagian.path.rstrip("/").rpartition("/")[2]
    return f"Tautan {bagian.hostname}{f' … {ujung}' if ujung else ''}"[:NAMA_TERPANJANG]
