"""Does a link still lead somewhere? Asks only hosts on a list, and never an address inside.

The name is resolved once, every address it has is judged, and the connection goes to the very address
that was judged; a redirect begins all of this anew. TLS is verified against the name.
"""

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import unescape
from typing import Literal
from urllib.parse import SplitResult, quote, urljoin, urlsplit

Keadaan = Literal["hidup", "mati", "perlu_masuk", "tidak_diperiksa", "tidak_terjangkau"]
MAKS_ALIHAN = 3
MAKS_ISI = 32 * 1024
MAKS_URL = 2048
MAKS_ALAMAT = 4
PORT = {"http": 80, "https": 443}
HOST_MASUK = (
    *("accounts.google.com", "login.microsoftonline.com", "login.live.com", "login.microsoft.com"),
    *("login.windows.net", "account.live.com", "accounts.youtube.com"),
)
_JALUR_MASUK = re.compile(
    r"/(?:log-?in|sign-?in|masuk|servicelogin|_forms/default\.aspx|_layouts/15/authenticate\.aspx)"
    r"(?:[/?]|\Z)",
    re.IGNORECASE,
)
_JUDUL = re.compile(rb"<title[^>]*>([^<]{0,300})", re.IGNORECASE)
_JUDUL_MASUK = re.compile(
    r"sign[ -]?in|log[ -]?in|you need (?:access|permission)|access denied|masuk\b|anda (?:me)?merlukan "
    r"(?:akses|izin)|(?:me)?minta akses|request access",
    re.IGNORECASE,
)
_GANJIL = re.compile(r"[\x00-\x20\x7f-\x9f\\\u2028\u2029]")
_NAMA_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z][a-z0-9-]*[a-z0-9]\Z")
# Addresses that lead to another one inside, or that no public server has.
_TERLARANG = [
    ipaddress.ip_network(jaringan)
    for jaringan in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        *("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48"),
        *("100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16"),
        *("fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"),
    )
]
Resolve = Callable[[str, int], list[str]]


@dataclass(frozen=True)
class HasilTautan:
    """What became of asking; `kode_http` is None when nobody answered."""

    keadaan: Keadaan
    kode_http: int | None
    pesan: str


class _BerhentiError(Exception):
    """The answer is known; carries it."""

    def __init__(self, keadaan: Keadaan, pesan: str, kode_http: int | None = None):
        super().__init__(pesan)
        self.hasil = HasilTautan(keadaan, kode_http, pesan)


def resolve_host(host: str, port: int) -> list[str]:
    """The addresses of a name, each once."""
    semua = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(alamat[0]) for *_, alamat in semua))


def check_tautan(
    url: str,
    *,
    daftar_host: Iterable[str],
    resolve: Resolve = resolve_host,
    batas_waktu: float = 10.0,
    alamat_uji: frozenset[tuple[str, int]] = frozenset(),
    konteks_uji: ssl.SSLContext | None = None,
) -> HasilTautan:
    """Ask for the page behind `url`, at most `batas_waktu` seconds. `daftar_host` holds names, each
    for itself and everything below it; `*.go.id` for what is below alone. `alamat_uji` and
    `konteks_uji` are for tests with a server on this machine; nothing else sets them."""
    hingga = time.monotonic() + batas_waktu
    daftar = [nama.lower().strip(".") for nama in daftar_host]
    ports = {port for _, port in alamat_uji} | set(PORT.values())
    try:
        for _ in range(MAKS_ALIHAN + 1):
            bagian, host, port = _parse(url, daftar, ports)
            daftar_alamat = _resolve(host, port, resolve, hingga, alamat_uji)
            kode, tujuan, isi = _fetch(bagian, host, port, daftar_alamat, hingga, konteks_uji)
            if kode not in {301, 302, 303, 307, 308}:
                return _judge(kode, isi)
            url = _follow(url, tujuan, kode)
        raise _BerhentiError("tidak_terjangkau", "Tautan dialihkan lebih dari tiga kali.", kode)
    except _BerhentiError as berhenti:
        return berhenti.hasil


