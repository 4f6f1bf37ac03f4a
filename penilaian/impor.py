"""Predicates from a table: grants, decrees found later, and sayings "without predicate".

Every row meets the rules of `penilaian/syarat.py`, those of a single grant, in the order of the
dates: a WBK and the WBBM it rises to may stand in one file. An empty predicate says nothing.
"""

import datetime
from collections.abc import Iterable

from django.db import IntegrityError, transaction

from integritas.alur import AlurError
from integritas.impor import BarisRencana, Hasil, ImporDitolakError, Rencana, Subjek
from integritas.tabel import Baris, Kolom, Saran, Tabel, normalize, read_tabel
from integritas.tabel.judul import TAHUN, TANGGAL, URAIAN
from integritas.tabel.nilai import RUMUS
from integritas.teks import format_tanggal
from penilaian import alur, masa, syarat
from penilaian.models import (
    JenisPerubahan,
    JenisPredikat,
    Nilai,
    PernyataanTanpa,
    PerubahanPredikat,
    Predikat,
)
from penilaian.models.predikat import Dasar
from penilaian.syarat import Catatan, Kelengkapan, Penetapan
from satker.models import KedudukanSatker, SatuanKerja

DAFTAR_KOLOM = (
    Kolom(
        "kode",
        ("kode satker", "kode satuan kerja", "kode unit"),
        maks=60,
        wajib=True,
        keterangan="Kode satker yang sudah terdaftar.",
        lebar=28,
    ),
    Kolom(
        "nama",
        ("nama satker", "nama satuan kerja", "satuan kerja", "satker"),
        maks=200,
        keterangan="Hanya untuk memudahkan membaca; yang dipakai kodenya.",
        lebar=44,
    ),
    Kolom(
        "predikat",
        ("jenis predikat", "jenis", "predikat zi", "wbk wbbm", "predikat wbk wbbm"),
        maks=40,
        wajib=True,
        keterangan="WBK, WBBM, atau TANPA bila sumber menyebut satker ini tanpa predikat. Kosong "
        "berarti tidak diketahui, bukan tanpa.",
        lebar=12,
    ),
    Kolom(
        "nomor_sk",
        ("no sk", "nomor keputusan", "nomor surat keputusan", "sk"),
        maks=120,
        keterangan="Nomor keputusan.",
        lebar=24,
    ),
    Kolom(
        "tanggal_sk",
        ("tgl sk", "tanggal keputusan", "tanggal surat keputusan"),
        jenis=TANGGAL,
        keterangan="Tanggal keputusan. Bila tidak diketahui, isi tahun atau disebut pada.",
    ),
    Kolom(
        "tahun",
        ("tahun predikat", "tahun perolehan", "tahun sk"),
        jenis=TAHUN,
        keterangan="Tahun perolehan, bila tanggalnya tidak diketahui.",
        lebar=10,
    ),
    Kolom(
        "disebut_pada",
        ("tanggal sumber", "tanggal disebut", "per tanggal"),
        jenis=TANGGAL,
        keterangan="Tanggal sumber menyebut predikat ini. Wajib bagi TANPA.",
    ),
    Kolom(
        "dasar",
        ("dasar penetapan", "jalur"),
        maks=80,
        keterangan="TPN atau WBK mandiri; kosong bila sumber tidak menyebut.",
        lebar=14,
    ),
    Kolom(
        "sumber",
        ("sumber data",),
        jenis=URAIAN,
        keterangan="Dari mana keterangan ini. Setiap catatan harus bersumber.",
        lebar=36,
    ),
    Kolom(
        "keyakinan",
        ("tingkat keyakinan",),
        jenis=URAIAN,
        keterangan="Seberapa pasti, dan apa yang masih perlu dikonfirmasi.",
        lebar=36,
    ),
    Kolom(
        "alasan_tanpa_wbk",
        ("alasan", "alasan wbbm tanpa wbk"),
        jenis=URAIAN,
        keterangan="Bagi WBBM yang WBK-nya tidak tercatat: mengapa dicatat juga.",
        lebar=36,
    ),
)
CONTOH = (
    {
        "kode": "16-lapas-palembang",
        "nama": "Lapas Kelas I Palembang",
        "predikat": "WBK",
        "disebut_pada": datetime.date(2022, 1, 19),
        "sumber": "rmolsumsel.id",
    },
    {
        "kode": "16-bapas-palembang",
        "nama": "Bapas Kelas I Palembang",
        "predikat": "WBK",
        "tahun": "2021",
        "sumber": "sumsel.kemenkumham.go.id 12-01-2023",
    },
    {
        "kode": "16-lapas-sekayu",
        "nama": "Lapas Kelas IIB Sekayu",
        "predikat": "TANPA",
        "disebut_pada": datetime.date(2022, 1, 19),
        "sumber": "rmolsumsel.id",
    },
)
TEKS_BEBAS = ("nomor_sk", "sumber", "keyakinan", "alasan_tanpa_wbk")
SEBUTAN_PREDIKAT = {
    "wbk": Nilai.WBK,
    "wilayah bebas dari korupsi": Nilai.WBK,
    "wbbm": Nilai.WBBM,
    "wilayah birokrasi bersih dan melayani": Nilai.WBBM,
    "tanpa": Nilai.TANPA,
    "tanpa predikat": Nilai.TANPA,
}
SEBUTAN_DASAR = {
    "tpn": Dasar.TPN,
    "tim penilai nasional": Dasar.TPN,
    "penilaian tim penilai nasional": Dasar.TPN,
    "nasional": Dasar.TPN,
    "mandiri": Dasar.MANDIRI,
    "wbk mandiri": Dasar.MANDIRI,
}


