"""The bundle of a closed ceremony as evidence under the questions it serves.

Every piece goes in by the steps of `langkah`, so what they refuse (an area that is in, a window that
is shut) is refused here: it is told, and offered again later. Whatever was put somewhere once is
not put there twice, nor when somebody has taken it away since.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from integritas.alur import AlurError
from integritas.berkas.masuk import ensure_berkas
from penilaian.alur.pengisian import lock_penilaian
from penilaian.bukti import langkah
from penilaian.bukti.langkah import Rincian
from penilaian.izin import explain_closed
from penilaian.models import (
    AreaPenilaian,
    AturanBuktiUpacara,
    BuktiDukung,
    BuktiUpacara,
    PemakaianBukti,
    Penilaian,
    Status,
)
from penilaian.versi import InstrumenTerpakai, get_terpakai
from satker.berkas_upacara import Butir, Paket, list_satker, read_paket

DIPASANG, DIPERBARUI, ADA, DILEPAS, DIGANTI = "dipasang", "diperbarui", "ada", "dilepas", "diganti"


@dataclass
class HasilAmbil:
    """What became of a bundle in one assessment: how many uses by outcome, and what was refused,
    each reason once with the numbers of its questions."""

    jumlah: dict[str, int] = field(default_factory=dict)
    ditolak: dict[str, set[int]] = field(default_factory=dict)

    def note(self, hasil: str) -> None:
        self.jumlah[hasil] = self.jumlah.get(hasil, 0) + 1

    def refuse(self, alasan: str, nomor: int) -> None:
        self.ditolak.setdefault(alasan, set()).add(nomor)


def take_semua(upacara_id: int) -> None:
    """Into the assessment of that year of every unit that took part, where it is open. Told by
    `satker` at closing and whenever the bundle has grown; a second time adds nothing."""
    paket = read_paket(upacara_id)
    if paket is None:
        return
    daftar = Penilaian.objects.filter(
        satker__in=list_satker(upacara_id), tahun=paket.tanggal.year, status=Status.PENGISIAN
    )
    for penilaian in daftar.select_related("satker", "versi").order_by("satker__kode", "pk"):
        take(penilaian, paket, by=None)


def take(
    penilaian: Penilaian,
    paket: Paket,
    *,
    by,
    can_fill: Callable[[str], bool] = lambda area: True,
) -> HasilAmbil:
    """One bundle into one assessment; each use for itself. `can_fill` says which areas are those of
    the person who asks."""
    hasil = HasilAmbil()
    if alasan := explain_closed(penilaian, timezone.localdate()):
        raise AlurError(alasan)
    terpakai = get_terpakai(penilaian.versi)
    for butir, daftar_kode in list_tujuan(paket, terpakai):
        for kode in daftar_kode:
            area = terpakai.isi.pertanyaan[kode].area
            if not can_fill(area):
                hasil.refuse(
                    f"Area {area} bukan bagian Anda.", terpakai.isi.pertanyaan[kode].urutan
                )
                continue
            try:
                hasil.note(_place(penilaian, terpakai, kode, paket, butir, by))
            except AlurError as error:
                hasil.refuse(str(error), terpakai.isi.pertanyaan[kode].urutan)
    return hasil


def list_tujuan(
    paket: Paket, terpakai: InstrumenTerpakai, aturan: dict[str, list[str]] | None = None
) -> list[tuple[Butir, list[str]]]:
    """Which piece serves which questions of that version, in the order of the questions."""
    aturan = read_aturan() if aturan is None else aturan
    isi = terpakai.isi.pertanyaan
    return [
        (
            butir,
            sorted(
                (kode for kode in aturan.get(butir.jenis, ()) if kode in isi),
                key=lambda kode: isi[kode].urutan,
            ),
        )
        for butir in paket.daftar_butir
    ]


def read_aturan() -> dict[str, list[str]]:
    """Codes of questions by kind of piece, as far as the rows are on."""
    hasil: dict[str, list[str]] = {}
    for satu in AturanBuktiUpacara.objects.filter(aktif=True).order_by("kode"):
        hasil.setdefault(satu.jenis, []).append(satu.kode)
    return hasil


@transaction.atomic
def _place(penilaian, terpakai, kode: str, paket: Paket, butir: Butir, by) -> str:
    """One piece under one question; what became of it. Raises AlurError when that is refused."""
    if butir.masuk is not None:
        # Before the assessment, as in langkah.add_masuk().
        ensure_berkas(butir.masuk)
    penilaian = lock_penilaian(penilaian)
    pertanyaan = terpakai.id_dari[kode]
    pernah = (
        BuktiUpacara.objects.filter(
            penilaian=penilaian, pertanyaan=pertanyaan, upacara=paket.upacara, kunci=butir.kunci
        )
        .select_related("bukti")
        .first()
    )
    if pernah is not None:
        return _renew(penilaian, terpakai, kode, pernah, butir, by)
    if ada := _find_terpasang(penilaian, pertanyaan, butir):
        bukti, hasil = ada, ADA
    else:
        bukti, hasil = _add(penilaian, kode, paket, butir, by), DIPASANG
    BuktiUpacara.objects.create(
        penilaian=penilaian,
        pertanyaan_id=pertanyaan,
        upacara=paket.upacara,
        kunci=butir.kunci,
        bukti=bukti,
        sha256=butir.masuk.sha256 if butir.masuk else "",
    )
    return hasil


def _find_terpasang(penilaian, pertanyaan: int, butir: Butir) -> BuktiDukung | None:
    """Somebody has put the same content there by hand."""
    pakai = PemakaianBukti.objects.filter(penilaian=penilaian, pertanyaan=pertanyaan)
    if butir.masuk is not None:
        pakai = pakai.filter(revisi__berkas__sha256=butir.masuk.sha256)
    else:
        pakai = pakai.filter(revisi__tautan=butir.tautan)
    satu = pakai.select_related("bukti").order_by("pk").first()
    return satu.bukti if satu else None


def _add(penilaian, kode: str, paket: Paket, butir: Butir, by) -> BuktiDukung:
    rincian = Rincian(periode_dari=paket.tanggal, periode_sampai=paket.tanggal)
    saudara = (
        BuktiUpacara.objects.filter(
            upacara=paket.upacara, kunci=butir.kunci, bukti__satker=penilaian.satker_id
        )
        .select_related("bukti")
        .order_by("pk")
        .first()
    )
    if saudara is not None:
        bukti = saudara.bukti
        pakai = langkah.link_bukti(penilaian, kode, bukti, by=by, rincian=rincian)
        if butir.masuk is not None and not _shows(pakai, butir):
            langkah.add_revisi_masuk(pakai, butir.masuk, by=by)
        return bukti
    if butir.masuk is None:
        return langkah.add_tautan(
            penilaian, kode, butir.tautan or "", nama=butir.nama, by=by, rincian=rincian
        ).bukti
    hasil = langkah.add_masuk(penilaian, kode, butir.masuk, by=by, rincian=rincian)
    if hasil.pemakaian is not None:
        return hasil.pemakaian.bukti
    # The unit has the same file already, elsewhere.
    assert hasil.dikenal is not None
    bukti = BuktiDukung.objects.get(pk=hasil.dikenal.bukti_id)
    revisi = bukti.revisibukti_set.get(pk=hasil.dikenal.revisi_id)
    langkah.link_bukti(penilaian, kode, bukti, by=by, revisi=revisi, rincian=rincian)
    return bukti


def _shows(pakai: PemakaianBukti, butir: Butir) -> bool:
    assert butir.masuk is not None
    return pakai.revisi.berkas is not None and pakai.revisi.berkas.sha256 == butir.masuk.sha256


def _renew(penilaian, terpakai, kode, pernah: BuktiUpacara, butir: Butir, by) -> str:
    """A newer file of a piece that was put there: one more revision, shown by all uses of it in
    open areas."""
    pakai = (
        PemakaianBukti.objects.filter(
            penilaian=penilaian, pertanyaan=pernah.pertanyaan_id, bukti=pernah.bukti
        )
        .select_related("penilaian__versi", "bukti", "revisi__berkas")
        .first()
    )
    if pakai is None:
        return DILEPAS
    if butir.masuk is None or pernah.sha256 == butir.masuk.sha256:
        return ADA
    berkas = pakai.revisi.berkas
    if berkas is None or berkas.sha256 not in {pernah.sha256, butir.masuk.sha256}:
        return DIGANTI
    daftar = list(
        BuktiUpacara.objects.filter(
            penilaian=penilaian, upacara=pernah.upacara_id, kunci=pernah.kunci, bukti=pernah.bukti
        )
    )
    akhir = pernah.bukti.revisibukti_set.select_related("berkas").order_by("-nomor")[0]
    if akhir.berkas is not None and akhir.berkas.sha256 == butir.masuk.sha256:
        # Brought by another question while this area was in.
        rincian = langkah.read_rincian(pakai)
        langkah.unlink(pakai, by=by)
        langkah.link_bukti(penilaian, kode, pernah.bukti, by=by, revisi=akhir, rincian=rincian)
        pindah = {pernah.pertanyaan_id}
    else:
        ikut = _list_ikut(penilaian, terpakai, pakai, pernah.sha256, daftar)
        langkah.add_revisi_masuk(pakai, butir.masuk, by=by, ikut=[satu.pk for satu in ikut])
        pindah = {satu.pertanyaan_id for satu in ikut} | {pernah.pertanyaan_id}
    BuktiUpacara.objects.filter(
        pk__in=[satu.pk for satu in daftar if satu.pertanyaan_id in pindah]
    ).update(sha256=butir.masuk.sha256)
    return DIPERBARUI


def _list_ikut(
    penilaian, terpakai, pakai, sha256: str, daftar: Iterable[BuktiUpacara]
) -> list[PemakaianBukti]:
    """Other uses that still show what was put there, in areas that are open."""
    terbuka = set(
        AreaPenilaian.objects.filter(penilaian=penilaian, diajukan_pada__isnull=True).values_list(
            "area", flat=True
        )
    )
    lain = PemakaianBukti.objects.filter(
        penilaian=penilaian,
        bukti=pakai.bukti_id,
        revisi__berkas__sha256=sha256,
        pertanyaan__in=[satu.pertanyaan_id for satu in daftar],
    ).exclude(pk=pakai.pk)
    isi, kode_dari = terpakai.isi.pertanyaan, terpakai.kode_dari
    return [satu for satu in lain if isi[kode_dari[satu.pertanyaan_id]].area in terbuka]
