"""Requests that change something, each a different one: `begin` reads what the page shows, `build`
makes the next request, `check` refuses an answer that did not change what it should."""

import itertools
import json
import os
import re
import secrets
import time
import uuid
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlencode

from tests.bench.klien import Kiriman
from tests.bench.sasaran import Halaman
from tests.integritas.berkas.contoh import HALAMAN, KATALOG, write_pdf

BATAS = "batas-isian-bench"
UNGGAH_BYTE = 10 * 1024 * 1024
NODA = os.urandom(256 * 1024)
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://127.0.0.1/"}


class Pengirim:
    """`ikuti`: the answer sends the browser on, and the goal holds for both together."""

    ikuti = False
    berhasil = (200,)

    def __init__(self, halaman: Halaman, isi: dict):
        self.isi = isi
        self.alamat = halaman.alamat.format(**isi)

    def begin(self, get: Callable[[str], bytes]) -> None:
        """Read the page that a person would have before them."""

    def build(self) -> Kiriman:
        raise NotImplementedError

    def check(self, status: int, isi: bytes) -> None:
        if status not in self.berhasil:
            raise SystemExit(f"{self.alamat} menjawab {status}:\n{isi.decode()[-2000:]}")


class Jawaban(Pengirim):
    """The same question to and fro between two options, so that every save changes the score."""

    TERPILIH = re.compile(rb'value="([^"]+)" checked')
    VERSI = re.compile(rb'name="versi_isi" value="(\d+)"')

    def begin(self, get):
        halaman = get(f"/lke/{self.isi['lke']}/area/{self.isi['area']}/")
        kartu = halaman.split(f"/jawab/{self.isi['soal']}/".encode(), 1)[1]
        self.versi = int(self.VERSI.search(kartu)[1])
        kini = self.TERPILIH.search(kartu)[1].decode()
        self.pilihan = itertools.cycle(sorted(self.isi["opsi"], key=lambda satu: satu == kini))

    def build(self):
        isi = {"pilihan": next(self.pilihan), "catatan": "", "versi_isi": self.versi}
        return Kiriman(self.alamat, urlencode(isi).encode(), kepala=HTMX)

    def check(self, status, isi):
        super().check(status, isi)
        baru = int(self.VERSI.search(isi)[1])
        if baru != self.versi + 1:
            raise SystemExit(f"{self.alamat}: tidak ada yang berubah.")
        self.versi = baru


class Buka(Pengirim):
    """One unit of the Kanwil after another, year after year."""

    berhasil = (302,)

    def begin(self, get):
        tahun = range(self.isi["tahun_buka"], 2100)
        self.pasangan = itertools.product(tahun, self.isi["calon"])

    def build(self):
        tahun, kode = next(self.pasangan)
        isi = {
            "target": "WBK",
            "versi": self.isi["versi"],
            "buka_pada": f"{tahun}-01-02",
            "tutup_pada": f"{tahun}-11-30",
            "untuk": "terpilih",
            "satker": kode,
        }
        return Kiriman(f"{self.alamat}?tahun={tahun}", urlencode(isi).encode())


class Lembar(Pengirim):
    """A workbook that differs from what is stored, up to the page that shows each difference."""

    ikuti = True
    berhasil = (302,)

    def begin(self, get):
        # Another name is another file: none is known from the time before.
        self.nomor = itertools.count()

    def build(self):
        nama = f"lembar-{next(self.nomor)}.xlsx"
        isi, jenis = build_formulir(nama, [b64decode(self.isi["lembar"])])
        return Kiriman(self.alamat, b"".join(isi), jenis)


class Unggah(Pengirim):
    """A scan of 10 MiB that nobody has sent before."""

    berhasil = (302,)

    def build(self):
        kiriman = build_unggahan(self.alamat, build_pdf(UNGGAH_BYTE))
        return replace(kiriman, isi=b"".join(kiriman.isi))


class Hadir(Pengirim):
    """One person after another at the door, as the committee's device sends them (pintu-antre.js)."""

    def build(self):
        if not self.isi["kode_pintu"]:
            raise SystemExit(f"{self.alamat}: semua orang sudah hadir.")
        kini = int(time.time() * 1000)
        # Taken out, so that nobody comes twice: neither here nor in the process that is next.
        self.kode = self.isi["kode_pintu"].pop()
        isi = {
            "kunci": uuid.uuid4(),
            "teks": self.kode,
            "cara": "kode",
            "alat": "alat 1A2B",
            "pencatat": self.isi["panitia"],
            "dipindai": kini,
            "dikirim": kini + 3,
        }
        return Kiriman(self.alamat, urlencode(isi).encode(), kepala={"Accept": "application/json"})

    def check(self, status, isi):
        super().check(status, isi)
        jawaban = json.loads(isi)
        if (jawaban["hasil"], jawaban["kode"]) != ("diterima", self.kode):
            raise SystemExit(f"{self.alamat}: {self.kode} dijawab {jawaban}")


def build_pdf(byte: int) -> list[bytes]:
    """A PDF of one large image, in pieces; no two are the same."""
    nomor = int.from_bytes(secrets.token_bytes(7))
    gambar = b"<< /Length %d /Nomor %d >>\nstream\nISI\nendstream" % (byte, nomor)
    awal, akhir = write_pdf(KATALOG % b"", HALAMAN, gambar).split(b"ISI")
    banyak, sisa = divmod(byte - len(awal) - len(akhir), len(NODA))
    return [awal, *[NODA] * banyak, NODA[:sisa], akhir]


def build_unggahan(alamat: str, pdf: list[bytes]) -> Kiriman:
    isi, jenis = build_formulir("pindaian.pdf", pdf)
    return Kiriman(alamat, isi, jenis, {"Content-Length": str(sum(map(len, isi)))})


def build_formulir(nama: str, isi: list[bytes]) -> tuple[list[bytes], str]:
    """A form with one file as a browser sends it, in pieces, and the type that goes with it."""
    awal = (
        f'--{BATAS}\r\nContent-Disposition: form-data; name="berkas"; filename="{nama}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    akhir = f"\r\n--{BATAS}--\r\n"
    return [awal.encode(), *isi, akhir.encode()], f"multipart/form-data; boundary={BATAS}"


PENGIRIM: dict[str, type[Pengirim]] = {
    "jawaban": Jawaban,
    "buka": Buka,
    "lembar": Lembar,
    "unggah": Unggah,
    "hadir": Hadir,
}
