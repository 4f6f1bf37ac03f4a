"""Read an instrument from its JSON text and refuse one whose weights do not add up."""

import json
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from penilaian.instrumen.bentuk import (
    AREA_HASIL,
    Ambang,
    Gerbang,
    Instrumen,
    Masukan,
    Opsi,
    Pertanyaan,
    Rumus,
    Simpul,
    Tipe,
)

BERKAS_BAWAAN = Path(__file__).parent.parent / "data" / "lke-90-2021.json"
JUMLAH_TOTAL = "total"
LEVEL_BERSKOR = ("komponen", "area", "aspek", "sub_unsur", "sub_komponen")


class InstrumenError(ValueError):
    """The file is not an instrument; the sentence names the node."""


@cache
def load_bawaan() -> Instrumen:
    """The packaged instrument, PermenPANRB 90/2021; no database is needed."""
    return parse_instrumen(BERKAS_BAWAAN.read_text(encoding="utf-8"))


def parse_instrumen(teks: str) -> Instrumen:
    """Read the JSON text of `shared/data/lke-90-2021.json`'s shape.

    Raises InstrumenError naming the node when something is missing, doubled, of an unknown type,
    or when weights do not add up at any level (PermenPANRB 90/2021, Lampiran II and III).
    """
    try:
        isi = json.loads(teks, parse_float=Decimal)
    except json.JSONDecodeError as error:
        raise InstrumenError(
            f"Berkas bukan JSON yang utuh: baris {error.lineno}, kolom {error.colno}."
        ) from error
    if not isinstance(isi, dict) or not isinstance(isi.get("tree"), list):
        raise InstrumenError('Berkas bukan instrumen: tidak ada kunci "tree".')
    try:
        return _build(isi)
    except KeyError as error:
        raise InstrumenError(f"Berkas bukan instrumen: kunci {error} tidak ada.") from error
    except (TypeError, AttributeError, ArithmeticError) as error:
        raise InstrumenError(f"Berkas bukan instrumen: bentuknya salah ({error}).") from error


def _decimal(nilai: Any, simpul: str) -> Decimal:
    if isinstance(nilai, bool) or not isinstance(nilai, int | Decimal):
        raise InstrumenError(f"{simpul}: bobot atau nilai {nilai!r} bukan angka.")
    if nilai < 0:
        raise InstrumenError(f"{simpul}: bobot atau nilai {nilai} tidak boleh negatif.")
    return Decimal(nilai)


def _build(isi: dict) -> Instrumen:
    kode, versi = isi["kode"], isi["versi_data"]
    if not isinstance(kode, str) or not kode.strip() or len(kode) > 60:
        raise InstrumenError("Kode instrumen harus teks, paling panjang 60 huruf.")
    if isinstance(versi, bool) or not isinstance(versi, int) or versi < 1:
        raise InstrumenError("versi_data harus bilangan bulat mulai dari 1.")
    daftar_simpul: list[Simpul] = []
    daftar_pertanyaan: list[Pertanyaan] = []
    for komponen in isi["tree"]:
        _read_node(komponen, daftar_simpul, daftar_pertanyaan, area="", aspek="")
        daftar_simpul.extend(gabungan := list(_read_gabungan(komponen)))
        _check_gabungan(komponen, gabungan)
    skala = _decimal(isi["skala_maksimal"], JUMLAH_TOTAL)
    komponen_kode = tuple(komponen["kode"] for komponen in isi["tree"])
    daftar_simpul.append(Simpul(JUMLAH_TOTAL, "total", "Total", skala, anak=komponen_kode))
    _refuse_doubles([simpul.kode for simpul in daftar_simpul if not simpul.daftar_pertanyaan])
    _refuse_doubles([satu.kode for satu in daftar_pertanyaan])
    daftar_pertanyaan.sort(key=lambda satu: satu.urutan)
    _check_jumlah(isi, daftar_pertanyaan)
    _check_bobot(daftar_simpul)
    instrumen = Instrumen(
        kode=kode,
        versi_data=versi,
        judul=isi["judul"],
        daftar_pertanyaan=tuple(daftar_pertanyaan),
        daftar_simpul=tuple(daftar_simpul),
        ambang={},
        skala_maksimal=skala,
        dasar_hukum=tuple(f"{d['nama']}, {d['bagian']}" for d in isi.get("dasar_hukum", [])),
        syarat_pengusulan=isi.get("syarat_pengusulan", {}),
    )
    if AREA_HASIL not in instrumen.simpul:
        raise InstrumenError(f"Komponen {AREA_HASIL} (Hasil) tidak ada.")
    for target, satu in isi["ambang"].items():
        instrumen.ambang[target] = _read_ambang(target, satu, instrumen)  # type: ignore[index]
    return instrumen


