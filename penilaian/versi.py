"""A version of the instrument ready for use: the file's content, the admin's settings, the keys.

Kept per process, since a version does not change; `pengaturan` rises with each setting, so that
every process reads it again.
"""

from collections import OrderedDict
from dataclasses import dataclass, field

from penilaian.instrumen import Instrumen
from penilaian.models import DokumenDiminta, Pertanyaan, VersiInstrumen

SIMPAN_PALING_BANYAK = 8
_simpanan: OrderedDict[tuple[int, str, int], "InstrumenTerpakai"] = OrderedDict()


@dataclass(frozen=True)
class InstrumenTerpakai:
    """`id_dari` and `kode_dari` translate between question codes and keys; `dokumen` lists what
    each question asks for, in order."""

    kunci: tuple[int, str, int]
    versi_id: int
    versi: int
    isi: Instrumen
    id_dari: dict[str, int]
    kode_dari: dict[int, str]
    dokumen: dict[str, list[DokumenDiminta]] = field(default_factory=dict)

    @property
    def pengaturan(self) -> int:
        """Which state of the admin's settings this is."""
        return self.kunci[2]


def get_terpakai(versi: VersiInstrumen) -> InstrumenTerpakai:
    """The version with today's settings; `versi` may have its text deferred. No query when it was
    read before."""
    kunci = (versi.pk, versi.sha256, versi.pengaturan)
    if kunci in _simpanan:
        _simpanan.move_to_end(kunci)
        return _simpanan[kunci]
    terpakai = _simpanan[kunci] = read_terpakai(versi)
    while len(_simpanan) > SIMPAN_PALING_BANYAK:
        _simpanan.popitem(last=False)
    return terpakai


def read_terpakai(versi: VersiInstrumen) -> InstrumenTerpakai:
    """The same without keeping it: for a step that has changed a setting and may yet fail."""
    daftar = list(Pertanyaan.objects.filter(versi=versi))
    aturan = {
        satu.kode: satu.nilai_penyebut_nol for satu in daftar if satu.nilai_penyebut_nol is not None
    }
    dokumen: dict[str, list[DokumenDiminta]] = {satu.kode: [] for satu in daftar}
    kode_dari = {satu.pk: satu.kode for satu in daftar}
    for satu in DokumenDiminta.objects.filter(pertanyaan__versi=versi, ditarik=False).order_by(
        "urutan", "pk"
    ):
        dokumen[kode_dari[satu.pertanyaan_id]].append(satu)
    return InstrumenTerpakai(
        kunci=(versi.pk, versi.sha256, versi.pengaturan),
        versi_id=versi.pk,
        versi=versi.versi,
        isi=versi.bawaan.with_aturan_nol(aturan),
        id_dari={satu.kode: satu.pk for satu in daftar},
        kode_dari=kode_dari,
        dokumen=dokumen,
    )


def forget() -> None:
    """Empty what this process keeps; for tests, whose keys begin again."""
    _simpanan.clear()
