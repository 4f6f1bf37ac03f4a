"""Goals and indicators of a draft agreement from a table: what each row would do, and the writing.

Rows are known again by goal and indicator, in any spelling; what the file does not name stays. All or
nothing: a single bad cell and nothing is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from integritas.angka import show_angka
from integritas.impor import BarisRencana, Hasil, ImporDitolakError, Rencana
from integritas.tabel import RUMUS, Baris, Kolom, Tabel, normalize, read_tabel
from integritas.tabel.judul import ANGKA
from satker.alur.capaian import say_nomor
from satker.capaian import fold
from satker.models import IndikatorKinerja, PerjanjianKinerja, Riwayat, Sasaran

TRIWULAN = {"tw1": "b03", "tw2": "b06", "tw3": "b09", "tw4": "b12"}
_ROMAWI = ("i", "ii", "iii", "iv")


def _name_triwulan(nomor: int) -> tuple[str, ...]:
    """How offices head the column of a quarter's target."""
    tanda = (str(nomor), _ROMAWI[nomor - 1])
    bulan = f"b{nomor * 3:02}"
    return (
        *(f"{awal} {satu}" for awal in ("tw", "triwulan", "target tw") for satu in tanda),
        *(f"target triwulan {satu}" for satu in tanda),
        *(f"tw{_ROMAWI[nomor - 1]}", f"target tw{nomor}", bulan, f"target {bulan}", f"q{nomor}"),
    )


DAFTAR_KOLOM = (
    Kolom(
        "sasaran",
        (
            *("sasaran kinerja", "sasaran kegiatan", "sasaran program", "sasaran strategis"),
            "sasaran kinerja kegiatan",
        ),
        maks=500,
        wajib=True,
        keterangan="Sasaran. Sel kosong berarti sama dengan baris di atasnya.",
        lebar=40,
    ),
    Kolom(
        "indikator",
        (
            *("indikator kinerja", "indikator kinerja kegiatan", "indikator kinerja utama"),
            *("iku", "ikk", "indikator kinerja sasaran"),
        ),
        maks=500,
        wajib=True,
        keterangan="Indikator kinerja.",
        lebar=48,
    ),
    Kolom(
        "satuan",
        ("satuan ukuran", "satuan ukur", "unit"),
        maks=40,
        wajib=True,
        keterangan="Satuan ukuran: persen, orang, laporan, nilai.",
        lebar=14,
    ),
    Kolom(
        "arah",
        ("arah indikator", "polaritas", "sifat"),
        maks=60,
        keterangan="naik (makin tinggi makin baik) atau turun (makin rendah makin baik). "
        "Kosong berarti naik.",
        lebar=12,
    ),
    Kolom(
        "target",
        ("target tahun", "target tahunan", "target setahun", "target kinerja"),
        jenis=ANGKA,
        wajib=True,
        keterangan="Target setahun, angka saja: 95 atau 95,5.",
        lebar=12,
    ),
    *(
        Kolom(
            kolom,
            _name_triwulan(nomor),
            jenis=ANGKA,
            keterangan=f"Target sampai akhir {periode.upper()}. Boleh kosong.",
            lebar=10,
        )
        for nomor, (kolom, periode) in enumerate(TRIWULAN.items(), 1)
    ),
)
CONTOH = (
    {
        "sasaran": "Meningkatnya layanan kepada masyarakat",
        "indikator": "Persentase layanan selesai tepat waktu",
        "satuan": "persen",
        "arah": "naik",
        "target": 95,
        "tw1": 90,
        "tw2": 92,
        "tw3": 94,
        "tw4": 95,
    },
    {
        "indikator": "Jumlah pengaduan yang berulang",
        "satuan": "pengaduan",
        "arah": "turun",
        "target": 4,
        "tw1": 1,
        "tw2": 2,
        "tw3": 3,
        "tw4": 4,
    },
)
PILIHAN = {"arah": ["naik", "turun"]}
ARAH = {
    **dict.fromkeys(
        ("", "naik", "positif", "maximize", "maksimal", "makin tinggi makin baik", "tinggi"), "naik"
    ),
    **dict.fromkeys(
        ("turun", "negatif", "minimize", "minimal", "makin rendah makin baik", "rendah"), "turun"
    ),
}
KOLOM_NILAI = ("satuan", "arah", "target", *(f"target_{satu}" for satu in TRIWULAN.values()))


@dataclass
class Isi:
    """An indicator as a row gives it; `ada` is the one in the draft that it is."""

    sasaran: str
    indikator: str
    nilai: dict
    ada: IndikatorKinerja | None = None


# --- the plan -------------------------------------------------------------------------------------
def plan(nama: str, isi: bytes, *, perjanjian: PerjanjianKinerja) -> Rencana:
    """What the file would do to this draft; BerkasDitolakError when it cannot be read at all."""
    return _plan(read_tabel(nama, isi, DAFTAR_KOLOM), perjanjian)


