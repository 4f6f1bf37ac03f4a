"""The link checker against a real server on this machine, and against addresses that lure inside."""

import socket
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote, unquote

import pytest

from integritas.berkas.tautan import MAKS_ISI, HasilTautan, check_tautan, is_umum, resolve_host

DAFTAR = ["drive.google.com", "docs.google.com", "sharepoint.com", "*.go.id"]


class Situs(BaseHTTPRequestHandler):
    """Answers by the path: /kode/404, /ke/<address>, /judul/<title>, …"""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.diminta.append((self.headers["Host"], self.path))
        _, perintah, *sisa = self.path.split("/", 2)
        getattr(self, f"do_{perintah}", self.do_ok)("".join(sisa))

    def send(self, kode, isi=b"<title>Bukti</title>", **kepala):
        self.send_response(kode)
        for nama, nilai in kepala.items():
            self.send_header(nama, nilai)
        self.send_header("Content-Length", str(len(isi)))
        self.end_headers()
        self.wfile.write(isi)

    def do_ok(self, sisa):
        self.send(200)

    def do_kode(self, sisa):
        self.send(int(sisa))

    def do_ke(self, sisa):
        self.send(302, Location=unquote(sisa))

    def do_putar(self, sisa):
        jumlah = int(sisa)
        self.send(302, Location=f"/putar/{jumlah - 1}" if jumlah else "/ok")

    def do_judul(self, sisa):
        self.send(200, f"<html><head><title>{sisa.replace('_', ' ')}</title>".encode())

    def do_besar(self, sisa):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for _ in range(2000):
            try:
                self.wfile.write(b"10000\r\n" + b"x" * 65_536 + b"\r\n")
            except OSError:
                self.server.terputus.set()
                return
        self.wfile.write(b"0\r\n\r\n")

    def do_lambat(self, sisa):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for _ in range(100):
            try:
                self.wfile.write(b"X-A: b\r\n")
            except OSError:
                return
            time.sleep(0.05)

    def do_tetes(self, sisa):
        """A page of no declared length, which ends when the server hangs up: never."""
        self.close_connection = True
        self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(100):
            try:
                self.wfile.write(b"x")
            except OSError:
                return
            time.sleep(0.05)

    def do_rusak(self, sisa):
        self.wfile.write(b"bukan http\r\n\r\n")
        self.close_connection = True

    def do_putus(self, sisa):
        self.close_connection = True

    def log_message(self, *args):
        """Nothing: the test tells."""


@pytest.fixture
def situs():
    with ThreadingHTTPServer(("127.0.0.1", 0), Situs) as server:
        server.diminta, server.terputus = [], threading.Event()
        utas = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        utas.start()
        yield server
        server.shutdown()
        utas.join()


@pytest.fixture
def check(situs):
    """A question to the server here, under whatever name."""
    alamat = situs.server_address

    def ask(jalur, host="drive.google.com", **kata):
        kata = {
            "resolve": lambda host, port: ["127.0.0.1"],
            "alamat_uji": frozenset([alamat]),
        } | kata
        url = f"http://{host}:{alamat[1]}{jalur}"
        return check_tautan(url, daftar_host=DAFTAR, **kata)

    return ask


def test_a_page_that_answers_is_alive(check, situs):
    hasil = check("/file/d/1?usp=sharing#bagian")

    assert hasil == HasilTautan("hidup", 200, "Dapat dibuka.")
    port = situs.server_address[1]
    assert situs.diminta == [(f"drive.google.com:{port}", "/file/d/1?usp=sharing")]


@pytest.mark.parametrize(
    ("kode", "keadaan"),
    [
        (200, "hidup"),
        (204, "hidup"),
        (400, "mati"),
        (401, "perlu_masuk"),
        (403, "perlu_masuk"),
        (404, "mati"),
        (410, "mati"),
        (429, "tidak_terjangkau"),
        (500, "tidak_terjangkau"),
        (503, "tidak_terjangkau"),
        (304, "mati"),
    ],
)
def test_a_status_has_its_meaning(check, kode, keadaan):
    hasil = check(f"/kode/{kode}")

    assert (hasil.keadaan, hasil.kode_http) == (keadaan, kode)