def plan(nama: str, isi: bytes, *, by=None) -> Rencana:
    """What the file would do; raises BerkasDitolakError when it cannot be read at all."""
    return _plan(read_tabel(nama, isi, DAFTAR_KOLOM), by, lock=False)


def apply(nama: str, isi: bytes, *, by=None, lewati=False, sidik=None) -> Rencana:
    """Plan again under locks and write in one transaction; raises ImporDitolakError."""
    tabel = read_tabel(nama, isi, DAFTAR_KOLOM)
    rencana = Rencana(tabel, [])
    try:
        with transaction.atomic():
            rencana = _plan(tabel, by, lock=True)
            rencana.refuse_changed(sidik)
            rencana.refuse_unclean(lewati=lewati)
            _write(rencana, by)
    except IntegrityError as error:
        raise ImporDitolakError(
            "Orang lain sedang mencatat predikat satker yang sama, jadi belum ada yang ditulis. "
            "Periksa sekali lagi.",
            rencana,
        ) from error
    rencana.ditulis = True
    return rencana


def list_pilihan() -> dict[str, list[str]]:
    """What the empty workbook offers to choose from."""
    return {"predikat": Nilai.values, "dasar": ["TPN", "WBK mandiri"]}


SUBJEK = Subjek(
    kode="predikat",
    judul="Impor predikat",
    keterangan="Catat predikat banyak satker, atau lengkapi SK dan tanggalnya, dari satu berkas.",
    daftar_kolom=DAFTAR_KOLOM,
    plan=plan,
    apply=apply,
    list_pilihan=list_pilihan,
    contoh=CONTOH,
)


# --- planning -------------------------------------------------------------------------------------
def _plan(tabel: Tabel, by, *, lock: bool) -> Rencana:
    perencana = _Perencana(tabel, by, lock)
    return Rencana(tabel, perencana.plan(), tabel.pemberitahuan)


