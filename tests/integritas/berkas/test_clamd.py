"""The virus scan against a server that reads INSTREAM as clamd does."""

import io
import os
import socket
import threading
import time
from contextlib import contextmanager

import pytest

from integritas.berkas import terima
from integritas.berkas.clamd import PemindaiTidakTersediaError, parse_alamat, scan_virus
from integritas.berkas.tolak import BerkasDitolakError
from tests.integritas.berkas.contoh import make_pdf

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd:
    """A clamd that knows one virus, in a thread of its own."""

    def __init__(self, soket, *, batas=None, jawab=None, diam=False):
        self.soket, self.batas, self.jawab, self.diam = soket, batas, jawab, diam
        self.diterima: list[bytes] = []
        self.berhenti = threading.Event()
        self.utas = threading.Thread(target=self.serve, daemon=True)
        self.utas.start()

    def serve(self):
        while True:
            try:
                klien, _ = self.soket.accept()
            except OSError:
                return
            with klien:
                try:
                    klien.sendall(self.answer(klien))
                except OSError:
                    continue

    def answer(self, klien):
        berkas = klien.makefile("rb")
        assert berkas.read(10) == b"zINSTREAM\0"
        isi = b""
        while panjang := int.from_bytes(berkas.read(4), "big"):
            potong = berkas.read(panjang)
            assert len(potong) == panjang
            isi += potong
            if self.batas and len(isi) > self.batas:
                return b"INSTREAM size limit exceeded. ERROR\0"
        self.diterima.append(isi)
        if self.diam:
            self.berhenti.wait(10)
        if self.jawab is not None:
            return self.jawab
        return b"stream: Eicar-Test FOUND\0" if EICAR in isi else b"stream: OK\0"


@contextmanager
def run_clamd(keluarga=socket.AF_INET, alamat=("127.0.0.1", 0), **pilihan):
    with socket.socket(keluarga, socket.SOCK_STREAM) as soket:
        soket.bind(alamat)
        soket.listen()
        server = Clamd(soket, **pilihan)
        tempat = soket.getsockname()
        server.alamat = tempat if isinstance(tempat, str) else f"127.0.0.1:{tempat[1]}"
        yield server
        server.berhenti.set()
        soket.shutdown(socket.SHUT_RDWR)


def scan(server, isi, **kata):
    return scan_virus(io.BytesIO(isi), server.alamat, **kata)


def test_a_clean_file_has_no_virus():
    with run_clamd() as server:
        assert scan(server, b"bersih") is None
        assert scan(server, b"") is None

        assert server.diterima == [b"bersih", b""]


def test_a_virus_is_named():
    with run_clamd() as server:
        assert scan(server, b"x" * 300_000 + EICAR) == "Eicar-Test"


def test_the_whole_file_is_sent_in_pieces_from_its_beginning():
    isi = os.urandom(1_000_003)
    berkas = io.BytesIO(isi)
    berkas.read(500)

    with run_clamd() as server:
        assert scan_virus(berkas, server.alamat) is None

        assert server.diterima == [isi]


def test_a_socket_on_this_machine_will_do(tmp_path):
    with run_clamd(socket.AF_UNIX, str(tmp_path / "clamd.sock")) as server:
        assert scan(server, EICAR) == "Eicar-Test"


@pytest.mark.parametrize("isi", [b"x" * 5_000, b"x" * 20_000_000])
def test_a_file_too_large_for_the_scanner_is_told_apart(isi):
    with run_clamd(batas=1000) as server, pytest.raises(PemindaiTidakTersediaError) as galat:
        scan(server, isi)

    assert "lebih besar daripada yang diterima pemindai virus" in str(galat.value)


@pytest.mark.parametrize("alamat", ["127.0.0.1:1", "/tidak/ada.sock", "tidak-ada.invalid:3310"])
def test_a_scanner_that_is_down_is_said_so(alamat):
    with pytest.raises(PemindaiTidakTersediaError, match="tidak dapat dihubungi"):
        scan_virus(io.BytesIO(b"x"), alamat)


