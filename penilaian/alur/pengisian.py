"""Filling the LKE: one answer, or many from a workbook. Lock, refuse, change, score, record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from integritas.alur import AlurError
from integritas.sql import update_row
from penilaian import halaman, izin, rekap, temuan
from penilaian.jawaban import (
    CATATAN_TERPANJANG,
    Isian,
    JawabanError,
    dump_isian,
    read_jawaban,
)
from penilaian.models import (
    LAPIS_SATKER,
    AreaPenilaian,
    Jawaban,
    Penilaian,
    Rekap,
    Temuan,
)
from penilaian.versi import InstrumenTerpakai, get_terpakai
from satker.models import Catatan, Riwayat

KOLOM_JAWABAN = (
    *("pilihan", "isian", "catatan", "draf", "versi_isi", "diubah_pada", "diubah_oleh_id"),
)


class KonflikError(AlurError):
    """Somebody else saved the same question first; `kini` is what stands there now."""

    def __init__(self, kini: Jawaban, nomor: int):
        super().__init__(f"Nomor {nomor} baru saja diubah orang lain. Pilih jawaban yang dipakai.")
        self.kini = kini


@dataclass(frozen=True)
class HasilSimpan:
    """`daftar_temuan`: what stands under the question now, and under others that read its answer;
    empty when nothing was saved."""

    penilaian: Penilaian
    jawaban: Jawaban
    rekap: Rekap
    terpakai: InstrumenTerpakai
    daftar_temuan: dict[str, list[Temuan]] = field(default_factory=dict)


def lock_penilaian(penilaian: Penilaian) -> Penilaian:
    """The assessment with its unit and version, locked for this transaction."""
    return (
        Penilaian.objects.select_for_update(of=("self",))
        .select_related("satker", "versi")
        .defer("versi__teks")
        .get(pk=penilaian.pk)
    )


def refuse_closed(penilaian: Penilaian, daftar_area: set[str]) -> None:
    """Refuse a change outside the window, after submission, or in an area that is in."""
    if alasan := izin.explain_closed(penilaian, timezone.localdate()):
        raise AlurError(alasan)
    if not daftar_area:
        return
    terkunci = AreaPenilaian.objects.filter(
        penilaian=penilaian, area__in=daftar_area, diajukan_pada__isnull=False
    ).order_by("area")
    for area in terkunci[:1]:
        raise AlurError(izin.explain_locked(area))


def lock_area(penilaian: Penilaian, area: str, **anotasi) -> AreaPenilaian:
    """The area and, as its `penilaian`, the assessment, both locked and as they are now; refused when
    either takes no changes. The two steps above in one statement: the assessment is locked first,
    as everywhere, and a row that is locked is read again. `anotasi` is not."""
    baris = (
        AreaPenilaian.objects.select_for_update(of=("penilaian", "self"))
        .select_related("penilaian__satker", "penilaian__versi")
        .defer("penilaian__versi__teks")
        .annotate(**anotasi)
        .get(penilaian=penilaian.pk, area=area)
    )
    alasan = izin.explain_closed(baris.penilaian, timezone.localdate()) or izin.explain_locked(
        baris
    )
    if alasan:
        raise AlurError(alasan)
    return baris


def lock_isian(penilaian: Penilaian, area: str) -> Penilaian:
    """The same for who needs nothing of the area but that it is open: by plain SQL."""
    kini, terkunci = halaman.lock_penilaian(penilaian.pk, area)
    refuse_closed(kini, {area} if terkunci else set())
    return kini


def read_mentah(terpakai: InstrumenTerpakai, kode: str, mentah: Any) -> Isian | None:
    """An answer as typed, read for the score; AlurError with the number of the question."""
    pertanyaan = terpakai.isi.pertanyaan[kode]
    try:
        return read_jawaban(pertanyaan, mentah)
    except JawabanError as error:
        raise AlurError(f"Nomor {pertanyaan.urutan} ({kode}): {error.pesan}") from error


@transaction.atomic
def save_jawaban(
    penilaian: Penilaian, kode: str, *, mentah: Any, catatan: str, versi_isi: int, by
) -> HasilSimpan:
    """Save the unit's answer and note to one question.

    `versi_isi` is the number the person saw (0 when there was nothing). Raises AlurError when the
    assessment takes no answers or the answer cannot be, KonflikError when somebody was faster;
    then nothing is written. Saving what already stands there changes nothing.
    """
    area = get_terpakai(penilaian.versi).isi.pertanyaan[kode].area
    penilaian = lock_isian(penilaian, area)
    terpakai = get_terpakai(penilaian.versi)
    pertanyaan = terpakai.isi.pertanyaan[kode]
    jawab = read_mentah(terpakai, kode, mentah)
    catatan = tidy_catatan(catatan)
    if len(catatan) > CATATAN_TERPANJANG:
        raise AlurError(
            f"Nomor {pertanyaan.urutan}: catatan paling panjang {CATATAN_TERPANJANG} huruf, "
            f"sekarang {len(catatan)}."
        )
    daftar = halaman.read_jawaban(penilaian)
    lama = next((satu for satu in daftar if satu.pertanyaan_id == terpakai.id_dari[kode]), None)
    baru = Jawaban(penilaian=penilaian, pertanyaan_id=terpakai.id_dari[kode], lapis_id=LAPIS_SATKER)
    baru.set_jawab(jawab)
    baru.catatan = catatan
    if lama is not None and is_same(lama, baru) and not lama.draf:
        tersimpan = Rekap.objects.get(penilaian=penilaian, lapis=LAPIS_SATKER)
        return HasilSimpan(penilaian, lama, tersimpan, terpakai)
    if (lama.versi_isi if lama else 0) != versi_isi:
        # A row is never removed, so whoever was faster left one.
        raise KonflikError(lama or baru, pertanyaan.urutan)
    _write(lama, baru, by)
    daftar = [satu for satu in daftar if satu is not lama] + [baru]
    berubah, daftar_temuan = temuan.refresh(
        penilaian, terpakai, jawaban={kode}, daftar_jawaban=daftar
    )
    hasil = rekap.refresh(
        penilaian,
        terpakai,
        daftar_jawaban=daftar,
        kolom_lain=temuan.count_temuan(penilaian) if berubah else None,
    )
    Riwayat.record_many([_tell(penilaian, terpakai, kode, lama, baru)], by=by)
    return HasilSimpan(penilaian, baru, hasil, terpakai, daftar_temuan)


def tidy_catatan(catatan: str) -> str:
    """A note as it is kept; PostgreSQL refuses NUL."""
    return catatan.replace("\x00", "").replace("\r\n", "\n").strip()


def is_same(satu: Jawaban, dua: Jawaban) -> bool:
    return (satu.pilihan, satu.isian, satu.catatan) == (dua.pilihan, dua.isian, dua.catatan)


def _write(lama: Jawaban | None, baru: Jawaban, by) -> None:
    baru.diubah_pada, baru.diubah_oleh = timezone.now(), by
    if lama is None:
        baru.save(force_insert=True)
        return
    baru.pk, baru.versi_isi = lama.pk, lama.versi_isi + 1
    update_row(baru, KOLOM_JAWABAN)


def _tell(penilaian, terpakai, kode, lama, baru) -> Catatan:
    return Catatan(
        penilaian.satker,
        "jawaban LKE diubah",
        f"{penilaian.objek}:{kode}",
        sebelum=describe(terpakai, kode, lama) if lama else {},
        sesudah=describe(terpakai, kode, baru),
    )


def describe(terpakai: InstrumenTerpakai, kode: str, jawaban: Jawaban) -> dict:
    """What the history keeps of an answer."""
    jawab = jawaban.jawab
    pertanyaan = terpakai.isi.pertanyaan[kode]
    isi: dict[str, Any] = {"jawaban": dump_isian(jawab, pertanyaan) if jawab else None}
    if jawaban.catatan:
        isi["catatan"] = jawaban.catatan
    if jawaban.draf:
        isi["draf"] = True
    return isi


@transaction.atomic
def write_many(
    penilaian: Penilaian,
    jawaban: Mapping[str, Any],
    *,
    by,
    catatan: Mapping[str, str] | None = None,
    sumber: str = "",
    daftar_jawaban: Iterable[Jawaban] | None = None,
    riwayat_lain: Iterable[Catatan] = (),
    kode_bukti: Iterable[str] = (),
) -> Rekap:
    """Write many answers of the unit in one go, overwriting what stands there; notes of questions
    that `catatan` does not name stay. One history line tells how many, with all values;
    `riwayat_lain` stands behind it. With `daftar_jawaban`, all rows of the layer, the caller has
    locked the assessment and seen that it takes these answers; `kode_bukti` are questions that it
    has given addresses nobody has checked.

    Raises AlurError when anything cannot be written; then nothing is."""
    catatan = catatan or {}
    if daftar_jawaban is None:
        penilaian = lock_penilaian(penilaian)
    terpakai = get_terpakai(penilaian.versi)
    daftar_kode = list(dict.fromkeys([*jawaban, *catatan]))
    for kode in daftar_kode:
        if kode not in terpakai.id_dari:
            raise AlurError(f"{kode}: kode pertanyaan tidak dikenal.")
    if daftar_jawaban is None:
        refuse_closed(penilaian, {terpakai.isi.pertanyaan[kode].area for kode in daftar_kode})
        daftar_jawaban = Jawaban.objects.filter(penilaian=penilaian, lapis=LAPIS_SATKER)
    tersimpan = {satu.pertanyaan_id: satu for satu in daftar_jawaban}
    tambah: list[Jawaban] = []
    ubah: list[Jawaban] = []
    sebelum: dict[str, dict] = {}
    sesudah: dict[str, dict] = {}
    sekarang = timezone.now()
    for kode in daftar_kode:
        kunci = terpakai.id_dari[kode]
        lama = tersimpan.get(kunci)
        baru = Jawaban(penilaian=penilaian, pertanyaan_id=kunci, lapis_id=LAPIS_SATKER)
        baru.set_jawab(
            read_mentah(terpakai, kode, jawaban[kode])
            if kode in jawaban
            else lama.jawab
            if lama
            else None
        )
        baru.catatan = tidy_catatan(catatan.get(kode, lama.catatan if lama else ""))[
            :CATATAN_TERPANJANG
        ]
        if lama is not None and is_same(lama, baru) and not lama.draf:
            continue
        if lama is None and not baru.jawab and not baru.catatan:
            continue
        if lama is not None:
            sebelum[kode] = describe(terpakai, kode, lama)
            baru.pk, baru.versi_isi = lama.pk, lama.versi_isi + 1
        baru.diubah_pada, baru.diubah_oleh = sekarang, by
        (tambah if lama is None else ubah).append(baru)
        tersimpan[kunci] = baru
        sesudah[kode] = describe(terpakai, kode, baru)
    Jawaban.objects.bulk_create(tambah)
    Jawaban.objects.bulk_update(
        ubah,
        ["pilihan", "isian", "catatan", "draf", "versi_isi", "diubah_pada", "diubah_oleh"],
        batch_size=200,
    )
    berubah = False
    if sesudah or kode_bukti:
        berubah, _ = temuan.refresh(
            penilaian,
            terpakai,
            # Of such evidence there is no more to say than that it is there.
            jawaban={*sesudah, *kode_bukti},
            daftar_jawaban=tersimpan.values(),
        )
    hasil = rekap.refresh(
        penilaian,
        terpakai,
        daftar_jawaban=tersimpan.values(),
        kolom_lain=temuan.count_temuan(penilaian) if berubah else None,
    )
    riwayat = list(riwayat_lain)
    if sesudah:
        kejadian = "jawaban LKE diimpor"
        utama = Catatan(penilaian.satker, kejadian, penilaian.objek, sebelum, sesudah, sumber)
        riwayat.insert(0, utama)
    if riwayat:
        Riwayat.record_many(riwayat, by=by)
    return hasil