class _Perencana:
    """Facts fetched once, asked for every row."""

    def __init__(self, tabel: Tabel, by, lock: bool):
        self.tabel = tabel
        self.kode_dari = {id(baris): baris.nilai["kode"].lower() for baris in tabel.baris}
        daftar_kode = set(self.kode_dari.values())
        queryset = SatuanKerja.objects.filter(kode__in=daftar_kode).order_by("kode")
        if lock:
            queryset = queryset.select_for_update(of=("self",))
        self.satker = {satu.kode: satu for satu in queryset}
        self.catatan = syarat.load_catatan(satu.pk for satu in self.satker.values())
        self.nama = dict(
            KedudukanSatker.objects.filter(satker__in=self.catatan, berlaku_sampai__isnull=True)
            .order_by("pk")
            .values_list("satker", "nama")
        )
        self.boleh: set[int] | None = None
        if by is not None:
            self.boleh = set(
                SatuanKerja.objects.visible_to(by)
                .filter(pk__in=self.catatan)
                .values_list("pk", flat=True)
            )
        # Records that this file makes, with their row: the same row twice is a slip.
        self.dari_berkas: dict[int, int] = {}
        self.saran_kode = self._build_saran_kode(daftar_kode)
        self.saran_predikat = Saran([nilai.value for nilai in Nilai])
        self.saran_dasar = Saran(["TPN", "WBK mandiri"])

    def _build_saran_kode(self, daftar_kode: set[str]) -> Saran:
        daftar: Iterable[str] = ()
        if daftar_kode - self.satker.keys() - {""}:
            daftar = SatuanKerja.objects.order_by("kode").values_list("kode", flat=True)
        return Saran(daftar, maks=20)

    def plan(self) -> list[BarisRencana]:
        hasil = {}
        for giliran, baris in enumerate(sorted(self.tabel.baris, key=_sort_key)):
            hasil[baris.nomor] = rencana = self._plan_row(baris)
            rencana.giliran = giliran
        return [hasil[baris.nomor] for baris in self.tabel.baris]

    def _refuse(self, baris: Baris, kolom: str, teks: str) -> None:
        self.tabel.refuse(baris, kolom, teks)

    def _plan_row(self, baris: Baris) -> BarisRencana:
        kode = self.kode_dari[id(baris)]
        satker = self._find_satker(baris, kode)
        nama = self.nama.get(satker.pk, "") if satker else ""
        rencana = BarisRencana(baris.nomor, kode, nama or baris.nilai.get("nama", ""))
        nilai, dasar = self._read_predikat(baris), self._read_dasar(baris)
        if satker is not None and nilai is not None and not baris.pesan:
            try:
                if nilai == Nilai.TANPA:
                    self._plan_tanpa(baris, rencana, satker)
                else:
                    self._plan_predikat(baris, rencana, satker, nilai, dasar)
            except AlurError as error:
                self._refuse(baris, "predikat", str(error))
        if baris.pesan:
            rencana.hasil, rencana.isi, rencana.uraian = Hasil.DITOLAK, None, []
        rencana.pesan = baris.pesan
        return rencana

    # -- values
    def _find_satker(self, baris: Baris, kode: str) -> SatuanKerja | None:
        if not kode:
            if not baris.pesan:
                self._refuse(baris, "kode", "masih kosong.")
            return None
        satker = self.satker.get(kode)
        if satker is None:
            self._refuse(baris, "kode", f'"{kode}" belum terdaftar.{self.saran_kode.suggest(kode)}')
        elif self.boleh is not None and satker.pk not in self.boleh:
            self._refuse(baris, "kode", f"{kode} bukan satker tugas Anda.")
        return satker

    def _read_predikat(self, baris: Baris) -> Nilai | None:
        teks = baris.nilai.get("predikat", "")
        if not teks:
            return None
        nilai = SEBUTAN_PREDIKAT.get(normalize(teks))
        if nilai is None:
            saran = self.saran_predikat.suggest(teks)
            self._refuse(
                baris,
                "predikat",
                f'"{teks}" tidak dikenal.{saran or " Isi WBK, WBBM, atau TANPA."}',
            )
        return nilai

    def _read_dasar(self, baris: Baris) -> str:
        teks = baris.nilai.get("dasar", "")
        if not teks:
            return ""
        dasar = SEBUTAN_DASAR.get(normalize(teks))
        if dasar is None:
            saran = self.saran_dasar.suggest(teks)
            self._refuse(
                baris, "dasar", f'"{teks}" tidak dikenal.{saran or " Isi TPN atau WBK mandiri."}'
            )
            return ""
        return dasar.value

    def _refuse_rumus(self, baris: Baris) -> None:
        for kolom in TEKS_BEBAS:
            if (teks := baris.nilai.get(kolom) or "").startswith(RUMUS):
                self._refuse(baris, kolom, f'diawali tanda "{teks[0]}". Hapus tandanya.')

    # -- without predicate
    def _plan_tanpa(self, baris: Baris, rencana: BarisRencana, satker: SatuanKerja) -> None:
        pada, sumber = baris.nilai.get("disebut_pada"), baris.nilai.get("sumber", "")
        catatan = self.catatan[satker.pk]
        if pada is None:
            self._refuse(
                baris,
                "disebut_pada",
                "masih kosong. Tanpa predikat memerlukan tanggal sumber menyebutnya.",
            )
            return
        for ada in catatan.pernyataan:
            if ada.pada == pada and ada.sumber == sumber:
                self._refuse_twice(baris, ada)
                return
        self._refuse_rumus(baris)
        syarat.check_tanpa(catatan, pada, sumber)
        pernyataan = PernyataanTanpa(
            satker=satker, pada=pada, sumber=sumber, keyakinan=baris.nilai.get("keyakinan", "")
        )
        catatan.pernyataan.append(pernyataan)
        self.dari_berkas[id(pernyataan)] = baris.nomor
        rencana.hasil, rencana.isi = Hasil.BARU, pernyataan
        rencana.uraian = [
            (self.tabel.name_kolom("predikat"), "", "tanpa predikat"),
            (self.tabel.name_kolom("disebut_pada"), "", format_tanggal(pada)),
        ]

    def _refuse_twice(self, baris: Baris, ada) -> None:
        if nomor := self.dari_berkas.get(id(ada)):
            self._refuse(baris, "kode", f"catatan yang sama sudah ada di baris {nomor}.")

    # -- WBK and WBBM
    def _plan_predikat(self, baris, rencana, satker, nilai, dasar) -> None:
        isi = baris.nilai
        penetapan = Penetapan(
            JenisPredikat(nilai.value),
            isi.get("sumber", ""),
            tanggal_sk=isi.get("tanggal_sk"),
            nomor_sk=isi.get("nomor_sk", ""),
            tahun=isi.get("tahun"),
            disebut_pada=isi.get("disebut_pada"),
            dasar=dasar,
            keyakinan=isi.get("keyakinan", ""),
            alasan_tanpa_wbk=isi.get("alasan_tanpa_wbk", ""),
        )
        catatan = self.catatan[satker.pk]
        ada = find_ada(catatan, penetapan)
        if ada is None:
            self._refuse_rumus(baris)
            putusan = syarat.check_grant(catatan, penetapan)
            self._add(catatan, penetapan, putusan, baris.nomor)
            rencana.hasil, rencana.isi = Hasil.BARU, (satker, penetapan)
            rencana.uraian = self._describe(penetapan, putusan)
            return
        if id(ada) in self.dari_berkas:
            self._refuse_twice(baris, ada)
            return
        self._plan_complete(baris, rencana, catatan, ada, penetapan)

    def _add(self, catatan: Catatan, penetapan: Penetapan, putusan, nomor: int) -> None:
        """The accepted row counts for the rows after it."""
        predikat = Predikat(
            jenis=penetapan.jenis,
            nomor_sk=penetapan.nomor_sk,
            tanggal_sk=penetapan.tanggal_sk,
            tahun=penetapan.tanggal_sk.year if penetapan.tanggal_sk else penetapan.tahun,
            disebut_pada=penetapan.disebut_pada,
            dasar=penetapan.dasar,
            berlaku_dari=putusan.dari,
        )
        perubahan = []
        if putusan.wbk is not None:
            putusan.wbk.berlaku_sampai = putusan.dari
            perubahan.append(
                PerubahanPredikat(
                    predikat=putusan.wbk,
                    jenis=JenisPerubahan.NAIK_KE_WBBM,
                    tanggal=putusan.dari,
                    kelanjutan=predikat,
                )
            )
        perubahan.append(
            PerubahanPredikat(
                predikat=predikat, jenis=JenisPerubahan.DITETAPKAN, tanggal=putusan.dari
            )
        )
        catatan.add(predikat, *perubahan)
        self.dari_berkas[id(predikat)] = nomor

    def _describe(self, penetapan: Penetapan, putusan) -> list[tuple[str, str, str]]:
        dari = format_tanggal(putusan.dari)
        if putusan.ketelitian == "tahun":
            dari += " (tahun saja)"
        return [
            (self.tabel.name_kolom("predikat"), "", str(penetapan.jenis)),
            ("berlaku mulai", "", dari),
            *([("naik dari", "", "WBK")] if putusan.wbk is not None else []),
        ]

    def _plan_complete(self, baris, rencana, catatan, ada: Predikat, penetapan: Penetapan) -> None:
        """The record exists: the row adds to it, says the same, or contradicts it."""
        tambah = {
            kolom: getattr(penetapan, kolom)
            for kolom in ("tanggal_sk", "nomor_sk", "dasar")
            if getattr(penetapan, kolom) and not getattr(ada, kolom)
        }
        if penetapan.tahun and not ada.tahun and not ada.tanggal_sk:
            tambah["tahun"] = penetapan.tahun
        for kolom in ("nomor_sk", "dasar"):
            lama, baru = getattr(ada, kolom), getattr(penetapan, kolom)
            if lama and baru and normalize(lama) != normalize(baru):
                self._refuse(
                    baris,
                    kolom,
                    f'sudah tercatat "{lama}". Bila keliru, batalkan catatan itu dan catat yang '
                    "benar.",
                )
        if penetapan.tanggal_sk and ada.tanggal_sk and penetapan.tanggal_sk != ada.tanggal_sk:
            self._refuse(
                baris,
                "tanggal_sk",
                f"SK ini sudah tercatat bertanggal {format_tanggal(ada.tanggal_sk)}. Bila keliru, "
                "batalkan catatan itu dan catat yang benar.",
            )
        if not tambah or baris.pesan:
            return
        self._refuse_rumus(baris)
        kelengkapan = Kelengkapan(penetapan.sumber, **tambah)
        putusan = syarat.check_complete(catatan, ada, kelengkapan)
        rencana.hasil, rencana.isi = Hasil.BERUBAH, (ada, kelengkapan)
        rencana.uraian = [
            (self.tabel.name_kolom(kolom), "", _to_teks(nilai)) for kolom, nilai in tambah.items()
        ]
        if putusan.dari != ada.berlaku_dari:
            rencana.uraian.append(
                ("berlaku mulai", format_tanggal(ada.berlaku_dari), format_tanggal(putusan.dari))
            )
        # Counts for the rows after it; nothing of it is saved here.
        syarat.fill(ada, kelengkapan, putusan)
        catatan.move(ada, putusan)


