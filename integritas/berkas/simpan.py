"""The store of files by their SHA-256: the same content lies there once.

The bytes are hashed while they are written to a temporary file. On a disk that file then gets its
name by one atomic step; to S3 it is sent once its name is known. A stored file never changes.
"""

import datetime
import errno
import hashlib
import os
import re
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, default_storage

BACA = 256 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


class Tersimpan(NamedTuple):
    sha256: str
    ukuran: int


def build_kunci(sha256: str) -> str:
    """`bukti/ab/cd/<sha256>`: the name in the store."""
    if not _SHA256.match(sha256):
        raise ValueError("not a SHA-256 in hex")
    return f"bukti/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def store_berkas(
    sumber: BinaryIO | File,
    storage: Storage = default_storage,
    *,
    jalur: Path | None = None,
    sha256: str | None = None,
) -> Tersimpan:
    """Put the whole of `sumber` into the store; what it is known by and how long it is.

    `jalur` is where it lies on disk when nobody writes to it any more: it then gets its name without
    a copy. `sha256` is its sum, when that is known already.
    """
    sumber.seek(0)
    if jalur is not None:
        tersimpan = Tersimpan(sha256, jalur.stat().st_size) if sha256 else _copy(sumber, None)
        place(jalur, build_kunci(tersimpan.sha256), storage)
        return tersimpan
    sementara = settings.INTEGRITAS_SEMENTARA
    sementara.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=sementara, prefix="simpan-") as tujuan:
        tersimpan = _copy(sumber, tujuan)
        tujuan.flush()
        place(Path(tujuan.name), build_kunci(tersimpan.sha256), storage)
    return tersimpan


def open_berkas(sha256: str, storage: Storage = default_storage) -> File:
    """A stored file, to read from any place in it; FileNotFoundError when it is not there."""
    return storage.open(build_kunci(sha256), "rb")


def stream_berkas(sha256: str, storage: Storage = default_storage) -> Iterator[bytes]:
    """A stored file in pieces, from the first byte on; from S3 without a copy on disk.
    FileNotFoundError when it is not there."""
    return stream(build_kunci(sha256), storage)


def stream(kunci: str, storage: Storage = default_storage) -> Iterator[bytes]:
    """The same by its name in the store."""
    if is_lokal(storage):
        with storage.open(kunci, "rb") as berkas:
            while data := berkas.read(BACA):
                yield data
    else:
        s3: Any = storage
        try:
            badan = s3.bucket.Object(s3._normalize_name(kunci)).get()["Body"]
        except s3.connection.meta.client.exceptions.NoSuchKey as error:
            raise FileNotFoundError(errno.ENOENT, "not in the store", kunci) from error
        with badan:
            yield from badan.iter_chunks(BACA)


def exists_berkas(sha256: str, storage: Storage = default_storage) -> bool:
    return storage.exists(build_kunci(sha256))


def delete_berkas(sha256: str, storage: Storage = default_storage) -> None:
    """Only when no row names it any more."""
    storage.delete(build_kunci(sha256))


def iter_sha256(storage: Storage = default_storage) -> Iterator[tuple[str, datetime.datetime]]:
    """What lies in the store, and since when: the last time that somebody brought it."""
    for satu in _list_folder(storage, "bukti"):
        for dua in _list_folder(storage, f"bukti/{satu}"):
            for nama in storage.listdir(f"bukti/{satu}/{dua}")[1]:
                if _SHA256.match(nama):
                    yield nama, storage.get_modified_time(build_kunci(nama))


def _list_folder(storage: Storage, folder: str) -> list[str]:
    try:
        return sorted(storage.listdir(folder)[0])
    except FileNotFoundError:
        return []


def is_lokal(storage: Storage = default_storage) -> bool:
    """A store on disk; else S3."""
    return isinstance(storage, FileSystemStorage)


def _copy(sumber, tujuan) -> Tersimpan:
    """Read to the end, hash, and write along when there is where to."""
    hitung, ukuran = hashlib.sha256(), 0
    while data := sumber.read(BACA):
        hitung.update(data)
        if tujuan is not None:
            tujuan.write(data)
        ukuran += len(data)
    return Tersimpan(hitung.hexdigest(), ukuran)


def place(
    asal: Path,
    kunci: str,
    storage: Storage = default_storage,
    *,
    tick: Callable[[int], None] | None = None,
) -> None:
    """The finished file `asal` into the store under that name. What is there already takes as long
    as what is not: how quick the answer comes must not tell that somebody else has the same file.
    `tick` hears of every piece that is sent, in this thread."""
    if is_lokal(storage):
        with asal.open("rb") as berkas:
            os.fsync(berkas.fileno())
        _link(asal, Path(storage.path(kunci)))
    else:
        # Under this very name, also when it is taken: the content is the same. By its path, so that
        # parts on their way are read from disk and not held in memory.
        # Read here: an installation without S3 does without its library.
        from boto3.s3.transfer import TransferConfig

        s3: Any = storage
        nama = s3._normalize_name(kunci)
        s3.bucket.Object(nama).upload_file(
            str(asal),
            ExtraArgs=s3._get_write_parameters(nama),
            Config=TransferConfig(use_threads=False) if tick else s3.transfer_config,
            Callback=tick,
        )


def _link(asal: Path, tujuan: Path) -> None:
    """Give the finished file its name, unless the same content has it already."""
    tujuan.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        os.link(asal, tujuan)
    except FileExistsError:
        # As if it were new. See also yatim.py.
        os.utime(tujuan)
        return
    except OSError as error:
        if error.errno not in {errno.EXDEV, errno.EPERM, errno.ENOTSUP}:
            raise
        # The two folders lie on different disks, or the disk knows no links.
        samping = tujuan.with_name(f".{tujuan.name}-{uuid.uuid4().hex}")
        penanda = os.open(samping, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with asal.open("rb") as masukan, os.fdopen(penanda, "wb") as keluaran:
            shutil.copyfileobj(masukan, keluaran, BACA)
            keluaran.flush()
            os.fsync(keluaran.fileno())
        os.replace(samping, tujuan)