def _parse(url: str, daftar_host: list[str], ports: set[int]) -> tuple[SplitResult, str, int]:
    """The parts of an address that we are willing to ask."""
    if len(url) > MAKS_URL or _GANJIL.search(url):
        raise _BerhentiError("tidak_diperiksa", "Alamat tautan tidak sah.")
    try:
        bagian = urlsplit(url)
        port = PORT.get(bagian.scheme, 0) if bagian.port is None else bagian.port
        host = (bagian.hostname or "").removesuffix(".")
        host = host.encode("idna").decode("ascii").lower()
    except (ValueError, UnicodeError) as error:
        raise _BerhentiError("tidak_diperiksa", "Alamat tautan tidak sah.") from error
    if bagian.scheme not in PORT:
        raise _BerhentiError("tidak_diperiksa", "Hanya tautan http dan https yang diperiksa.")
    if bagian.username is not None or bagian.password is not None or "@" in bagian.netloc:
        raise _BerhentiError("tidak_diperiksa", "Tautan tidak boleh memuat nama atau sandi.")
    if not _NAMA_HOST.match(host):
        raise _BerhentiError("tidak_diperiksa", "Tautan harus memakai nama situs, bukan alamat IP.")
    if port not in ports:
        raise _BerhentiError("tidak_diperiksa", "Hanya port 80 dan 443 yang diperiksa.")
    if not any(_is_cocok(host, nama) for nama in daftar_host):
        raise _BerhentiError("tidak_diperiksa", f"Situs {host} tidak ada dalam daftar.")
    return bagian, host, port


def _is_cocok(host: str, nama: str) -> bool:
    if nama.startswith("*."):
        return host.endswith(nama[1:])
    return host == nama or host.endswith(f".{nama}")


def _resolve(
    host: str,
    port: int,
    resolve: Resolve,
    hingga: float,
    alamat_uji: frozenset[tuple[str, int]],
) -> list[str]:
    """The addresses of the host, all of them public."""
    jawaban: list[list[str] | Exception] = []

    def ask() -> None:
        try:
            jawaban.append(resolve(host, port))
        except (OSError, UnicodeError) as error:
            jawaban.append(error)

    # The system's resolver knows no time-out.
    utas = threading.Thread(target=ask, daemon=True)
    utas.start()
    utas.join(_sisa(hingga))
    if not jawaban:
        raise _BerhentiError("tidak_terjangkau", f"Nama {host} tidak dijawab tepat waktu.")
    hasil = jawaban[0]
    if isinstance(hasil, Exception) or not hasil:
        raise _BerhentiError("tidak_terjangkau", f"Nama {host} tidak ditemukan.")
    for alamat in hasil:
        if (alamat, port) not in alamat_uji and not is_umum(alamat):
            raise _BerhentiError("tidak_diperiksa", f"{host} berada di jaringan dalam.")
    return hasil[:MAKS_ALAMAT]


def is_umum(alamat: str) -> bool:
    """An address of a server that anybody on the internet may reach."""
    try:
        ip = ipaddress.ip_address(alamat)
    except ValueError:
        return False
    return ip.is_global and not any(
        ip in jaringan for jaringan in _TERLARANG if jaringan.version == ip.version
    )


def _sisa(hingga: float) -> float:
    if (sisa := hingga - time.monotonic()) <= 0:
        raise _BerhentiError("tidak_terjangkau", "Situs tidak menjawab tepat waktu.")
    return sisa


