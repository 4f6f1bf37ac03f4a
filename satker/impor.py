"""Offices from a table: what each row would change, and the writing of it in a few statements.

An empty cell says nothing. A row that differs from the position in force begins a new position on
its "berlaku mulai" and never rewrites the past. The rules are those of `satker/alur.py`; here they
are asked for a thousand rows at once, from facts fetched in a handful of queries.
"""

import datetime
import re
from collections import defaultdict
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from integritas.impor import BarisRencana, Hasil, ImporDitolakError, Rencana, Subjek
from integritas.tabel import RUMUS, Baris, Kolom, Saran, Tabel, normalize, read_tabel
from integritas.tabel.judul import TANGGAL, URAIAN
from integritas.teks import format_tanggal
from satker import access, alur, cari, fakta
from satker.models import (
    Catatan,
    Instansi,
    JenisSatker,
    KantorWilayah,
    KedudukanInstansi,
    KedudukanSatker,
    KelasSatker,
    Peran,
    Riwayat,
    SatuanKerja,
    ZonaWaktu,
)

PAKAI_PREDIKAT = "Kolom predikat tidak dibaca di sini; pakai impor predikat."
DAFTAR_KOLOM = (
    Kolom(
        "kode",
        ("kode satker", "kode satuan kerja", "kode unit"),
        maks=60,
        wajib=True,
        keterangan="Kode tetap satker, seperti 16-lapas-palembang. Tidak pernah dipakai ulang.",
        lebar=28,
    ),
    Kolom(
        "nama",
        ("nama satker", "nama satuan kerja", "satuan kerja", "satker", "nama unit", "nama upt"),
        maks=200,
        wajib=True,
        keterangan="Nama resmi.",
        lebar=44,
    ),
    Kolom(
        "jenis",
        ("jenis satker", "tipe", "jenis unit", "jenis upt"),
        wajib=True,
        atau="provinsi",
        keterangan="Lapas, Rutan, Kanim dan seterusnya; nama panjangnya juga dikenal.",
    ),
    Kolom(
        "kelas",
        ("klas", "kelas satker"),
        maks=60,
        keterangan="I, IIA, IIB, III, atau I TPI. Kosong bila jenisnya tanpa kelas.",
        lebar=12,
    ),
    Kolom(
        "kota_kabupaten",
        (
            *("kota", "kabupaten", "kabupaten kota", "kab kota", "kota kab", "tempat"),
            *("kota kedudukan", "lokasi"),
        ),
        maks=120,
        keterangan="Kota atau kabupaten tempatnya.",
        lebar=24,
    ),
    Kolom(
        "induk",
        ("kode induk", "kanwil", "kode kanwil", "kantor wilayah", "satker induk"),
        keterangan="Kode Kanwil, seperti 16-kanwil; bagi Kanwil: kementerian atau Ditjen-nya, "
        "seperti kemenkumham atau ditjenpas.",
    ),
    Kolom(
        "pembina",
        ("eselon i pembina", "eselon 1", "eselon i", "pembina teknis", "unit pembina"),
        keterangan="Eselon I pembina. Bila kosong, mengikuti jenisnya.",
    ),
    Kolom(
        "zona_waktu",
        ("zona",),
        keterangan="WIB, WITA, atau WIT. Bila kosong, mengikuti Kanwil-nya.",
        lebar=12,
    ),
    Kolom(
        "berlaku_mulai",
        (
            *("berlaku dari", "mulai", "mulai berlaku", "tanggal mulai", "tmt"),
            "tanggal berlaku",
        ),
        jenis=TANGGAL,
        keterangan="Sejak kapan keadaan di baris ini berlaku. Wajib bila satker yang sudah ada "
        "berubah; keadaan sebelumnya tetap tercatat.",
    ),
    Kolom(
        "sumber",
        ("sumber data",),
        jenis=URAIAN,
        keterangan="Dari mana keterangan ini. Bila kosong, nama berkasnya.",
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
        "provinsi",
        ("propinsi", "nama provinsi"),
        maks=80,
        keterangan="Hanya bagi Kanwil baru. Bila kosong, dari angka di depan kodenya.",
    ),
    Kolom(
        "kode_bps",
        ("kode bps provinsi", "kode provinsi"),
        maks=4,
        keterangan="Hanya bagi Kanwil baru: kode provinsi dari BPS.",
        lebar=12,
    ),
    Kolom("predikat", ("predikat zi", "wbk wbbm"), abaikan=PAKAI_PREDIKAT),
    Kolom("tahun_predikat", ("tahun predikat zi",), abaikan=PAKAI_PREDIKAT),
)
CONTOH = (
    {
        "kode": "16-lapas-palembang",
        "nama": "Lapas Kelas I Palembang",
        "jenis": "Lapas",
        "kelas": "I",
        "kota_kabupaten": "Kota Palembang",
        "induk": "16-kanwil",
        "sumber": "rmolsumsel.id",
    },
    {
        "kode": "16-kanwil-ditjenpas",
        "nama": "Kantor Wilayah Direktorat Jenderal Pemasyarakatan Sumatera Selatan",
        "jenis": "Kanwil",
        "kota_kabupaten": "Kota Palembang",
        "induk": "ditjenpas",
        "berlaku_mulai": datetime.date(2024, 10, 21),
        "sumber": "Perpres 155/2024",
    },
)
KANWIL = "kanwil"