@pytest.mark.parametrize(
    "tujuan",
    [
        "https://accounts.google.com/ServiceLogin?continue=x",
        "https://login.microsoftonline.com/common/oauth2/authorize",
        "https://login.live.com./x",
        "/login?next=/a",
        "/_layouts/15/Authenticate.aspx?Source=x",
        "/_forms/default.aspx",
        "/SignIn/",
    ],
)
def test_a_redirect_to_a_sign_in_needs_a_sign_in_and_is_not_followed(check, situs, tujuan):
    hasil = check(f"/ke/{tujuan}")

    assert hasil == HasilTautan("perlu_masuk", 302, "Hanya dapat dibuka setelah masuk.")
    assert len(situs.diminta) == 1


@pytest.mark.parametrize(
    ("judul", "keadaan"),
    [
        ("Google_Drive:_Sign-in", "perlu_masuk"),
        ("Google_Drive_-_You_need_access", "perlu_masuk"),
        ("Anda_memerlukan_akses", "perlu_masuk"),
        ("Masuk_-_Akun_Google", "perlu_masuk"),
        ("Sign_in_to_your_account", "perlu_masuk"),
        ("Daftar_hadir.pdf_-_Google_Drive", "hidup"),
        ("Pemasukan_2024", "hidup"),
        ("", "hidup"),
    ],
)
def test_a_page_that_only_asks_to_sign_in_is_known_by_its_title(check, judul, keadaan):
    assert check(f"/judul/{judul}").keadaan == keadaan


@pytest.mark.parametrize(
    ("jumlah", "keadaan"), [(0, "hidup"), (2, "hidup"), (3, "tidak_terjangkau")]
)
def test_three_redirects_and_no_more(check, situs, jumlah, keadaan):
    assert check(f"/putar/{jumlah}").keadaan == keadaan
    assert len(situs.diminta) == min(jumlah + 2, 4)


@pytest.mark.parametrize(
    "tujuan",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://2130706433/",
        "http://evil.contoh/",
        "ftp://drive.google.com/",
        "file:///etc/passwd",
        "http://drive.google.com:22/",
        "http://user@drive.google.com/",
        "gopher://drive.google.com/",
        "http://[::1",
        "http://[::1]:x/",
        "//169.254.169.254/",
        "http:\\\\169.254.169.254/",
    ],
)
def test_every_redirect_is_judged_anew(check, situs, tujuan):
    hasil = check(f"/ke/{quote(tujuan)}")

    assert hasil.keadaan in {"tidak_diperiksa", "tidak_terjangkau"}
    assert len(situs.diminta) == 1


def test_a_redirect_to_a_name_that_leads_inside_is_not_followed(check, situs):
    alamat = {"drive.google.com": "127.0.0.1", "dalam.go.id": "10.0.0.1"}

    hasil = check("/ke/http://dalam.go.id/", resolve=lambda host, port: [alamat[host]])

    assert hasil == HasilTautan("tidak_diperiksa", None, "dalam.go.id berada di jaringan dalam.")
    assert len(situs.diminta) == 1


# --- what is not asked at all ---------------------------------------------------------------------


def must_not_resolve(host, port):
    raise AssertionError(host)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "drive.google.com",
        "//drive.google.com/",
        "ftp://drive.google.com/",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://drive.google.com@evil.contoh/",
        "http://evil.contoh#@drive.google.com/",
        "http://evil.contoh\\@drive.google.com/",
        "http://user:sandi@drive.google.com/",
        "http://@drive.google.com/",
        "http://drive.google.com:8080/",
        "http://drive.google.com:0/",
        "http://drive.google.com:99999/",
        "http://drive.google.com:a/",
        "http://drive.google.com.evil.contoh/",
        "http://evildrive.google.com.contoh/",
        "http://xdrive.google.com/",
        "http://google.com/",
        "http://go.id/",
        "http://xgo.id/",
        "http://127.0.0.1/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://0/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[fe80::1%25eth0]/",
        "http://1.2.3.4.go.id./../",
        "http://drive.google.com /",
        "http://drive.google.com\n/",
        "http://drive.google.com/\r\nX: y",
        "http://drive.google.com/a b",
        "http://drive。google。com@evil.contoh/",
        "http://drive.google.com%2eevil.contoh/",
        "http://dr\u0456ve.google.com/",
        "http://..go.id/",
        "http://.go.id/",
        "http://-.go.id/",
        "http://" + "a" * 64 + ".go.id/",
        "http://drive.google.com/" + "a" * 2048,
    ],
)
def test_a_hostile_or_strange_address_is_not_even_resolved(url):
    if url == "http://1.2.3.4.go.id./../":
        hasil = check_tautan(url, daftar_host=DAFTAR, resolve=lambda host, port: ["10.0.0.1"])
    else:
        hasil = check_tautan(url, daftar_host=DAFTAR, resolve=must_not_resolve)

    assert (hasil.keadaan, hasil.kode_http) == ("tidak_diperiksa", None)
    assert hasil.pesan.endswith(".")