def apply(
    nama: str, isi: bytes, *, perjanjian: PerjanjianKinerja, by, sidik: str | None = None
) -> Rencana:
    """Plan again under the lock and write; raises ImporDitolakError, then nothing is written."""
    tabel = read_tabel(nama, isi, DAFTAR_KOLOM)
    with transaction.atomic():
        perjanjian = (
            PerjanjianKinerja.objects.select_for_update(of=("self",))
            .select_related("satker")
            .get(pk=perjanjian.pk)
        )
        rencana = _plan(tabel, perjanjian)
        if not perjanjian.is_editable:
            raise ImporDitolakError(
                f"Perjanjian ini berstatus {perjanjian.get_status_display().lower()}, bukan draf "
                "lagi, jadi tidak ada yang ditulis.",
                rencana,
            )
        rencana.refuse_changed(sidik)
        if rencana.ditolak:
            raise ImporDitolakError(
                f"{rencana.ditolak} baris ditolak, jadi tidak ada yang ditulis. Perbaiki berkasnya, "
                "lalu unggah lagi.",
                rencana,
                status=422,
            )
        _write(rencana, perjanjian, nama, by)
    rencana.ditulis = True
    return rencana


def _plan(tabel: Tabel, perjanjian: PerjanjianKinerja) -> Rencana:
    daftar_ada = IndikatorKinerja.objects.filter(sasaran__perjanjian=perjanjian).select_related(
        "sasaran"
    )
    ada = {
        (fold(satu.sasaran.nama), fold(satu.nama)): satu
        for satu in daftar_ada.order_by("-sasaran__urutan", "-urutan")
    }
    hasil, sasaran = [], ""
    dari_berkas: dict[tuple[str, str], int] = {}
    for baris in tabel.baris:
        if baris.nilai.get("sasaran"):
            sasaran = baris.nilai["sasaran"]
        isi = _read_isi(tabel, baris, sasaran)
        kunci = fold(isi.sasaran), fold(isi.indikator)
        if not baris.pesan and (nomor := dari_berkas.setdefault(kunci, baris.nomor)) != baris.nomor:
            tabel.refuse(baris, "indikator", f"sudah ada di baris {nomor} pada sasaran yang sama.")
        isi.ada = ada.get(kunci)
        hasil.append(_build_rencana(tabel, baris, isi))
    sisa = len(ada.keys() - dari_berkas.keys())
    kabar = list(tabel.pemberitahuan)
    if sisa:
        kabar.append(f"{sisa} indikator draf tidak ada di berkas ini dan dibiarkan seperti semula.")
    if curiga := _find_pecahan(hasil):
        kabar.append(
            f"Baris {curiga}: target paling besar 1 dengan satuan persen. Sel yang berformat persen "
            "terbaca sebagai pecahan (95% menjadi 0,95); periksa sebelum menulis."
        )
    return Rencana(tabel, hasil, kabar)


def _read_isi(tabel: Tabel, baris: Baris, sasaran: str) -> Isi:
    """The row's values; what cannot be one is noted against its cell."""
    nilai = baris.nilai
    for kolom in ("indikator", "satuan"):
        if not nilai.get(kolom):
            _refuse_kosong(tabel, baris, kolom)
    if not sasaran:
        _refuse_kosong(tabel, baris, "sasaran")
    for kolom in ("sasaran", "indikator", "satuan"):
        if (teks := nilai.get(kolom) or "").startswith(RUMUS):
            tabel.refuse(baris, kolom, f'diawali tanda "{teks[0]}". Hapus tandanya.')
    if nilai.get("target") is None:
        _refuse_kosong(tabel, baris, "target")
    arah = ARAH.get(normalize(nilai.get("arah", "")))
    if arah is None:
        tabel.refuse(baris, "arah", f'"{nilai["arah"]}" tidak dikenal. Tulis naik atau turun.')
    return Isi(
        sasaran,
        nilai.get("indikator", ""),
        {
            "satuan": nilai.get("satuan", ""),
            "arah": arah or "",
            "target": nilai.get("target"),
            **{f"target_{bulan}": nilai.get(kolom) for kolom, bulan in TRIWULAN.items()},
        },
    )


def _refuse_kosong(tabel: Tabel, baris: Baris, kolom: str) -> None:
    """Say that a cell is empty, unless something worse was said of it already."""
    judul = tabel.name_kolom(kolom)
    if not any(satu.kolom == judul for satu in baris.pesan):
        tabel.refuse(baris, kolom, "masih kosong.")


