"""Evidence that is missing, out of its time, twice the same, or cannot be opened."""

import re
from collections.abc import Iterator
from decimal import Decimal

from penilaian.instrumen import Pertanyaan
from penilaian.kalender import is_di_luar
from penilaian.xray.bentuk import Lembar, Pakai, Temu, join_dan

# From this many questions on, one file without page numbers helps no reader.
PERTANYAAN_BANYAK = 8
# How a question says that it looks back.
_DUA_TAHUN = re.compile(r"tahun lalu|tahun sebelum|dua tahun|dibanding|tahun terakhir", re.I)


def looks_back(pertanyaan: Pertanyaan) -> bool:
    """The question compares this year with the one before: evidence and notes of that year belong
    there. Its formula says so, or the words of the instrument."""
    if pertanyaan.rumus is not None and pertanyaan.rumus.jenis == "penurunan":
        return True
    teks = [pertanyaan.label, pertanyaan.catatan, *pertanyaan.bukti]
    teks += [satu.label for satu in pertanyaan.opsi]
    teks += [satu.label for satu in pertanyaan.masukan]
    return any(_DUA_TAHUN.search(satu) for satu in teks)


def check_terbaik(lembar: Lembar, kode: str) -> Iterator[Temu]:
    """The best option claims everything: A, and Ya as well, want something to show for it."""
    jawab = lembar.jawab.get(kode)
    if not isinstance(jawab, str) or lembar.bukti.get(kode):
        return
    nilai = lembar.isi.pertanyaan[kode].nilai_opsi
    if nilai[jawab] == max(nilai.values()) > 0:
        yield Temu(kode, kode, f"Jawaban {jawab}, nilai penuh", "Belum ada bukti dukung")


def check_survei(lembar: Lembar, kode: str) -> Iterator[Temu]:
    """An index is the result of a survey, which somebody must have seen. A survey that runs here will
    count as well: it comes with the answer then, as evidence does."""
    jawab = lembar.jawab.get(kode)
    rumus = lembar.isi.pertanyaan[kode].rumus
    if rumus is None or rumus.jenis != "indeks" or not jawab or isinstance(jawab, str):
        return
    if not lembar.bukti.get(kode):
        indeks = format(jawab[rumus.atas].normalize() + Decimal("0.00"), "f").replace(".", ",")
        yield Temu(kode, kode, f"Indeks survei {indeks}", "Belum ada hasil survei sebagai bukti")


def check_tahun(lembar: Lembar, kode: str) -> Iterator[Temu]:
    """A period that does not touch the year. That of the year before is usual in the first months and
    is only noted, and not even that where the question looks back; nor what was stated to hold."""
    for satu in lembar.bukti.get(kode, ()):
        if satu.berlaku or not is_di_luar(satu.dari, satu.sampai, lembar.tahun):
            continue
        setahun = satu.sampai is not None and satu.sampai.year == lembar.tahun - 1
        if not (setahun and looks_back(lembar.isi.pertanyaan[kode])):
            yield Temu(
                kode,
                f"{kode}:{satu.bukti}",
                f"{satu.sebutan} mencakup {satu.periode}",
                f"Yang dinilai tahun {lembar.tahun}",
                ringan=setahun,
            )


def check_tautan(lembar: Lembar, kode: str) -> Iterator[Temu]:
    """No day of the last check in it: the same finding every week is the same finding."""
    for satu in lembar.bukti.get(kode, ()):
        if satu.masalah:
            yield Temu(
                kode,
                f"{kode}:{satu.bukti}",
                f"{satu.sebutan} hanya tautan, tidak tersimpan",
                f"Tidak dapat dibuka peninjau: {satu.masalah}",
            )


def check_kembar(lembar: Lembar, kode: str) -> Iterator[Temu]:
    """One content under one question as two pieces of evidence: the second proves nothing."""
    menurut_isi: dict[int, list[Pakai]] = {}
    for satu in lembar.bukti.get(kode, ()):
        if satu.berkas is not None:
            menurut_isi.setdefault(satu.berkas, []).append(satu)
    for berkas, daftar in menurut_isi.items():
        if len(daftar) > 1:
            yield Temu(
                kode,
                f"{kode}:{berkas}",
                f"Isi {join_dan([satu.sebutan for satu in daftar[:3]])} sama persis",
                f"Terpasang {len(daftar)} kali di {lembar.say_nomor(kode)}",
            )


def check_berulang(lembar: Lembar, _: str) -> Iterator[Temu]:
    """One file serves many questions; within one sub-unsur the reader should be told what is new
    about it: the page, or another file."""
    kelompok: dict[tuple[int, int | None, str], dict[str, Pakai]] = {}
    for pertanyaan in lembar.isi.daftar_pertanyaan:
        for satu in lembar.bukti.get(pertanyaan.kode, ()):
            if satu.berkas is not None:
                kunci = (satu.berkas, satu.halaman, pertanyaan.induk)
                kelompok.setdefault(kunci, {}).setdefault(pertanyaan.kode, satu)
    for (berkas, halaman, induk), pakai in kelompok.items():
        if len(pakai) > 1:
            kode, satu = next(iter(pakai.items()))
            di = f"halaman {halaman}" if halaman else "tanpa halaman"
            yield Temu(
                kode,
                f"{berkas}:{halaman or 0}:{induk}",
                f"{satu.sebutan}, {di}, dipakai {_say_daftar(lembar, pakai)}",
                "Pertanyaan dalam satu sub-unsur menanyakan hal yang berbeda",
            )


def check_banyak(lembar: Lembar, _: str) -> Iterator[Temu]:
    """One file nearly everywhere, and nowhere a page."""
    kelompok: dict[int, dict[str, Pakai]] = {}
    for pertanyaan in lembar.isi.daftar_pertanyaan:
        for satu in lembar.bukti.get(pertanyaan.kode, ()):
            if satu.berkas is not None and satu.halaman is None:
                kelompok.setdefault(satu.berkas, {}).setdefault(pertanyaan.kode, satu)
    for berkas, pakai in kelompok.items():
        if len(pakai) >= PERTANYAAN_BANYAK:
            kode, satu = next(iter(pakai.items()))
            yield Temu(
                kode,
                str(berkas),
                f"{satu.sebutan} dipakai {len(pakai)} pertanyaan",
                "Tidak satu pun menyebut halaman yang harus dilihat",
            )


def check_luar(lembar: Lembar, kode: str) -> Iterator[Temu]:
    """What many units use is mostly a rule or a letter that they all got."""
    for satu in lembar.luar.get(kode, ()):
        tempat = [*satu.daftar_tempat, "satker lain lagi"] if satu.banyak else satu.daftar_tempat
        yield Temu(
            kode,
            f"{kode}:{satu.pakai.bukti}",
            f"{satu.pakai.sebutan} di {lembar.say_nomor(kode)}",
            f"Isi yang sama dipakai {join_dan(tempat)}",
            ringan=satu.banyak,
        )


def _say_daftar(lembar: Lembar, daftar_kode) -> str:
    nomor = [str(lembar.isi.pertanyaan[kode].urutan) for kode in daftar_kode]
    return f"nomor {join_dan(nomor)}"
