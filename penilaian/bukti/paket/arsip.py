"""The ZIP itself: written from the first byte to the last, each file hashed on its way in."""

import datetime
import hashlib
import zipfile
from collections.abc import Iterable
from typing import IO, NamedTuple

from django.utils import timezone

# The first moment that a ZIP can tell.
AWAL = (1980, 1, 1, 0, 0, 0)
BERKAS_BIASA = 0o100644 << 16
MANIFEST = "manifest.sha256"


class Termuat(NamedTuple):
    """A file of the pack, as its bytes were when they came by."""

    jalur: str
    sha256: str
    ukuran: int


class Arsip:
    """`with Arsip(berkas) as arsip:` and add; the manifest of sums is written at the end."""

    def __init__(self, berkas: IO[bytes], pada: datetime.datetime):
        self.pada = pada
        self.zip = zipfile.ZipFile(berkas, "w")
        self.daftar: list[Termuat] = []

    def __enter__(self) -> "Arsip":
        return self

    def __exit__(self, jenis, galat, jejak) -> None:
        if galat is None:
            teks = "".join(f"{satu.sha256}  {satu.jalur}\n" for satu in self.daftar)
            self.add_teks(MANIFEST, teks)
        self.zip.close()

    def add_berkas(
        self, jalur: str, potongan: Iterable[bytes], *, ukuran: int, pada: datetime.datetime
    ) -> Termuat:
        """A file in pieces, stored as it is: every kind that we take is packed already. With its
        size known beforehand, one beyond 4 GB gets the wider form."""
        return self._add(jalur, potongan, ukuran, pada, zipfile.ZIP_STORED)

    def add_teks(self, jalur: str, teks: str | bytes) -> None:
        isi = teks.encode() if isinstance(teks, str) else teks
        self._add(jalur, [isi], len(isi), self.pada, zipfile.ZIP_DEFLATED)

    def _add(self, jalur, potongan, ukuran, pada, cara) -> Termuat:
        info = zipfile.ZipInfo(jalur, max(timezone.localtime(pada).timetuple()[:6], AWAL))
        info.compress_type, info.external_attr, info.file_size = cara, BERKAS_BIASA, ukuran
        hitung, panjang = hashlib.sha256(), 0
        with self.zip.open(info, "w") as keluaran:
            for satu in potongan:
                hitung.update(satu)
                panjang += keluaran.write(satu)
        termuat = Termuat(jalur, hitung.hexdigest(), panjang)
        self.daftar.append(termuat)
        return termuat