class _Sambungan(http.client.HTTPConnection):
    """To the address that was judged, whatever the name means by now."""

    def __init__(
        self, host: str, port: int, alamat: str, hingga: float, tls: ssl.SSLContext | None
    ):
        super().__init__(host, port)
        self.alamat, self.hingga, self.tls = alamat, hingga, tls
        self.default_port = 443 if tls else 80

    def connect(self) -> None:
        self.sock = self.soket = socket.create_connection(
            (self.alamat, self.port), timeout=_sisa(self.hingga)
        )
        # Each read has its own time-out; this ends them all, so that nobody can hold us by drops.
        penjaga = threading.Timer(_sisa(self.hingga), self.cut)
        penjaga.daemon = True
        penjaga.start()
        self.penjaga = penjaga
        if self.tls:
            self.sock = self.soket = self.tls.wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock.do_handshake()

    def cut(self) -> None:
        # Not `sock`: the connection forgets it once an answer without a length has begun.
        try:
            socket.socket.shutdown(self.soket, socket.SHUT_RDWR)
        except OSError:
            # Closed already: nobody is waiting for it any more.
            return

    def stop(self) -> None:
        """Unlike `close`, which is also called as soon as such an answer begins."""
        if hasattr(self, "penjaga"):
            self.penjaga.cancel()
        self.close()


def _fetch(
    bagian: SplitResult,
    host: str,
    port: int,
    daftar_alamat: list[str],
    hingga: float,
    konteks: ssl.SSLContext | None,
) -> tuple[int, str, bytes]:
    """Status, where it redirects to, and the beginning of the page."""
    tls = (konteks or ssl.create_default_context()) if bagian.scheme == "https" else None
    jalur = quote(bagian.path or "/", safe="/%:@!$&'()*+,;=~")
    if bagian.query:
        jalur += "?" + quote(bagian.query, safe="/%:@!$&'()*+,;=~?[]")
    kepala = {"User-Agent": "Integritas", "Accept": "*/*", "Accept-Encoding": "identity"}
    pesan = f"{host} tidak dapat dihubungi."
    for alamat in daftar_alamat:
        sambungan = _Sambungan(host, port, alamat, hingga, tls)
        try:
            sambungan.request("GET", jalur, headers=kepala)
            with sambungan.getresponse() as jawaban:
                tujuan = jawaban.headers.get("Location") or ""
                isi = jawaban.read(MAKS_ISI)
            # Cut off in the middle, what came looks like a whole answer.
            _sisa(hingga)
            return jawaban.status, tujuan, isi
        except ssl.SSLCertVerificationError as error:
            raise _BerhentiError("tidak_terjangkau", f"Sertifikat {host} tidak sah.") from error
        except (OSError, http.client.HTTPException, ValueError):
            # The next address of the same name may answer.
            _sisa(hingga)
        finally:
            sambungan.stop()
    raise _BerhentiError("tidak_terjangkau", pesan)


def _follow(url: str, tujuan: str, kode: int) -> str:
    """Where a redirect leads; one to a page where one signs in answers the question."""
    try:
        url = urljoin(url, tujuan)
        bagian = urlsplit(url)
        host = (bagian.hostname or "").removesuffix(".")
    except ValueError as error:
        pesan = "Situs mengalihkan ke alamat yang rusak."
        raise _BerhentiError("tidak_terjangkau", pesan, kode) from error
    if any(_is_cocok(host, nama) for nama in HOST_MASUK) or _JALUR_MASUK.search(bagian.path):
        raise _BerhentiError("perlu_masuk", "Hanya dapat dibuka setelah masuk.", kode)
    return url


def _judge(kode: int, isi: bytes) -> HasilTautan:
    if kode in {401, 403}:
        return HasilTautan("perlu_masuk", kode, "Hanya dapat dibuka setelah masuk.")
    if kode in {404, 410}:
        return HasilTautan("mati", kode, "Halaman tidak ditemukan.")
    if kode == 429 or kode >= 500:
        return HasilTautan("tidak_terjangkau", kode, f"Situs menjawab dengan kesalahan ({kode}).")
    if not 200 <= kode < 300:
        return HasilTautan("mati", kode, f"Situs menolak permintaan ({kode}).")
    judul = _JUDUL.search(isi)
    if judul and _JUDUL_MASUK.search(unescape(judul[1].decode("utf-8", "replace"))):
        return HasilTautan("perlu_masuk", kode, "Hanya dapat dibuka setelah masuk.")
    return HasilTautan("hidup", kode, "Dapat dibuka.")