def _read_node(node: dict, daftar_simpul, daftar_pertanyaan, *, area: str, aspek: str) -> None:
    kode, level = node["kode"], node["level"]
    if level not in LEVEL_BERSKOR:
        raise InstrumenError(f"{kode}: level {level!r} tidak dikenal.")
    if level == "area" or kode == AREA_HASIL:
        area = kode
    if level == "aspek":
        aspek = node["aspek"]
    anak = node["anak"]
    if not anak:
        raise InstrumenError(f"{kode}: tidak punya anak.")
    tanya = [satu for satu in anak if satu["level"] == "pertanyaan"]
    if tanya and len(tanya) != len(anak):
        raise InstrumenError(f"{kode}: pertanyaan dan simpul lain bercampur.")
    sub_komponen = level == "sub_komponen"
    daftar_simpul.append(
        Simpul(
            kode=kode,
            level=level,
            nama=node["nama"],
            bobot=_decimal(node["bobot"], kode),
            anak=tuple(satu["kode"] for satu in anak) if not tanya or sub_komponen else (),
            daftar_pertanyaan=() if sub_komponen else tuple(satu["kode"] for satu in tanya),
            baris_lke=node.get("baris_lke"),
            nomor_resmi=node.get("nomor_resmi", ""),
        )
    )
    for satu in anak:
        if satu["level"] != "pertanyaan":
            _read_node(satu, daftar_simpul, daftar_pertanyaan, area=area, aspek=aspek)
            continue
        pertanyaan = _read_pertanyaan(satu, kode, area, aspek)
        daftar_pertanyaan.append(pertanyaan)
        if sub_komponen:
            # A result question carries a weight of its own and is a node with a score.
            daftar_simpul.append(
                Simpul(
                    kode=pertanyaan.kode,
                    level="pertanyaan",
                    nama=pertanyaan.nama,
                    bobot=pertanyaan.bobot,
                    daftar_pertanyaan=(pertanyaan.kode,),
                    baris_lke=pertanyaan.baris_lke,
                    nomor_resmi=pertanyaan.nomor_resmi,
                )
            )
        else:
            _check_pecahan(satu, node)


def _read_gabungan(komponen: dict) -> Iterator[Simpul]:
    """A.I and A.II: one aspect over all areas."""
    for aspek, satu in komponen.get("aspek", {}).items():
        anak = tuple(
            cabang["kode"]
            for area in komponen["anak"]
            for cabang in area["anak"]
            if cabang.get("aspek") == aspek
        )
        yield Simpul(
            kode=satu["kode"],
            level="aspek_gabungan",
            nama=satu.get("nama", aspek.capitalize()),
            bobot=_decimal(satu["bobot"], satu["kode"]),
            anak=anak,
            baris_lke=satu.get("baris_lke"),
        )


def _read_pertanyaan(satu: dict, induk: str, area: str, aspek: str) -> Pertanyaan:
    kode = satu["kode"]
    try:
        tipe = Tipe(satu["tipe_jawaban"])
    except ValueError as error:
        raise InstrumenError(
            f"{kode}: tipe jawaban {satu['tipe_jawaban']!r} tidak dikenal."
        ) from error
    opsi = tuple(
        Opsi(o["kode"], _decimal(o["nilai"], kode), o["label"]) for o in satu.get("opsi", [])
    )
    masukan = tuple(_read_masukan(m) for m in satu.get("masukan", []))
    if tipe in (Tipe.PERSEN, Tipe.INDEKS):
        if opsi or not masukan:
            raise InstrumenError(f"{kode}: tipe {tipe} harus punya isian dan tanpa opsi.")
    elif not opsi or any(o.nilai > 1 for o in opsi):
        raise InstrumenError(f"{kode}: tipe {tipe} harus punya opsi bernilai 0 sampai 1.")
    return Pertanyaan(
        kode=kode,
        urutan=satu["urutan"],
        nomor_resmi=satu.get("nomor_resmi", ""),
        baris_lke=satu["baris_lke"],
        nama=satu.get("nama", ""),
        label=satu["label"],
        tipe=tipe,
        induk=induk,
        area=area,
        aspek=aspek,
        bobot=_decimal(satu["bobot"], kode),
        opsi=opsi,
        masukan=masukan,
        rumus=_read_rumus(kode, satu["rumus"], masukan) if masukan else None,
        bukti=tuple(satu.get("bukti", [])),
        catatan=satu.get("catatan", ""),
    )


def _read_masukan(m: dict) -> Masukan:
    bagian: tuple[str, ...] = ()
    if m.get("dihitung"):
        bagian = tuple(potong.strip() for potong in m["rumus"].split("+"))
    maksimal = m.get("maksimal")
    return Masukan(
        kode=m["kode"],
        label=m["label"],
        baris_lke=m["baris_lke"],
        desimal=m["tipe"] == "desimal",
        minimal=Decimal(m.get("minimal", 0)),
        maksimal=None if maksimal is None else Decimal(maksimal),
        bagian=bagian,
    )


