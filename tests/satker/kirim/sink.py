"""A mail server and a gateway behind sockets, which keep what they took."""

import asyncio
import json
import socket
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.controller import Controller


def find_port() -> int:
    with socket.socket() as soket:
        soket.bind(("127.0.0.1", 0))
        return soket.getsockname()[1]


class Sink:
    """`jawab` maps a recipient to the answer it gets instead of being taken; `jeda` is how long a
    message takes."""

    def __init__(self, port: int = 0, jeda: float = 0, simpan: bool = True):
        self.port, self.jeda, self.simpan = port or find_port(), jeda, simpan
        self.jawab: dict[str, str] = {}
        # After so many it takes its time until somebody raises it.
        self.batas: int | None = None
        # (recipient, Message-ID) of every copy that was taken, and the messages themselves.
        self.daftar: list[tuple[str, str]] = []
        self.surat: list = []
        self.sambungan = 0
        self._server: Controller | None = None

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.sambungan += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, alamat, pilihan):
        if jawab := self.jawab.get(alamat):
            return jawab
        envelope.rcpt_tos.append(alamat)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.jeda:
            await asyncio.sleep(self.jeda)
        while self.batas is not None and len(self.daftar) >= self.batas:
            await asyncio.sleep(0.01)
        [ke] = envelope.rcpt_tos
        # The end of the headers is enough, and parsing ten thousand takes its time.
        kepala = envelope.content.partition(b"\r\n\r\n")[0]
        id = kepala.partition(b"Message-ID: ")[2].partition(b"\r\n")[0].decode()
        # From here on it is taken, whether or not the other side still hears the answer.
        self.daftar.append((ke, id))
        if self.simpan:
            self.surat.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def start(self) -> "Sink":
        self._server = Controller(self, hostname="127.0.0.1", port=self.port)
        self._server.start()
        return self

    def stop(self) -> None:
        if self._server is not None:
            self._server.stop()
            self._server = None

    def __enter__(self) -> "Sink":
        return self.start()

    def __exit__(self, *galat) -> None:
        self.stop()

    def count(self) -> Counter:
        """Copies of each message by recipient."""
        return Counter(ke for ke, _ in self.daftar)

    def list_id(self) -> dict[str, set[str]]:
        hasil: dict[str, set[str]] = {}
        for ke, id in list(self.daftar):
            hasil.setdefault(ke, set()).add(id)
        return hasil


def wait_for(syarat, detik: float = 60, rinci=lambda: ""):
    """Poll until it holds; the deadline is for machines that are busy."""
    batas = time.monotonic() + detik
    while not (hasil := syarat()):
        assert time.monotonic() < batas, rinci()
        time.sleep(0.05)
    return hasil


@dataclass
class GerbangPalsu:
    """Answers with what `jawab` holds, then 200; keeps headers and bodies."""

    jawab: list[tuple[int, dict, str]] = field(default_factory=list)
    daftar: list[tuple[dict, dict]] = field(default_factory=list)

    def __enter__(self) -> "GerbangPalsu":
        milik = self

        class Penangan(BaseHTTPRequestHandler):
            def do_POST(self):
                isi = self.rfile.read(int(self.headers["Content-Length"]))
                milik.daftar.append((dict(self.headers), json.loads(isi)))
                status, kepala, teks = milik.jawab.pop(0) if milik.jawab else (200, {}, "{}")
                self.send_response(status)
                for nama, nilai in kepala.items():
                    self.send_header(nama, nilai)
                self.send_header("Content-Length", str(len(teks.encode())))
                self.end_headers()
                self.wfile.write(teks.encode())

            def log_message(self, *argumen):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Penangan)
        self.url = f"http://127.0.0.1:{self.server.server_port}/kirim"
        self.utas = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.utas.start()
        return self

    def __exit__(self, *galat) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.utas.join()
