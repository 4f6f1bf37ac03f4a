"""By the gateway: a POST with JSON for each message. How WhatsApp and SMS are reached."""

import http.client
import json
import re
import ssl
import urllib.error
import urllib.request
from typing import Any

from django.conf import settings

from integritas.lingkungan import Gerbang as Pengaturan
from satker.models import Kiriman
from satker.pengingat.saluran import DitolakError, NantiError, PutusError
from satker.pengingat.saluran.surel import say
from satker.pengingat.surat import Surat

BATAS_DETIK = 15
JEDA_TERBESAR = 3600
# So much of an answer is read: its words are shown, nothing else is done with it.
BATAS_JAWABAN = 2000
_TANDA = re.compile(r"\{(ke|teks|perihal|id)\}")


class _TanpaAlih(urllib.request.HTTPRedirectHandler):
    """A number and its message do not follow a redirect to somebody else."""

    def redirect_request(self, *argumen) -> None:
        return None


class Gerbang:
    def __init__(self) -> None:
        self.pengaturan: Pengaturan | None = settings.GERBANG
        # Certificates are checked; no proxy of the environment is asked.
        self.pembuka = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPSHandler(context=ssl.create_default_context()),
            _TanpaAlih,
        )

    def open(self) -> None:
        if self.pengaturan is None:
            raise PutusError("Gerbang pesan belum diatur (INTEGRITAS_GERBANG_URL).")

    def send(self, kiriman: Kiriman, surat: Surat, ke: str) -> None:
        assert self.pengaturan is not None, "open() comes first"
        isi = fill(
            self.pengaturan.templat,
            {
                "ke": ke,
                "teks": surat.teks,
                "perihal": surat.perihal,
                "id": kiriman.message_id,
            },
        )
        kepala = {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": kiriman.message_id,
        }
        if self.pengaturan.kepala:
            kepala |= dict([self.pengaturan.kepala])
        tanya = urllib.request.Request(
            self.pengaturan.url, json.dumps(isi).encode(), kepala, method="POST"
        )
        try:
            with self.pembuka.open(tanya, timeout=BATAS_DETIK) as jawaban:  # nosec B310
                jawaban.read(BATAS_JAWABAN)
        except urllib.error.HTTPError as error:
            with error:
                _judge(error)
        except (OSError, http.client.HTTPException) as error:
            sebab = getattr(error, "reason", None) or error
            raise NantiError(
                f"Gerbang pesan tidak menjawab: {say(str(sebab)) or type(error).__name__}"
            ) from error

    def close(self) -> None:
        pass


def _judge(error: urllib.error.HTTPError) -> None:
    try:
        kata = say(error.read(BATAS_JAWABAN))
    except (OSError, http.client.HTTPException):
        kata = ""
    jawaban = f"{error.code} {kata}".strip()
    if error.code in {401, 403}:
        raise PutusError(f"Gerbang pesan menolak kunci: {jawaban}") from error
    if error.code in {408, 425, 429} or error.code >= 500 or error.code < 400:
        nanti = error.headers.get("Retry-After", "")
        jeda = min(int(nanti), JEDA_TERBESAR) if nanti.isdecimal() else 0
        raise NantiError(f"Gerbang pesan menunda: {jawaban}", jeda) from error
    raise DitolakError(f"Ditolak gerbang pesan: {jawaban}") from error


def fill(templat: Any, nilai: dict[str, str]) -> Any:
    """The template with its marks filled in, wherever a text stands. What is filled in is not read
    again: a message that says `{ke}` says so."""
    if isinstance(templat, dict):
        return {nama: fill(isi, nilai) for nama, isi in templat.items()}
    if isinstance(templat, list):
        return [fill(isi, nilai) for isi in templat]
    if not isinstance(templat, str):
        return templat
    return _TANDA.sub(lambda cocok: nilai[cocok[1]], templat)