def _read_rumus(kode: str, r: dict, masukan: tuple[Masukan, ...]) -> Rumus:
    nol = r.get("penyebut_nol", {})
    dasar = nol.get("dasar", "")
    if r["jenis"] == "rasio":
        rumus = Rumus(
            "rasio", r["pembilang"], r["penyebut"], nol=_decimal(nol["nilai"], kode), dasar=dasar
        )
    elif r["jenis"] == "penurunan":
        rumus = Rumus(
            "penurunan",
            r["sesudah"],
            r["sebelum"],
            nol=_decimal(nol["nilai_jika_sesudah_nol"], kode),
            nol_lebih=_decimal(nol["nilai_jika_sesudah_lebih"], kode),
            dasar=dasar,
        )
    elif r["jenis"] == "indeks":
        batas = masukan[0].maksimal
        if not batas:
            raise InstrumenError(f"{kode}: indeks tanpa nilai maksimal.")
        rumus = Rumus("indeks", masukan[0].kode, maksimal=batas)
    else:
        raise InstrumenError(f"{kode}: rumus {r['jenis']!r} tidak dikenal.")
    dikenal = {m.kode for m in masukan}
    dipakai = {rumus.atas, rumus.bawah, *(b for m in masukan for b in m.bagian)} - {""}
    if asing := sorted(dipakai - dikenal):
        raise InstrumenError(f"{kode}: rumus memakai isian {asing[0]!r} yang tidak ada.")
    return rumus


# --- checks -------------------------------------------------------------------------------------
def _refuse_doubles(daftar_kode: list[str]) -> None:
    lihat: set[str] = set()
    for kode in daftar_kode:
        if kode in lihat:
            raise InstrumenError(f"{kode}: kode dipakai dua kali.")
        lihat.add(kode)


def _check_pecahan(satu: dict, induk: dict) -> None:
    """A question's weight is rounded in the file; its exact share of the sub-unsur is a fraction."""
    kode, jumlah = satu["kode"], len(induk["anak"])
    atas, _, bawah = satu["bobot_pecahan"].partition("/")
    try:
        pecahan = Fraction(atas) / Fraction(bawah)
    except (ValueError, ZeroDivisionError) as error:
        raise InstrumenError(
            f"{kode}: bobot_pecahan {satu['bobot_pecahan']!r} bukan pecahan."
        ) from error
    if pecahan != Fraction(_decimal(induk["bobot"], induk["kode"])) / jumlah:
        raise InstrumenError(
            f"{kode}: bobot_pecahan {satu['bobot_pecahan']} bukan bobot {induk['kode']} "
            f"({induk['bobot']}) dibagi {jumlah} pertanyaan."
        )
    if abs(Fraction(_decimal(satu["bobot"], kode)) - pecahan) > Fraction(1, 10**6):
        raise InstrumenError(
            f"{kode}: bobot {satu['bobot']} tidak sesuai bobot_pecahan {satu['bobot_pecahan']}."
        )


def _check_jumlah(isi: dict, daftar_pertanyaan: list[Pertanyaan]) -> None:
    disebut = isi.get("jumlah_pertanyaan", len(daftar_pertanyaan))
    if disebut != len(daftar_pertanyaan):
        raise InstrumenError(
            f"jumlah_pertanyaan {disebut}, padahal pohon berisi {len(daftar_pertanyaan)}."
        )
    for nomor, satu in enumerate(daftar_pertanyaan, 1):
        if satu.urutan != nomor:
            raise InstrumenError(f"{satu.kode}: urutan {satu.urutan}, seharusnya {nomor}.")


def _check_gabungan(komponen: dict, gabungan: list[Simpul]) -> None:
    """Pemenuhan and reform together weigh as much as their component."""
    jumlah = sum((simpul.bobot for simpul in gabungan), Decimal(0))
    if gabungan and jumlah != _decimal(komponen["bobot"], komponen["kode"]):
        raise InstrumenError(
            f"{komponen['kode']}: bobotnya {komponen['bobot']}, padahal jumlah bobot aspeknya {jumlah}."
        )


def _check_bobot(daftar_simpul: list[Simpul]) -> None:
    bobot = {simpul.kode: simpul.bobot for simpul in daftar_simpul}
    for simpul in daftar_simpul:
        if not simpul.anak:
            continue
        jumlah = sum((bobot[anak] for anak in simpul.anak), Decimal(0))
        if jumlah != simpul.bobot:
            raise InstrumenError(
                f"{simpul.kode}: bobotnya {simpul.bobot}, padahal jumlah bobot anaknya {jumlah}."
            )


def _read_ambang(target: str, satu: dict, instrumen: Instrumen) -> Ambang:
    """The floors in the order total, pengungkit, each area, then the result nodes.

    An area's floor is a share of its own weight, pemenuhan and reform together."""
    persen = _decimal(satu["persen_tiap_area_pengungkit"], target)
    daftar = [
        Gerbang("total", JUMLAH_TOTAL, _decimal(satu["total"], target), "Total"),
        Gerbang("pengungkit", "A", _decimal(satu["pengungkit"], target), "Pengungkit"),
    ]
    for area in instrumen.daftar_area[:-1]:
        daftar.append(Gerbang(area.kode, area.kode, area.bobot * persen / 100, area.nama))
    for kode in sorted(satu["hasil"]):
        if kode not in instrumen.simpul:
            raise InstrumenError(f"ambang {target}: simpul {kode} tidak ada.")
        daftar.append(
            Gerbang(kode, kode, _decimal(satu["hasil"][kode], target), instrumen.simpul[kode].nama)
        )
    return Ambang(target, satu.get("prasyarat_predikat"), tuple(daftar))
