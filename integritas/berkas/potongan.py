"""Pieces of a file that arrive one after the other, also after a broken line.

Each upload is one growing file in `folder`; its length is all that has to be known to go on. Copies
of the web server must share the folder.
"""

import fcntl
import os
import re
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from integritas.berkas.tolak import BerkasDitolakError

BACA = 256 * 1024
AKHIRAN = ".potongan"
_ID = re.compile(r"[0-9a-f]{32}\Z")


class SalahMulaiError(Exception):
    """The piece does not begin where the last one ended; `sekarang` says where it should."""

    def __init__(self, sekarang: int):
        super().__init__(f"Potongan harus mulai dari byte {sekarang}.")
        self.sekarang = sekarang


class SedangDitulisError(Exception):
    """Another request is writing to the same upload."""


class Potongan:
    """The unfinished uploads in one folder, each known by the hex of a UUID."""

    def __init__(self, folder: Path | str, *, tunggu: float = 5.0):
        self.folder = Path(folder)
        self.tunggu = tunggu

    def append(self, id: uuid.UUID | str, mulai: int, isi: BinaryIO, *, ukuran: int) -> int:
        """Add a piece that begins at `mulai`; the new length. What a broken line left behind stays,
        unless the piece runs past the `ukuran` that was announced."""
        with self._lock(id) as berkas:
            sekarang = berkas.seek(0, os.SEEK_END)
            if mulai != sekarang:
                raise SalahMulaiError(sekarang)
            sisa = ukuran - mulai
            while data := isi.read(BACA):
                sisa -= len(data)
                if sisa < 0:
                    berkas.truncate(mulai)
                    raise BerkasDitolakError(
                        "Potongan berkas melebihi ukuran yang diumumkan. Ulangi unggahan dari awal."
                    )
                berkas.write(data)
            return berkas.tell()

    def size(self, id: uuid.UUID | str) -> int:
        """How many bytes have arrived; 0 for an upload that nobody began."""
        try:
            return self._path(id).stat().st_size
        except FileNotFoundError:
            return 0

    def open(self, id: uuid.UUID | str) -> BinaryIO:
        """What has arrived, to read."""
        return self._path(id).open("rb")

    @contextmanager
    def take(self, id: uuid.UUID | str) -> Iterator[tuple[BinaryIO, Path]]:
        """What has arrived and where it lies, while nobody else may write to it. Whoever is content
        with it deletes it before letting go: a piece that comes later then begins anew."""
        with self._lock(id) as berkas:
            yield berkas, self._path(id)

    def delete(self, id: uuid.UUID | str) -> None:
        self._path(id).unlink(missing_ok=True)

    def sweep(self, lebih_tua_dari: timedelta) -> int:
        """Remove uploads that nobody has continued for so long; how many went."""
        batas, jumlah = time.time() - lebih_tua_dari.total_seconds(), 0
        for jalur in self.folder.glob(f"*{AKHIRAN}"):
            with suppress(FileNotFoundError):
                if jalur.stat().st_mtime < batas:
                    jalur.unlink()
                    jumlah += 1
        return jumlah

    def _path(self, id: uuid.UUID | str) -> Path:
        nama = id.hex if isinstance(id, uuid.UUID) else id
        if not _ID.match(nama):
            raise ValueError("id must be the hex of a UUID")
        return self.folder / f"{nama}{AKHIRAN}"

    @contextmanager
    def _lock(self, id: uuid.UUID | str) -> Iterator[BinaryIO]:
        """The file, open for writing by nobody else."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        jalur, habis = self._path(id), time.monotonic() + self.tunggu
        while True:
            penanda = os.open(jalur, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            # Unbuffered: what is counted as arrived lies in the file.
            with os.fdopen(penanda, "r+b", buffering=0) as berkas:
                try:
                    fcntl.flock(berkas, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    if time.monotonic() >= habis:
                        raise SedangDitulisError from None
                    time.sleep(0.02)
                    continue
                # Deleted while we waited: the name means another file now, or none.
                with suppress(FileNotFoundError):
                    if os.path.samestat(os.fstat(berkas.fileno()), os.stat(jalur)):
                        yield berkas  # type: ignore[misc]
                        return
