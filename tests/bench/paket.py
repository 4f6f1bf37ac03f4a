"""How much memory and time one evidence pack of many files takes, in a process of its own.

`measure_paket()` from a process whose database is ready (`DATABASE_URL`, migrated), or
`python -m tests.bench.paket` for a database of its own. Only files of noise: nothing can be compressed.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import server
from tests.bench.klien import call

JUMLAH, BYTE = 200, 500 * 1024 * 1024
KODE = "A.I.1.i.a"


def measure_paket(jumlah: int = JUMLAH, byte: int = BYTE, **lingkungan: str) -> dict[str, float]:
    """`{"mb": above idle, "detik": …, "ukuran_mb": …}` of a fresh process that makes one pack."""
    keluaran = call("-m", "tests.bench.paket", "ukur", str(jumlah), str(byte), **lingkungan)
    return json.loads(keluaran.splitlines()[-1])


def _run(jumlah: int, byte: int) -> dict[str, float]:
    """Prepare rows and files, note what the process weighs, make the pack, look at its peak."""
    import time

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "integritas.settings")
    django.setup()
    # As on a worker that has done something before: all of it is loaded.
    paket = _prepare(2, 4096)
    _make(paket)
    awal = _read_memory("VmRSS")
    paket = _prepare(jumlah, byte // jumlah)
    # What preparing took at its peak is forgotten; what it has not given back still counts.
    Path("/proc/self/clear_refs").write_text("5")
    mulai = time.perf_counter()
    hasil = _make(paket)
    return {
        "mb": round(_read_memory("VmHWM") - awal, 1),
        "detik": round(time.perf_counter() - mulai, 2),
        "ukuran_mb": round(hasil.ukuran / 1024 / 1024, 1),
    }


def _prepare(jumlah: int, byte: int):
    """An assessment with so many files in the store, and its pack asked for."""
    import secrets

    from integritas.berkas.simpan import store_berkas
    from integritas.models import Berkas
    from penilaian.models import PaketBukti
    from tests.factories import BuktiFactory, PenilaianFactory

    penilaian = PenilaianFactory()
    kode = list(penilaian.versi.pertanyaan_set.order_by("urutan").values_list("kode", flat=True))
    noda = os.urandom(byte)
    for nomor in range(jumlah):
        with tempfile.TemporaryFile() as berkas:
            berkas.write(secrets.token_bytes(32) + noda[32:])
            sha256, ukuran = store_berkas(berkas)
        pakai = BuktiFactory(
            penilaian=penilaian, kode=kode[nomor % len(kode)], isi=sha256, nama=f"Foto {nomor}.jpeg"
        )
        Berkas.objects.filter(pk=pakai.revisi.berkas_id).update(
            sha256=sha256, ukuran=ukuran, jenis="jpeg", mime="image/jpeg"
        )
    return PaketBukti.objects.create(penilaian=penilaian, jumlah=jumlah)


def _make(paket):
    from penilaian.bukti.paket import buat

    buat.make(paket.pk)
    paket.refresh_from_db()
    assert paket.keadaan == "selesai", paket.pesan
    assert not paket.pesan, paket.pesan
    return paket


def _read_memory(nama: str) -> float:
    """This process's memory in MB."""
    isi = Path("/proc/self/status").read_text()
    return int(isi.split(f"{nama}:")[1].split()[0]) / 1024


def main() -> None:
    if sys.argv[1:2] == ["ukur"]:
        print(json.dumps(_run(int(sys.argv[2]), int(sys.argv[3]))))
        return
    with tempfile.TemporaryDirectory() as folder:
        lingkungan = {"INTEGRITAS_VAR": folder, "DATABASE_URL": ""}
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "-v0"],
            cwd=server.AKAR,
            env=os.environ | lingkungan,
            check=True,
        )
        print(measure_paket(**lingkungan))


if __name__ == "__main__":
    main()
