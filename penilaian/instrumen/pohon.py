"""The tree of an instrument as it is shown: each node with its parts below it, and a search."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from penilaian.instrumen.bentuk import Instrumen, Pertanyaan, Simpul


@dataclass(frozen=True)
class Cabang:
    """A node; a sub-unsur and a single result question have questions, all others parts."""

    simpul: Simpul
    anak: tuple["Cabang", ...]
    daftar_pertanyaan: tuple[Pertanyaan, ...]

    @property
    def jumlah_bobot(self) -> Decimal:
        """What the parts weigh together; the loader saw that it is the node's own weight."""
        return sum((satu.simpul.bobot for satu in self.anak), Decimal(0))

    @property
    def jumlah_pertanyaan(self) -> int:
        return len(self.daftar_pertanyaan) + sum(satu.jumlah_pertanyaan for satu in self.anak)

    @property
    def daftar_sub(self) -> Iterator["Cabang"]:
        """The nodes below it, or itself, that have questions; in their order."""
        if self.daftar_pertanyaan:
            yield self
        for satu in self.anak:
            yield from satu.daftar_sub


def build_cabang(instrumen: Instrumen, kode: str) -> Cabang:
    """The node with everything below it."""
    simpul = instrumen.simpul[kode]
    return Cabang(
        simpul=simpul,
        anak=tuple(build_cabang(instrumen, anak) for anak in simpul.anak),
        daftar_pertanyaan=tuple(instrumen.pertanyaan[satu] for satu in simpul.daftar_pertanyaan),
    )


def find_pertanyaan(instrumen: Instrumen, kata: str) -> list[Pertanyaan]:
    """Questions in whose number, code, words, options, numbers or evidence every word occurs."""
    daftar_kata = kata.casefold().split()
    return [
        satu
        for satu in instrumen.daftar_pertanyaan
        if daftar_kata and all(potong in _list_teks(instrumen, satu) for potong in daftar_kata)
    ]


def _list_teks(instrumen: Instrumen, satu: Pertanyaan) -> str:
    bagian = [
        *(str(satu.urutan), satu.kode, satu.nama, satu.label, satu.catatan),
        instrumen.simpul[satu.induk].nama,
        *(opsi.label for opsi in satu.opsi),
        *(masukan.label for masukan in satu.masukan),
        *satu.bukti,
    ]
    return "\n".join(bagian).casefold()