def test_a_scanner_that_does_not_answer_is_not_waited_for():
    mulai = time.monotonic()

    with (
        run_clamd(diam=True) as server,
        pytest.raises(PemindaiTidakTersediaError, match="tidak menjawab tepat waktu"),
    ):
        scan(server, b"x", batas_waktu=0.3)

    assert time.monotonic() - mulai < 3


@pytest.mark.parametrize(
    "jawab",
    [b"", b"UNKNOWN COMMAND\0", b"stream: OK", b"OK\0", b"stream: x ERROR\0", b"\xff" * 9000],
)
def test_only_a_clear_answer_is_a_verdict(jawab):
    """An answer that is cut off counts for what it says, an odd one for none."""
    with run_clamd(jawab=jawab) as server:
        if jawab == b"stream: OK":
            assert scan(server, b"x") is None
            return
        with pytest.raises(PemindaiTidakTersediaError, match="kesalahan"):
            scan(server, b"x")


@pytest.mark.parametrize(
    ("alamat", "hasil"),
    [
        ("clamav:3310", ("clamav", 3310)),
        ("[::1]:3310", ("::1", 3310)),
        ("/run/clamd.sock", "/run/clamd.sock"),
    ],
)
def test_an_address_is_a_host_or_a_path(alamat, hasil):
    assert parse_alamat(alamat) == hasil


@pytest.mark.parametrize("alamat", ["clamav", ":3310", "clamav:0", "clamav:70000", "clamav:a", ""])
def test_an_address_without_port_is_refused(alamat):
    with pytest.raises(ValueError, match=f"^{alamat}$"):
        parse_alamat(alamat)


# --- together with what the file is ---------------------------------------------------------------


def test_a_file_is_accepted_without_a_scanner_when_none_is_set(settings):
    settings.INTEGRITAS_CLAMD = ""

    assert terima.accept_berkas(io.BytesIO(make_pdf()), "a.pdf").jenis == "pdf"


def test_an_accepted_file_was_scanned_whole(settings):
    isi = make_pdf()
    berkas = io.BytesIO(isi)

    with run_clamd() as server:
        settings.INTEGRITAS_CLAMD = server.alamat
        assert terima.accept_berkas(berkas, "a.pdf").jenis == "pdf"

        assert server.diterima == [isi]
    assert berkas.tell() == 0


def test_an_ill_file_is_refused_by_the_name_of_its_virus(settings):
    with run_clamd(jawab=b"stream: Pdf.Evil FOUND\0") as server:
        settings.INTEGRITAS_CLAMD = server.alamat
        with pytest.raises(BerkasDitolakError) as tolak:
            terima.accept_berkas(io.BytesIO(make_pdf()), "a.pdf")

    assert str(tolak.value) == "Berkas “a.pdf” tidak diterima: berisi virus (Pdf.Evil)."


def test_without_its_scanner_nothing_is_accepted(settings):
    settings.INTEGRITAS_CLAMD = "127.0.0.1:1"

    with pytest.raises(PemindaiTidakTersediaError):
        terima.accept_berkas(io.BytesIO(make_pdf()), "a.pdf")


def test_what_is_refused_anyway_is_not_sent_to_the_scanner(settings):
    with run_clamd() as server:
        settings.INTEGRITAS_CLAMD = server.alamat
        with pytest.raises(BerkasDitolakError):
            terima.accept_berkas(io.BytesIO(b"halo"), "a.pdf")

        assert server.diterima == []


def test_the_limits_are_those_of_the_installation(settings):
    settings.INTEGRITAS_CLAMD, settings.BERKAS_MAKS_MB = "", 1
    isi = make_pdf()
    besar = isi[:9] + b"%" + b" " * 1_100_000 + b"\n" + isi[9:]

    with pytest.raises(BerkasDitolakError, match="paling besar 1 MB"):
        terima.accept_berkas(io.BytesIO(besar), "a.pdf")