def find_ada(catatan: Catatan, penetapan: Penetapan) -> Predikat | None:
    """The record that a row speaks of: the same decree, year or attestation, or one that the row
    dates better."""
    sejenis = [satu for satu in catatan.predikat if satu.jenis == penetapan.jenis]
    tanggal, tahun = penetapan.tanggal_sk, penetapan.tahun
    nomor = normalize(penetapan.nomor_sk)
    for ada in sejenis:
        if nomor and normalize(ada.nomor_sk) == nomor:
            return ada
        if tanggal is not None and ada.tanggal_sk == tanggal:
            return ada
        if tanggal is None and tahun is not None and ada.tahun == tahun:
            return ada
    if tanggal is None and tahun is None:
        # Nothing but a saying that it is held: true when it was held on that day.
        pada = penetapan.disebut_pada
        return next((ada for ada in sejenis if pada and _is_held(ada, pada)), None)
    try:
        dari, _ = masa.compute_berlaku_dari(tanggal, tahun, penetapan.disebut_pada)
    except ValueError:
        return None
    for ada in sejenis:
        # Known less well so far, and for certain only from a later day on.
        kurang = ada.tanggal_sk is None and ada.tahun in (None, dari.year)
        if kurang and dari <= ada.berlaku_dari:
            return ada
    return None


