"""Read an instrument from its JSON text and refuse one whose weights do not add up."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from integritas.json_ketat import JsonError, parse_json, sebut
from penilaian.instrumen.bentuk import (
    AREA_HASIL,
    JUMLAH_TOTAL,
    SIMPUL_HASIL,
    TARGET,
    Ambang,
    Gerbang,
    Instrumen,
    Pertanyaan,
    Simpul,
    SyaratPengusulan,
)
from penilaian.instrumen.nilai import (
    InstrumenError,
    naming,
    read_daftar,
    read_decimal,
    read_int,
    read_kode,
    read_objek,
    read_pecahan,
    read_teks,
)
from penilaian.instrumen.periksa import check_ambang, check_semua, check_target
from penilaian.instrumen.tanya import read_pertanyaan

BERKAS_BAWAAN = Path(__file__).parent.parent / "data" / "lke-90-2021.json"
# What stands below what.
ANAK_LEVEL = {
    "komponen": ("area", "sub_komponen"),
    "area": ("aspek",),
    "aspek": ("sub_unsur",),
    "sub_unsur": ("pertanyaan",),
    "sub_komponen": ("pertanyaan",),
}


@cache
def load_bawaan() -> Instrumen:
    """The packaged instrument, PermenPANRB 90/2021; no database is needed."""
    return parse_instrumen(BERKAS_BAWAAN.read_text(encoding="utf-8"))


def parse_instrumen(teks: str) -> Instrumen:
    """Read the JSON text of an instrument, in the shape of the packaged file.

    Raises InstrumenError naming the node when something is missing, doubled, of an unknown type,
    or when weights do not add up at any level (PermenPANRB 90/2021, Lampiran II and III).
    """
    try:
        isi = parse_json(teks)
    except JsonError as error:
        raise InstrumenError(str(error)) from error
    if not isinstance(isi, dict) or not isinstance(isi.get("tree"), list):
        raise InstrumenError('Berkas bukan instrumen: tidak ada kunci "tree".')
    with naming("Berkas"):
        return _build(isi)


def _build(isi: dict) -> Instrumen:
    kode = read_kode(isi["kode"], "Berkas", "kode", 60)
    pohon = _Pohon(isi)
    for nomor, komponen in enumerate(isi["tree"], 1):
        pohon.read_komponen(komponen, f"komponen ke-{nomor}")
    skala = read_decimal(isi["skala_maksimal"], JUMLAH_TOTAL)
    komponen_kode = tuple(satu.kode for satu in pohon.daftar_simpul if satu.level == "komponen")
    pohon.daftar_simpul.append(Simpul(JUMLAH_TOTAL, "total", "Total", skala, anak=komponen_kode))
    pohon.daftar_pertanyaan.sort(key=lambda satu: satu.urutan)
    check_semua(
        pohon.daftar_simpul,
        pohon.daftar_pertanyaan,
        pohon.gabungan,
        pohon.pecahan,
        isi.get("jumlah_pertanyaan"),
    )
    instrumen = Instrumen(
        kode=kode,
        versi_data=read_int(isi["versi_data"], "Berkas", "versi_data"),
        judul=read_teks(isi["judul"], "Berkas", "judul", 200),
        daftar_pertanyaan=tuple(pohon.daftar_pertanyaan),
        daftar_simpul=tuple(pohon.daftar_simpul),
        ambang={},
        skala_maksimal=skala,
        dasar_hukum=tuple(_list_dasar(isi)),
        sumber_syarat=read_teks(
            read_objek(isi.get("syarat_pengusulan", {}), "syarat_pengusulan").get("sumber", ""),
            *("syarat_pengusulan", "sumber", 300),
            kosong=True,
        ),
        daftar_syarat=tuple(_list_syarat(isi.get("syarat_pengusulan", {}))),
    )
    ambang = read_objek(isi["ambang"], "ambang")
    if asing := sorted(ambang.keys() - set(TARGET)):
        raise InstrumenError(f"ambang: target {sebut(asing[0])} tidak dikenal.")
    for target in TARGET:
        with naming(f"ambang {target}"):
            instrumen.ambang[target] = _read_ambang(target, ambang[target], instrumen)  # type: ignore[index]
    check_target(instrumen.ambang)
    return instrumen


def _list_nilai_tipe(semua: Any) -> Iterator[tuple[str, dict[str, Decimal]]]:
    """What the options of each type are worth; a type of numbers says nothing of it."""
    for tipe, satu in read_objek(semua, "tipe_jawaban").items():
        sebutan = f"tipe_jawaban {tipe}"
        nilai = read_objek(satu, sebutan).get("nilai")
        if nilai is not None:
            yield (
                tipe,
                {k: read_decimal(v, sebutan, 1) for k, v in read_objek(nilai, sebutan).items()},
            )


def _list_dasar(isi: dict) -> Iterator[str]:
    for satu in read_daftar(isi.get("dasar_hukum", []), "Berkas", "dasar_hukum"):
        with naming("dasar_hukum"):
            yield read_teks(f"{satu['nama']}, {satu['bagian']}", "Berkas", "dasar_hukum")


def _list_syarat(semua: dict) -> Iterator[SyaratPengusulan]:
    for kelompok, daftar in semua.items():
        if kelompok == "sumber":
            continue
        sebutan = f"syarat_pengusulan {kelompok}"
        lihat: set[str] = set()
        for nomor, satu in enumerate(read_daftar(daftar, "syarat_pengusulan", kelompok), 1):
            with naming(f"{sebutan} ke-{nomor}"):
                kode = read_teks(satu["kode"], sebutan, "kode", 40)
                if kode in lihat:
                    raise InstrumenError(f"{sebutan}, {kode}: kode dipakai dua kali.")
                lihat.add(kode)
                yield SyaratPengusulan(
                    kelompok=kelompok,
                    kode=kode,
                    label=read_teks(satu["label"], f"{sebutan}, {kode}", "label", 300),
                    menurut_target={
                        target: read_teks(satu[target], f"{sebutan}, {kode}", target, 60)
                        for target in TARGET
                    },
                )


class _Pohon:
    """The tree while it is read: nodes that have a score, questions, and their exact weights."""

    def __init__(self, isi: dict):
        self.daftar_simpul: list[Simpul] = []
        self.daftar_pertanyaan: list[Pertanyaan] = []
        self.pecahan: dict[str, Fraction] = {}
        self.gabungan: dict[str, tuple[Simpul, ...]] = {}
        self.nilai_tipe = dict(_list_nilai_tipe(isi.get("tipe_jawaban", {})))

    def read_komponen(self, node: Any, sebutan: str) -> None:
        self._read(node, sebutan, ("komponen",), induk="", area="", aspek="")
        with naming(node["kode"]):
            self.gabungan[node["kode"]] = tuple(self._list_gabungan(node))
            self.daftar_simpul.extend(self.gabungan[node["kode"]])

    def _read(self, node, sebutan, boleh: tuple[str, ...], *, induk, area, aspek) -> str:
        """Read a node and all below it; returns its code."""
        with naming(sebutan):
            kode = read_kode(read_objek(node, sebutan)["kode"], sebutan, "kode", 20)
        with naming(kode):
            level = node["level"]
            if level not in boleh:
                raise InstrumenError(
                    f"{kode}: level {sebut(level)}, seharusnya {' atau '.join(boleh)}."
                )
            if level == "pertanyaan":
                self._read_tanya(node, kode, induk=induk, area=area, aspek=aspek)
                return kode
            if level == "area" or kode == AREA_HASIL:
                area = read_teks(kode, kode, "kode area", 8)
            if level == "aspek":
                aspek = read_teks(node["aspek"], kode, "aspek", 20)
            letak = len(self.daftar_simpul)
            anak = tuple(
                self._read(
                    satu,
                    f"anak ke-{nomor} dari {kode}",
                    ANAK_LEVEL[level],
                    induk=kode,
                    area=area,
                    aspek=aspek,
                )
                for nomor, satu in enumerate(read_daftar(node["anak"], kode, "anak"), 1)
            )
            if not anak:
                raise InstrumenError(f"{kode}: tidak punya anak.")
            self.daftar_simpul.insert(letak, _build_simpul(node, kode, level, anak))
        return kode

    def _read_tanya(self, node: dict, kode: str, *, induk: str, area: str, aspek: str) -> None:
        satu = read_pertanyaan(node, kode, self.nilai_tipe, induk=induk, area=area, aspek=aspek)
        self.daftar_pertanyaan.append(satu)
        self.pecahan[kode] = read_pecahan(node["bobot_pecahan"], kode)
        if not aspek:
            # A result question carries a weight of its own and is a node with a score.
            self.daftar_simpul.append(
                Simpul(
                    kode=kode,
                    level="pertanyaan",
                    nama=satu.nama,
                    bobot=satu.bobot,
                    daftar_pertanyaan=(kode,),
                    baris_lke=satu.baris_lke,
                    nomor_resmi=satu.nomor_resmi,
                )
            )

    def _list_gabungan(self, komponen: dict) -> Iterator[Simpul]:
        """A.I and A.II: one aspect over all areas."""
        for aspek, satu in read_objek(komponen.get("aspek", {}), komponen["kode"]).items():
            kode = read_teks(satu["kode"], komponen["kode"], "kode aspek", 20)
            with naming(kode):
                yield Simpul(
                    kode=kode,
                    level="aspek_gabungan",
                    nama=read_teks(satu.get("nama", aspek.capitalize()), kode, "nama"),
                    bobot=read_decimal(satu["bobot"], kode),
                    anak=tuple(
                        cabang["kode"]
                        for area in komponen["anak"]
                        for cabang in area["anak"]
                        if cabang.get("aspek") == aspek
                    ),
                    baris_lke=_read_baris(satu, kode),
                )


def _build_simpul(node: dict, kode: str, level: str, anak: tuple[str, ...]) -> Simpul:
    return Simpul(
        kode=kode,
        level=level,
        nama=read_teks(node["nama"], kode, "nama"),
        bobot=read_decimal(node["bobot"], kode),
        anak=() if level == "sub_unsur" else anak,
        daftar_pertanyaan=anak if level == "sub_unsur" else (),
        baris_lke=_read_baris(node, kode),
        nomor_resmi=read_teks(node.get("nomor_resmi", ""), kode, "nomor_resmi", 20, kosong=True),
    )


def _read_baris(node: dict, kode: str) -> int | None:
    baris = node.get("baris_lke")
    return None if baris is None else read_int(baris, kode, "baris_lke")


def _read_ambang(target: str, satu: dict, instrumen: Instrumen) -> Ambang:
    """The floors in the order total, pengungkit, each area, then the result nodes.

    An area's floor is a share of its own weight, pemenuhan and reform together."""
    sebutan = f"ambang {target}"
    persen = read_decimal(satu["persen_tiap_area_pengungkit"], sebutan, 100)
    daftar = [
        Gerbang("total", JUMLAH_TOTAL, read_decimal(satu["total"], sebutan), "Total"),
        Gerbang("pengungkit", "A", read_decimal(satu["pengungkit"], sebutan), "Pengungkit"),
    ]
    for area in instrumen.daftar_area[:-1]:
        daftar.append(Gerbang(area.kode, area.kode, area.bobot * persen / 100, area.nama))
    hasil = read_objek(satu["hasil"], sebutan)
    for kode in sorted(hasil):
        if kode not in instrumen.simpul:
            raise InstrumenError(f"{sebutan}: simpul {sebut(kode)} tidak ada.")
        if kode not in SIMPUL_HASIL:
            raise InstrumenError(f"{sebutan}: {kode} bukan simpul hasil yang punya ambang.")
        nama = instrumen.simpul[kode].nama
        daftar.append(Gerbang(kode, kode, read_decimal(hasil[kode], sebutan), nama))
    prasyarat = satu.get("prasyarat_predikat")
    if prasyarat is not None:
        read_teks(prasyarat, sebutan, "prasyarat_predikat", 10)
    ambang = Ambang(target, prasyarat, tuple(daftar))
    check_ambang(ambang, instrumen.simpul)
    return ambang
