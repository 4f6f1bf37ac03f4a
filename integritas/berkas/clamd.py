"""Ask clamd whether a file holds a virus (its INSTREAM command, over TCP or a Unix socket)."""

import re
import select
import socket
from typing import BinaryIO

from integritas.alur import AlurError

BACA = 128 * 1024
_HASIL = re.compile(r"stream: (?:(?P<bersih>OK)|(?P<virus>.+) FOUND)\Z")


class PemindaiTidakTersediaError(AlurError):
    """No verdict: the scanner is down, slow, or would not take the file. The text is for the user."""


def scan_virus(berkas: BinaryIO, alamat: str, *, batas_waktu: float = 60.0) -> str | None:
    """The name of the virus in the file, None for a clean one. `alamat` is `host:port` or the path
    of a socket."""
    berkas.seek(0)
    try:
        with _connect(alamat, batas_waktu) as soket:
            jawaban = _send(soket, berkas)
    except TimeoutError as error:
        raise PemindaiTidakTersediaError(
            "Pemindai virus tidak menjawab tepat waktu. Coba lagi beberapa saat lagi."
        ) from error
    except OSError as error:
        raise PemindaiTidakTersediaError(
            "Pemindai virus tidak dapat dihubungi. Coba lagi beberapa saat lagi."
        ) from error
    if "size limit exceeded" in jawaban:
        raise PemindaiTidakTersediaError(
            "Berkas ini lebih besar daripada yang diterima pemindai virus. Hubungi admin."
        )
    if not (hasil := _HASIL.match(jawaban)):
        raise PemindaiTidakTersediaError("Pemindai virus menjawab dengan kesalahan. Hubungi admin.")
    return hasil["virus"]


def parse_alamat(alamat: str) -> tuple[str, int] | str:
    """`host:port` as a pair, or the path of a socket as it is; ValueError for anything else."""
    if alamat.startswith("/"):
        return alamat
    host, _, port = alamat.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65_536:
        raise ValueError(alamat)
    return host.strip("[]"), int(port)


def _connect(alamat: str, batas_waktu: float) -> socket.socket:
    tujuan = parse_alamat(alamat)
    if isinstance(tujuan, tuple):
        return socket.create_connection(tujuan, timeout=batas_waktu)
    soket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    soket.settimeout(batas_waktu)
    try:
        soket.connect(tujuan)
    except OSError:
        soket.close()
        raise
    return soket


def _send(soket: socket.socket, berkas: BinaryIO) -> str:
    """The whole file in counted pieces, then the answer."""
    try:
        soket.sendall(b"zINSTREAM\0")
        # Who answers before the end wants no more, and what it said is lost once it hangs up.
        while not select.select([soket], [], [], 0)[0] and (data := berkas.read(BACA)):
            soket.sendall(len(data).to_bytes(4, "big") + data)
        soket.sendall(b"\0\0\0\0")
    except (BrokenPipeError, ConnectionResetError):
        # It hung up while we sent; perhaps its answer is still to be read.
        pass
    jawaban = b""
    while not jawaban.endswith(b"\0") and len(jawaban) < 4096 and (data := soket.recv(4096)):
        jawaban += data
    return jawaban.decode("utf-8", "replace").strip("\0\n ")
