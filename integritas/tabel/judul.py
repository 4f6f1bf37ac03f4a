"""Columns by their headings, wherever the heading row stands."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from integritas.tabel import nilai
from integritas.tabel.berkas import MAKS_BARIS, BerkasDitolakError
from integritas.tabel.lembar import Lembar, read_lembar, refuse_panjang
from integritas.tabel.nilai import NilaiSalahError, Saran, normalize

# Titles, logos and dates of a letter may stand above the headings.
MAKS_JUDUL = 30
TANGGAL, TAHUN, TEKS, URAIAN = "tanggal", "tahun", "teks", "uraian"
ANGKA = "angka"
# An empty cell of these is None, of the others an empty text.
TANPA_TEKS = (TANGGAL, TAHUN, ANGKA)


@dataclass(frozen=True)
class Kolom:
    """A column that an import knows. `URAIAN` keeps its line breaks, `TEKS` does not."""

    nama: str
    sinonim: tuple[str, ...] = ()
    jenis: str = TEKS
    maks: int = 300
    wajib: bool = False
    # The column may be missing when this one is there.
    atau: str = ""
    # Read and set aside, with this sentence as notice.
    abaikan: str = ""
    # What to write in it, for people.
    keterangan: str = ""
    lebar: int = 18

    @property
    def judul(self) -> str:
        return self.nama.replace("_", " ")


@dataclass(frozen=True)
class Pesan:
    """What is wrong with one row; `kolom` is the heading as the file has it."""

    nomor: int
    kolom: str
    teks: str

    def __str__(self):
        if not self.kolom:
            return f"Baris {self.nomor}: {self.teks}"
        return f'Baris {self.nomor}, kolom "{self.kolom}": {self.teks}'


@dataclass
class Baris:
    """One row with its values by column name; an empty cell is `""` or None."""

    nomor: int
    nilai: dict[str, Any]
    pesan: list[Pesan] = field(default_factory=list)


@dataclass
class Tabel:
    lembar: str
    # The file's own heading of each column that was found.
    judul: dict[str, str]
    baris: list[Baris]
    diabaikan: list[str]
    pemberitahuan: list[str]

    def name_kolom(self, nama: str) -> str:
        """The heading to say to the user: the file's own, else the usual one."""
        return self.judul.get(nama, nama.replace("_", " "))

    def refuse(self, baris: Baris, kolom: str, teks: str) -> None:
        """Note against a row what is wrong with it, naming the column."""
        judul = self.name_kolom(kolom) if kolom else ""
        baris.pesan.append(Pesan(baris.nomor, judul, teks))


@dataclass(frozen=True)
class _Letak:
    """Where a heading row was found and which cell is which column."""

    lembar: Lembar
    nomor: int
    kolom: dict[str, int]
    ganda: tuple[str, int, int] | None
    asing: list[str]
    kurang: list[str]


def read_tabel(nama: str, isi: bytes, daftar_kolom: Sequence[Kolom]) -> Tabel:
    """The first sheet with the headings wanted; refuses a file that has none."""
    kamus = {
        normalize(sebutan): kolom.nama
        for kolom in daftar_kolom
        for sebutan in (kolom.nama, *kolom.sinonim)
    }
    terbaik: _Letak | None = None
    for lembar in read_lembar(nama, isi):
        letak = _find_judul(lembar, kamus, daftar_kolom)
        if letak and not letak.kurang:
            return _build(letak, daftar_kolom)
        if letak and (terbaik is None or len(letak.kolom) > len(terbaik.kolom)):
            terbaik = letak
    wajib = [kolom for kolom in daftar_kolom if kolom.wajib]
    if terbaik is None:
        dicari = ", ".join(kolom.judul for kolom in wajib)
        raise BerkasDitolakError(
            f"Judul kolom tidak ditemukan. Sekurangnya harus ada kolom: {dicari}."
        )
    kurang = terbaik.kurang
    asing = [satu for satu in terbaik.asing if Saran(kurang).suggest(satu)]
    saran = f' Judul "{asing[0]}" mungkin maksudnya itu.' if asing else ""
    judul = ", ".join(f'"{satu}"' for satu in kurang)
    raise BerkasDitolakError(
        f"Kolom {judul} tidak ada pada baris judul (baris {terbaik.nomor + 1}).{saran}"
    )


def _find_judul(lembar: Lembar, kamus: dict, daftar_kolom: Sequence[Kolom]) -> _Letak | None:
    """The row that knows most headings; the first complete one ends the search."""
    terbaik: _Letak | None = None
    for nomor, sel in enumerate(lembar.baris[:MAKS_JUDUL]):
        letak = _match(lembar, nomor, sel, kamus, daftar_kolom)
        if letak.kolom and (terbaik is None or len(letak.kolom) > len(terbaik.kolom)):
            terbaik = letak
        if letak.kolom and not letak.kurang:
            return letak
    return terbaik


