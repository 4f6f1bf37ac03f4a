"""An upload in pieces, from its announcement until it is evidence or gone.

An upload belongs to the person who began it. Its row says what was announced, its file how much of
it has arrived; only when all is there is it looked at, as an ordinary upload is. Whoever holds the
file's lock may hold the assessment's next, never the other way round.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from integritas.alur import AlurError
from integritas.berkas.clamd import PemindaiTidakTersediaError
from integritas.berkas.jenis import AKHIRAN
from integritas.berkas.masuk import receive
from integritas.berkas.nama import MEGA, say_ukuran, tidy_nama
from integritas.berkas.potongan import Potongan, SalahMulaiError
from integritas.berkas.terima import read_batas
from integritas.teks import format_angka
from penilaian.alur.pengisian import lock_area, refuse_closed
from penilaian.bukti.langkah import HasilTambah, Rincian, add_masuk
from penilaian.models import Penilaian, Unggahan
from penilaian.versi import get_terpakai

UMUR = timedelta(days=3)
# Unfinished at a time, of one person; a browser sends two at once and remembers what broke.
JUMLAH_TERBANYAK = 30
# A piece at most; browsers send far smaller ones, so that a slow line shows progress.
POTONGAN_TERBESAR = 4 * MEGA


class UnggahanTiadaError(Exception):
    """It was finished, cancelled or swept meanwhile."""


def get_potongan() -> Potongan:
    return Potongan(settings.INTEGRITAS_SEMENTARA)


@transaction.atomic
def begin(penilaian: Penilaian, kode: str, nama: str, ukuran: int, *, by) -> Unggahan:
    """Announce a file. What its name and size rule out is refused before a byte is sent."""
    nama = tidy_nama(nama)
    _refuse_berkas(nama, ukuran)
    terpakai = get_terpakai(penilaian.versi)
    lock_area(penilaian, terpakai.isi.pertanyaan[kode].area)
    _refuse_banyak(ukuran, by)
    return Unggahan.objects.create(
        penilaian=penilaian,
        pertanyaan_id=terpakai.id_dari[kode],
        nama=nama,
        ukuran=ukuran,
        dimulai_oleh=by,
    )


def measure(unggahan: Unggahan) -> int:
    """How many bytes have arrived."""
    return get_potongan().size(unggahan.pk)


def append(unggahan: Unggahan, mulai: int, isi: BinaryIO) -> int:
    """A piece that begins at `mulai`, to disk; how much has arrived then. Raises SalahMulaiError
    with the right place, SedangDitulisError while another piece is being written."""
    return get_potongan().append(unggahan.pk, mulai, isi, ukuran=unggahan.ukuran)


def complete(
    unggahan: Unggahan, *, rincian: Rincian | None = None, alasan: str = ""
) -> HasilTambah:
    """Check, store and use what has arrived; the upload is gone then, and so it is when the file or
    the moment is refused. `alasan` is why the person may not fill the area, if so. Only while the
    scanner for viruses gives no answer it stays, to be completed later."""
    with _take(unggahan) as jalur:
        sekarang = jalur.stat().st_size
        if sekarang != unggahan.ukuran:
            raise SalahMulaiError(sekarang)
        try:
            hasil = _add(unggahan, jalur, rincian, alasan)
        except PemindaiTidakTersediaError:
            raise
        except AlurError:
            _discard(unggahan)
            raise
        get_potongan().delete(unggahan.pk)
    return hasil


def cancel(unggahan: Unggahan) -> None:
    with _take(unggahan):
        _discard(unggahan)


def discard_old() -> int:
    """Uploads that nobody has continued for `UMUR`; how many rows went."""
    potongan = get_potongan()
    potongan.sweep(UMUR)
    lama = [
        satu.pk
        for satu in Unggahan.objects.filter(dimulai_pada__lt=timezone.now() - UMUR)
        if not potongan.size(satu.pk)
    ]
    return Unggahan.objects.filter(pk__in=lama).delete()[0]


# --- shared ---------------------------------------------------------------------------------------
@contextmanager
def _take(unggahan: Unggahan) -> Iterator[Path]:
    """Where the upload lies, while nobody else writes to it, completes or cancels it."""
    with get_potongan().take(unggahan.pk) as (_, jalur):
        if not Unggahan.objects.filter(pk=unggahan.pk).exists():
            # The lock has made an empty file of that name anew.
            jalur.unlink()
            raise UnggahanTiadaError
        yield jalur


def _discard(unggahan: Unggahan) -> None:
    Unggahan.objects.filter(pk=unggahan.pk).delete()
    get_potongan().delete(unggahan.pk)


def _add(unggahan: Unggahan, jalur: Path, rincian: Rincian | None, alasan: str) -> HasilTambah:
    if alasan:
        raise AlurError(alasan)
    penilaian, terpakai = unggahan.penilaian, get_terpakai(unggahan.penilaian.versi)
    kode = terpakai.kode_dari[unggahan.pertanyaan_id]
    # Decided again under the lock; here so that a file that comes too late is not stored.
    refuse_closed(penilaian, {terpakai.isi.pertanyaan[kode].area})
    with jalur.open("rb") as berkas:
        masuk = receive(berkas, unggahan.nama, jalur=jalur)
    with transaction.atomic():
        hasil = add_masuk(penilaian, kode, masuk, by=unggahan.dimulai_oleh, rincian=rincian)
        Unggahan.objects.filter(pk=unggahan.pk).delete()
    return hasil


def _refuse_berkas(nama: str, ukuran: int) -> None:
    """What would be too large whatever it is. What it is, its content tells once it is here: the
    name decides nothing, as in the ordinary upload."""
    akhiran = PurePosixPath(nama).suffix.lower()
    jenis = next((satu for satu, daftar in AKHIRAN.items() if akhiran in daftar), None)
    if ukuran < 1:
        raise AlurError(f"Berkas “{nama}” tidak diterima: isinya kosong.")
    batas = read_batas()
    maks = batas.video if jenis in {None, "mp4"} else batas.berkas
    if ukuran > maks:
        raise AlurError(
            f"Berkas “{nama}” tidak diterima: besarnya {say_ukuran(ukuran)}; paling besar "
            f"{format_angka(maks // MEGA)} MB."
        )


def _refuse_banyak(ukuran: int, by) -> None:
    """Room for the largest file twice over, so that two may be on their way whatever they are."""
    ada = Unggahan.objects.filter(dimulai_oleh=by).aggregate(jumlah=Count("pk"), byte=Sum("ukuran"))
    if ada["jumlah"] >= JUMLAH_TERBANYAK or (ada["byte"] or 0) + ukuran > 2 * settings.BERKAS_MAKS:
        raise AlurError(
            f"Masih ada {ada['jumlah']} unggahan Anda yang belum selesai. Lanjutkan atau batalkan "
            f"dulu; yang ditinggalkan dibuang sendiri setelah {UMUR.days} hari."
        )
