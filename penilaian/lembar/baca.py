"""An LKE workbook read into answers, notes and links, with everything its reader should know."""

from pathlib import Path

from penilaian.instrumen import Instrumen
from penilaian.lembar import tata_l, tata_n
from penilaian.lembar.buku import Buku, Lembar, open_buku
from penilaian.lembar.edisi import Kolom, find_kolom
from penilaian.lembar.galat import LembarError
from penilaian.lembar.hasil import HasilBaca
from penilaian.lembar.letak import Letak
from penilaian.lembar.nilai import Pembanding
from penilaian.lembar.pembaca import Pembaca

SETENGAH = 2
LEMBAR_RINGKASAN = "Unit"


def read_lembar(sumber: Path | bytes, nama: str, instrumen: Instrumen) -> HasilBaca:
    """Read an LKE workbook of either layout.

    Raises BerkasDitolakError for a file that is no harmless workbook, LembarError naming sheet and
    cell for what stands in it. `selisih` compares the sheet's kept scores with ours under
    `abaikan`, since a sheet leaves blank questions out of its averages.
    """
    isi = sumber.read_bytes() if isinstance(sumber, Path) else sumber
    buku = open_buku(nama, isi)
    tata_letak, lembar, kolom, letak = _find_lembar(buku, instrumen)
    hasil = Pembaca(instrumen, tata_letak, lembar, kolom, letak).read()
    ringkasan = next(
        (buku.read(satu) for satu in _list_nama(buku, LEMBAR_RINGKASAN) if tata_letak == "N"), None
    )
    Pembanding(instrumen, hasil, lembar, kolom, letak).compare(ringkasan)
    return hasil


def _find_lembar(buku: Buku, instrumen: Instrumen) -> tuple[str, Lembar, Kolom, Letak]:
    """The first sheet of a layout's name that holds rows of it."""
    daftar = []
    for tata_letak, modul in (("N", tata_n), ("L", tata_l)):
        for nama in _list_nama(buku, modul.LEMBAR):
            lembar = buku.read(nama)
            kolom = find_kolom(lembar, tata_letak)
            daftar.append((tata_letak, lembar, kolom, modul.find_letak(lembar, kolom, instrumen)))
            if _is_enough(daftar[-1][3], instrumen):
                return daftar[-1]
    # None holds enough: what is wrong with single rows says more than their number.
    cacat = next((satu for satu in daftar if satu[3].galat), None)
    if cacat is not None:
        return cacat
    pertama = daftar[0] if daftar else None
    if pertama is None:
        ada = ", ".join(f'"{nama}"' for nama in buku.daftar_nama[:10])
        raise LembarError(
            [
                f'Buku kerja ini tidak punya lembar "{tata_n.LEMBAR}" (format nasional) maupun '
                f'"{tata_l.LEMBAR}" (lampiran peraturan). Lembar yang ada: {ada or "tidak ada"}.'
            ]
        )
    _, lembar, _, letak = pertama
    raise LembarError(
        [
            f'Lembar "{lembar.nama}": hanya {len(letak.pertanyaan)} dari '
            f"{len(instrumen.daftar_pertanyaan)} pertanyaan ditemukan, kurang dari separuh. "
            "Pastikan kolom nomor tidak dihapus atau digeser."
        ]
    )


def _list_nama(buku: Buku, nama: str) -> list[str]:
    """Sheets of that name in any spelling; a name with something behind it comes after."""
    kunci = " ".join(nama.casefold().split())
    ejaan = {satu: " ".join(satu.casefold().split()) for satu in buku.daftar_nama}
    persis = [satu for satu, teks in ejaan.items() if teks == kunci]
    return persis + [s for s, teks in ejaan.items() if s not in persis and teks.startswith(kunci)]


def _is_enough(letak: Letak, instrumen: Instrumen) -> bool:
    return len(letak.pertanyaan) * SETENGAH >= len(instrumen.daftar_pertanyaan)
