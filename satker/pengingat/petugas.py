"""Who answers for a unit, in which role, on a day: read once for all units, in four statements."""

import datetime
from collections import defaultdict
from collections.abc import Iterable

from satker.models import KantorWilayah, KedudukanInstansi, KedudukanSatker, Penugasan, Peran
from satker.tenggat import ZONA_BAWAAN

# A node of the tree: `("satker", 12)`, `("kanwil", 3)`, `("instansi", 1)`.
Simpul = tuple[str, int]


class Petugas:
    """The people of every unit by role. A unit is reached from itself, its Kanwil, and the nodes that
    it stands under or that supervise it; see also satker.access.filter_satker()."""

    def __init__(self, pada: datetime.date):
        self._posisi = {
            satker: (kanwil, instansi, pembina, zona, nama)
            for satker, kanwil, instansi, pembina, zona, nama in KedudukanSatker.objects.at(
                pada
            ).values_list("satker", "kanwil", "instansi", "pembina", "zona_waktu", "nama")
        }
        self._satker_kanwil = dict(KantorWilayah.objects.values_list("pk", "satker"))
        self._induk = dict(KedudukanInstansi.objects.at(pada).values_list("instansi", "induk"))
        self._tugas: dict[tuple[str, Simpul], set[int]] = defaultdict(set)
        self.aktif: set[int] = set()
        for pengguna, peran, satker, kanwil, instansi in Penugasan.objects.active(pada).values_list(
            "pengguna", "peran", "satker", "kanwil", "instansi"
        ):
            self.aktif.add(pengguna)
            for simpul in (("satker", satker), ("kanwil", kanwil), ("instansi", instansi)):
                if simpul[1] is not None:
                    self._tugas[peran, simpul].add(pengguna)
        self._simpul: dict[int, list[Simpul]] = {}

    def get_zona(self, satker: int | None) -> str:
        """The zone of a unit; of one that stands nowhere, and of no unit, that of the capital."""
        posisi = self._posisi.get(satker) if satker is not None else None
        return posisi[3] if posisi else ZONA_BAWAAN

    def get_nama(self, satker: int | None) -> str:
        """What a unit is called; empty where there is none."""
        posisi = self._posisi.get(satker) if satker is not None else None
        return posisi[4] if posisi else ""

    def list_pengguna(
        self, satker: int | None, daftar_peran: Iterable[str], sendiri: Iterable[int] = ()
    ) -> set[int]:
        """Who is told: those with one of these roles for the unit; `sendiri` stand in for its
        operators."""
        hasil: set[int] = set()
        sendiri = self.aktif.intersection(sendiri)
        for peran in daftar_peran:
            if peran == Peran.OPERATOR and sendiri:
                hasil |= sendiri
            elif satker is not None:
                for simpul in self._list_simpul(satker):
                    hasil |= self._tugas.get((peran, simpul), set())
        return hasil

    def _list_simpul(self, satker: int) -> list[Simpul]:
        if satker not in self._simpul:
            kanwil, instansi, pembina, *_ = self._posisi.get(satker, (None, None, None))
            daftar: list[Simpul] = [("satker", satker)]
            diatas = [instansi, pembina]
            if kanwil is not None:
                daftar.append(("kanwil", kanwil))
                kantor = self._posisi.get(self._satker_kanwil[kanwil])
                diatas.append(kantor[1] if kantor else None)
            semua = {satu for satu in diatas if satu is not None}
            semua |= {induk for satu in semua if (induk := self._induk.get(satu)) is not None}
            self._simpul[satker] = daftar + [("instansi", satu) for satu in sorted(semua)]
        return self._simpul[satker]