@dataclass
class Induk:
    """A node that a unit can stand under, and when it stood."""

    kode: str
    sebutan: str
    kanwil: KantorWilayah | None
    instansi: Instansi | None
    contoh: bool
    zona_waktu: str = ""
    rentang: list[tuple[datetime.date | None, datetime.date | None]] = field(default_factory=list)

    @property
    def kunci(self) -> tuple:
        """Equal for the same node, stored or not."""
        return (self.kanwil is not None, self.kode)

    def is_standing(self, mulai: datetime.date | None) -> bool:
        if mulai is None:
            return any(dari is None for dari, _ in self.rentang)
        return any(
            (dari is None or dari <= mulai) and (sampai is None or sampai > mulai)
            for dari, sampai in self.rentang
        )


@dataclass
class Isi:
    """The facts of one accepted row; `lama` is the position it follows."""

    satker: SatuanKerja | None
    lama: KedudukanSatker | None
    mulai: datetime.date | None
    fakta: dict
    sumber: str
    keyakinan: str
    # A new Kanwil brings its node.
    kanwil: KantorWilayah | None = None


# --- the two functions ----------------------------------------------------------------------------
def plan(nama: str, isi: bytes, *, by=None) -> Rencana:
    """What the file would do; raises BerkasDitolakError when it cannot be read at all."""
    return _plan(read_tabel(nama, isi, DAFTAR_KOLOM), nama, by, lock=False)


def apply(nama: str, isi: bytes, *, by=None, lewati=False, sidik=None) -> Rencana:
    """Plan again under locks and write in one transaction; raises ImporDitolakError."""
    tabel = read_tabel(nama, isi, DAFTAR_KOLOM)
    rencana = Rencana(tabel, [])
    try:
        with transaction.atomic():
            rencana = _plan(tabel, nama, by, lock=True)
            rencana.refuse_changed(sidik)
            rencana.refuse_unclean(lewati=lewati)
            _write(rencana, nama, by)
    except IntegrityError as error:
        # Somebody else wrote the same unit a moment ago; the database let one of us through.
        raise ImporDitolakError(
            "Orang lain sedang menulis satker yang sama, jadi belum ada yang ditulis. Periksa "
            "sekali lagi.",
            rencana,
        ) from error
    rencana.ditulis = True
    return rencana


def list_pilihan() -> dict[str, list[str]]:
    """What the empty workbook offers to choose from."""
    return {
        "jenis": list(
            JenisSatker.objects.filter(mandiri=True)
            .order_by("urutan", "pk")
            .values_list("singkatan", flat=True)
        ),
        "induk": list(
            KantorWilayah.objects.filter(satker__contoh=False)
            .order_by("satker__kode")
            .values_list("satker__kode", flat=True)
        ),
        "zona_waktu": ZonaWaktu.values,
    }


SUBJEK = Subjek(
    kode="satker",
    judul="Impor satuan kerja",
    keterangan="Daftarkan satuan kerja baru dan catat perubahannya dari satu berkas.",
    daftar_kolom=DAFTAR_KOLOM,
    plan=plan,
    apply=apply,
    list_pilihan=list_pilihan,
    contoh=CONTOH,
)


# --- planning -------------------------------------------------------------------------------------
def _plan(tabel: Tabel, nama: str, by, *, lock: bool) -> Rencana:
    perencana = _Perencana(tabel, nama, by, lock)
    baris = perencana.plan()
    return Rencana(tabel, baris, [*tabel.pemberitahuan, *perencana.list_pemberitahuan(baris)])