def _build_rencana(tabel: Tabel, baris: Baris, isi: Isi) -> BarisRencana:
    satu = BarisRencana(baris.nomor, isi.sasaran, isi.indikator, isi=isi)
    satu.pesan = baris.pesan
    if baris.pesan:
        satu.hasil = Hasil.DITOLAK
        return satu
    satu.uraian = [
        (_name(tabel, kolom), _show(lama) if isi.ada else "", _show(baru))
        for kolom, baru in isi.nilai.items()
        for lama in [getattr(isi.ada, kolom) if isi.ada else None]
        if lama != baru and (isi.ada or baru not in (None, ""))
    ]
    satu.hasil = Hasil.BARU if isi.ada is None else Hasil.BERUBAH if satu.uraian else Hasil.SAMA
    return satu


def _name(tabel: Tabel, kolom: str) -> str:
    """The file's own heading of a column of the model."""
    dari_bulan = {f"target_{bulan}": nama for nama, bulan in TRIWULAN.items()}
    return tabel.name_kolom(dari_bulan.get(kolom, kolom))


def _show(nilai: Decimal | str | None) -> str:
    return show_angka(nilai) if isinstance(nilai, Decimal) else nilai or ""


def _find_pecahan(daftar: Sequence[BarisRencana]) -> str:
    """Rows whose per cent look like a formatted cell's fraction; the first few by number."""
    nomor = [
        str(satu.nomor)
        for satu in daftar
        if normalize(satu.isi.nilai["satuan"]) in {"persen", "persentase", ""}
        and satu.isi.nilai["satuan"]
        and satu.isi.nilai["target"] is not None
        and 0 < satu.isi.nilai["target"] <= 1
    ]
    return ", ".join(nomor[:5]) + (" dan lainnya" if len(nomor) > 5 else "")


# --- the writing ----------------------------------------------------------------------------------
def _write(rencana: Rencana, perjanjian: PerjanjianKinerja, nama: str, by) -> None:
    """New goals and indicators go behind those that are there; one line of history tells all."""
    daftar = [satu for satu in rencana.baris if satu.hasil in (Hasil.BARU, Hasil.BERUBAH)]
    if not daftar:
        return
    sasaran = _write_sasaran([satu.isi for satu in daftar if satu.isi.ada is None], perjanjian)
    akhir: dict[int, int] = {}
    for pk, urutan in IndikatorKinerja.objects.filter(sasaran__perjanjian=perjanjian).values_list(
        "sasaran", "urutan"
    ):
        akhir[pk] = max(urutan, akhir.get(pk, 0))
    sebelum, sesudah, tambah, ubah = {}, {}, [], []
    for satu in daftar:
        isi, lama = satu.isi, satu.isi.ada
        if lama is None:
            tempat = sasaran[fold(isi.sasaran)]
            akhir[tempat.pk] = akhir.get(tempat.pk, 0) + 1
            baru = IndikatorKinerja(
                sasaran=tempat, urutan=akhir[tempat.pk], nama=isi.indikator, **isi.nilai
            )
            tambah.append(baru)
        else:
            sebelum[say_nomor(lama)] = describe(lama)
            for kolom, nilai in isi.nilai.items():
                setattr(lama, kolom, nilai)
            baru = lama
            ubah.append(baru)
        sesudah[say_nomor(baru)] = describe(baru)
    IndikatorKinerja.objects.bulk_create(tambah)
    IndikatorKinerja.objects.bulk_update(ubah, KOLOM_NILAI)
    Riwayat.record(
        perjanjian.satker,
        "indikator PK diimpor",
        by=by,
        objek=perjanjian.objek,
        sebelum=sebelum,
        sesudah=sesudah,
        alasan=nama,
    )


def _write_sasaran(daftar_isi: Sequence[Isi], perjanjian: PerjanjianKinerja) -> dict[str, Sasaran]:
    """The draft's goals by their folded names, those that are missing made."""
    ada = {
        fold(satu.nama): satu
        for satu in Sasaran.objects.filter(perjanjian=perjanjian).order_by("-urutan")
    }
    urutan = max((satu.urutan for satu in ada.values()), default=0)
    baru = {}
    for isi in daftar_isi:
        kunci = fold(isi.sasaran)
        if kunci not in ada and kunci not in baru:
            urutan += 1
            baru[kunci] = Sasaran(perjanjian=perjanjian, urutan=urutan, nama=isi.sasaran)
    Sasaran.objects.bulk_create(baru.values())
    return ada | baru


def describe(satu: IndikatorKinerja) -> dict:
    """What the history keeps of an indicator."""
    isi = {
        "sasaran": satu.sasaran.nama,
        "nama": satu.nama,
        "satuan": satu.satuan,
        "arah": satu.arah,
    }
    for kolom in KOLOM_NILAI[2:]:
        if (nilai := getattr(satu, kolom)) is not None:
            isi[kolom] = f"{nilai.normalize():f}"
    return isi
