"""Messages as Django's file backend keeps them: one file per connection, parsed, never executed."""

import email
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.core.mail.backends import filebased

PEMISAH = b"\n" + b"-" * 79 + b"\n"


class EmailBackend(filebased.EmailBackend):
    """Names that no two connections of one second share, in the order in which they were made."""

    def _get_filename(self):
        if self._fname is None:
            waktu = datetime.now(UTC).astimezone()
            nama = f"{waktu:%Y%m%d-%H%M%S-%f}-{secrets.token_hex(4)}.log"
            self._fname = str(Path(self.file_path) / nama)
        return self._fname


@dataclass(frozen=True)
class Surat:
    """What a reader needs of a message; `isi` is its plain text."""

    nama: str
    kepada: str
    perihal: str
    waktu: datetime | None
    isi: str


def list_berkas(folder: Path) -> list[Path]:
    """Files of the mail folder, newest first (their names begin with the moment)."""
    if not folder.is_dir():
        return []
    return sorted(folder.glob("*.log"), key=lambda berkas: berkas.name, reverse=True)


def read_berkas(berkas: Path) -> list[Surat]:
    """The messages of one file."""
    return [
        _read(berkas.stem, potongan)
        for potongan in berkas.read_bytes().split(PEMISAH)
        if potongan.strip()
    ]


def _read(nama: str, mentah: bytes) -> Surat:
    surat: EmailMessage = email.message_from_bytes(mentah, policy=policy.default)
    badan = surat.get_body(preferencelist=("plain",))
    return Surat(
        nama=nama,
        kepada=str(surat["To"] or ""),
        perihal=str(surat["Subject"] or ""),
        waktu=_parse_waktu(surat["Date"]),
        isi=badan.get_content() if badan else "",
    )


def _parse_waktu(teks) -> datetime | None:
    try:
        waktu = parsedate_to_datetime(str(teks))
    except ValueError:
        return None
    # "-0000" means UTC without a place.
    return waktu if waktu.tzinfo else waktu.replace(tzinfo=UTC)