class _Perencana:
    """Facts fetched once, asked for every row."""

    def __init__(self, tabel: Tabel, nama: str, by, lock: bool):
        self.tabel = tabel
        self.bawaan_sumber = f"impor {nama}"[:300]
        self.hari_ini = timezone.localdate()
        self.terjauh = self.hari_ini + alur.PALING_JAUH
        self.kode_dari = {id(satu): satu.nilai["kode"].lower() for satu in tabel.baris}
        self.lingkup = list_lingkup(by)
        self._load_identity(lock)
        self._load_nodes()
        self._load_jenis()
        self._load_posisi()
        self.saran_jenis = Saran(satu.singkatan for satu in self.jenis.values())
        self.saran_instansi = Saran(self.instansi)
        self.saran_induk = Saran(self.induk)

    # -- facts
    def _load_identity(self, lock: bool) -> None:
        daftar_kode = set(self.kode_dari.values())
        queryset = SatuanKerja.objects.filter(kode__in=daftar_kode)
        if lock:
            # The nodes too: a Kanwil must not close while units are put under it.
            queryset = SatuanKerja.objects.select_for_update(of=("self",), no_key=True).filter(
                Q(kode__in=daftar_kode) | Q(kantorwilayah__isnull=False)
            )
        self.satker = {
            satu.kode: satu for satu in queryset.order_by("kode") if satu.kode in daftar_kode
        }

    def _load_nodes(self) -> None:
        self.instansi = {satu.kode: satu for satu in Instansi.objects.order_by("pk")}
        self.induk: dict[str, Induk] = {}
        self.sebutan_instansi: dict[str, str] = {}
        self.instansi_dari_pk = {satu.pk: satu for satu in self.instansi.values()}
        for milik in KedudukanInstansi.objects.select_related("instansi").order_by("pk"):
            kode = milik.instansi.kode
            node = self.induk.setdefault(
                kode, Induk(kode, milik.singkatan, None, milik.instansi, milik.instansi.contoh)
            )
            node.rentang.append((milik.berlaku_dari, milik.berlaku_sampai))
            self.sebutan_instansi[normalize(milik.singkatan)] = kode
            self.sebutan_instansi[normalize(milik.nama)] = kode
        self.kanwil = {
            satu.pk: satu for satu in KantorWilayah.objects.select_related("satker").order_by("pk")
        }
        kanwil_sendiri = {satu.satker_id: satu for satu in self.kanwil.values()}
        self.kanwil_dari_nama: dict[str, str] = {}
        for posisi in (
            KedudukanSatker.objects.filter(satker__kantorwilayah__isnull=False)
            .select_related("satker")
            .order_by("berlaku_dari", "pk")
        ):
            kanwil = kanwil_sendiri[posisi.satker_id]
            node = self.induk.setdefault(
                posisi.satker.kode,
                Induk(posisi.satker.kode, posisi.nama, kanwil, None, posisi.satker.contoh),
            )
            node.sebutan, node.zona_waktu = posisi.nama, posisi.zona_waktu
            node.rentang.append((posisi.berlaku_dari, posisi.berlaku_sampai))
            self.kanwil_dari_nama[normalize(posisi.nama)] = posisi.satker.kode

    def _load_jenis(self) -> None:
        self.jenis = {
            satu.pk: satu for satu in JenisSatker.objects.select_related("pembina").order_by("pk")
        }
        self.jenis_dari_sebutan: dict[str, JenisSatker] = {}
        for satu in self.jenis.values():
            for sebutan in (satu.kode, satu.nama, satu.singkatan, satu.sebutan_lain):
                if sebutan:
                    self.jenis_dari_sebutan.setdefault(normalize(sebutan), satu)
        self.kelas: dict[int, dict[tuple, str]] = defaultdict(dict)
        for kelas in KelasSatker.objects.order_by("pk"):
            self.kelas[kelas.jenis_id][_spell_kelas(kelas.kelas)] = kelas.kelas
        self.provinsi = {
            kanwil.kode_bps: (kanwil.provinsi, self.induk[kanwil.satker.kode].zona_waktu)
            for kanwil in self.kanwil.values()
            if kanwil.satker.kode in self.induk and not kanwil.satker.contoh
        }
        for baris in fakta.read_csv(fakta.DATA / "kanwil.csv"):
            self.provinsi.setdefault(
                baris["kode_bps_provinsi"], (baris["provinsi"], baris["zona_waktu"])
            )

    def _load_posisi(self) -> None:
        self.posisi: dict[int, list[KedudukanSatker]] = defaultdict(list)
        for posisi in KedudukanSatker.objects.filter(
            satker__in=[satu.pk for satu in self.satker.values()]
        ).order_by("pk"):
            self.posisi[posisi.satker_id].append(posisi)
        for daftar in self.posisi.values():
            daftar.sort(key=lambda satu: satu.berlaku_dari or datetime.date.min)

    # -- rows
    def plan(self) -> list[BarisRencana]:
        self.kanwil_berkas: dict[str, int] = {}
        hasil: dict[int, BarisRencana] = {}
        # Kanwil first: units of the same file may stand under them.
        urut = sorted(self.tabel.baris, key=lambda satu: not self._is_kanwil(satu))
        self._refuse_ganda()
        for baris in urut:
            hasil[baris.nomor] = self._plan_row(baris)
        return [hasil[baris.nomor] for baris in self.tabel.baris]

    def _refuse_ganda(self) -> None:
        """A code that stands twice is refused in both rows: nobody knows which one is meant."""
        pertama: dict[str, Baris] = {}
        for baris in self.tabel.baris:
            kode = self.kode_dari[id(baris)]
            if not kode:
                continue
            if self._is_kanwil(baris):
                self.kanwil_berkas.setdefault(kode, baris.nomor)
            lama = pertama.setdefault(kode, baris)
            if lama is baris:
                continue
            self._refuse(baris, "kode", f'"{kode}" sudah ada di baris {lama.nomor}.')
            if not any("ada lagi" in satu.teks for satu in lama.pesan):
                self._refuse(lama, "kode", f'"{kode}" ada lagi di baris {baris.nomor}.')

    def list_pemberitahuan(self, daftar: list[BarisRencana]) -> list[str]:
        baru = [satu for satu in daftar if satu.hasil == Hasil.BARU]
        hasil = []
        tanpa_tanggal = sum(1 for satu in baru if satu.isi.mulai is None)
        if tanpa_tanggal:
            hasil.append(
                f"{tanpa_tanggal} satker baru tanpa tanggal mulai dicatat sejak sebelum catatan, "
                "jadi ikut terhitung pada semua tanggal. Isi kolom berlaku mulai bila tanggalnya "
                "diketahui."
            )
        if kembar := self._find_kembar(baru):
            contoh = "; ".join(kembar[:SEBUT_KEMBAR])
            lain = len(kembar) - SEBUT_KEMBAR
            hasil.append(
                f"Periksa nama yang sama dengan kode lain: {contoh}"
                f"{f'; dan {lain} baris lain' if lain > 0 else ''}."
            )
        return hasil

    def _find_kembar(self, baru: list[BarisRencana]) -> list[str]:
        """New units called as another one is: often the same office under a second code."""
        if not baru:
            return []
        pemilik = {
            tuple(_list_kata(nama)): kode
            for kode, nama in KedudukanSatker.objects.filter(berlaku_sampai__isnull=True)
            .order_by("pk")
            .values_list("satker__kode", "nama")
        }
        kembar = []
        for satu in baru:
            lain = pemilik.setdefault(tuple(_list_kata(satu.nama)), satu.kode)
            if lain != satu.kode:
                kembar.append(f"baris {satu.nomor} ({satu.nama}, sudah {lain})")
        return kembar

    def _refuse(self, baris: Baris, kolom: str, teks: str) -> None:
        self.tabel.refuse(baris, kolom, teks)

    def _is_kanwil(self, baris: Baris) -> bool:
        jenis = baris.nilai.get("jenis")
        if jenis:
            return normalize(jenis) in {"kanwil", "kantor wilayah"}
        if satker := self.satker.get(self.kode_dari[id(baris)]):
            daftar = self.posisi[satker.pk]
            return bool(daftar) and self.jenis[daftar[-1].jenis_id].kode == KANWIL
        return bool(baris.nilai.get("provinsi")) and "kanwil" in self.kode_dari[id(baris)]

    def _plan_row(self, baris: Baris) -> BarisRencana:
        kode = self.kode_dari[id(baris)]
        satker = self.satker.get(kode)
        posisi = self._find_posisi(baris, satker) if satker else None
        rencana = BarisRencana(
            baris.nomor, kode, baris.nilai.get("nama") or (posisi.nama if posisi else "")
        )
        if satker is None:
            self._refuse_kode(baris, kode)
        mulai = baris.nilai.get("berlaku_mulai")
        if mulai and mulai > self.terjauh:
            self._refuse(baris, "berlaku_mulai", f"{format_tanggal(mulai)} terlalu jauh di depan.")
        if satker is None:
            self._plan_new(baris, rencana, kode, mulai)
        elif posisi is not None:
            self._plan_change(baris, rencana, satker, posisi, mulai)
        if baris.pesan:
            rencana.hasil, rencana.isi, rencana.uraian = Hasil.DITOLAK, None, []
        rencana.pesan = baris.pesan
        return rencana

    def _refuse_kode(self, baris: Baris, kode: str) -> None:
        if not kode:
            if not baris.pesan:
                self._refuse(baris, "kode", "masih kosong.")
        elif not alur.KODE.match(kode):
            self._refuse(
                baris,
                "kode",
                f'"{kode}" tidak bisa dipakai. Tulis seperti 16-lapas-palembang: huruf kecil, '
                "angka dan tanda hubung.",
            )

    # -- values
    def _read_jenis(self, baris: Baris) -> JenisSatker | None:
        teks = baris.nilai.get("jenis")
        if not teks:
            return self.jenis_dari_sebutan.get(KANWIL) if self._is_kanwil(baris) else None
        jenis = self.jenis_dari_sebutan.get(normalize(teks))
        if jenis is None:
            saran = self.saran_jenis.suggest(teks)
            self._refuse(baris, "jenis", f'"{teks}" tidak dikenal.{saran}')
        return jenis

    def _read_kelas(self, baris: Baris, jenis: JenisSatker) -> str:
        teks = baris.nilai.get("kelas", "")
        if not teks:
            return ""
        dikenal = self.kelas[jenis.pk]
        kelas = dikenal.get(_spell_kelas(teks))
        if kelas is None:
            pilihan = ", ".join(dikenal.values()) if dikenal else "tanpa kelas"
            self._refuse(
                baris, "kelas", f'"{teks}" tidak dikenal bagi {jenis.singkatan}: {pilihan}.'
            )
            return ""
        return kelas

    def _read_induk(self, baris: Baris, hanya_instansi: bool) -> Induk | None:
        teks = baris.nilai.get("induk")
        if not teks:
            return None
        kunci = normalize(teks)
        kode = next(
            (
                satu
                for satu in (
                    teks.lower(),
                    "" if hanya_instansi else self.kanwil_dari_nama.get(kunci, ""),
                    self.sebutan_instansi.get(kunci, ""),
                )
                if satu in self.induk
            ),
            "",
        )
        induk = self.induk.get(kode)
        if induk is None or (hanya_instansi and induk.instansi is None):
            ditolak = "" if hanya_instansi else self._find_refused(teks.lower())
            saran = (self.saran_instansi if hanya_instansi else self.saran_induk).suggest(teks)
            self._refuse(baris, "induk", ditolak or f'"{teks}" tidak dikenal.{saran}')
            return None
        return induk

    def _find_refused(self, kode: str) -> str:
        """The parent stands in this file but was refused itself."""
        nomor = self.kanwil_berkas.get(kode)
        return f'"{kode}" ditolak pada baris {nomor}.' if nomor else ""

    def _read_pembina(self, baris: Baris) -> Instansi | None:
        teks = baris.nilai.get("pembina")
        if not teks:
            return None
        instansi = self.instansi.get(teks.lower()) or self.instansi.get(
            self.sebutan_instansi.get(normalize(teks), "")
        )
        if instansi is None:
            saran = self.saran_instansi.suggest(teks)
            self._refuse(baris, "pembina", f'"{teks}" tidak dikenal.{saran}')
        return instansi

    def _read_zona(self, baris: Baris) -> str:
        teks = baris.nilai.get("zona_waktu", "").upper()
        if teks and teks not in ZonaWaktu.values:
            self._refuse(baris, "zona_waktu", f'"{teks}" tidak dikenal. Pilih WIB, WITA, atau WIT.')
            return ""
        return teks

    # -- a unit that is not there yet
    def _plan_new(self, baris: Baris, rencana: BarisRencana, kode: str, mulai) -> None:
        nilai = baris.nilai
        jenis = self._read_jenis(baris)
        if not nilai.get("nama"):
            self._require(baris, "nama")
        self._refuse_rumus(baris, "nama", "kota_kabupaten", "sumber", "keyakinan", "provinsi")
        if jenis is None:
            if not nilai.get("jenis"):
                self._require(baris, "jenis")
            # Everything that can be said is said at once.
            self._read_induk(baris, hanya_instansi=False)
            self._read_zona(baris)
            return
        if not jenis.mandiri:
            self._refuse(
                baris,
                "jenis",
                f"{jenis.singkatan} bukan satker mandiri; catat pada kantor induknya.",
            )
        kelas, zona = self._read_kelas(baris, jenis), self._read_zona(baris)
        pembina = self._read_pembina(baris)
        kanwil = None
        if jenis.kode == KANWIL:
            induk, kanwil, zona = self._plan_kanwil(baris, kode, zona, mulai)
        else:
            induk = self._read_induk(baris, hanya_instansi=False)
            if induk is None and not nilai.get("induk"):
                self._require(baris, "induk")
        if induk is None:
            return
        self._refuse_induk(baris, induk, mulai)
        if kanwil is None:
            self._refuse_kanwil_lain(baris, induk)
        if not zona and not (zona := induk.zona_waktu):
            self._refuse(baris, "zona_waktu", "masih kosong. Pilih WIB, WITA, atau WIT.")
        if baris.pesan:
            return
        isi = {
            "nama": nilai["nama"],
            "jenis": jenis,
            "kelas": kelas,
            "kanwil": kanwil or induk.kanwil,
            "instansi": induk.instansi,
            "pembina": pembina or _choose_pembina(jenis, induk),
            "tempat": nilai.get("kota_kabupaten", ""),
            "zona_waktu": zona,
        }
        if kanwil is not None:
            self.induk[kode] = Induk(
                kode, nilai["nama"], kanwil, None, induk.contoh, zona, [(mulai, None)]
            )
        rencana.hasil = Hasil.BARU
        rencana.isi = Isi(
            SatuanKerja(kode=kode, contoh=induk.contoh) if kanwil is None else kanwil.satker,
            None,
            mulai,
            isi,
            nilai.get("sumber") or self.bawaan_sumber,
            nilai.get("keyakinan", ""),
            kanwil,
        )
        rencana.uraian = [
            (self.tabel.name_kolom(nama), "", teks)
            for nama, teks in (
                ("jenis", f"{jenis.singkatan} {kelas}".strip()),
                ("induk", induk.kode),
                ("berlaku_mulai", format_tanggal(mulai)),
            )
            if teks
        ]

    def _plan_kanwil(self, baris: Baris, kode: str, zona: str, mulai):
        """Parent, node and time zone of a new Kanwil, from its columns or from its code."""
        if self.lingkup is not None:
            self._refuse(baris, "", "Kanwil baru hanya dapat didaftarkan oleh admin.")
        induk = self._read_induk(baris, hanya_instansi=True)
        if not baris.nilai.get("induk"):
            ekor = kode.partition("-kanwil-")[2]
            induk = self.induk.get(ekor) or self.induk.get(fakta.INDUK_KANWIL)
            if induk is None:
                self._require(baris, "induk")
        kode_bps = baris.nilai.get("kode_bps") or kode.partition("-")[0]
        provinsi, zona_bps = self.provinsi.get(kode_bps, ("", ""))
        provinsi = baris.nilai.get("provinsi") or provinsi
        if not re.fullmatch(r"[0-9]{2,4}", kode_bps):
            self._refuse(baris, "kode_bps", "masih kosong. Isi kode provinsi dari BPS, seperti 16.")
        elif not provinsi:
            self._refuse(baris, "provinsi", f"masih kosong, dan kode {kode_bps} belum dikenal.")
        satker = SatuanKerja(kode=kode, contoh=induk.contoh if induk else False)
        kanwil = KantorWilayah(satker=satker, provinsi=provinsi, kode_bps=kode_bps)
        return induk, kanwil, zona or zona_bps

    def _require(self, baris: Baris, kolom: str) -> None:
        """Say that a cell is empty, unless something worse was said of it already."""
        judul = self.tabel.name_kolom(kolom)
        if not any(satu.kolom == judul for satu in baris.pesan):
            self._refuse(baris, kolom, "masih kosong. Satker baru memerlukannya.")

    def _refuse_rumus(self, baris: Baris, *daftar_kolom: str) -> None:
        for kolom in daftar_kolom:
            if (teks := baris.nilai.get(kolom) or "").startswith(RUMUS):
                self._refuse(baris, kolom, f'diawali tanda "{teks[0]}". Hapus tandanya.')

    def _refuse_induk(self, baris: Baris, induk: Induk, mulai) -> None:
        """The parent must stand when the position begins."""
        if not induk.is_standing(mulai):
            if mulai is None:
                dari = min(dari for dari, _ in induk.rentang if dari) if induk.rentang else None
                self._refuse(
                    baris,
                    "berlaku_mulai",
                    f"masih kosong, sedangkan {induk.kode} baru ada sejak {format_tanggal(dari)}. "
                    "Isi tanggal mulainya.",
                )
            else:
                self._refuse(
                    baris, "induk", f"{induk.kode} tidak berdiri pada {format_tanggal(mulai)}."
                )

    def _refuse_kanwil_lain(self, baris: Baris, induk: Induk) -> None:
        if self.lingkup is not None and (
            induk.kanwil is None or induk.kanwil.pk not in self.lingkup
        ):
            self._refuse(baris, "induk", f"{induk.kode} bukan Kanwil Anda.")

    # -- a unit that is there
    def _find_posisi(self, baris: Baris, satker: SatuanKerja) -> KedudukanSatker | None:
        """The position the row speaks of: on its own day, else today, else the one to come."""
        mulai = baris.nilai.get("berlaku_mulai")
        daftar = self.posisi[satker.pk]
        if not daftar:
            self._refuse(baris, "kode", f'"{satker.kode}" sudah pernah dipakai.')
            return None
        pada = mulai or max(self.hari_ini, daftar[0].berlaku_dari or self.hari_ini)
        for posisi in daftar:
            if (posisi.berlaku_dari is None or posisi.berlaku_dari <= pada) and (
                posisi.berlaku_sampai is None or posisi.berlaku_sampai > pada
            ):
                return posisi
        if daftar[0].berlaku_dari is not None and pada < daftar[0].berlaku_dari:
            self._refuse(
                baris,
                "berlaku_mulai",
                f"{format_tanggal(pada)} mendahului satker ini, yang baru ada sejak "
                f"{format_tanggal(daftar[0].berlaku_dari)}.",
            )
        else:
            self._refuse(
                baris,
                "kode",
                f"{satker.kode} sudah ditutup sejak {format_tanggal(daftar[-1].berlaku_sampai)}. "
                "Kode tidak dipakai ulang.",
            )
        return None

    def _plan_change(self, baris: Baris, rencana: BarisRencana, satker, posisi, mulai) -> None:
        kini = self.posisi[satker.pk][-1]
        if self.lingkup is not None and kini.kanwil_id not in self.lingkup:
            self._refuse(baris, "", f"{rencana.nama} bukan satker Kanwil Anda.")
            return
        isi = self._read_change(baris, satker, posisi)
        beda = self._compare(posisi, isi)
        if not beda or baris.pesan:
            return
        self._refuse_rumus(baris, *(kolom for kolom, *_ in beda if kolom in TEKS_BEBAS))
        if mulai is None:
            for kolom, lama, baru in beda:
                self._refuse(
                    baris,
                    kolom,
                    f'berubah dari "{lama}" menjadi "{baru}". Isi kolom "berlaku mulai" dengan '
                    "tanggal mulai perubahan ini.",
                )
            return
        if posisi is not kini or (posisi.berlaku_dari is not None and mulai <= posisi.berlaku_dari):
            self._refuse(
                baris,
                "berlaku_mulai",
                f"kedudukan sekarang baru berlaku mulai {format_tanggal(kini.berlaku_dari)}. Pilih "
                "tanggal sesudahnya.",
            )
        elif posisi.berlaku_sampai is not None:
            self._refuse(
                baris,
                "berlaku_mulai",
                f"satker ini ditutup mulai {format_tanggal(posisi.berlaku_sampai)}.",
            )
        if any(kolom == "induk" for kolom, *_ in beda):
            induk = isi["induk"]
            if induk.contoh != satker.contoh:
                self._refuse(
                    baris, "induk", "satker contoh dan satker nyata tidak boleh bercampur."
                )
            self._refuse_induk(baris, induk, mulai)
            self._refuse_kanwil_lain(baris, induk)
        if baris.pesan:
            return
        induk = isi.pop("induk")
        isi = {kolom: satu for kolom, satu in isi.items() if satu is not None}
        if induk is not None:
            isi |= {"kanwil": induk.kanwil, "instansi": induk.instansi}
            if posisi.kanwil_id and self.kanwil[posisi.kanwil_id].satker_id == satker.pk:
                isi["kanwil"] = self.kanwil[posisi.kanwil_id]
        self._link(posisi, satker)
        rencana.hasil = Hasil.BERUBAH
        rencana.isi = Isi(
            satker,
            posisi,
            mulai,
            isi,
            baris.nilai.get("sumber") or self.bawaan_sumber,
            baris.nilai.get("keyakinan", ""),
        )
        rencana.uraian = [
            *((self.tabel.name_kolom(kolom), lama, baru) for kolom, lama, baru in beda),
            (self.tabel.name_kolom("berlaku_mulai"), "", format_tanggal(mulai)),
        ]

    def _link(self, posisi, satker) -> None:
        """Hang the objects at hand on a position, so that nothing is fetched for it alone."""
        posisi.satker = satker
        posisi.jenis = self.jenis[posisi.jenis_id]
        posisi.kanwil = self.kanwil.get(posisi.kanwil_id)
        posisi.instansi = self.instansi_dari_pk.get(posisi.instansi_id)
        posisi.pembina = self.instansi_dari_pk.get(posisi.pembina_id)

    def _read_change(self, baris: Baris, satker, posisi) -> dict:
        """What the row says; None where it says nothing."""
        nilai = baris.nilai
        jenis = self._read_jenis(baris) or self.jenis[posisi.jenis_id]
        lama = self.jenis[posisi.jenis_id]
        if (jenis.kode == KANWIL) != (lama.kode == KANWIL):
            self._refuse(
                baris,
                "jenis",
                "Kanwil dan satker lain tidak bisa bertukar jenis; daftarkan satker baru.",
            )
        kelas = self._read_kelas(baris, jenis)
        # The old class may mean nothing for a new type.
        tetap = jenis is lama or _spell_kelas(posisi.kelas) in self.kelas[jenis.pk]
        pembina = self._read_pembina(baris)
        if jenis is not lama:
            pembina = pembina or jenis.pembina
        return {
            "nama": nilai.get("nama") or None,
            "jenis": jenis,
            "kelas": kelas or (posisi.kelas if tetap else ""),
            "tempat": nilai.get("kota_kabupaten") or None,
            "induk": self._read_induk(baris, hanya_instansi=lama.kode == KANWIL),
            "pembina": pembina,
            "zona_waktu": self._read_zona(baris) or None,
        }

    def _compare(self, posisi, isi: dict) -> list[tuple[str, str, str]]:
        """Columns in which the row differs from the position: column, before, after."""
        beda = []
        if isi["nama"] and not _is_same(isi["nama"], posisi.nama):
            beda.append(("nama", posisi.nama, isi["nama"]))
        if isi["jenis"].pk != posisi.jenis_id:
            lama = self.jenis[posisi.jenis_id]
            beda.append(("jenis", lama.singkatan, isi["jenis"].singkatan))
        if isi["kelas"] != posisi.kelas:
            beda.append(("kelas", posisi.kelas, isi["kelas"]))
        if isi["tempat"] and not is_same_tempat(isi["tempat"], posisi.tempat):
            beda.append(("kota_kabupaten", posisi.tempat, isi["tempat"]))
        if isi["induk"] is not None:
            lama_induk = self._name_induk(posisi)
            if isi["induk"].kode != lama_induk:
                beda.append(("induk", lama_induk, isi["induk"].kode))
        if isi["pembina"] is not None and isi["pembina"].pk != posisi.pembina_id:
            pembina = self.instansi_dari_pk.get(posisi.pembina_id)
            beda.append(("pembina", pembina.kode if pembina else "", isi["pembina"].kode))
        if isi["zona_waktu"] and isi["zona_waktu"] != posisi.zona_waktu:
            beda.append(("zona_waktu", posisi.zona_waktu, isi["zona_waktu"]))
        return beda

    def _name_induk(self, posisi) -> str:
        """The code of the node above a position: a Kanwil's is its ministry."""
        if posisi.kanwil_id and self.kanwil[posisi.kanwil_id].satker_id != posisi.satker_id:
            return self.kanwil[posisi.kanwil_id].satker.kode
        return self.instansi_dari_pk[posisi.instansi_id].kode


