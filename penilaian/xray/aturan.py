"""All rules with their levels: our own, no regulation's, so that they can be read in one look.

`harus` stands in the way of handing in and is mended, not accepted: two numbers of the same sheet
that cannot both be true. `sebaiknya` is what an inspector would ask about; `catatan` is worth
knowing. Both may be accepted with a reason.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from penilaian.instrumen import Instrumen
from penilaian.xray import angka, bukti, catatan
from penilaian.xray.bentuk import CATATAN, HARUS, SEBAIKNYA, Aturan, Baca, Lembar, Temu

_J, _C, _B = frozenset({Baca.JAWABAN}), frozenset({Baca.CATATAN}), frozenset({Baca.BUKTI})
_PERUBAHAN = {satu: angka.SAMA[1][0] for satu, _ in angka.SAMA}

# fmt: off
ATURAN = (
    Aturan("angka_melebihi", "Angka yang tidak mungkin", HARUS, _J, angka.check_melebihi),
    Aturan("jumlah_beda", "Dua angka yang seharusnya sama", HARUS, _J, angka.check_jumlah_sama, jangkar=_PERUBAHAN),
    Aturan("sanksi_melebihi", "Sanksi lebih banyak daripada pelanggaran", SEBAIKNYA, _J, angka.check_sanksi),
    Aturan("basis_nol", "Pembagi nol", SEBAIKNYA, _J, angka.check_basis_nol, CATATAN),
    Aturan("perubahan_agen", "Perubahan lebih banyak daripada agen", CATATAN, _J, angka.check_perubahan_agen),
    Aturan("indeks_tanpa_survei", "Indeks tanpa hasil survei", SEBAIKNYA, _J | _B, bukti.check_survei),
    Aturan("tautan_tertutup", "Tautan yang tidak dapat dibuka", SEBAIKNYA, _B, bukti.check_tautan),
    Aturan("bukti_luar_tahun", "Bukti dari tahun lain", SEBAIKNYA, _B, bukti.check_tahun, CATATAN),
    Aturan("bukti_kembar", "Isi bukti sama persis", SEBAIKNYA, _B, bukti.check_kembar),
    Aturan("berkas_berulang", "Satu berkas untuk satu sub-unsur", CATATAN, _B, bukti.check_berulang, seluruh=True),
    Aturan("berkas_banyak", "Satu berkas untuk banyak pertanyaan", CATATAN, _B, bukti.check_banyak, seluruh=True),
    Aturan("catatan_tahun_lain", "Catatan menyebut tahun lain", SEBAIKNYA, _C, catatan.check_tahun_lain, CATATAN),
    Aturan("catatan_satker_lain", "Catatan menyebut satker lain", SEBAIKNYA, _C, catatan.check_satker_lain),
    Aturan("terbaik_tanpa_bukti", "Nilai penuh tanpa bukti", SEBAIKNYA, _J | _B, bukti.check_terbaik),
)
# Never kept and never told to the unit itself: built for a reader who sees both. See penilaian.temuan.kembar.
BERKAS_LAIN = Aturan("berkas_satker_lain", "Isi bukti yang sama di satker lain", SEBAIKNYA, frozenset(), bukti.check_luar, CATATAN)
# fmt: on
MENURUT_KODE = {satu.kode: satu for satu in (BERKAS_LAIN, *ATURAN)}
_URUTAN = {kode: nomor for nomor, kode in enumerate(MENURUT_KODE)}


@dataclass(frozen=True)
class Rencana:
    """Which rules run again, and under which questions; `None` is the whole LKE."""

    bagian: Mapping[str, frozenset[str] | None]

    def holds(self, aturan: str, kode: str) -> bool:
        """A finding of that rule under that question is found again, or gone."""
        if aturan not in self.bagian:
            return False
        daftar_kode = self.bagian[aturan]
        return daftar_kode is None or kode in daftar_kode

    @property
    def seluruh(self) -> list[str]:
        return [kode for kode, daftar in self.bagian.items() if daftar is None]

    @property
    def daftar_kode(self) -> set[str]:
        """Every question that a rule stands under."""
        return {kode for daftar in self.bagian.values() for kode in daftar or ()}


def get_aturan(kode: str) -> Aturan | None:
    """None for a rule of another release, whose findings stay until the next full run."""
    return MENURUT_KODE.get(kode)


def get_urutan(kode: str) -> int:
    """Where the rule stands in a list: as in the table, unknown ones last."""
    return _URUTAN.get(kode, len(_URUTAN))


def plan(isi: Instrumen, jawaban: Iterable[str] = (), bukti: Iterable[str] = ()) -> Rencana:
    """The rules that read what changed: answers and notes of some questions, evidence of some."""
    jawaban, bukti = frozenset(jawaban), frozenset(bukti)
    bagian: dict[str, frozenset[str] | None] = {}
    for satu in ATURAN:
        berubah = jawaban if satu.baca - {Baca.BUKTI} else frozenset()
        if Baca.BUKTI in satu.baca:
            berubah |= bukti
        if berubah and satu.seluruh:
            bagian[satu.kode] = None
        elif berubah:
            jangkar = {satu.jangkar.get(kode, kode) for kode in berubah}
            bagian[satu.kode] = frozenset(kode for kode in jangkar if kode in isi.pertanyaan)
    return Rencana(bagian)


def run(lembar: Lembar, rencana: Rencana) -> list[tuple[Aturan, Temu]]:
    hasil = []
    for kode_aturan, daftar_kode in rencana.bagian.items():
        aturan = MENURUT_KODE[kode_aturan]
        for kode in ("",) if daftar_kode is None else sorted(daftar_kode):
            hasil += [(aturan, temu) for temu in aturan.periksa(lembar, kode)]
    return hasil
