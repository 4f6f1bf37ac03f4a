"""By mail, through Django's backend: one kept connection to the server (or a file for each message,
on one computer)."""

import contextlib
import smtplib
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends import smtp

from satker.models import Kiriman
from satker.pengingat.saluran import DitolakError, NantiError, PutusError
from satker.pengingat.surat import Lampiran, Surat

# "Sign in first" and its kin: the settings are wrong, not the message.
KODE_MASUK = {530, 534, 535, 538}


class Surel:
    def __init__(self) -> None:
        self.sambungan = get_connection()

    def open(self) -> None:
        try:
            self.sambungan.open()
        except OSError as error:
            # smtplib's faults are OSError too: refused sign-in, a server that is not there.
            self.close()
            raise PutusError(f"Server surel tidak dapat dihubungi: {describe(error)}") from error

    def send(self, kiriman: Kiriman, surat: Surat, ke: str) -> None:
        try:
            self.sambungan.send_messages([build(kiriman, surat, ke)])
        except smtplib.SMTPRecipientsRefused as error:
            # One recipient, so one answer.
            [(kode, kata)] = error.recipients.values()
            self._judge(kode, kata, error)
        except smtplib.SMTPSenderRefused as error:
            # Our own address is the same in every message.
            self.close()
            raise PutusError(f"Server surel menolak pengirim: {describe(error)}") from error
        except smtplib.SMTPResponseException as error:
            self._judge(error.smtp_code, error.smtp_error, error)
        except smtplib.SMTPNotSupportedError as error:
            raise DitolakError(f"Ditolak server surel: {describe(error)}") from error
        except OSError as error:
            # It broke off while it was speaking: nobody knows what it has taken.
            self.close()
            raise NantiError(f"Sambungan ke server surel putus: {describe(error)}") from error
        except (ValueError, UnicodeError) as error:
            raise DitolakError(f"Alamat atau isi surel tidak sah: {error}") from error
        if not isinstance(self.sambungan, smtp.EmailBackend):
            # A file of its own for each message, as a reader expects.
            self.close()

    def _judge(self, kode: int, kata: bytes | str, error: Exception) -> None:
        jawaban = f"{kode} {say(kata)}"
        if kode in KODE_MASUK:
            self.close()
            raise PutusError(f"Server surel minta masuk dulu: {jawaban}") from error
        if 500 <= kode < 600:
            raise DitolakError(f"Ditolak server surel: {jawaban}") from error
        if kode == 421:
            # It says goodbye.
            self.close()
        raise NantiError(f"Server surel menunda: {jawaban}") from error

    def close(self) -> None:
        # A farewell that fails leaves nothing undone.
        with contextlib.suppress(OSError):
            self.sambungan.close()


def build(kiriman: Kiriman, surat: Surat, ke: str) -> EmailMessage:
    """Every copy of a message has the same Message-ID."""
    host = urlsplit(settings.INTEGRITAS_ALAMAT).hostname or "localhost"
    pesan = EmailMessage(
        " ".join(surat.perihal.split()),
        surat.teks,
        None,
        [ke],
        headers={
            "Message-ID": f"<{kiriman.message_id}@{host}>",
            # A machine wrote it: holiday replies stay away.
            "Auto-Submitted": "auto-generated",
        },
    )
    for satu in surat.daftar_lampiran:
        pesan.attach(_attach(satu))
    return pesan


def _attach(lampiran: Lampiran) -> MIMEBase:
    utama, _, anak = lampiran.mime.partition("/")
    bagian = MIMEBase(utama, anak)
    for nama, nilai in lampiran.parameter.items():
        bagian.set_param(nama, nilai)
    bagian.set_payload(lampiran.isi)
    encode_base64(bagian)
    bagian.add_header("Content-Disposition", "attachment", filename=lampiran.nama)
    return bagian


def describe(error: Exception) -> str:
    """A fault in the words of whoever made it."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {say(error.smtp_error)}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return say(str(error)) or type(error).__name__


def say(kata: bytes | str) -> str:
    """One line."""
    teks = kata.decode(errors="replace") if isinstance(kata, bytes) else kata
    return " ".join(teks.split())