TEKS_BEBAS = ("nama", "kota_kabupaten")
SEBUT_KEMBAR = 5


def list_lingkup(user) -> set[int] | None:
    """The Kanwil whose units this person may import; None is all (admin, or the command line)."""
    if user is None or access.has_role(user, Peran.ADMIN):
        return None
    return {
        penugasan.kanwil_id
        for penugasan in access.list_penugasan(user)
        if penugasan.peran == Peran.TIM_KANWIL
    }


def _choose_pembina(jenis: JenisSatker, induk: Induk) -> Instansi | None:
    """Who supervises when the file does not say: by type; a Kanwil by the node it hangs on."""
    if jenis.kode == KANWIL and induk.kode != fakta.INDUK_KANWIL:
        return induk.instansi
    return jenis.pembina


def _spell_kelas(teks: str) -> tuple[str, ...]:
    """`IIA`, `Kelas II A` and `klas 2a` are one class."""
    return tuple(kata for kata in cari.normalize(teks) if kata != "kelas")


def _is_same(satu: str, dua: str) -> bool:
    """Case, blanks and punctuation make no other name."""
    return satu == dua or _list_kata(satu) == _list_kata(dua)


def _list_kata(teks: str) -> list[str]:
    return re.findall(r"\w+", teks.casefold())


