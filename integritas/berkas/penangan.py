"""An ordinary upload: written to disk and hashed in the same pass, never held in memory."""

import functools
import hashlib
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.views.decorators.csrf import csrf_protect


class Sha256UploadHandler(FileUploadHandler):
    """Put first in `request.upload_handlers`; the file in `request.FILES` then has `sha256`.

    Past `settings.BERKAS_MAKS` nothing more is written: the file is then one byte over the limit,
    which is enough for `check_berkas` to refuse it, and has no `sha256`.
    """

    chunk_size = 256 * 1024

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        folder = settings.INTEGRITAS_SEMENTARA
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.berkas = BerkasUnggahan(
            # Closed with the file it belongs to, when the request ends.
            tempfile.NamedTemporaryFile(dir=folder, suffix=".unggahan"),  # noqa: SIM115
            self.file_name,
            self.content_type,
            0,
            self.charset,
            self.content_type_extra,
        )
        self.hitung, self.ukuran = hashlib.sha256(), 0

    def receive_data_chunk(self, raw_data, start):
        if self.ukuran > settings.BERKAS_MAKS:
            return
        data = raw_data[: settings.BERKAS_MAKS + 1 - self.ukuran]
        self.ukuran += len(data)
        self.hitung.update(data)
        self.berkas.write(data)

    def file_complete(self, file_size):
        self.berkas.seek(0)
        self.berkas.size = self.ukuran
        if self.ukuran <= settings.BERKAS_MAKS:
            self.berkas.sha256 = self.hitung.hexdigest()
        return self.berkas

    def upload_interrupted(self):
        if hasattr(self, "berkas"):
            self.berkas.close()


class BerkasUnggahan(UploadedFile):
    """A file on its way in; `sha256` is known once all of it is there."""

    sha256: str | None = None

    @property
    def jalur(self) -> Path:
        """Where it lies until the request ends; nobody else writes to it."""
        return Path(self.file.name)


def takes_berkas(view):
    """Files of the form go to disk and are hashed on the way; the token is looked at once the
    handler is in place, since looking reads the whole form. The view that calls this is
    `csrf_exempt`."""
    protected = csrf_protect(view)

    @functools.wraps(view)
    def wrapper(request, *args, **kwargs):
        request.upload_handlers = [Sha256UploadHandler(request)]
        return protected(request, *args, **kwargs)

    return wrapper
