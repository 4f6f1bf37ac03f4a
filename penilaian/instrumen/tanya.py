"""Read one question of an instrument's file: its options, or its numbers and their formula."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from integritas.json_ketat import sebut
from penilaian.instrumen.bentuk import Masukan, Opsi, Pertanyaan, Rumus, Tipe
from penilaian.instrumen.nilai import (
    POLA_ISIAN,
    InstrumenError,
    naming,
    read_daftar,
    read_decimal,
    read_int,
    read_kode,
    read_teks,
    refuse_doubles,
)

NilaiTipe = Mapping[str, Mapping[str, Decimal]]
TIPE_ANGKA = (Tipe.PERSEN, Tipe.INDEKS)


def read_pertanyaan(
    node: dict, kode: str, nilai_tipe: NilaiTipe, *, induk: str, area: str, aspek: str
) -> Pertanyaan:
    """Raises InstrumenError naming the question; `nilai_tipe` says what the options of a type are
    worth throughout the file."""
    tipe = _read_tipe(node["tipe_jawaban"], kode)
    opsi = _read_opsi(node, kode, tipe, nilai_tipe)
    masukan = tuple(
        _read_masukan(satu, kode) for satu in read_daftar(node.get("masukan", []), kode, "masukan")
    )
    if tipe in TIPE_ANGKA and (opsi or not masukan):
        raise InstrumenError(f"{kode}: tipe {tipe} harus punya isian dan tanpa opsi.")
    if tipe not in TIPE_ANGKA and (masukan or not opsi):
        raise InstrumenError(f"{kode}: tipe {tipe} harus punya opsi dan tanpa isian.")
    refuse_doubles([satu.kode for satu in masukan], di=f"{kode}, isian ")
    bukti = read_daftar(node.get("bukti", []), kode, "bukti")
    return Pertanyaan(
        kode=kode,
        urutan=read_int(node["urutan"], kode, "urutan"),
        nomor_resmi=read_teks(node.get("nomor_resmi", ""), kode, "nomor_resmi", 20, kosong=True),
        baris_lke=read_int(node["baris_lke"], kode, "baris_lke"),
        nama=read_teks(node.get("nama", ""), kode, "nama", kosong=True),
        label=read_teks(node["label"], kode, "label"),
        tipe=tipe,
        induk=induk,
        area=area,
        aspek=aspek,
        bobot=read_decimal(node["bobot"], kode),
        opsi=opsi,
        masukan=masukan,
        rumus=_read_rumus(node["rumus"], kode, tipe, masukan) if masukan else None,
        bukti=tuple(read_teks(satu, kode, "bukti", 200) for satu in bukti),
        catatan=read_teks(node.get("catatan", ""), kode, "catatan", kosong=True),
    )


def _read_tipe(nilai: Any, kode: str) -> Tipe:
    try:
        return Tipe(nilai)
    except ValueError as error:
        raise InstrumenError(f"{kode}: tipe jawaban {sebut(nilai)} tidak dikenal.") from error


def _read_opsi(node: dict, kode: str, tipe: Tipe, nilai_tipe: NilaiTipe) -> tuple[Opsi, ...]:
    opsi = tuple(
        Opsi(
            read_teks(satu["kode"], kode, "kode opsi", 8).strip(),
            read_decimal(satu["nilai"], kode, 1),
            read_teks(satu["label"], kode, "label opsi"),
        )
        for satu in read_daftar(node.get("opsi", []), kode, "opsi")
    )
    refuse_doubles([satu.kode for satu in opsi], di=f"{kode}, opsi ")
    if opsi and (len(opsi) < 2 or max(satu.nilai for satu in opsi) != 1):
        raise InstrumenError(f"{kode}: paling sedikit dua opsi, dan satu di antaranya bernilai 1.")
    seharusnya = nilai_tipe.get(tipe)
    if opsi and seharusnya is not None:
        ada = {satu.kode: satu.nilai for satu in opsi}
        if ada != seharusnya:
            raise InstrumenError(f"{kode}: opsinya bukan opsi dan nilai tipe {tipe}.")
    return opsi


def _read_masukan(satu: dict, kode: str) -> Masukan:
    bagian: tuple[str, ...] = ()
    if satu.get("dihitung"):
        rumus = read_teks(satu["rumus"], kode, "rumus jumlah")
        bagian = tuple(potong.strip() for potong in rumus.split("+"))
    if satu["tipe"] not in ("bilangan_bulat", "desimal"):
        raise InstrumenError(f"{kode}: tipe isian {sebut(satu['tipe'])} tidak dikenal.")
    minimal = read_decimal(satu.get("minimal", 0), kode)
    maksimal = satu.get("maksimal")
    if maksimal is not None and read_decimal(maksimal, kode) < minimal:
        raise InstrumenError(f"{kode}: maksimal isian {maksimal} kurang dari minimalnya {minimal}.")
    return Masukan(
        kode=read_kode(satu["kode"], kode, "kode isian", 40, POLA_ISIAN),
        label=read_teks(satu["label"], kode, "label isian"),
        baris_lke=read_int(satu["baris_lke"], kode, "baris_lke isian"),
        desimal=satu["tipe"] == "desimal",
        minimal=minimal,
        maksimal=None if maksimal is None else read_decimal(maksimal, kode),
        bagian=bagian,
    )


def _read_rumus(r: dict, kode: str, tipe: Tipe, masukan: tuple[Masukan, ...]) -> Rumus:
    jenis = r["jenis"]
    if jenis not in ("rasio", "penurunan", "indeks"):
        raise InstrumenError(f"{kode}: rumus {sebut(jenis)} tidak dikenal.")
    if (jenis == "indeks") != (tipe == Tipe.INDEKS):
        raise InstrumenError(f"{kode}: rumus {jenis} bukan untuk tipe {tipe}.")
    nol = r.get("penyebut_nol", {})
    dasar = read_teks(nol.get("dasar", ""), kode, "dasar penyebut_nol", 200, kosong=True)
    with naming(kode):
        if jenis == "rasio":
            nilai = read_decimal(nol["nilai"], kode, 1)
            atas = read_teks(r["pembilang"], kode, "pembilang", 40)
            bawah = read_teks(r["penyebut"], kode, "penyebut", 40)
            rumus = Rumus(jenis, atas, bawah, nol=nilai, dasar=dasar)
        elif jenis == "penurunan":
            rumus = Rumus(
                jenis,
                read_teks(r["sesudah"], kode, "sesudah", 40),
                read_teks(r["sebelum"], kode, "sebelum", 40),
                nol=read_decimal(nol["nilai_jika_sesudah_nol"], kode, 1),
                nol_lebih=read_decimal(nol["nilai_jika_sesudah_lebih"], kode, 1),
                dasar=dasar,
            )
        else:
            batas = masukan[0].maksimal
            if not batas or len(masukan) > 1:
                raise InstrumenError(f"{kode}: indeks harus satu isian dengan nilai maksimal.")
            rumus = Rumus(jenis, masukan[0].kode, maksimal=batas)
    _refuse_asing(kode, rumus, masukan)
    return rumus


def _refuse_asing(kode: str, rumus: Rumus, masukan: tuple[Masukan, ...]) -> None:
    """A formula names numbers of its own question, a sum names typed ones."""
    dikenal = {satu.kode for satu in masukan}
    for nama in (rumus.atas, rumus.bawah):
        if nama and nama not in dikenal:
            raise InstrumenError(f"{kode}: rumus memakai isian {sebut(nama)} yang tidak ada.")
    if rumus.atas == rumus.bawah:
        raise InstrumenError(f"{kode}: rumus membagi {rumus.atas} dengan dirinya sendiri.")
    diisi = {satu.kode for satu in masukan if not satu.dihitung}
    for satu in masukan:
        refuse_doubles(list(satu.bagian), di=f"{kode}, jumlah {satu.kode}, ")
        for nama in satu.bagian:
            if nama not in diisi:
                raise InstrumenError(
                    f"{kode}: jumlah {satu.kode} memakai isian {sebut(nama)} yang tidak diisi."
                )
