"""All rows of a file, each under the rules of a single grant."""

import datetime
from collections.abc import Iterable

from integritas.alur import AlurError
from integritas.impor import BarisRencana, Hasil
from integritas.tabel import Baris, Saran, Tabel, normalize
from integritas.tabel.nilai import RUMUS
from integritas.teks import format_tanggal
from penilaian import masa, syarat
from penilaian.impor.cocok import find_ada
from penilaian.impor.kolom import SEBUTAN_DASAR, SEBUTAN_PREDIKAT, TEKS_BEBAS
from penilaian.models import (
    JenisPerubahan,
    JenisPredikat,
    Nilai,
    PernyataanTanpa,
    PerubahanPredikat,
    Predikat,
)
from penilaian.syarat import Catatan, Kelengkapan, Penetapan
from satker.models import KedudukanSatker, SatuanKerja


class Perencana:
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