@pytest.mark.parametrize(
    ("host", "ditanya"),
    [
        ("drive.google.com", "drive.google.com"),
        ("DRIVE.Google.COM", "drive.google.com"),
        ("drive.google.com.", "drive.google.com"),
        ("kanwil-contoh.sharepoint.com", "kanwil-contoh.sharepoint.com"),
        ("sharepoint.com", "sharepoint.com"),
        ("www.bukti.contoh.go.id", "www.bukti.contoh.go.id"),
        ("büro.go.id", "xn--bro-hoa.go.id"),
        ("drive。google。com", "drive.google.com"),
    ],
)
def test_a_name_is_known_however_it_is_written(check, host, ditanya):
    nama = []

    def resolve(host, port):
        nama.append(host)
        return ["127.0.0.1"]

    assert check("/", host, resolve=resolve).keadaan == "hidup"
    assert nama == [ditanya]


PRIBADI = [
    *("0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.0.1", "169.254.169.254"),
    *("172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.168.1.1", "198.18.0.1"),
    *("198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.88.99.1"),
    *("::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1"),
    *("64:ff9b::808:808", "64:ff9b:1::1", "2002:7f00:1::", "2001::1", "2001:db8::1", "fc00::1"),
    *(
        "fd12::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "100::1",
        "",
        "a",
        "1.2.3",
        "0x7f.1",
    ),
]


@pytest.mark.parametrize("alamat", PRIBADI)
def test_a_name_that_leads_inside_is_not_asked(alamat):
    assert not is_umum(alamat)

    for daftar in ([alamat], ["142.250.4.100", alamat], [alamat, "142.250.4.100"]):
        hasil = check_tautan(
            "https://drive.google.com/", daftar_host=DAFTAR, resolve=lambda *_, d=daftar: d
        )
        assert hasil.keadaan == "tidak_diperiksa"
        assert hasil.pesan == "drive.google.com berada di jaringan dalam."


@pytest.mark.parametrize(
    "alamat", ["142.250.4.100", "8.8.8.8", "2404:6800:4003:c00::71", "1.1.1.1"]
)
def test_a_public_address_is_public(alamat):
    assert is_umum(alamat)


def test_the_name_is_resolved_once_and_the_connection_goes_where_was_judged(check):
    """A second answer of the name server, leading inside, is never asked for."""
    jawaban = [["127.0.0.1"]]

    assert check("/ok", resolve=lambda host, port: jawaban.pop()).keadaan == "hidup"
    assert jawaban == []


def test_the_permitted_address_is_permitted_with_its_port_only(situs):
    host, port = situs.server_address

    hasil = check_tautan(
        f"http://drive.google.com:{port}/",
        daftar_host=DAFTAR,
        resolve=lambda *_: [host],
        alamat_uji=frozenset([("127.0.0.2", port)]),
    )

    assert hasil.keadaan == "tidak_diperiksa"
    assert situs.diminta == []


# --- servers that do not behave -------------------------------------------------------------------


def test_a_name_that_nobody_knows_is_out_of_reach():
    def resolve(host, port):
        raise socket.gaierror(-2, "Name or service not known")

    hasil = check_tautan("https://drive.google.com/", daftar_host=DAFTAR, resolve=resolve)

    assert hasil == HasilTautan("tidak_terjangkau", None, "Nama drive.google.com tidak ditemukan.")


def test_the_resolver_of_the_system_is_asked_by_default():
    assert "127.0.0.1" in resolve_host("localhost", 80)

    with pytest.raises(OSError, match=r".+"):
        resolve_host("tidak-ada.invalid", 80)


def test_a_slow_name_server_is_not_waited_for():
    mulai = time.monotonic()

    hasil = check_tautan(
        "https://drive.google.com/",
        daftar_host=DAFTAR,
        resolve=lambda *_: time.sleep(2) or [],
        batas_waktu=0.2,
    )

    assert hasil.keadaan == "tidak_terjangkau"
    assert time.monotonic() - mulai < 1.5


