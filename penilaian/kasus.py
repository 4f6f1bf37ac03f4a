"""Score cases in a JSON file, for `score_lke`: read, score, write. Pure, no Django."""

from dataclasses import dataclass
from typing import Any

from integritas.json_ketat import JsonError, parse_json, sebut
from penilaian import skor
from penilaian.instrumen import Instrumen
from penilaian.jawaban import Isian, JawabanError, read_semua
from penilaian.skor import Kosong


class KasusError(ValueError):
    """The file cannot be scored; the sentence names the case and the code."""


@dataclass(frozen=True)
class Kasus:
    kode: str | None
    jawaban: dict[str, Isian]
    kosong: Kosong


def read_kasus(teks: str, instrumen: Instrumen, bawaan: Kosong) -> list[Kasus]:
    """Read `{"jawaban": {…}, "kosong"?}` or `{"kasus": [{"kode", "jawaban", "kosong"?}, …]}`.

    The case's own `kosong` wins over the file's, which wins over `bawaan`. Unknown keys are
    ignored. Raises KasusError naming the case and the code.
    """
    try:
        isi = parse_json(teks)
    except JsonError as error:
        raise KasusError(str(error)) from error
    if not isinstance(isi, dict):
        raise KasusError('berkas harus objek JSON dengan kunci "jawaban" atau "kasus".')
    kosong = _read_kosong(isi, bawaan, "berkas")
    if "kasus" not in isi:
        return [_read_satu(isi, instrumen, kosong, "berkas")]
    if not isinstance(isi["kasus"], list):
        raise KasusError('"kasus" harus daftar.')
    return [
        _read_satu(satu, instrumen, kosong, f"kasus ke-{nomor}")
        for nomor, satu in enumerate(isi["kasus"], 1)
    ]


def _read_satu(isi: Any, instrumen: Instrumen, bawaan: Kosong, sebutan: str) -> Kasus:
    if not isinstance(isi, dict):
        raise KasusError(f"{sebutan} harus objek JSON.")
    kode = isi.get("kode")
    if kode is not None:
        if isinstance(kode, bool) or not isinstance(kode, str | int):
            raise KasusError(f'{sebutan}: "kode" harus teks.')
        kode = str(kode)
        sebutan = f"kasus {kode}"
    if "jawaban" not in isi:
        raise KasusError(f'{sebutan}: tidak ada kunci "jawaban".')
    kosong = _read_kosong(isi, bawaan, sebutan)
    try:
        return Kasus(kode, read_semua(instrumen, isi["jawaban"]), kosong)
    except JawabanError as error:
        raise KasusError(f"{sebutan}: {error}") from error


def _read_kosong(isi: dict, bawaan: Kosong, sebutan: str) -> Kosong:
    mentah = isi.get("kosong")
    if mentah is None:
        return bawaan
    try:
        return Kosong(mentah)
    except ValueError as error:
        raise KasusError(
            f'{sebutan}: "kosong" harus "nol" atau "abaikan", bukan {sebut(mentah)}.'
        ) from error


def score_kasus(instrumen: Instrumen, kasus: Kasus) -> dict:
    """One case as it is printed: every node always present, scores as decimal strings."""
    hasil = skor.compute(instrumen, kasus.jawaban, kasus.kosong)
    return {
        "kode": kasus.kode,
        "cakupan": str(hasil.cakupan),
        "nilai": {kode: str(nilai) for kode, nilai in hasil.nilai.items()},
        "tampil": {kode: str(skor.show(nilai)) for kode, nilai in hasil.nilai.items()},
        "kelayakan": {
            target: {"lolos": satu.lolos, "gagal": list(satu.gagal)}
            for target, satu in hasil.kelayakan.items()
        },
    }
