"""`make panduan`: the guide's screenshots, taken from the program itself with its demo data.

A database of its own in a temporary folder, a real server, Chromium; nothing else is touched.
"""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

AKAR = Path(__file__).resolve().parents[2]
GAMBAR = AKAR / "docs" / "panduan" / "gambar"
SIAPKAN = Path(__file__).with_name("siapkan.py")
sys.path.insert(0, str(AKAR))

from tests import server  # noqa: E402

# name, account (None: the public), address, width; "LKE" is where /lke/ leads the account, another word
# in capitals what siapkan.py printed for it
DAFTAR = [
    ("beranda", None, "/", 1280),
    ("beranda-ponsel", None, "/", 360),
    ("masuk", None, "/akun/masuk/", 1280),
    ("daftar-satker", None, "/satker/?q=lapas+klas+1&kanwil=16-kanwil", 1280),
    ("halaman-satker", None, "/satker/16-bapas-palembang/", 1280),
    ("kanwil", "kanwil", "/kanwil/16-kanwil/", 1280),
    ("kementerian", "pimpinan", "/kementerian/", 1280),
    ("klaim", None, "/klaim/", 1280),
    ("catat-predikat", "admin", "/satker/00-lapas-a/predikat/catat/", 1280),
    ("ubah-satker", "admin", "/satker/16-lapas-palembang/ubah/pindah/", 1280),
    ("pemantauan", "admin", "/pemantauan/", 1280),
    ("impor", "admin", "/impor/satker/", 1280),
    ("orang", "admin", "/orang/", 1280),
    ("riwayat", "admin", "/satker/16-bapas-palembang/riwayat/", 1280),
    ("lke-ringkasan", "operator", "LKE/", 1280),
    ("lke-area", "operator", "LKE/area/A.1/#q5", 1280),
    ("lke-area-ponsel", "operator", "LKE/area/A.1/#q5", 360),
    ("lke-lembar", "operator", "LKE/lembar/", 1280),
    ("lke-bukti", "operator", "LKE/bukti/", 1280),
    ("lke-periksa", "operator", "LKE/periksa/", 1280),
    ("lke-syarat", "kepala", "LKE/gerbang/", 1280),
    ("lke-papan", "kanwil", "/lke/", 1280),
    ("pk-draf", "kepala", "/perjanjian-kinerja/", 1280),
    ("capaian", "kanwil", "CAPAIAN/", 1280),
    ("pakta", "kepala", "/personel/satker/00-lapas-a/pakta/", 1280),
    ("pakta-ponsel", None, "PAKTA/", 360),
    ("putaran", "kanwil", "PUTARAN/", 1280),
    ("upacara", "kanwil", "DEPAN/", 1280),
    ("pintu", "kepala", "PINTU/", 1280),
    ("naskah-ponsel", None, "TAMU/", 360),
    ("penutupan", "kepala", "LALU/penutupan/#berita-acara", 1280),
    ("deklarasi", None, "/deklarasi/putaran-jatim-2021/", 1280),
    ("pengingat", "operator", "/pengingat/", 1280),
    ("pengingat-satu", "operator", "PENGINGAT/", 1280),
    ("aturan-pengingat", "admin", "/pengingat/aturan/upacara/", 1280),
    ("kesehatan", "admin", "/sehat/rinci/", 1280),
]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        lingkungan = os.environ | {"INTEGRITAS_VAR": folder, "DEBUG": "0"}
        lingkungan.pop("DATABASE_URL", None)

        def manage(*argumen: str) -> str:
            return subprocess.run(
                [sys.executable, "manage.py", *argumen],
                cwd=AKAR, env=lingkungan, check=True, capture_output=True, text=True,
            ).stdout  # fmt: skip

        manage("migrate", "-v0")
        manage("load_fakta")
        sandi = dict(re.findall(r"^(\w+)@contoh\.invalid\s+(\S+)", manage("load_demo"), re.M))
        tempat = json.loads(manage("shell", "-v0", "-c", SIAPKAN.read_text()))
        manage("collectstatic", "--noinput", "-v0")
        port = find_port()
        proses = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "integritas.wsgi", "--threads", "4",
             "--bind", f"127.0.0.1:{port}", "--log-level", "error"],
            cwd=AKAR, env=lingkungan,
        )  # fmt: skip
        try:
            wait(f"http://127.0.0.1:{port}/sehat/")
            take(f"http://127.0.0.1:{port}", sandi, tempat)
        finally:
            proses.terminate()
            proses.wait(20)


def find_port() -> int:
    with socket.socket() as soket:
        soket.bind(("127.0.0.1", 0))
        return soket.getsockname()[1]


def wait(alamat: str) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(alamat, timeout=1)
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("Server tidak menjawab.")


def take(alamat: str, sandi: dict[str, str], tempat: dict[str, str]) -> None:
    GAMBAR.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        peramban = playwright.chromium.launch(
            executable_path=server.find_chromium(),
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic",
                  "--no-first-run", "--disable-background-networking",
                  "--disable-component-update", "--disable-sync"],
        )  # fmt: skip
        konteks = {}
        for nama, akun, jalur, lebar in DAFTAR:
            if akun not in konteks:
                konteks[akun] = peramban.new_context(locale="id-ID", color_scheme="light")
                if akun:
                    sign_in(konteks[akun], alamat, f"{akun}@contoh.invalid", sandi[akun])
            halaman = konteks[akun].new_page()
            halaman.set_viewport_size({"width": lebar, "height": 800})
            if jalur.startswith("LKE/"):
                halaman.goto(f"{alamat}/lke/")
                respons = halaman.goto(halaman.url + jalur.removeprefix("LKE/"))
            else:
                kata, _, sisa = jalur.partition("/")
                respons = halaman.goto(alamat + tempat.get(kata, f"{kata}/") + sisa)
            if respons is None or respons.status != 200:
                raise SystemExit(f"{jalur} tidak menjawab 200.")
            halaman.screenshot(
                path=GAMBAR / f"{nama}.png",
                clip={"x": 0, "y": 0, "width": lebar, "height": 800},
                scale="css",
            )
            halaman.close()
            sys.stdout.write(f"docs/panduan/gambar/{nama}.png\n")
        peramban.close()


def sign_in(konteks, alamat: str, surel: str, sandi: str) -> None:
    halaman = konteks.new_page()
    halaman.goto(f"{alamat}/akun/masuk/")
    halaman.fill("input[name=login]", surel)
    halaman.fill("input[name=password]", sandi)
    halaman.locator("main button").first.click()
    halaman.wait_for_load_state()
    halaman.close()


if __name__ == "__main__":
    main()
