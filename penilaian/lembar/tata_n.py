"""Layout N, the national form: rows of the sheet `Jawaban` are known by the ID in column A."""

from penilaian.instrumen import Instrumen
from penilaian.lembar.buku import Lembar, clean_teks, name_sel
from penilaian.lembar.edisi import Kolom
from penilaian.lembar.galat import Peringatan
from penilaian.lembar.letak import Letak
from penilaian.lembar.rumus import compute_nilai
from penilaian.lembar.sel import to_angka
from penilaian.lembar.xml import Sel

LEMBAR = "Jawaban"
KOLOM_ID = 1
# Rows of the form that are no question, sub-count or node of the instrument: the heading of the
# first component, the headings of the two wealth reports, totals and a blank.
ID_JUDUL, ID_LHKPN, ID_LHKASN = 2, 173, 180
ID_PENGUNGKIT, ID_KOSONG, ID_HASIL, ID_TOTAL = 195, 196, 203, 204
ID_LAIN = frozenset({ID_JUDUL, ID_LHKPN, ID_LHKASN, ID_PENGUNGKIT, ID_KOSONG, ID_HASIL, ID_TOTAL})


def find_letak(lembar: Lembar, kolom: Kolom, instrumen: Instrumen) -> Letak:
    """The rows by their IDs. An ID that is unknown or stands twice is an error naming the cell."""
    letak = Letak()
    kamus = _build_kamus(instrumen)
    terakhir = max(kamus)
    lihat: dict[int, int] = {}
    lewat = False
    for baris in range(kolom.baris_judul + 1, lembar.baris_terakhir + 1):
        nilai = compute_nilai(lembar, baris, KOLOM_ID)
        if (baris, KOLOM_ID) in lembar.sel:
            # Each ID may be the one above and one more, down the whole sheet.
            lembar.sel[baris, KOLOM_ID] = Sel(nilai)
        teks = clean_teks(nilai)
        angka = to_angka(nilai, desimal=True)
        if not teks and lihat and not lewat and lembar.get_teks(baris, kolom.letak["jawaban"]):
            pesan = "baris ini berisi jawaban tetapi kolom ID-nya kosong, jadi tidak dibaca."
            letak.peringatan.append(Peringatan(name_sel(baris, KOLOM_ID), pesan))
        # Words above the first ID are headings, whatever they say.
        if not teks or (angka is None and not (lihat and _is_filled(lembar, kolom, baris))):
            continue
        # Behind the last row of the form a bare number is a leftover of its formatting.
        if lewat and not _is_filled(lembar, kolom, baris):
            continue
        if lewat and angka is None and not lembar.get_teks(baris, kolom.letak["jawaban"]):
            # Signatures and remarks below the form.
            continue
        sel = f'Lembar "{lembar.nama}", sel {name_sel(baris, KOLOM_ID)}'
        if angka is None or angka != angka.to_integral_value() or int(angka) not in kamus:
            letak.galat.append(f'{sel}: ID "{teks[:40]}" tidak dikenal pada LKE ini.')
            continue
        nomor = int(angka)
        if nomor in lihat:
            letak.galat.append(
                f"{sel}: ID {nomor} sudah dipakai pada sel {name_sel(lihat[nomor], KOLOM_ID)}."
            )
            continue
        lihat[nomor] = baris
        lewat = lewat or nomor == terakhir
        _note(letak, kamus[nomor], baris)
    return letak


def _build_kamus(instrumen: Instrumen) -> dict[int, list[tuple[str, str]]]:
    """ID -> what stands there: a question, a sub-count (`kode/masukan`), a node."""
    kamus: dict[int, list[tuple[str, str]]] = {nomor: [] for nomor in ID_LAIN}
    for simpul in instrumen.daftar_simpul:
        if simpul.baris_lke is not None:
            kamus.setdefault(simpul.baris_lke, []).append(("simpul", simpul.kode))
    for satu in instrumen.daftar_pertanyaan:
        kamus.setdefault(satu.baris_lke, []).append(("pertanyaan", satu.kode))
        for masukan in satu.masukan:
            kamus.setdefault(masukan.baris_lke, []).append(
                ("masukan", f"{satu.kode}/{masukan.kode}")
            )
    for nomor, simpul_kode in ((ID_PENGUNGKIT, "A"), (ID_HASIL, "B"), (ID_TOTAL, "total")):
        kamus[nomor].append(("simpul", simpul_kode))
    return kamus


def _note(letak: Letak, daftar: list[tuple[str, str]], baris: int) -> None:
    for jenis, kode in daftar:
        if jenis == "simpul":
            letak.nilai[kode] = baris
        elif jenis == "pertanyaan":
            letak.pertanyaan[kode] = baris
        else:
            induk, _, masukan = kode.partition("/")
            letak.masukan[induk, masukan] = baris


def _is_filled(lembar: Lembar, kolom: Kolom, baris: int) -> bool:
    """Something of a question stands in the row: its text, its type or an answer."""
    tengah = kolom.letak["jawaban"]
    return any(lembar.get_teks(baris, satu) for satu in range(2, tengah + 1))
