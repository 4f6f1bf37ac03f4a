"""The cells of a row as facts of the register; what cannot be one is noted against the row."""

from integritas.tabel import RUMUS, Baris, Saran, Tabel, normalize
from integritas.teks import format_tanggal
from satker import access, alur
from satker.impor.ejaan import spell_kelas
from satker.impor.tercatat import Induk, Tercatat
from satker.models import Instansi, JenisSatker, Peran, ZonaWaktu

KANWIL = "kanwil"


class Pembaca:
    """Reads rows against what is on record and within what a person may change."""

    def __init__(self, tabel: Tabel, tercatat: Tercatat, by):
        self.tabel, self.tercatat = tabel, tercatat
        self.lingkup = list_lingkup(by)
        # Kanwil that stand in the file, with their rows: units of the file may stand under them.
        self.kanwil_berkas: dict[str, int] = {}
        self.saran_jenis = Saran(satu.singkatan for satu in tercatat.jenis.values())
        self.saran_instansi = Saran(tercatat.instansi)
        self.saran_induk = Saran(tercatat.induk)

    def get_kode(self, baris: Baris) -> str:
        return baris.nilai["kode"].lower()

    def refuse(self, baris: Baris, kolom: str, teks: str) -> None:
        self.tabel.refuse(baris, kolom, teks)

    def require(self, baris: Baris, kolom: str) -> None:
        """Say that a cell is empty, unless something worse was said of it already."""
        judul = self.tabel.name_kolom(kolom)
        if not any(satu.kolom == judul for satu in baris.pesan):
            self.refuse(baris, kolom, "masih kosong. Satker baru memerlukannya.")

    def refuse_rumus(self, baris: Baris, *daftar_kolom: str) -> None:
        for kolom in daftar_kolom:
            if (teks := baris.nilai.get(kolom) or "").startswith(RUMUS):
                self.refuse(baris, kolom, f'diawali tanda "{teks[0]}". Hapus tandanya.')

    def refuse_kode(self, baris: Baris, kode: str) -> None:
        if not kode:
            if not baris.pesan:
                self.refuse(baris, "kode", "masih kosong.")
        elif not alur.KODE.match(kode):
            self.refuse(
                baris,
                "kode",
                f'"{kode}" tidak bisa dipakai. Tulis seperti 16-lapas-palembang: huruf kecil, '
                "angka dan tanda hubung.",
            )

    def is_kanwil(self, baris: Baris) -> bool:
        jenis = baris.nilai.get("jenis")
        if jenis:
            return normalize(jenis) in {"kanwil", "kantor wilayah"}
        if satker := self.tercatat.satker.get(self.get_kode(baris)):
            daftar = self.tercatat.posisi[satker.pk]
            return bool(daftar) and self.tercatat.jenis[daftar[-1].jenis_id].kode == KANWIL
        return bool(baris.nilai.get("provinsi")) and "kanwil" in self.get_kode(baris)

    def read_jenis(self, baris: Baris) -> JenisSatker | None:
        teks = baris.nilai.get("jenis")
        if not teks:
            return self.tercatat.jenis_dari_sebutan.get(KANWIL) if self.is_kanwil(baris) else None
        jenis = self.tercatat.jenis_dari_sebutan.get(normalize(teks))
        if jenis is None:
            saran = self.saran_jenis.suggest(teks)
            self.refuse(baris, "jenis", f'"{teks}" tidak dikenal.{saran}')
        return jenis

    def read_kelas(self, baris: Baris, jenis: JenisSatker) -> str:
        teks = baris.nilai.get("kelas", "")
        if not teks:
            return ""
        dikenal = self.tercatat.kelas[jenis.pk]
        kelas = dikenal.get(spell_kelas(teks))
        if kelas is None:
            pilihan = ", ".join(dikenal.values()) if dikenal else "tanpa kelas"
            self.refuse(
                baris, "kelas", f'"{teks}" tidak dikenal bagi {jenis.singkatan}: {pilihan}.'
            )
            return ""
        return kelas

    def read_induk(self, baris: Baris, hanya_instansi: bool) -> Induk | None:
        teks = baris.nilai.get("induk")
        if not teks:
            return None
        kunci = normalize(teks)
        kode = next(
            (
                satu
                for satu in (
                    teks.lower(),
                    "" if hanya_instansi else self.tercatat.kanwil_dari_nama.get(kunci, ""),
                    self.tercatat.sebutan_instansi.get(kunci, ""),
                )
                if satu in self.tercatat.induk
            ),
            "",
        )
        induk = self.tercatat.induk.get(kode)
        if induk is None or (hanya_instansi and induk.instansi is None):
            ditolak = "" if hanya_instansi else self._find_refused(teks.lower())
            saran = (self.saran_instansi if hanya_instansi else self.saran_induk).suggest(teks)
            self.refuse(baris, "induk", ditolak or f'"{teks}" tidak dikenal.{saran}')
            return None
        return induk

    def _find_refused(self, kode: str) -> str:
        """The parent stands in this file but was refused itself."""
        nomor = self.kanwil_berkas.get(kode)
        return f'"{kode}" ditolak pada baris {nomor}.' if nomor else ""

    def read_pembina(self, baris: Baris) -> Instansi | None:
        teks = baris.nilai.get("pembina")
        if not teks:
            return None
        instansi = self.tercatat.instansi.get(teks.lower()) or self.tercatat.instansi.get(
            self.tercatat.sebutan_instansi.get(normalize(teks), "")
        )
        if instansi is None:
            saran = self.saran_instansi.suggest(teks)
            self.refuse(baris, "pembina", f'"{teks}" tidak dikenal.{saran}')
        return instansi

    def read_zona(self, baris: Baris) -> str:
        teks = baris.nilai.get("zona_waktu", "").upper()
        if teks and teks not in ZonaWaktu.values:
            self.refuse(baris, "zona_waktu", f'"{teks}" tidak dikenal. Pilih WIB, WITA, atau WIT.')
            return ""
        return teks

    def refuse_induk(self, baris: Baris, induk: Induk, mulai) -> None:
        """The parent must stand when the position begins."""
        if not induk.is_standing(mulai):
            if mulai is None:
                dari = min(dari for dari, _ in induk.rentang if dari) if induk.rentang else None
                self.refuse(
                    baris,
                    "berlaku_mulai",
                    f"masih kosong, sedangkan {induk.kode} baru ada sejak {format_tanggal(dari)}. "
                    "Isi tanggal mulainya.",
                )
            else:
                self.refuse(
                    baris, "induk", f"{induk.kode} tidak berdiri pada {format_tanggal(mulai)}."
                )

    def refuse_kanwil_lain(self, baris: Baris, induk: Induk) -> None:
        if self.lingkup is not None and (
            induk.kanwil is None or induk.kanwil.pk not in self.lingkup
        ):
            self.refuse(baris, "induk", f"{induk.kode} bukan Kanwil Anda.")


def list_lingkup(user) -> set[int] | None:
    """The Kanwil whose units this person may import; None is all (admin, or the command line)."""
    if user is None or access.has_role(user, Peran.ADMIN):
        return None
    return {
        penugasan.kanwil_id
        for penugasan in access.list_penugasan(user)
        if penugasan.peran == Peran.TIM_KANWIL
    }