def _match(lembar, nomor, sel, kamus, daftar_kolom) -> _Letak:
    kolom: dict[str, int] = {}
    ganda, asing = None, {}
    # A column's own name goes before its other names: "jenis" is another matter beside "predikat".
    sendiri = {normalize(satu.nama) for satu in daftar_kolom}
    terisi = [
        (letak, " ".join(isi.split()), normalize(isi))
        for letak, isi in enumerate(sel)
        if isinstance(isi, str) and isi.strip()
    ]
    for letak, isi, kunci in sorted(terisi, key=lambda satu: satu[2] not in sendiri):
        nama = kamus.get(kunci)
        if nama is None:
            asing[letak] = isi
        elif nama not in kolom:
            kolom[nama] = letak
        elif normalize(nama) == normalize(str(sel[kolom[nama]])) and kunci != normalize(nama):
            asing[letak] = isi
        else:
            ganda = ganda or (isi, kolom[nama], letak)
    kurang = [
        satu.judul
        for satu in daftar_kolom
        if satu.wajib and satu.nama not in kolom and not (satu.atau and satu.atau in kolom)
    ]
    return _Letak(lembar, nomor, kolom, ganda, [asing[letak] for letak in sorted(asing)], kurang)


def _build(letak: _Letak, daftar_kolom: Sequence[Kolom]) -> Tabel:
    lembar = letak.lembar
    if letak.ganda:
        judul, satu, dua = letak.ganda
        raise BerkasDitolakError(
            f'Kolom "{" ".join(judul.split())}" ada dua kali (kolom ke-{satu + 1} dan '
            f"ke-{dua + 1}). Hapus salah satunya."
        )
    kepala = lembar.baris[letak.nomor]
    tabel = Tabel(
        lembar=lembar.nama,
        judul={nama: " ".join(str(kepala[nomor]).split()) for nama, nomor in letak.kolom.items()},
        baris=[],
        diabaikan=list(letak.asing),
        pemberitahuan=[],
    )
    dipakai = []
    for kolom in daftar_kolom:
        if kolom.nama not in letak.kolom:
            continue
        if kolom.abaikan:
            tabel.diabaikan.append(tabel.judul[kolom.nama])
            if kolom.abaikan not in tabel.pemberitahuan:
                tabel.pemberitahuan.append(kolom.abaikan)
        else:
            dipakai.append((kolom, letak.kolom[kolom.nama]))
    lebar = len(kepala)
    for nomor, sel in enumerate(lembar.baris[letak.nomor + 1 :], letak.nomor + 1):
        baris = _read_baris(tabel, lembar, nomor, sel, dipakai)
        if baris is None:
            continue
        if lembar.dari_teks and any(isi.strip() for isi in sel[lebar:]):
            tabel.refuse(
                baris,
                "",
                f"ada {len(sel)} sel, sedangkan judulnya {lebar}. Periksa tanda pemisah dan kutip.",
            )
        tabel.baris.append(baris)
        if len(tabel.baris) > MAKS_BARIS:
            raise refuse_panjang()
    if not tabel.baris:
        raise BerkasDitolakError("Tidak ada baris di bawah judul kolom.")
    return tabel


def _read_baris(tabel, lembar, nomor, sel, dipakai) -> Baris | None:
    """The row's values, or None when every known cell is empty."""
    baris = Baris(nomor + 1, {})
    terisi = False
    for kolom, letak in dipakai:
        isi = sel[letak] if letak < len(sel) else ""
        cacat = lembar.cacat.get((nomor, letak)) if lembar.cacat else None
        if cacat:
            terisi = True
            baris.nilai[kolom.nama] = None if kolom.jenis in TANPA_TEKS else ""
            tabel.refuse(baris, kolom.nama, cacat)
            continue
        try:
            hasil = _read_nilai(kolom, isi)
        except NilaiSalahError as error:
            terisi = True
            hasil = None if kolom.jenis in TANPA_TEKS else ""
            tabel.refuse(baris, kolom.nama, str(error))
        baris.nilai[kolom.nama] = hasil
        terisi = terisi or hasil not in ("", None)
    return baris if terisi else None


def _read_nilai(kolom: Kolom, isi: Any) -> Any:
    if kolom.jenis == TANGGAL:
        return nilai.parse_tanggal(isi)
    if kolom.jenis == TAHUN:
        return nilai.parse_tahun(isi)
    if kolom.jenis == ANGKA:
        return nilai.read_angka(isi)
    return nilai.clean_teks(isi, kolom.maks, satu_baris=kolom.jenis == TEKS)
