"""The LKE as a print sheet, to be filled in by hand."""

import datetime
import json
from functools import lru_cache
from pathlib import Path

import typst

from penilaian.instrumen import AREA_HASIL, Instrumen, Pertanyaan, Simpul
from penilaian.versi import InstrumenTerpakai

TEMPLAT = Path(__file__).parent / "lke.typ"
# For archives: fonts embedded, nothing fetched.
STANDAR = "a-2b"


def print_lke(
    terpakai: InstrumenTerpakai, *, satker: str, tahun: int, target: str, pada: datetime.date
) -> bytes:
    """The empty LKE of that version as PDF, with the unit's name on every page; `pada` is the day
    it is printed. Kept for whoever asks again that day."""
    isi = _build(terpakai.isi, f"{terpakai.isi.kode} versi {terpakai.versi}")
    return _render(isi, satker, tahun, target, pada)


@lru_cache(maxsize=8)
def _render(isi: str, satker: str, tahun: int, target: str, pada: datetime.date) -> bytes:
    data = json.loads(isi) | {
        "satker": satker,
        "tahun": tahun,
        "target": target,
        "pada": [pada.year, pada.month, pada.day],
    }
    # Files by name are taken in the place of a path; its type hints do not know it.
    return typst.compile(  # type: ignore[call-overload]
        {
            "main.typ": TEMPLAT.read_bytes(),
            "data.json": json.dumps(data, ensure_ascii=False).encode(),
        },
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards=[STANDAR],
    )


def _build(instrumen: Instrumen, versi: str) -> str:
    """What every sheet of a version says, as JSON text."""
    return json.dumps(
        {
            "judul": instrumen.judul,
            "versi": versi,
            "area": [_build_area(instrumen, area) for area in instrumen.daftar_area],
        }
    )


def _build_area(instrumen: Instrumen, area: Simpul) -> dict:
    """An area's two aspects with their sub-unsur; the result component has one part."""
    if area.kode == AREA_HASIL:
        unsur = [
            {"nama": simpul.nama, "pertanyaan": _list_pertanyaan(instrumen, simpul.anak)}
            for simpul in map(instrumen.simpul.__getitem__, area.anak)
        ]
        return {"nama": f"{area.kode}. {area.nama}", "bagian": [{"nama": "", "unsur": unsur}]}
    return {
        "nama": f"{area.kode.rpartition('.')[2]}. {area.nama}",
        "bagian": [
            {
                "nama": aspek.nama,
                "unsur": [
                    {
                        "nama": f"{sub.kode.rpartition('.')[2]}. {sub.nama}",
                        "pertanyaan": _list_pertanyaan(instrumen, sub.daftar_pertanyaan),
                    }
                    for sub in map(instrumen.simpul.__getitem__, aspek.anak)
                ],
            }
            for aspek in map(instrumen.simpul.__getitem__, area.anak)
        ],
    }


def _list_pertanyaan(instrumen: Instrumen, daftar_kode) -> list[dict]:
    return [_build_pertanyaan(instrumen.pertanyaan[kode]) for kode in daftar_kode]


def _build_pertanyaan(pertanyaan: Pertanyaan) -> dict:
    return {
        "nomor": pertanyaan.urutan,
        "kode": pertanyaan.kode,
        "label": pertanyaan.label,
        "opsi": [{"kode": opsi.kode, "label": opsi.label} for opsi in pertanyaan.opsi],
        "isian": [
            {"label": masukan.label, "dihitung": masukan.dihitung} for masukan in pertanyaan.masukan
        ],
    }
