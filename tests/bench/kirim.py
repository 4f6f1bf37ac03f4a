"""Requests that change something, each a different one: `begin` reads what the page shows, `build`
makes the next request, `check` refuses an answer that did not change what it should."""

import itertools
import re
from collections.abc import Callable
from urllib.parse import urlencode

from tests.bench.klien import Kiriman
from tests.bench.sasaran import Halaman

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


PENGIRIM: dict[str, type[Pengirim]] = {"jawaban": Jawaban, "buka": Buka}