def is_same_tempat(satu: str, dua: str) -> bool:
    """Sources write "Palembang" or "Kota Palembang"; only two different kinds contradict."""
    kata_satu, kata_dua = _split_tempat(satu), _split_tempat(dua)
    if kata_satu[1] != kata_dua[1]:
        return False
    return not (kata_satu[0] and kata_dua[0]) or kata_satu[0] == kata_dua[0]


def _split_tempat(teks: str) -> tuple[str, list[str]]:
    kata = _list_kata(teks)
    bentuk = {"kota": "kota", "kabupaten": "kabupaten", "kab": "kabupaten"}
    if len(kata) > 1 and kata[0] in bentuk:
        return bentuk[kata[0]], kata[1:]
    return "", kata


# --- writing --------------------------------------------------------------------------------------
def _write(rencana: Rencana, nama: str, by) -> None:
    """All rows in a number of statements that does not grow with them."""
    baru = [satu.isi for satu in rencana.list_hasil(Hasil.BARU)]
    berubah = [satu.isi for satu in rencana.list_hasil(Hasil.BERUBAH)]
    if not baru and not berubah:
        return
    SatuanKerja.objects.bulk_create([isi.satker for isi in baru], batch_size=2000)
    KantorWilayah.objects.bulk_create([isi.kanwil for isi in baru if isi.kanwil is not None])
    # First the old positions end, then the new ones begin: no day ever has two.
    sebelum = {isi.lama.pk: alur.describe(isi.lama) for isi in berubah}
    for isi in berubah:
        isi.lama.berlaku_sampai = isi.mulai
    KedudukanSatker.objects.bulk_update(
        [isi.lama for isi in berubah], ["berlaku_sampai"], batch_size=1000
    )
    daftar_isi = [*baru, *berubah]
    posisi = KedudukanSatker.objects.bulk_create(
        [_build_posisi(isi) for isi in daftar_isi], batch_size=2000
    )
    alasan = f"impor {nama}"
    Riwayat.record_many(
        [
            Catatan(
                isi.satker,
                "satker didaftarkan" if isi.lama is None else _name_kejadian(isi),
                f"kedudukan:{satu.pk}",
                sebelum={} if isi.lama is None else sebelum[isi.lama.pk],
                sesudah=alur.describe(satu),
                alasan=alasan,
            )
            for isi, satu in zip(daftar_isi, posisi, strict=True)
        ],
        by=by,
    )


KOLOM_POSISI = (
    *("nama", "jenis", "kelas", "kanwil", "instansi", "pembina", "tempat", "zona_waktu"),
)


def _build_posisi(isi: Isi) -> KedudukanSatker:
    if isi.lama is None:
        fakta_posisi = isi.fakta
    else:
        fakta_posisi = {kolom: getattr(isi.lama, kolom) for kolom in KOLOM_POSISI} | isi.fakta
    return KedudukanSatker(
        satker=isi.satker,
        berlaku_dari=isi.mulai,
        sumber=isi.sumber,
        keyakinan=isi.keyakinan,
        **fakta_posisi,
    ).fill_cari()


def _name_kejadian(isi: Isi) -> str:
    """What happened, in the words of the guided changes."""
    lama = isi.lama
    berubah = {kolom for kolom, nilai in isi.fakta.items() if getattr(lama, kolom) != nilai}
    if berubah <= {"nama", "tempat"}:
        return "ganti nama"
    if berubah <= {"kanwil", "instansi"}:
        return "pindah Kanwil"
    if berubah <= {"jenis", "kelas", "nama", "pembina"}:
        return "ganti kelas"
    return "kedudukan diubah"
