"""Messages as Django's file backend keeps them: one file per connection, parsed, never executed."""

import email
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

PEMISAH = b"\n" + b"-" * 79 + b"\n"


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
