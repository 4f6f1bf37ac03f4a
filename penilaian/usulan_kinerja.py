"""What a unit's Perjanjian Kinerja says of two questions of its LKE: how many goals were fully met,
and whether performance is better than last year. A proposal with its calculation; a person decides.

The questions are known by what they ask for, not by their numbers: counts of goals by the codes of
their inputs, the better performance by its gate. Measured at the year's end, B12 against the year's
target; unknown is never proposed as none.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from integritas.teks import format_angka
from penilaian.instrumen import Instrumen, Pertanyaan
from penilaian.models import Penilaian
from penilaian.versi import get_terpakai
from satker import capaian, kinerja
from satker.capaian import Banding, Ringkasan
from satker.kinerja import Ukuran
from satker.models import PerjanjianKinerja

ISIAN_SASARAN = {"jumlah_sasaran", "sasaran_tercapai"}
LEBIH_BAIK = "B.I.b"
# Of that question: better than last year with all targets met; met but not better; some missed. `A`
# also wants more than the national average, and `E` says that there is no aim at results: neither
# can be told from an agreement.
OPSI = {"lebih_baik": "B", "tidak_lebih_baik": "C", "meleset": "D"}


@dataclass(frozen=True)
class Usulan:
    """A proposed answer as a person would type it (None: nothing is proposed, and why), and the
    steps of its calculation in sentences."""

    pertanyaan: Pertanyaan
    mentah: Any
    teks: str
    alasan: str
    hitungan: tuple[str, ...]


@dataclass(frozen=True)
class UsulanKinerja:
    """All that the page shows; an agreement not in force is None."""

    tahun: int
    kini: Ukuran | None
    lalu: Ukuran | None
    ringkas: Ringkasan | None
    banding: Banding | None
    daftar: tuple[Usulan, ...]

    def get(self, kode: str) -> Usulan | None:
        return next((satu for satu in self.daftar if satu.pertanyaan.kode == kode), None)

    def compute_sidik(self) -> str:
        """Stands for what was shown: differs as soon as a figure behind it does."""
        isi = [
            (
                ukuran.perjanjian.pk,
                [
                    (
                        baris.nomor,
                        baris.indikator.nama,
                        f"{baris.indikator.target:f}",
                        f"{sel.realisasi.nilai:f}" if sel.realisasi else "",
                    )
                    for baris in ukuran.daftar_baris
                    for sel in baris.daftar_sel[-1:]
                ],
            )
            for ukuran in (self.kini, self.lalu)
            if ukuran
        ]
        return hashlib.sha256(repr(isi).encode()).hexdigest()[:32]


def has_usulan(pertanyaan: Pertanyaan) -> bool:
    """Whether an agreement says anything of this question."""
    return _asks_sasaran(pertanyaan) or _asks_lebih_baik(pertanyaan)


def _asks_sasaran(pertanyaan: Pertanyaan) -> bool:
    return {masukan.kode for masukan in pertanyaan.daftar_isian} == ISIAN_SASARAN


def _asks_lebih_baik(pertanyaan: Pertanyaan) -> bool:
    return pertanyaan.kode == LEBIH_BAIK and set("ABCDE") == set(pertanyaan.nilai_opsi)


def read_usulan(penilaian: Penilaian) -> UsulanKinerja:
    """From the agreements in force of the assessment's year and the year before: four queries."""
    daftar = PerjanjianKinerja.objects.current().filter(
        satker=penilaian.satker_id, tahun__in=(penilaian.tahun - 1, penilaian.tahun)
    )
    ukuran = {satu.perjanjian.tahun: satu for satu in kinerja.read_banyak(daftar)}
    return build_usulan(
        get_terpakai(penilaian.versi).isi,
        penilaian.tahun,
        ukuran.get(penilaian.tahun),
        ukuran.get(penilaian.tahun - 1),
    )


def build_usulan(
    isi: Instrumen, tahun: int, kini: Ukuran | None, lalu: Ukuran | None
) -> UsulanKinerja:
    ringkas = kini.summarise_tahun() if kini else None
    banding = capaian.compare(kini.daftar_terukur, lalu.daftar_terukur) if kini and lalu else None
    daftar = tuple(
        _propose_sasaran(satu, tahun, kini)
        if _asks_sasaran(satu)
        else _propose_lebih_baik(satu, tahun, ringkas, banding)
        for satu in isi.daftar_pertanyaan
        if has_usulan(satu)
    )
    return UsulanKinerja(tahun, kini, lalu, ringkas, banding, daftar)