def _is_held(predikat: Predikat, pada: datetime.date) -> bool:
    return predikat.berlaku_dari <= pada and (
        predikat.berlaku_sampai is None or predikat.berlaku_sampai > pada
    )


def _sort_key(baris: Baris):
    """By date, so that a WBBM finds the WBK of the same file; undated rows last."""
    isi = baris.nilai
    try:
        dari, _ = masa.compute_berlaku_dari(
            isi.get("tanggal_sk"), isi.get("tahun"), isi.get("disebut_pada")
        )
    except ValueError:
        dari = datetime.date.max
    return dari, baris.nomor


def _to_teks(nilai) -> str:
    if isinstance(nilai, datetime.date):
        return format_tanggal(nilai)
    return str(nilai)


# --- writing --------------------------------------------------------------------------------------
def _write(rencana: Rencana, by) -> None:
    """Better dates first, for a grant may rest on them; then grants by date, then attestations."""
    berubah, baru = (
        [satu.isi for satu in sorted(rencana.list_hasil(hasil), key=lambda satu: satu.giliran)]
        for hasil in (Hasil.BERUBAH, Hasil.BARU)
    )
    penetapan = [isi for isi in baru if not isinstance(isi, PernyataanTanpa)]
    pernyataan = [isi for isi in baru if isinstance(isi, PernyataanTanpa)]
    try:
        if berubah:
            alur.complete_many(berubah, by=by)
        if penetapan:
            alur.grant_many(penetapan, by=by)
        if pernyataan:
            alur.attest_tanpa_many(pernyataan, by=by)
    except AlurError as error:
        raise ImporDitolakError(f"{error} Belum ada yang ditulis.", rencana) from error
