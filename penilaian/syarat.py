"""What a step on predicates demands, asked of what is on record of one unit.

No rule here asks the database: `load_catatan` fetches the facts of any number of units in four
queries, so that one grant on a page and a thousand rows of a file meet the same rules.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.files import File
from django.utils import timezone

from integritas.alur import AlurError, require
from integritas.teks import format_tanggal
from penilaian import masa
from penilaian.models import (
    AturanPredikat,
    JenisPerubahan,
    JenisPredikat,
    PernyataanTanpa,
    PerubahanPredikat,
    Predikat,
)
from penilaian.models.predikat import choose_nilai


@dataclass
class Catatan:
    """What counts of one unit, each list in order of date; cancelled records are not in it."""

    predikat: list[Predikat] = field(default_factory=list)
    perubahan: list[PerubahanPredikat] = field(default_factory=list)
    pernyataan: list[PernyataanTanpa] = field(default_factory=list)
    aturan: list[AturanPredikat] = field(default_factory=list)

    def list_perubahan(self, predikat: Predikat) -> list[PerubahanPredikat]:
        return [satu for satu in self.perubahan if satu.predikat is predikat]

    def find_kenaikan(self, predikat: Predikat) -> PerubahanPredikat | None:
        """The rise of a WBK that made this WBBM."""
        return next((satu for satu in self.perubahan if satu.kelanjutan is predikat), None)

    def add(self, predikat: Predikat, *daftar_perubahan: PerubahanPredikat) -> None:
        """What is about to be recorded counts for the next question."""
        self.predikat.append(predikat)
        self.perubahan.extend(daftar_perubahan)

    def move(self, predikat: Predikat, putusan: "Putusan") -> list[PerubahanPredikat]:
        """The same for a beginning that is about to move back; returns the changes it moved."""
        predikat.berlaku_dari = putusan.dari
        berubah = [
            satu
            for satu in self.list_perubahan(predikat)
            if satu.jenis == JenisPerubahan.DITETAPKAN
        ]
        if putusan.wbk is not None and (kenaikan := self.find_kenaikan(predikat)):
            putusan.wbk.berlaku_sampai = putusan.dari
            berubah.append(kenaikan)
        for satu in berubah:
            satu.tanggal = putusan.dari
        return berubah


@dataclass(frozen=True)
class Penetapan:
    """A grant as somebody hands it in."""

    jenis: str
    sumber: str
    tanggal_sk: datetime.date | None = None
    nomor_sk: str = ""
    tahun: int | None = None
    disebut_pada: datetime.date | None = None
    dasar: str = ""
    keyakinan: str = ""
    alasan_tanpa_wbk: str = ""
    keterangan: str = ""
    pindaian: File | None = None


def load_catatan(daftar_satker_id: Iterable[int]) -> dict[int, Catatan]:
    """The facts on record of these units."""
    aturan = list(AturanPredikat.objects.order_by("berlaku_dari", "pk"))
    daftar_id = list(daftar_satker_id)
    catatan = {satker_id: Catatan(aturan=aturan) for satker_id in daftar_id}
    predikat = {}
    for satu in (
        Predikat.objects.valid().filter(satker__in=daftar_id).order_by("berlaku_dari", "pk")
    ):
        catatan[satu.satker_id].predikat.append(satu)
        predikat[satu.pk] = satu
    for perubahan in (
        PerubahanPredikat.objects.valid()
        .filter(predikat__satker__in=daftar_id, predikat__dibatalkan_pada__isnull=True)
        .order_by("tanggal", "pk")
    ):
        perubahan.predikat = predikat[perubahan.predikat_id]
        perubahan.kelanjutan = predikat.get(perubahan.kelanjutan_id)
        catatan[perubahan.predikat.satker_id].perubahan.append(perubahan)
    for pernyataan in PernyataanTanpa.objects.filter(
        satker__in=daftar_id, dibatalkan_pada__isnull=True
    ).order_by("pada", "pk"):
        catatan[pernyataan.satker_id].pernyataan.append(pernyataan)
    return catatan


def refuse_future(tanggal: datetime.date | None, kolom: str) -> None:
    if tanggal is not None and tanggal > timezone.localdate():
        raise AlurError(f"{kolom} {format_tanggal(tanggal)} belum tiba.")


# --- grant ----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Putusan:
    """An accepted grant: from when, how well that is known, and the WBK that rises to it."""

    dari: datetime.date
    ketelitian: str
    wbk: Predikat | None


def check_grant(catatan: Catatan, penetapan: Penetapan) -> Putusan:
    """Refuse a grant that the facts deny; raises AlurError."""
    tanggal_sk, tahun, disebut_pada = (
        penetapan.tanggal_sk,
        penetapan.tahun,
        penetapan.disebut_pada,
    )
    require(penetapan.sumber, "Sumber")
    refuse_future(tanggal_sk, "Tanggal SK")
    refuse_future(disebut_pada, "Tanggal disebut sumber")
    if tahun is not None and tahun > timezone.localdate().year:
        raise AlurError(f"Tahun {tahun} belum tiba.")
    refuse_other_year(tahun, tanggal_sk, disebut_pada)
    if tanggal_sk and disebut_pada and tanggal_sk > disebut_pada:
        raise AlurError(
            f"Sumber sudah menyebut predikat ini pada {format_tanggal(disebut_pada)}, "
            f"sebelum SK tanggal {format_tanggal(tanggal_sk)}. Periksa salah satunya."
        )
    try:
        dari, ketelitian = masa.compute_berlaku_dari(tanggal_sk, tahun, disebut_pada)
    except ValueError:
        raise AlurError(
            "Isi tanggal SK, atau tahun, atau tanggal predikat ini disebut sumber."
        ) from None
    refuse_future(dari, "Predikat berlaku mulai")
    wbk = _find_wbk_and_refuse_overlap(catatan, penetapan.jenis, dari)
    refuse_inside_bar(catatan, dari)
    refuse_contradiction(catatan, dari)
    if (
        penetapan.jenis == JenisPredikat.WBBM
        and wbk is None
        and not penetapan.alasan_tanpa_wbk.strip()
    ):
        raise AlurError(
            f"Satker ini tidak tercatat memegang WBK pada {format_tanggal(dari)}. WBBM hanya bagi "
            "pemegang WBK. Catat WBK-nya dulu, atau isi alasan mengapa WBBM dicatat tanpa WBK."
        )
    return Putusan(dari, ketelitian, wbk)


def refuse_other_year(tahun, tanggal_sk, disebut_pada) -> None:
    if tahun is None:
        return
    if tanggal_sk is not None and tanggal_sk.year != tahun:
        raise AlurError(
            f"Tahun {tahun} tidak sesuai dengan SK tanggal {format_tanggal(tanggal_sk)}. "
            "Periksa salah satunya."
        )
    if disebut_pada is not None and disebut_pada.year < tahun:
        raise AlurError(
            f"Sumber sudah menyebut predikat ini pada {format_tanggal(disebut_pada)}, sebelum "
            f"tahun {tahun}. Periksa salah satunya."
        )


def _find_wbk_and_refuse_overlap(catatan: Catatan, jenis, dari) -> Predikat | None:
    """The WBK that would rise to this WBBM; refuse anything else that is held on or after `dari`."""
    for ada in sorted(catatan.predikat, key=lambda satu: satu.berlaku_dari):
        if ada.berlaku_sampai is not None and ada.berlaku_sampai <= dari:
            continue
        if ada.berlaku_dari > dari:
            raise AlurError(
                f"Sudah tercatat {ada.jenis} mulai {format_tanggal(ada.berlaku_dari)}, sesudah "
                f"{format_tanggal(dari)}. Catat predikat menurut urutan waktunya."
            )
        if (
            jenis == JenisPredikat.WBBM
            and ada.jenis == JenisPredikat.WBK
            and ada.berlaku_sampai is None
            and ada.berlaku_dari < dari
            and not any(satu.tanggal > dari for satu in catatan.list_perubahan(ada))
        ):
            return ada
        raise AlurError(
            f"Satker ini sudah memegang {ada.jenis} sejak {format_tanggal(ada.berlaku_dari)}. "
            "Satu satker hanya memegang satu predikat pada satu waktu."
        )
    return None


def refuse_inside_bar(catatan: Catatan, dari) -> None:
    cabut = [
        satu.tanggal
        for satu in catatan.perubahan
        if satu.jenis == JenisPerubahan.DICABUT and satu.tanggal <= dari
    ]
    if not cabut:
        return
    dicabut = max(cabut)
    tahun = choose_nilai(catatan.aturan, "larangan-sesudah-cabut", dicabut)
    bebas = masa.add_bulan(dicabut, 12 * tahun)
    if dari < bebas:
        raise AlurError(
            f"Predikat satker ini dicabut pada {format_tanggal(dicabut)}. Sampai "
            f"{format_tanggal(bebas)} ({tahun} tahun) satker tidak bisa menerima predikat lagi."
        )


def refuse_contradiction(catatan: Catatan, dari) -> None:
    lain = next((satu for satu in catatan.pernyataan if satu.pada >= dari), None)
    if lain is not None:
        raise AlurError(
            f"{lain.sumber} menyebut satker ini tanpa predikat pada {format_tanggal(lain.pada)}, "
            "sesudah tanggal predikat ini. Batalkan pernyataan itu dulu bila keliru."
        )


# --- corrections ----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Kelengkapan:
    """What was found later of a predicate on record."""

    sumber: str
    tanggal_sk: datetime.date | None = None
    nomor_sk: str = ""
    tahun: int | None = None
    dasar: str = ""


def check_complete(catatan: Catatan, predikat: Predikat, kelengkapan: Kelengkapan) -> Putusan:
    """Refuse a completion that the facts deny; `wbk` is the one whose end moves along."""
    tanggal_sk, tahun = kelengkapan.tanggal_sk, kelengkapan.tahun
    require(kelengkapan.sumber, "Sumber")
    if predikat.dibatalkan_pada is not None:
        raise AlurError("Catatan predikat ini sudah dibatalkan.")
    if not (tanggal_sk or kelengkapan.nomor_sk.strip() or tahun or kelengkapan.dasar):
        raise AlurError("Isi sekurangnya satu: nomor SK, tanggal SK, tahun, atau dasar.")
    refuse_future(tanggal_sk, "Tanggal SK")
    refuse_other_year(tahun, tanggal_sk or predikat.tanggal_sk, predikat.disebut_pada)
    if tahun and predikat.tahun and tahun != predikat.tahun and not tanggal_sk:
        raise AlurError(
            f"Tahun sudah tercatat {predikat.tahun}. Bila keliru, batalkan catatan ini dan catat "
            "yang benar."
        )
    if tanggal_sk and predikat.disebut_pada and tanggal_sk > predikat.disebut_pada:
        raise AlurError(
            f"{predikat.sumber} sudah menyebut predikat ini pada "
            f"{format_tanggal(predikat.disebut_pada)}; SK tanggal {format_tanggal(tanggal_sk)} "
            "sesudahnya tidak mungkin SK yang sama."
        )
    if tanggal_sk and predikat.tanggal_sk and tanggal_sk != predikat.tanggal_sk:
        raise AlurError(
            f"SK sudah tercatat bertanggal {format_tanggal(predikat.tanggal_sk)}. Bila keliru, "
            "batalkan catatan ini dan catat yang benar."
        )
    join_sumber(predikat.sumber, kelengkapan.sumber.strip())
    tanggal_sk = tanggal_sk or predikat.tanggal_sk
    dari, ketelitian = masa.compute_berlaku_dari(
        tanggal_sk,
        tanggal_sk.year if tanggal_sk else (tahun or predikat.tahun),
        predikat.disebut_pada,
    )
    wbk = _find_wbk_and_refuse_disorder(catatan, predikat, dari)
    return Putusan(dari, ketelitian, wbk)


def fill(predikat: Predikat, kelengkapan: Kelengkapan, putusan: Putusan) -> None:
    """Set what an accepted completion adds; the caller saves."""
    predikat.nomor_sk = kelengkapan.nomor_sk.strip() or predikat.nomor_sk
    predikat.tanggal_sk = kelengkapan.tanggal_sk or predikat.tanggal_sk
    predikat.dasar = kelengkapan.dasar or predikat.dasar
    if predikat.tanggal_sk:
        predikat.tahun = predikat.tanggal_sk.year
    else:
        predikat.tahun = kelengkapan.tahun or predikat.tahun
    predikat.ketelitian = putusan.ketelitian
    predikat.sumber = join_sumber(predikat.sumber, kelengkapan.sumber.strip())


def join_sumber(lama: str, baru: str) -> str:
    gabungan = lama if baru in lama else f"{lama}; {baru}"
    if len(gabungan) > 300:
        raise AlurError("Sumber terlalu panjang; bersama sumber lama paling banyak 300 huruf.")
    return gabungan


def _find_wbk_and_refuse_disorder(catatan: Catatan, predikat: Predikat, dari) -> Predikat | None:
    """The WBK it rose from, whose end moves with its beginning; refuse a beginning that is later
    or that meets another record."""
    if dari > predikat.berlaku_dari:
        raise AlurError(
            f"Predikat ini sudah terhitung sejak {format_tanggal(predikat.berlaku_dari)}; "
            f"{format_tanggal(dari)} lebih lambat. Bila catatannya keliru, batalkan."
        )
    kenaikan = catatan.find_kenaikan(predikat)
    wbk = kenaikan.predikat if kenaikan is not None else None
    if wbk is not None:
        if dari <= wbk.berlaku_dari:
            raise AlurError(
                f"WBK satker ini tercatat sejak {format_tanggal(wbk.berlaku_dari)}; WBBM tidak "
                "bisa mulai sebelum atau pada hari yang sama. Lengkapi WBK-nya dulu."
            )
        sebelumnya = [satu for satu in catatan.list_perubahan(wbk) if satu is not kenaikan]
        if sebelumnya and dari < sebelumnya[-1].tanggal:
            raise AlurError(
                f"WBK satker ini masih berubah pada {format_tanggal(sebelumnya[-1].tanggal)} "
                f"({sebelumnya[-1].get_jenis_display().lower()}); WBBM tidak bisa mulai sebelumnya."
            )
    for ada in catatan.predikat:
        if (
            ada is not predikat
            and ada is not wbk
            and ada.berlaku_dari < (predikat.berlaku_sampai or datetime.date.max)
            and (ada.berlaku_sampai is None or ada.berlaku_sampai > dari)
        ):
            raise AlurError(
                f"Pada {format_tanggal(dari)} satker ini tercatat memegang {ada.jenis}."
            )
    for lain in catatan.pernyataan:
        if dari <= lain.pada < predikat.berlaku_dari:
            raise AlurError(
                f"{lain.sumber} menyebut satker ini tanpa predikat pada "
                f"{format_tanggal(lain.pada)}. Batalkan pernyataan itu dulu bila keliru."
            )
    if dari < predikat.berlaku_dari:
        refuse_inside_bar(catatan, dari)
    return wbk


# --- attestations ---------------------------------------------------------------------------------
def check_tanpa(catatan: Catatan, pada: datetime.date, sumber: str) -> None:
    """Refuse a saying "without predicate" that the facts deny or that is on record already."""
    sumber = require(sumber, "Sumber")
    refuse_future(pada, "Tanggal pernyataan")
    for ada in catatan.predikat:
        if ada.berlaku_dari <= pada and (ada.berlaku_sampai is None or ada.berlaku_sampai > pada):
            raise AlurError(
                f"Satker ini tercatat memegang {ada.jenis} pada {format_tanggal(pada)}."
            )
    if any(satu.pada == pada and satu.sumber == sumber for satu in catatan.pernyataan):
        raise AlurError("Pernyataan ini sudah tercatat.")
