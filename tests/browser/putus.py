"""A line that breaks: a TCP proxy that cuts every connection after so many bytes have gone up."""

import contextlib
import socket
import struct
import threading
from urllib.parse import urlsplit

BACA = 64 * 1024


class JalurPutus:
    """Use as a context; `alamat` is what the browser opens. After every `setiap` bytes sent up the
    open connections are reset, with what is on its way in them, and the next `tolak` are refused."""

    def __init__(self, tujuan: str, *, setiap: int, tolak: int = 2):
        bagian = urlsplit(tujuan)
        self.tujuan = (bagian.hostname, bagian.port)
        self.setiap, self.tolak = setiap, tolak
        self.naik = self.ditolak = self.jumlah_putus = 0
        self.sisa_tolak = 0
        self.kunci, self.terbuka = threading.Lock(), set()
        self.pintu = socket.create_server(("127.0.0.1", 0))
        self.alamat = f"http://{bagian.hostname}:{self.pintu.getsockname()[1]}"

    def __enter__(self):
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *galat):
        self.pintu.close()
        self._cut()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                klien, _ = self.pintu.accept()
                if self.sisa_tolak:
                    self.sisa_tolak -= 1
                    self.ditolak += 1
                    reset(klien)
                    continue
                server = socket.create_connection(self.tujuan)
                with self.kunci:
                    self.terbuka |= {klien, server}
                for dari, ke, naik in ((klien, server, True), (server, klien, False)):
                    threading.Thread(target=self._pump, args=(dari, ke, naik), daemon=True).start()

    def _pump(self, dari, ke, naik):
        with contextlib.suppress(OSError):
            while data := dari.recv(BACA):
                ke.sendall(data)
                if naik and self._count(len(data)):
                    self._cut()
                    return
        for satu in (dari, ke):
            with contextlib.suppress(OSError):
                satu.shutdown(socket.SHUT_RDWR)

    def _count(self, byte) -> bool:
        with self.kunci:
            self.naik += byte
            if self.naik < self.setiap * (self.jumlah_putus + 1):
                return False
            self.jumlah_putus += 1
            self.sisa_tolak = self.tolak
            return True

    def _cut(self):
        with self.kunci:
            daftar, self.terbuka = self.terbuka, set()
        for satu in daftar:
            reset(satu)


def reset(soket):
    """Hang up at once, without a word."""
    with contextlib.suppress(OSError):
        soket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        soket.shutdown(socket.SHUT_RDWR)
    soket.close()
