"""Making a pack and looking at it, for the tests of its parts."""

import hashlib
import io
import zipfile

from django.core.files.storage import default_storage

from penilaian.bukti.paket import buat, langkah
from penilaian.models import PaketBukti


def make_paket(penilaian, *, by=None) -> PaketBukti:
    """A pack asked for and made, in this process."""
    paket, _ = langkah.request_paket(penilaian, by=by)
    buat.make(paket.pk)
    paket.refresh_from_db()
    return paket


def read_paket(paket) -> bytes:
    with default_storage.open(paket.berkas) as berkas:
        return berkas.read()


def open_paket(paket) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(read_paket(paket)))


def list_kunci(folder="paket") -> list[str]:
    try:
        return sorted(default_storage.listdir(folder)[1])
    except FileNotFoundError:
        return []


def hash_isi(isi: bytes) -> str:
    return hashlib.sha256(isi).hexdigest()