@pytest.mark.parametrize("jalur", ["/rusak/", "/putus/"])
def test_a_server_that_speaks_nonsense_is_out_of_reach(check, jalur):
    assert check(jalur).keadaan == "tidak_terjangkau"


def test_a_server_that_is_down_is_out_of_reach():
    with socket.socket() as soket:
        soket.bind(("127.0.0.1", 0))
        alamat = soket.getsockname()

    hasil = check_tautan(
        f"http://drive.google.com:{alamat[1]}/",
        daftar_host=DAFTAR,
        resolve=lambda *_: ["127.0.0.1"],
        alamat_uji=frozenset([alamat]),
    )

    assert hasil == HasilTautan("tidak_terjangkau", None, "drive.google.com tidak dapat dihubungi.")


def test_the_next_address_of_a_name_is_tried(check, situs):
    mati = ("127.0.0.9", situs.server_address[1])

    hasil = check(
        "/",
        resolve=lambda *_: ["127.0.0.9", "127.0.0.1"],
        alamat_uji=frozenset([mati, situs.server_address]),
    )

    assert hasil.keadaan == "hidup"


@pytest.mark.parametrize("jalur", ["/lambat/", "/tetes/"])
def test_a_server_that_answers_by_drops_is_cut_off(check, jalur):
    mulai = time.monotonic()

    hasil = check(jalur, batas_waktu=0.5)

    assert hasil.keadaan == "tidak_terjangkau"
    assert time.monotonic() - mulai < 1.5


def test_no_more_than_the_beginning_of_a_page_is_read(check, situs):
    assert check("/besar/").keadaan == "hidup"
    assert situs.terputus.wait(5)
    assert MAKS_ISI <= 65_536


# --- TLS ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sertifikat(tmp_path_factory):
    """A certificate for drive.google.com that only these tests trust."""
    import datetime

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    kunci, nama = ec.generate_private_key(ec.SECP256R1()), "drive.google.com"
    subjek = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, nama)])
    kini = datetime.datetime.now(datetime.UTC)
    isi = (
        x509.CertificateBuilder()
        .subject_name(subjek)
        .issuer_name(subjek)
        .public_key(kunci.public_key())
        .serial_number(1)
        .not_valid_before(kini - datetime.timedelta(days=1))
        .not_valid_after(kini + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(nama)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(kunci, hashes.SHA256())
    )
    berkas = tmp_path_factory.mktemp("tls") / "sertifikat.pem"
    berkas.write_bytes(
        kunci.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + isi.public_bytes(serialization.Encoding.PEM)
    )
    return berkas


@pytest.fixture
def situs_tls(situs, sertifikat):
    konteks = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    konteks.load_cert_chain(sertifikat)
    situs.socket = konteks.wrap_socket(situs.socket, server_side=True)
    return situs


def ask_tls(situs, host, konteks):
    alamat = situs.server_address
    return check_tautan(
        f"https://{host}:{alamat[1]}/",
        daftar_host=DAFTAR,
        resolve=lambda *_: ["127.0.0.1"],
        alamat_uji=frozenset([alamat]),
        konteks_uji=konteks,
    )


def test_tls_is_verified_against_the_name_not_the_address(situs_tls, sertifikat):
    konteks = ssl.create_default_context(cafile=str(sertifikat))

    assert ask_tls(situs_tls, "drive.google.com", konteks).keadaan == "hidup"
    lain = ask_tls(situs_tls, "docs.google.com", konteks)

    assert lain == HasilTautan("tidak_terjangkau", None, "Sertifikat docs.google.com tidak sah.")
    assert len(situs_tls.diminta) == 1


def test_a_certificate_that_nobody_vouches_for_is_refused(situs_tls):
    hasil = ask_tls(situs_tls, "drive.google.com", None)

    assert hasil.pesan == "Sertifikat drive.google.com tidak sah."
    assert situs_tls.diminta == []


def test_a_server_that_never_ends_its_greeting_is_cut_off(sertifikat):
    with socket.create_server(("127.0.0.1", 0)) as server:
        alamat, mulai = server.getsockname(), time.monotonic()
        hasil = check_tautan(
            f"https://drive.google.com:{alamat[1]}/",
            daftar_host=DAFTAR,
            resolve=lambda *_: ["127.0.0.1"],
            alamat_uji=frozenset([alamat]),
            batas_waktu=0.4,
        )

    assert hasil.keadaan == "tidak_terjangkau"
    assert time.monotonic() - mulai < 1.5
