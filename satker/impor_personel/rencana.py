"""All rows of a file against the roster and against each other."""

from dataclasses import dataclass

from django.utils import timezone

from integritas.impor import BarisRencana, Hasil
from integritas.tabel import RUMUS, Baris, Saran, Tabel, normalize
from integritas.teks import format_periode, format_tanggal
from satker.access import filter_satker
from satker.alur.dasar import PALING_JAUH
from satker.alur.personel import lock_satker, say_ganda, to_orang
from satker.impor_personel.kolom import JENIS_DARI, TEKS_BEBAS, J
from satker.models import Personel, SatuanKerja
from satker.personel import ORANG_SATKER
from satker.roster import DaftarOrang, Orang, find_kurang, fold_nomor

MASA = ("berlaku_dari", "berlaku_sampai")
KONTAK = ("kontak", "guna_kontak", "kontak_sampai")


@dataclass
class Isi:
    """An accepted row: the person to be written, and whose roster it is."""

    satker: SatuanKerja
    personel: Personel


class Perencana:
    """The plan of one file, for the units whose rosters this person keeps."""

    def __init__(self, tabel: Tabel, by, *, lock: bool):
        self.tabel = tabel
        satker = SatuanKerja.objects.none() if by is None else _list_satker(by)
        self.satker = {satu.kode: satu for satu in satker.order_by("pk")}
        self.bawaan = next(iter(self.satker.values())) if len(self.satker) == 1 else None
        if lock:
            for satu in sorted(self.satker.values(), key=lambda satu: satu.pk):
                lock_satker(satu.pk)
        self.saran = Saran(JENIS_DARI)
        # Rows that say nothing new; what else is said of them does not make them wrong.
        self.sama: set[int] = set()
        self.kini = timezone.localdate()
        self.terjauh = self.kini + PALING_JAUH
        self.tercatat = {satu.pk: DaftarOrang() for satu in self.satker.values()}
        for personel in Personel.objects.filter(
            satker__in=list(self.tercatat), dihapus_pada__isnull=True
        ).only("satker", "nama", "jenis", "jabatan", "nomor", "kunci", *MASA):
            self.tercatat[personel.satker_id].add(to_orang(personel))
        self.di_berkas = {satu.pk: DaftarOrang() for satu in self.satker.values()}

    def plan(self) -> list[BarisRencana]:
        hasil = []
        for baris in self.tabel.baris:
            rencana = BarisRencana(
                baris.nomor, baris.nilai.get("jabatan") or "", baris.nilai.get("nama") or ""
            )
            hasil.append(rencana)
            self._plan_row(baris, rencana)
        for baris, rencana in zip(self.tabel.baris, hasil, strict=True):
            rencana.pesan = baris.pesan
            if baris.pesan and baris.nomor not in self.sama:
                rencana.hasil, rencana.isi, rencana.uraian = Hasil.DITOLAK, None, []
        return hasil

    def _plan_row(self, baris: Baris, rencana: BarisRencana) -> None:
        satker = self._read_satker(baris)
        jenis = self._read_jenis(baris)
        self._check_isi(baris)
        nilai = baris.nilai
        if satker is None or jenis is None or not (nilai.get("nama") and nilai.get("jabatan")):
            return
        personel = Personel(
            satker=satker,
            contoh=satker.contoh,
            nama=nilai["nama"],
            jenis=jenis,
            jabatan=nilai["jabatan"],
            nomor=fold_nomor(nilai.get("nomor")),
            berlaku_dari=nilai.get("dari"),
            berlaku_sampai=nilai.get("sampai"),
            kontak=nilai.get("kontak") or None,
            guna_kontak=nilai.get("guna_kontak") or None,
            kontak_sampai=nilai.get("kontak_sampai"),
        ).fill_kunci()
        orang = to_orang(personel, baris)
        if ganda := self.di_berkas[satker.pk].find(orang):
            self._refuse_kembar(baris, *ganda)
            return
        self.di_berkas[satker.pk].add(orang)
        if tercatat := self.tercatat[satker.pk].find(orang):
            lama, sebab = tercatat
            if _is_same(personel, lama.asal):
                self.sama.add(baris.nomor)
                return
            self.tabel.refuse(
                baris, "nomor" if sebab == "nomor" else "nama", say_ganda(lama.asal, sebab)
            )
            return
        if baris.pesan:
            return
        rencana.hasil, rencana.isi = Hasil.BARU, Isi(satker, personel)
        masa = format_periode(personel.berlaku_dari, personel.berlaku_sampai)
        rencana.uraian = [
            (self.tabel.name_kolom(kolom), "", teks)
            for kolom, teks in (
                ("jenis", J(jenis).label),
                ("nomor", personel.nomor or ""),
                ("dari", masa),
                ("kontak", personel.kontak or ""),
            )
            if teks
        ]

    def _refuse_kembar(self, baris: Baris, lama: Orang, sebab: str) -> None:
        """Refused in both rows: nobody knows which one is meant."""
        kolom = "nomor" if sebab == "nomor" else "nama"
        apa = "nomor pegawai" if sebab == "nomor" else "nama dan jabatan"
        pertama: Baris = lama.asal
        self.tabel.refuse(baris, kolom, f"{apa} ini sudah ada di baris {pertama.nomor}.")
        if not any("ada lagi di baris" in satu.teks for satu in pertama.pesan):
            self.tabel.refuse(pertama, kolom, f"{apa} ini ada lagi di baris {baris.nomor}.")

    def _read_satker(self, baris: Baris) -> SatuanKerja | None:
        kode = (baris.nilai.get("satker") or "").lower()
        if not kode:
            if self.bawaan is None:
                self.tabel.refuse(
                    baris, "satker", "masih kosong. Isi kode satker; Anda mengurus lebih dari satu."
                )
            return self.bawaan
        satker = self.satker.get(kode)
        if satker is None:
            self.tabel.refuse(baris, "satker", f'"{kode}" bukan satker yang Anda urus.')
        return satker

    def _read_jenis(self, baris: Baris) -> str | None:
        teks = baris.nilai.get("jenis") or ""
        jenis = JENIS_DARI.get(normalize(teks))
        if jenis is None:
            if teks:
                saran = self.saran.suggest(teks)
                self.tabel.refuse(baris, "jenis", f'"{teks}" tidak dikenal.{saran}')
            elif not self._has_pesan(baris, "jenis"):
                self.tabel.refuse(baris, "jenis", "masih kosong.")
        return jenis

    def _check_isi(self, baris: Baris) -> None:
        nilai = baris.nilai
        for kolom in ("nama", "jabatan"):
            if not nilai.get(kolom) and not self._has_pesan(baris, kolom):
                self.tabel.refuse(baris, kolom, "masih kosong.")
        for kolom in TEKS_BEBAS:
            if (teks := nilai.get(kolom) or "").startswith(RUMUS):
                self.tabel.refuse(baris, kolom, f'diawali tanda "{teks[0]}". Hapus tandanya.')
        dari, sampai = nilai.get("dari"), nilai.get("sampai")
        if dari and sampai and sampai < dari:
            self.tabel.refuse(
                baris,
                "sampai",
                f"{format_tanggal(sampai)} mendahului mulainya, {format_tanggal(dari)}.",
            )
        for kolom in ("dari", "sampai"):
            if (tanggal := nilai.get(kolom)) and tanggal > self.terjauh:
                self.tabel.refuse(baris, kolom, f"{format_tanggal(tanggal)} terlalu jauh di depan.")
        if any(self._has_pesan(baris, kolom) for kolom in KONTAK):
            return
        for kolom, teks in find_kurang(*(nilai.get(kolom) for kolom in KONTAK), kini=self.kini):
            self.tabel.refuse(baris, kolom, teks[:1].lower() + teks[1:])

    def _has_pesan(self, baris: Baris, kolom: str) -> bool:
        judul = self.tabel.name_kolom(kolom)
        return any(satu.kolom == judul for satu in baris.pesan)


def _list_satker(by):
    """The units whose rosters somebody keeps."""
    return filter_satker(SatuanKerja.objects.all(), by, daftar_peran=set(ORANG_SATKER))


def _is_same(personel: Personel, lama: Personel) -> bool:
    """Does the row say nothing that the roster does not say? An empty cell says nothing."""
    return (
        personel.kunci == lama.kunci
        and personel.jenis == lama.jenis
        and personel.nomor in (None, lama.nomor)
        and all(getattr(personel, kolom) in (None, getattr(lama, kolom)) for kolom in MASA)
    )
