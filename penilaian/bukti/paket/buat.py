"""Making a pack: evidence first, then what explains and proves it, then into the store."""

import errno
import hashlib
import json
import logging
import secrets
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from integritas.berkas.simpan import BACA, place, stream_berkas
from integritas.teks import format_angka
from penilaian.bukti.paket.arsip import Arsip
from penilaian.bukti.paket.indeks import BUKTI_LAIN, render_indeks, render_lain
from penilaian.bukti.paket.isi import BerkasPaket, IsiPaket, read_isi
from penilaian.bukti.paket.sewa import FOLDER, Jadi, LepasError, Sewa, claim
from penilaian.models import PaketBukti, Penilaian

PEMERIKSA = Path(__file__).with_name("periksa.py")
HILANG = "tidak ada di penyimpanan"
BERUBAH = "isinya di penyimpanan sudah lain daripada saat diunggah"
logger = logging.getLogger(__name__)


def make(paket_id: int) -> None:
    """Make the pack, unless it is done or somebody else makes it. What goes wrong is told on the row
    and then raised."""
    sewa = claim(paket_id)
    if sewa is None:
        return
    try:
        _make(sewa)
    except LepasError:
        logger.warning("paket %s diambil alih pekerja lain", paket_id)
    except Exception as error:
        sewa.fail(explain(error))
        raise


def explain(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "Ruang penyimpanan server penuh. Hubungi admin, lalu buat lagi."
    return "Paket gagal dibuat karena kesalahan di server, yang sudah dicatat. Coba lagi nanti."


def _make(sewa: Sewa) -> None:
    penilaian = Penilaian.objects.for_page().get(pk=sewa.paket.penilaian_id)
    isi = read_isi(penilaian)
    sewa.jumlah = len(isi.daftar_berkas)
    folder = settings.INTEGRITAS_SEMENTARA
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix=f"{FOLDER}-", suffix=".zip") as berkas:
        write_paket(berkas, isi, sewa)
        berkas.flush()
        sha256, ukuran = _hash(berkas, sewa)
        kunci = f"{FOLDER}/{sewa.paket.pk}-{secrets.token_hex(8)}.zip"
        place(Path(berkas.name), kunci, tick=sewa.tick)
    try:
        sewa.finish(Jadi(kunci, sha256, ukuran, say_masalah(isi)))
    except LepasError:
        default_storage.delete(kunci)
        raise


def say_masalah(isi: IsiPaket) -> str:
    """What the reader of the list must know; empty when all files are there as they came."""
    jumlah = len(isi.daftar_masalah)
    if not jumlah:
        return ""
    return (
        f"{format_angka(jumlah)} berkas tidak ada atau berubah di penyimpanan; disebut pada indeks."
    )


def write_paket(berkas: IO[bytes], isi: IsiPaket, sewa: Sewa) -> None:
    """The whole ZIP into an open file."""
    pada = timezone.now()
    with Arsip(berkas, sewa.paket.diminta_pada) as arsip:
        for satu in isi.daftar_berkas:
            _add_berkas(arsip, satu, sewa)
            sewa.selesai += 1
        for soal in isi.daftar_soal:
            if soal.daftar_luar:
                arsip.add_teks(isi.penamaan.take(soal.folder, BUKTI_LAIN), render_lain(soal))
        arsip.add_teks("indeks.html", render_indeks(isi, sewa.paket, pada))
        arsip.add_teks("manifest.json", build_manifest(isi, sewa.paket, pada))
        arsip.add_teks("periksa.py", PEMERIKSA.read_bytes())


def _add_berkas(arsip: Arsip, satu: BerkasPaket, sewa: Sewa) -> None:
    potongan = stream_berkas(satu.sha256)
    try:
        # Before the ZIP begins an entry for it.
        awal = next(potongan, b"")
    except FileNotFoundError:
        satu.masalah = HILANG
        logger.error("berkas %s tidak ada di penyimpanan", satu.sha256)
        return
    termuat = arsip.add_berkas(
        satu.jalur, _watch(awal, potongan, sewa), ukuran=satu.ukuran, pada=satu.pada
    )
    satu.sha256_isi, satu.ukuran = termuat.sha256, termuat.ukuran
    if satu.sha256_isi != satu.sha256:
        satu.masalah = BERUBAH
        logger.error("berkas %s berubah di penyimpanan", satu.sha256)


def _watch(awal: bytes, potongan: Iterable[bytes], sewa: Sewa) -> Iterator[bytes]:
    yield awal
    for satu in potongan:
        sewa.tick()
        yield satu
    sewa.tick()


def _hash(berkas: IO[bytes], sewa: Sewa) -> tuple[str, int]:
    """Sum and length of the finished ZIP, whose heads were mended after the fact."""
    hitung = hashlib.sha256()
    berkas.seek(0)
    while data := berkas.read(BACA):
        hitung.update(data)
        sewa.tick()
    return hitung.hexdigest(), berkas.tell()


def build_manifest(isi: IsiPaket, paket: PaketBukti, pada) -> str:
    """What, for whom, when, by which instrument: for machines, as JSON."""
    penilaian, terpakai = isi.penilaian, isi.terpakai
    manifest = {
        "format": 1,
        "program": f"Integritas {settings.VERSI}",
        "satker": {"kode": penilaian.satker.kode, "nama": penilaian.nama},  # type: ignore[attr-defined]
        "tahun": penilaian.tahun,
        "target": penilaian.target,
        "status": penilaian.status,
        "instrumen": {
            "kode": terpakai.isi.kode,
            "versi": terpakai.versi,
            "judul": terpakai.isi.judul,
            "sha256": penilaian.versi.sha256,
        },
        "diminta_pada": paket.diminta_pada.isoformat(),
        "diminta_oleh": paket.diminta_oleh.nama if paket.diminta_oleh else None,
        "dibuat_pada": pada.isoformat(),
        "berkas": [
            {
                "jalur": satu.jalur,
                "sha256": satu.sha256_isi,
                "ukuran": satu.ukuran,
                "jenis": satu.jenis,
                "pertanyaan": satu.daftar_kode,
            }
            for satu in isi.daftar_berkas
            if satu.sha256_isi
        ],
        "bermasalah": [
            {
                "jalur": satu.jalur,
                "sha256_saat_diunggah": satu.sha256,
                "masalah": satu.masalah,
                "pertanyaan": satu.daftar_kode,
            }
            for satu in isi.daftar_masalah
        ],
        "tautan": [
            {
                "pertanyaan": soal.pertanyaan.kode,
                "nama": butir.pakai.nama,
                "alamat": butir.revisi.tautan,
                "keadaan": butir.revisi.keadaan,
                "diperiksa_pada": butir.revisi.diperiksa_pada,
            }
            for soal, butir in isi.daftar_tautan
        ],
        "tanpa_bukti": [soal.pertanyaan.kode for soal in isi.daftar_tanpa],
    }
    return json.dumps(manifest, indent=1, ensure_ascii=False, default=_to_teks) + "\n"


def _to_teks(nilai) -> str:
    return nilai.isoformat()
