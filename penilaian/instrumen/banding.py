"""Two instruments beside each other: what was kept, changed, added and dropped. Pure, no Django.

Nodes, questions, floors and eligibility rules are told apart by kind and code; what counts is each
of their fields in words. The place of a question is a field, too: its number and the node above.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from penilaian.instrumen.bentuk import Instrumen, Masukan, Pertanyaan, Rumus, Simpul

# A kind and a code.
Kunci = tuple[str, str]
Isi = dict[str, str]


class Nasib(StrEnum):
    """What became of a part."""

    TETAP = "tetap"
    BERUBAH = "berubah"
    DITAMBAH = "ditambah"
    DIHAPUS = "dihapus"


@dataclass(frozen=True)
class Ubahan:
    """One field before and after; empty where the part did not have it."""

    bidang: str
    lama: str
    baru: str


@dataclass(frozen=True)
class Butir:
    """One part and what became of it; `nama` is the newer one where there are two."""

    jenis: str
    kode: str
    nama: str
    nasib: Nasib
    daftar_ubahan: tuple[Ubahan, ...] = ()


@dataclass(frozen=True)
class Banding:
    """All parts in the order of the newer instrument, dropped ones behind."""

    daftar: tuple[Butir, ...]

    def list_nasib(self, nasib: Nasib) -> list[Butir]:
        return [satu for satu in self.daftar if satu.nasib == nasib]

    @property
    def is_sama(self) -> bool:
        return all(satu.nasib == Nasib.TETAP for satu in self.daftar)


def compare(lama: Instrumen, baru: Instrumen) -> Banding:
    """What leads from one instrument to the other."""
    asal, tujuan = describe(lama), describe(baru)
    daftar = [_compare_satu(kunci, asal.get(kunci), isi) for kunci, isi in tujuan.items()]
    hilang = [
        _build_butir(kunci, isi, Nasib.DIHAPUS)
        for kunci, isi in asal.items()
        if kunci not in tujuan
    ]
    return Banding((*daftar, *hilang))


def _compare_satu(kunci: Kunci, lama: Isi | None, baru: Isi) -> Butir:
    if lama is None:
        return _build_butir(kunci, baru, Nasib.DITAMBAH)
    ubahan = tuple(
        Ubahan(bidang, lama.get(bidang, ""), baru.get(bidang, ""))
        for bidang in dict.fromkeys([*lama, *baru])
        if lama.get(bidang, "") != baru.get(bidang, "")
    )
    return _build_butir(kunci, baru, Nasib.BERUBAH if ubahan else Nasib.TETAP, ubahan)


def _build_butir(kunci: Kunci, isi: Isi, nasib: Nasib, ubahan=()) -> Butir:
    jenis, kode = kunci
    return Butir(jenis, kode, isi.get("nama") or isi.get("kalimat", ""), nasib, ubahan)


# --- in words -----------------------------------------------------------------------------------
def describe(instrumen: Instrumen) -> dict[Kunci, Isi]:
    """Every part with its fields; an empty field is left out."""
    hasil: dict[Kunci, Isi] = {("instrumen", ""): _describe_kepala(instrumen)}
    for simpul in instrumen.daftar_simpul:
        if simpul.kode not in instrumen.pertanyaan:
            hasil["simpul", simpul.kode] = _describe_simpul(simpul)
    for satu in instrumen.daftar_pertanyaan:
        hasil["pertanyaan", satu.kode] = dict(_list_pertanyaan(satu))
    for target, ambang in instrumen.ambang.items():
        for gerbang in ambang.daftar_gerbang:
            hasil["ambang", f"{target} {gerbang.kode}"] = {
                "nama": f"{target}, {gerbang.nama}",
                "paling sedikit": _tulis(gerbang.minimal),
            }
    for syarat in instrumen.daftar_syarat:
        hasil["syarat pengusulan", f"{syarat.kelompok} {syarat.kode}"] = {
            "nama": syarat.label,
            **syarat.menurut_target,
        }
    return {
        kunci: {bidang: teks for bidang, teks in isi.items() if teks}
        for kunci, isi in hasil.items()
    }


def _describe_kepala(instrumen: Instrumen) -> Isi:
    return {
        "nama": instrumen.judul,
        "dasar hukum": "; ".join(instrumen.dasar_hukum),
        "sumber syarat pengusulan": instrumen.sumber_syarat,
        **{
            f"prasyarat {target}": ambang.prasyarat or ""
            for target, ambang in instrumen.ambang.items()
        },
    }


def _describe_simpul(simpul: Simpul) -> Isi:
    return {
        "nama": simpul.nama,
        "tingkat": simpul.level,
        "bobot": _tulis(simpul.bobot),
        "bagian": ", ".join(simpul.anak),
        "nomor resmi": simpul.nomor_resmi,
        "baris lembar kerja": str(simpul.baris_lke or ""),
    }


def _list_pertanyaan(satu: Pertanyaan) -> Iterator[tuple[str, str]]:
    yield "nama", satu.nama
    yield "kalimat", satu.label
    yield "tipe", str(satu.tipe)
    yield "bobot", _tulis(satu.bobot)
    yield "nomor", str(satu.urutan)
    yield "nomor resmi", satu.nomor_resmi
    yield "letak", satu.induk
    yield "baris lembar kerja", str(satu.baris_lke)
    for opsi in satu.opsi:
        yield f"pilihan {opsi.kode}", f"{_tulis(opsi.nilai)}: {opsi.label}"
    for masukan in satu.masukan:
        yield f"isian {masukan.kode}", _say_masukan(masukan)
    if satu.rumus is not None:
        yield "rumus", _say_rumus(satu.rumus)
        yield "pembagi nol", _say_nol(satu.rumus)
    yield "bukti", "; ".join(satu.bukti)
    yield "catatan", satu.catatan


def _tulis(nilai: Decimal) -> str:
    """Exact, with the comma of Indonesian readers."""
    return format(nilai, "f").replace(".", ",")


def _say_masukan(masukan: Masukan) -> str:
    batas = "" if masukan.maksimal is None else f" sampai {_tulis(masukan.maksimal)}"
    jumlah = f", jumlah {' + '.join(masukan.bagian)}" if masukan.bagian else ""
    bentuk = "desimal" if masukan.desimal else "bilangan bulat"
    return (
        f"{masukan.label}, {bentuk} mulai {_tulis(masukan.minimal)}{batas}, "
        f"baris {masukan.baris_lke}{jumlah}"
    )


def _say_rumus(rumus: Rumus) -> str:
    if rumus.jenis == "indeks":
        return f"{rumus.atas} / {_tulis(rumus.maksimal)}"
    if rumus.jenis == "rasio":
        return f"{rumus.atas} / {rumus.bawah}"
    return f"({rumus.bawah} - {rumus.atas}) / {rumus.bawah}"


def _say_nol(rumus: Rumus) -> str:
    if rumus.jenis == "indeks":
        return ""
    lebih = f", lebih {_tulis(rumus.nol_lebih)}" if rumus.jenis == "penurunan" else ""
    return f"{_tulis(rumus.nol)}{lebih} ({rumus.dasar})"
