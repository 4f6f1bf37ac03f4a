#!/usr/bin/env python3
"""Memeriksa paket bukti: apakah isinya masih persis seperti saat dibuat.

Cara pakai (Python 3.8 atau lebih baru, tanpa pemasangan apa pun):

    python periksa.py                  folder tempat berkas ini berada
    python periksa.py FOLDER           paket yang sudah diekstrak
    python periksa.py PAKET.zip        paket yang belum diekstrak

Setiap berkas dihitung sidiknya (SHA-256) dan dibandingkan dengan manifest.sha256. Kode keluar 0 bila
semua cocok, 1 bila ada yang hilang, berubah, bertambah, atau tidak dapat dibaca.

Berkas ini sendiri ikut di dalam paket. Bila paket datang dari tangan yang tidak Anda kenal, pakailah
periksa.py dari sumber lain, dan bandingkan sidik ZIP dengan yang tertulis di halaman paket.
"""

import hashlib
import os
import re
import sys
import unicodedata
import zipfile
import zlib

MANIFEST = "manifest.sha256"
# Left behind by file managers; nobody hands them in as evidence.
ABAIKAN = {".DS_Store", "Thumbs.db", "desktop.ini"}
BARIS = re.compile(r"([0-9a-f]{64}) [ *](.+)\Z")
GALAT = (OSError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError)


class RusakError(Exception):
    """The pack cannot be checked at all."""


class Folder:
    """An unpacked pack."""

    def __init__(self, akar):
        self.akar = akar
        self.ganda = []
        self.daftar = {}
        for folder, _, daftar_nama in os.walk(akar):
            for nama in daftar_nama:
                if nama not in ABAIKAN:
                    jalur = os.path.relpath(os.path.join(folder, nama), akar)
                    self.daftar[rapikan(jalur.replace(os.sep, "/"))] = jalur

    def open(self, nama):
        jalur = os.path.abspath(os.path.join(self.akar, self.daftar[nama]))
        if os.path.islink(jalur):
            raise OSError("tautan simbolis, bukan berkas")
        # Without this mark Windows reads no path longer than 260 characters.
        return open("\\\\?\\" + jalur if os.name == "nt" else jalur, "rb")


class Arsip:
    """A pack that is still a ZIP."""

    def __init__(self, jalur):
        try:
            self.zip = zipfile.ZipFile(jalur)
        except GALAT as error:
            raise RusakError(f"{jalur} bukan ZIP yang dapat dibaca ({error}).") from error
        self.ganda = []
        self.daftar = {}
        for butir in self.zip.infolist():
            if butir.filename.endswith("/"):
                continue
            nama = rapikan(butir.filename)
            if nama in self.daftar:
                self.ganda.append(nama)
            self.daftar[nama] = butir

    def open(self, nama):
        return self.zip.open(self.daftar[nama])


def rapikan(nama):
    """One spelling of a name: some systems take letters and their accents apart."""
    return unicodedata.normalize("NFC", nama)


def hitung(aliran):
    sidik = hashlib.sha256()
    while True:
        potongan = aliran.read(1024 * 1024)
        if not potongan:
            return sidik.hexdigest()
        sidik.update(potongan)


def baca_manifest(paket):
    """Name -> sum. A line that is none, or a name that leads out of the pack, ends it all."""
    if MANIFEST not in paket.daftar:
        raise RusakError(f"{MANIFEST} tidak ada; ini bukan paket bukti yang utuh.")
    try:
        with paket.open(MANIFEST) as aliran:
            teks = aliran.read().decode("utf-8")
    except (UnicodeDecodeError, *GALAT) as error:
        raise RusakError(f"{MANIFEST} tidak dapat dibaca ({error}).") from error
    daftar = {}
    for nomor, baris in enumerate(teks.split("\n"), 1):
        if not baris:
            continue
        cocok = BARIS.match(baris.rstrip("\r"))
        if not cocok:
            raise RusakError(f"{MANIFEST} baris {nomor} bukan sidik dan nama.")
        nama = rapikan(cocok.group(2))
        bagian = nama.split("/")
        if "\\" in nama or ":" in bagian[0] or any(b in ("", ".", "..") for b in bagian):
            raise RusakError(f"{MANIFEST} baris {nomor} menunjuk ke luar paket: {nama}")
        daftar[nama] = cocok.group(1)
    if not daftar:
        raise RusakError(f"{MANIFEST} kosong.")
    return daftar


def periksa(paket):
    """How many files match, and a sentence for each that does not."""
    manifest = baca_manifest(paket)
    masalah = []
    for nama, harap in sorted(manifest.items()):
        if nama not in paket.daftar:
            masalah.append(f"HILANG    {nama}")
            continue
        try:
            with paket.open(nama) as aliran:
                sama = hitung(aliran) == harap
        except GALAT as error:
            masalah.append(f"RUSAK     {nama} ({error})")
            continue
        if not sama:
            masalah.append(f"BERUBAH   {nama}")
    jumlah = len(manifest) - len(masalah)
    masalah += [f"GANDA     {nama}" for nama in sorted(paket.ganda)]
    tambahan = set(paket.daftar) - set(manifest) - {MANIFEST}
    masalah += [f"TAMBAHAN  {nama}" for nama in sorted(tambahan)]
    return jumlah, masalah


def main(argumen):
    # A console that cannot show a letter shows its code instead of failing.
    sys.stdout.reconfigure(errors="backslashreplace")
    if len(argumen) > 1 or argumen[:1] in (["-h"], ["--help"]):
        print(__doc__)
        return int(len(argumen) > 1)
    jalur = argumen[0] if argumen else os.path.dirname(os.path.abspath(__file__))
    try:
        if os.path.isdir(jalur):
            paket = Folder(jalur)
        else:
            paket = Arsip(jalur)
            with open(jalur, "rb") as aliran:
                print(f"Sidik ZIP (SHA-256): {hitung(aliran)}")
        jumlah, masalah = periksa(paket)
    except RusakError as error:
        print(f"TIDAK DAPAT DIPERIKSA: {error}")
        return 1
    for satu in masalah:
        print(satu)
    if masalah:
        print(f"TIDAK COCOK: {len(masalah)} masalah, {jumlah} berkas cocok.")
        return 1
    print(f"COCOK: {jumlah} berkas sama persis dengan manifest.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
