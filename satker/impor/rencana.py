"""All rows of a file, each in its turn, and what the reader should know of the whole."""

from django.utils import timezone

from integritas.impor import BarisRencana, Hasil
from integritas.tabel import Baris, Tabel
from integritas.teks import format_tanggal
from satker import alur
from satker.impor.baru import plan_new
from satker.impor.berubah import find_posisi, plan_change
from satker.impor.ejaan import list_kata
from satker.impor.pembaca import Pembaca
from satker.impor.tercatat import Tercatat
from satker.models import KedudukanSatker

SEBUT_KEMBAR = 5


class Perencana:
    """The plan of one file."""

    def __init__(self, tabel: Tabel, nama: str, by, *, lock: bool):
        self.tabel = tabel
        self.bawaan_sumber = f"impor {nama}"[:300]
        self.terjauh = timezone.localdate() + alur.PALING_JAUH
        daftar_kode = {baris.nilai["kode"].lower() for baris in tabel.baris}
        self.tercatat = Tercatat(daftar_kode, lock=lock)
        self.pembaca = Pembaca(tabel, self.tercatat, by)

    def plan(self) -> list[BarisRencana]:
        hasil: dict[int, BarisRencana] = {}
        # Kanwil first: units of the same file may stand under them.
        urut = sorted(self.tabel.baris, key=lambda satu: not self.pembaca.is_kanwil(satu))
        self._refuse_ganda()
        for baris in urut:
            hasil[baris.nomor] = self._plan_row(baris)
        return [hasil[baris.nomor] for baris in self.tabel.baris]

    def _refuse_ganda(self) -> None:
        """A code that stands twice is refused in both rows: nobody knows which one is meant."""
        pertama: dict[str, Baris] = {}
        for baris in self.tabel.baris:
            kode = self.pembaca.get_kode(baris)
            if not kode:
                continue
            if self.pembaca.is_kanwil(baris):
                self.pembaca.kanwil_berkas.setdefault(kode, baris.nomor)
            lama = pertama.setdefault(kode, baris)
            if lama is baris:
                continue
            self.pembaca.refuse(baris, "kode", f'"{kode}" sudah ada di baris {lama.nomor}.')
            if not any("ada lagi" in satu.teks for satu in lama.pesan):
                self.pembaca.refuse(lama, "kode", f'"{kode}" ada lagi di baris {baris.nomor}.')

    def _plan_row(self, baris: Baris) -> BarisRencana:
        kode = self.pembaca.get_kode(baris)
        satker = self.tercatat.satker.get(kode)
        posisi = find_posisi(self.pembaca, baris, satker) if satker else None
        rencana = BarisRencana(
            baris.nomor, kode, baris.nilai.get("nama") or (posisi.nama if posisi else "")
        )
        if satker is None:
            self.pembaca.refuse_kode(baris, kode)
        mulai = baris.nilai.get("berlaku_mulai")
        if mulai and mulai > self.terjauh:
            self.pembaca.refuse(
                baris, "berlaku_mulai", f"{format_tanggal(mulai)} terlalu jauh di depan."
            )
        if satker is None:
            plan_new(self.pembaca, baris, rencana, self.bawaan_sumber)
        elif posisi is not None:
            plan_change(self.pembaca, baris, rencana, satker, posisi, self.bawaan_sumber)
        if baris.pesan:
            rencana.hasil, rencana.isi, rencana.uraian = Hasil.DITOLAK, None, []
        rencana.pesan = baris.pesan
        return rencana

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
            tuple(list_kata(nama)): kode
            for kode, nama in KedudukanSatker.objects.filter(berlaku_sampai__isnull=True)
            .order_by("pk")
            .values_list("satker__kode", "nama")
        }
        kembar = []
        for satu in baru:
            lain = pemilik.setdefault(tuple(list_kata(satu.nama)), satu.kode)
            if lain != satu.kode:
                kembar.append(f"baris {satu.nomor} ({satu.nama}, sudah {lain})")
        return kembar
