"""Invented evidence of the invented assessments, brought in by the steps that people take."""

import datetime
import io
from collections.abc import Iterable

from penilaian.bukti import langkah
from penilaian.bukti.langkah import Rincian
from penilaian.demo_berkas import build_docx, build_pdf, build_png, build_xlsx
from penilaian.instrumen import Pertanyaan
from penilaian.models import PemakaianBukti, Penilaian
from penilaian.versi import get_terpakai

ASPEK = {"pemenuhan": "Pemenuhan", "reform": "Reform", "": "Hasil"}
# What serves several questions beside the documents of their aspect.
TIM = ("A.I.1.i.a", "A.I.1.i.b", "A.I.1.iv.b")
RAPAT = ("A.I.1.iii.a", "A.I.1.iii.b", "A.I.1.iii.c")
HADIR = ("A.I.1.iv.a", "A.I.1.iv.d")
FOTO = ("A.I.1.ii.c", "A.II.1.iii.a", "A.I.6.i.d")
LAYANAN = ("A.I.6.i.a", "A.I.6.i.b", "A.I.6.i.c")
SITUS = "https://situs.contoh.invalid/standar-pelayanan"


def add_berkas(penilaian, isi: bytes, nama, dipakai: dict[str, Rincian], by) -> PemakaianBukti:
    """One file under several questions, each with its own page and period."""
    kode, *lain = dipakai
    hasil = langkah.add_berkas(penilaian, kode, io.BytesIO(isi), nama, by=by, rincian=dipakai[kode])
    assert hasil.pemakaian is not None, f"{nama} is there already"
    for satu in lain:
        langkah.link_bukti(penilaian, satu, hasil.pemakaian.bukti, by=by, rincian=dipakai[satu])
    return hasil.pemakaian


def fill_periode(tahun: int, **lain) -> Rincian:
    """The first half of a year."""
    return Rincian(datetime.date(tahun, 1, 1), datetime.date(tahun, 6, 30), **lain)


def add_semua(penilaian: Penilaian, nama_satker: str, by, paling_banyak: int | None = None) -> None:
    """A whole LKE: the documents of each aspect bound together, a page for each question (of the
    first so many); and letters, minutes, a list, a picture and a link that serve several."""
    isi = get_terpakai(penilaian.versi).isi
    for area in isi.daftar_area:
        for aspek in ASPEK:
            daftar = [satu for satu in isi.pertanyaan_area[area.kode] if satu.aspek == aspek]
            if daftar:
                sebutan = f"{ASPEK[aspek]} {area.kode}"
                add_bundel(penilaian, nama_satker, sebutan, daftar[:paling_banyak], by)
    add_surat(penilaian, nama_satker, by)
    add_lain(penilaian, nama_satker, by)


def add_bundel(
    penilaian: Penilaian, nama_satker: str, sebutan: str, daftar: Iterable[Pertanyaan], by
) -> PemakaianBukti:
    """The first document that each question asks for, on a page of its own."""
    tahun, dokumen = penilaian.tahun, get_terpakai(penilaian.versi).dokumen
    halaman, dipakai = [], {}
    for nomor, satu in enumerate(daftar, 1):
        diminta = dokumen[satu.kode][:1]
        judul = diminta[0].nama if diminta else satu.nama
        halaman.append((judul, f"{nama_satker}, tahun {tahun}. Nomor {satu.urutan}: {satu.label}"))
        dipakai[satu.kode] = fill_periode(
            tahun, halaman=nomor, dokumen=diminta[0].pk if diminta else None
        )
    judul = f"Bukti {sebutan} {nama_satker} {tahun}"
    return add_berkas(penilaian, build_pdf(judul, halaman), f"{judul}.pdf", dipakai, by)


def add_surat(penilaian: Penilaian, nama_satker: str, by) -> None:
    """Decrees that go on beyond their year; the second has been replaced under one question."""
    tahun = penilaian.tahun
    mulai = datetime.date(tahun, 1, 1)
    judul = f"SK tim kerja {nama_satker} {tahun}"
    isi = build_pdf(judul, [(judul, "Berlaku sampai diganti."), ("Lampiran", "Susunan tim.")])
    add_berkas(
        penilaian,
        isi,
        f"{judul}.pdf",
        {kode: Rincian(mulai, None, halaman=1 + (kode != TIM[0])) for kode in TIM},
        by,
    )
    judul = f"SK standar pelayanan {nama_satker} {tahun}"
    pakai = add_berkas(
        penilaian,
        build_pdf(judul, [(judul, "Berlaku tiga tahun.")]),
        f"{judul}.pdf",
        dict.fromkeys(LAYANAN, Rincian(mulai, datetime.date(tahun + 2, 12, 31), halaman=1)),
        by,
    )
    isi = build_pdf(judul, [(judul, "Berlaku tiga tahun. Ralat: jam layanan.")])
    langkah.add_revisi(pakai, io.BytesIO(isi), f"{judul} ralat.pdf", by=by)


def add_lain(penilaian: Penilaian, nama_satker: str, by) -> None:
    """One of each other kind."""
    tahun = penilaian.tahun
    setengah = fill_periode(tahun)
    judul = f"Notula rapat pokja {nama_satker} {tahun}"
    isi = build_docx(judul, ["Rencana aksi dibahas.", "Rekomendasi ditindaklanjuti."])
    add_berkas(penilaian, isi, f"{judul}.docx", dict.fromkeys(RAPAT, setengah), by)
    judul = f"Rekap kehadiran {nama_satker} {tahun}"
    isi = build_xlsx(judul, ["Bulan", "Apel", "Hadir"], [["Januari", 4, 71], ["Februari", 4, 72]])
    add_berkas(penilaian, isi, f"{judul}.xlsx", dict.fromkeys(HADIR, setengah), by)
    judul = f"Gambar apel {nama_satker} {tahun}"
    add_berkas(
        penilaian,
        build_png(judul, "Pengganti foto apel bersama."),
        f"{judul}.png",
        dict.fromkeys(FOTO, Rincian(datetime.date(tahun, 3, 4), datetime.date(tahun, 3, 4))),
        by,
    )
    langkah.add_tautan(
        penilaian, LAYANAN[0], f"{SITUS}/{tahun}", nama=f"Halaman standar pelayanan {tahun}", by=by
    )


def add_sedikit(penilaian: Penilaian, nama_satker: str, kode: str, by) -> None:
    """What a unit has that has only begun: a report that is of last year, and a circular that some
    other invented unit has too."""
    lalu = penilaian.tahun - 1
    judul = f"Laporan pemantauan {nama_satker} {lalu}"
    isi = build_pdf(judul, [(judul, "Semester kedua.")])
    periode = Rincian(datetime.date(lalu, 7, 1), datetime.date(lalu, 12, 31), halaman=1)
    add_berkas(penilaian, isi, f"{judul}.pdf", {kode: periode}, by)
    judul = f"Surat edaran Kanwil Contoh {penilaian.tahun}"
    isi = build_pdf(judul, [(judul, "Untuk semua satker di Kanwil Contoh.")])
    add_berkas(penilaian, isi, f"{judul}.pdf", {"A.I.1.ii.a": fill_periode(penilaian.tahun)}, by)