def _refuse(pertanyaan: Pertanyaan, alasan: str, *hitungan: str) -> Usulan:
    return Usulan(pertanyaan, None, "", f"{alasan}; tidak diusulkan apa-apa.", hitungan)


def _propose_sasaran(pertanyaan: Pertanyaan, tahun: int, kini: Ukuran | None) -> Usulan:
    if kini is None:
        return _refuse(pertanyaan, f"Belum ada PK berlaku tahun {tahun}")
    hasil = [satu.terpenuhi for satu in kini.daftar_sasaran]
    jumlah, penuh, gelap = len(hasil), hasil.count(True), hasil.count(None)
    hitungan = (
        f"PK {tahun} versi {kini.perjanjian.versi} memuat {jumlah} sasaran dengan "
        f"{len(kini.daftar_baris)} indikator.",
        f"Sasaran terpenuhi penuh bila realisasi B12 semua indikatornya mencapai target setahun: "
        f"{penuh} terpenuhi, {hasil.count(False)} tidak, {gelap} belum diketahui.",
    )
    if not jumlah:
        return _refuse(pertanyaan, f"PK {tahun} belum memuat sasaran", *hitungan)
    if gelap:
        return _refuse(pertanyaan, f"Capaian {gelap} sasaran belum diketahui", *hitungan)
    return Usulan(
        pertanyaan,
        {"jumlah_sasaran": str(jumlah), "sasaran_tercapai": str(penuh)},
        f"{penuh} dari {jumlah} sasaran terpenuhi penuh",
        "",
        hitungan,
    )


def _propose_lebih_baik(
    pertanyaan: Pertanyaan, tahun: int, ringkas: Ringkasan | None, banding: Banding | None
) -> Usulan:
    if ringkas is None:
        return _refuse(pertanyaan, f"Belum ada PK berlaku tahun {tahun}")
    hitungan = [
        f"{ringkas.terpenuhi} dari {ringkas.jumlah} indikator mencapai target setahun {tahun}"
        + (f"; {ringkas.belum} belum diketahui." if ringkas.belum else ".")
    ]
    if not ringkas.lengkap:
        alasan = f"Capaian {ringkas.belum} indikator {tahun} belum diketahui"
        if not ringkas.jumlah:
            alasan = f"PK {tahun} belum memuat indikator"
        return _refuse(pertanyaan, alasan, *hitungan)
    if ringkas.terpenuhi < ringkas.jumlah:
        hitungan.append("Ada target yang meleset, jadi capaian tahun lalu tidak menentukan.")
        return _choose(pertanyaan, "meleset", hitungan)
    if banding is None:
        return _refuse(pertanyaan, f"Belum ada PK berlaku tahun {tahun - 1}", *hitungan)
    if banding.lebih_baik is None:
        return _refuse(pertanyaan, f"Perbandingan: {banding.alasan}", *hitungan)
    assert banding.rata_kini is not None
    assert banding.rata_lalu is not None
    hitungan.append(
        f"Capaian {tahun} {_say(banding.rata_kini)}, {tahun - 1} {_say(banding.rata_lalu)} "
        f"({banding.alasan}): {'lebih baik' if banding.lebih_baik else 'tidak lebih baik'}."
    )
    hitungan.append(
        "Pilihan A juga meminta lebih baik daripada rata-rata nasional atau unit sejenis; "
        "pembandingnya tidak ada di sini, jadi A tidak pernah diusulkan."
    )
    return _choose(pertanyaan, "lebih_baik" if banding.lebih_baik else "tidak_lebih_baik", hitungan)


def _choose(pertanyaan: Pertanyaan, hasil: str, hitungan: list[str]) -> Usulan:
    kode = OPSI[hasil]
    label = next(opsi.label for opsi in pertanyaan.opsi if opsi.kode == kode)
    return Usulan(pertanyaan, kode, f"{kode}: {label}", "", tuple(hitungan))


def _say(persen) -> str:
    return f"{format_angka(persen, 2)}%"
