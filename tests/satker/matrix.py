"""The table of the matrix test: every URL, who may enter, and on whose units.

Adding a page: add a `Baris` with its URL name. `peran` is `SEMUA_ORANG` for published facts,
`MASUK` for anybody signed in, else the roles that are let in (others get 403). A page about one
unit gives its arguments by a function of the world and of the unit (`sendiri`, `lain`, `pindah`),
any other page with arguments by `Tetap("csv")`. Published facts answer `hasil` for every unit,
working rows 404 for units that `TAMPAK` does not name. A view with `@require_POST` has `metode="post"`; what it answers to whom may pass is `hasil`.
"""

import datetime

from penilaian import alur
from penilaian.bukti.unggahan import begin
from penilaian.izin import PEMBACA, PENGISI
from penilaian.models import Temuan
from satker.models import Peran
from tests import factories
from tests.penilaian.bukti.contoh import add_bukti
from tests.satker import (
    matrix_janji,
    matrix_kirim,
    matrix_naskah,
    matrix_pengingat,
    matrix_personel,
    matrix_pintu,
    matrix_ukur,
    matrix_undangan,
    matrix_upacara,
)
from tests.satker.matrix_dasar import (
    BUKAN_PEMULAI,
    MASUK,
    PEMANTAUAN,
    PEMBACA_USULAN,
    PEMBAGI,
    PEMIRSA,
    PENCATAT,
    PENGELOLA,
    PINDAH_PADA,
    PUBLIK,
    SEMUA_ORANG,
    TIM_KANWIL_BARU,
    Baris,
    Tetap,
)

# Each has rows of its own (`DAFTAR`) and adds to the world what they need (`fill`).
BAGIAN = (
    matrix_personel,
    matrix_janji,
    matrix_upacara,
    matrix_undangan,
    matrix_pintu,
    matrix_ukur,
    matrix_naskah,
    matrix_pengingat,
    matrix_kirim,
)


# --- arguments ------------------------------------------------------------------------------------
def kode(dunia, unit):
    return [dunia.satker[unit].kode]


def kode_kanwil(dunia, unit):
    """There is no third Kanwil: the moved unit is asked under its new one."""
    return [dunia.kanwil["sendiri" if unit == "sendiri" else "lain"].satker.kode]


def kode_dan(langkah):
    return lambda dunia, unit: [dunia.satker[unit].kode, langkah]


def predikat(dunia, unit):
    return [dunia.predikat[unit].pk]


def predikat_dan(langkah):
    return lambda dunia, unit: [dunia.predikat[unit].pk, langkah]


def perubahan(dunia, unit):
    return [dunia.predikat[unit].perubahanpredikat_set.get().pk]


def pernyataan(dunia, unit):
    return [dunia.pernyataan[unit].pk]


def usulan(dunia, unit):
    return [dunia.usulan[unit].pk]


def orang(dunia, unit):
    return [dunia.orang[unit].pk]


def orang_diundang(dunia, unit):
    return [dunia.diundang[unit].pk]


def orang_tutup(dunia, unit):
    return [dunia.tutup[unit].pk]


def tugas(dunia, unit):
    return [dunia.orang[unit].penugasan_set.get().pk]


def penilaian(dunia, unit):
    return [dunia.penilaian[unit].pk]


def penilaian_dan(*lagi):
    return lambda dunia, unit: [dunia.penilaian[unit].pk, *lagi]


def bukti(dunia, unit):
    return [dunia.penilaian[unit].pk, dunia.pemakaian[unit].bukti_id]


def bukti_dan(*lagi):
    return lambda dunia, unit: [*bukti(dunia, unit), *lagi]


def temuan(dunia, unit):
    return [dunia.penilaian[unit].pk, dunia.temuan[unit].pk]


def pemakaian(dunia, unit):
    return [dunia.penilaian[unit].pk, dunia.pemakaian[unit].pk]


def unggahan(dunia, unit):
    return [dunia.penilaian[unit].pk, dunia.unggahan[unit].pk]


def instrumen(*lagi):
    """The packaged version; it belongs to no unit."""
    return Tetap("permenpanrb-90-2021", 1, *lagi)


# --- the table ------------------------------------------------------------------------------------
DAFTAR = [
    # Health, guide, published facts.
    Baris("sehat", SEMUA_ORANG),
    Baris("beranda", SEMUA_ORANG),
    Baris("kementerian_detail", SEMUA_ORANG),
    Baris("kanwil_detail", SEMUA_ORANG, argumen=kode_kanwil),
    Baris("klaim_list", SEMUA_ORANG),
    Baris("klaim_unduh", SEMUA_ORANG, argumen=Tetap("csv")),
    Baris("kementerian_unduh", SEMUA_ORANG, argumen=Tetap("csv")),
    Baris("predikat_unduh", SEMUA_ORANG, argumen=Tetap("csv")),
    Baris("predikat_json", SEMUA_ORANG),
    Baris("satker_list", SEMUA_ORANG),
    Baris("satker_unduh", SEMUA_ORANG, argumen=Tetap("csv")),
    Baris("satker_unduh", SEMUA_ORANG, argumen=Tetap("xlsx")),
    Baris("satker_detail", SEMUA_ORANG, argumen=kode),
    Baris("panduan", SEMUA_ORANG),
    Baris("panduan_bab", SEMUA_ORANG, 404, Tetap("tidak-ada")),
    Baris("panduan_gambar", SEMUA_ORANG, 404, Tetap("tidak-ada")),
    Baris("aksesibilitas", SEMUA_ORANG),
    # The own room.
    Baris("ringkasan", MASUK, 302),
    Baris("akun", MASUK),
    # Offices.
    Baris("satker_open", PENGELOLA),
    Baris("kanwil_open", (Peran.ADMIN,)),
    Baris("silsilah_record", (Peran.ADMIN,)),
    Baris("satker_change", PENGELOLA, argumen=kode),
    Baris("satker_step", PENGELOLA, argumen=kode_dan("ganti-nama")),
    Baris("riwayat_list", tuple(Peran), argumen=kode),
    Baris("riwayat_unduh", tuple(Peran), argumen=kode_dan("csv")),
    # Predicates.
    Baris("kanwil_confirm", PENGELOLA, argumen=kode_kanwil),
    Baris("predikat_grant", PENCATAT, argumen=kode),
    Baris("predikat_propose", (Peran.TIM_KANWIL,), argumen=kode),
    Baris("predikat_attest", PENCATAT, argumen=kode),
    Baris("predikat_complete", PENCATAT, argumen=predikat),
    Baris("predikat_cancel", PENCATAT, argumen=predikat),
    Baris("laporan_record", PENCATAT, argumen=predikat),
    Baris("predikat_change", PENCATAT, argumen=predikat_dan("cabut")),
    Baris("perubahan_cancel", PENCATAT, argumen=perubahan),
    Baris("pernyataan_cancel", PENCATAT, argumen=pernyataan),
    # No change of this world has a scan, so even its own people find none.
    Baris("pindaian_download", tuple(Peran), 404, perubahan),
    Baris("aturan_list", (Peran.ADMIN,)),
    Baris("aturan_set", (Peran.ADMIN,), argumen=Tetap("larangan-sesudah-cabut")),
    Baris("usulan_list", PEMBACA_USULAN),
    Baris("usulan_unduh", PEMBACA_USULAN, argumen=Tetap("csv")),
    Baris("usulan_detail", PEMBACA_USULAN, argumen=usulan),
    Baris("usulan_accept", PENCATAT, 302, usulan, "post"),
    Baris("usulan_reject", PENCATAT, argumen=usulan),
    Baris("pemantauan_list", PEMANTAUAN),
    Baris("pemantauan_unduh", PEMANTAUAN, argumen=Tetap("csv")),
    # The LKE.
    Baris("penilaian_detail", PEMBACA, argumen=penilaian),
    Baris("area_detail", PEMBACA, argumen=penilaian_dan("A.6")),
    Baris("lke_full", PEMBACA, argumen=penilaian),
    Baris("lke_continue", PENGISI, 302, argumen=penilaian),
    Baris("jawaban_edit", PENGISI, 422, penilaian_dan("A.I.1.i.a"), "post"),
    # Without an earlier year there is nothing to take.
    Baris("penilaian_carry", PENGISI, argumen=penilaian),
    Baris("penilaian_carry", PENGISI, 422, penilaian, "post"),
    Baris("lke_export", PEMBACA, argumen=penilaian),
    Baris("lke_print", PEMBACA, argumen=penilaian),
    Baris("lke_import", PEMBACA, argumen=penilaian),
    Baris("lke_import", PEMBACA, 422, penilaian, "post"),
    Baris("lke_import_preview", PEMBACA, 302, penilaian_dan("x" * 24)),
    Baris("lke_import_confirm", PENGISI, 302, penilaian_dan("x" * 24), "post"),
    # Who fills one LKE goes straight to it.
    Baris("lke_list", PEMBACA, kecuali=dict.fromkeys(PENGISI, 302)),
    Baris("papan_unduh", PEMBACA, argumen=Tetap("csv")),
    Baris("lke_open", PENGELOLA),
    Baris("lke_open", PENGELOLA, 422, metode="post"),
    Baris("gerbang_detail", PEMBACA, argumen=penilaian),
    Baris("upaya_edit", PENGISI, argumen=penilaian),
    Baris("upaya_edit", PENGISI, 302, penilaian, "post"),
    Baris("skor_explain", PEMBACA, argumen=penilaian_dan("A.II.5")),
    Baris("penilaian_extend", PENGELOLA, argumen=penilaian),
    Baris("penilaian_extend", PENGELOLA, 422, penilaian, "post"),
    Baris("penilaian_reopen", PENGELOLA, argumen=penilaian),
    Baris("penilaian_reopen", PENGELOLA, 422, penilaian, "post"),
    Baris("penilaian_target", PENGELOLA, argumen=penilaian),
    Baris("penilaian_target", PENGELOLA, 422, penilaian, "post"),
    Baris("penilaian_submit", (Peran.KEPALA_SATKER,), argumen=penilaian),
    Baris("penilaian_submit", (Peran.KEPALA_SATKER,), 422, penilaian, "post"),
    Baris("area_submit", PENGISI, argumen=penilaian_dan("A.6")),
    Baris("area_submit", PENGISI, 422, penilaian_dan("A.6"), "post"),
    Baris("area_submit", PENGISI, 404, penilaian_dan("A.9")),
    Baris("area_assign", PEMBAGI, argumen=penilaian_dan("A.6")),
    Baris("area_assign", PEMBAGI, 302, penilaian_dan("A.6"), "post"),
    Baris("area_return", PEMBAGI, argumen=penilaian_dan("A.6")),
    Baris("area_return", PEMBAGI, 422, penilaian_dan("A.6"), "post"),
    # Evidence.
    Baris("temuan_list", PEMBACA, argumen=penilaian),
    Baris("temuan_accept", PENGISI, argumen=temuan),
    Baris("temuan_accept", PENGISI, 422, temuan, "post"),
    Baris("temuan_withdraw", PENGISI, argumen=temuan),
    Baris("temuan_withdraw", PENGISI, 422, temuan, "post"),
    Baris("bukti_list", PEMBACA, argumen=penilaian),
    Baris("bukti_detail", PEMBACA, argumen=bukti),
    Baris("bukti_download", PEMBACA, argumen=bukti_dan(1)),
    Baris("bukti_preview", PEMBACA, argumen=bukti_dan(1)),
    Baris("bukti_kartu", PEMBACA, 302, penilaian_dan("A.I.1.i.a")),
    Baris("bukti_add", PENGISI, argumen=penilaian_dan("A.I.1.i.a")),
    Baris("bukti_upload", PENGISI, 422, penilaian_dan("A.I.1.i.a"), "post"),
    Baris("bukti_add_tautan", PENGISI, 422, penilaian_dan("A.I.1.i.a"), "post"),
    Baris("bukti_link", PENGISI, 422, penilaian_dan("A.I.1.i.a"), "post"),
    Baris("bukti_edit", PENGISI, argumen=pemakaian),
    Baris("bukti_unlink", PENGISI, argumen=pemakaian),
    Baris("bukti_unlink", PENGISI, 302, pemakaian, "post"),
    Baris("bukti_revise", PENGISI, argumen=pemakaian),
    Baris("bukti_revise", PENGISI, 422, pemakaian, "post"),
    Baris("paket_list", PEMBACA, argumen=penilaian),
    Baris("paket_create", PEMBACA, 302, penilaian, "post"),
    # No pack of this world is made yet.
    Baris("paket_download", PEMBACA, 404, penilaian_dan(1)),
    Baris("kalender_bukti", PEMBACA, argumen=penilaian),
    # The instrument.
    Baris("instrumen_list", PEMBACA),
    Baris("instrumen_detail", PEMBACA, argumen=instrumen()),
    Baris("instrumen_area", PEMBACA, argumen=instrumen("A.6")),
    Baris("instrumen_area", PEMBACA, 404, instrumen("A.9")),
    Baris("instrumen_diff", PEMBACA, argumen=instrumen()),
    Baris("dokumen_edit", (Peran.ADMIN,), argumen=instrumen("A.I.1.i.a")),
    Baris("dokumen_edit", (Peran.ADMIN,), 422, instrumen("A.I.1.i.a"), "post"),
    Baris("penyebut_nol_set", (Peran.ADMIN,), argumen=instrumen("A.II.4.i.a")),
    Baris("penyebut_nol_set", (Peran.ADMIN,), 422, instrumen("A.II.4.i.a"), "post"),
    Baris("unggahan_begin", PENGISI, 422, penilaian_dan("A.I.1.i.a"), "post"),
    # To anybody but who began it, an upload does not exist.
    Baris("unggahan_detail", PENGISI, argumen=unggahan, kecuali=BUKAN_PEMULAI),
    Baris("unggahan_append", PENGISI, 422, unggahan, "put", kecuali=BUKAN_PEMULAI),
    Baris("unggahan_complete", PENGISI, 409, unggahan, "post", kecuali=BUKAN_PEMULAI),
    Baris("unggahan_cancel", PENGISI, 204, unggahan, "post", kecuali=BUKAN_PEMULAI),
    # Import: a file that is gone leads back to the form.
    Baris("satker_import", PENGELOLA),
    Baris("satker_import", PENGELOLA, 422, metode="post"),
    Baris("satker_import_contoh", PENGELOLA),
    Baris("satker_import_preview", PENGELOLA, 302, Tetap("x" * 24)),
    Baris("satker_import_confirm", PENGELOLA, 302, Tetap("x" * 24), "post"),
    Baris("predikat_import", PENCATAT),
    Baris("predikat_import", PENCATAT, 422, metode="post"),
    Baris("predikat_import_contoh", PENCATAT),
    Baris("predikat_import_preview", PENCATAT, 302, Tetap("x" * 24)),
    Baris("predikat_import_confirm", PENCATAT, 302, Tetap("x" * 24), "post"),
    # People.
    Baris("orang_list", PENGELOLA),
    Baris("orang_unduh", PENGELOLA, argumen=Tetap("csv")),
    Baris("orang_satker", PENGELOLA),
    Baris("orang_invite", PENGELOLA),
    Baris("orang_invite", PENGELOLA, 422, metode="post"),
    Baris("orang_detail", PENGELOLA, argumen=orang),
    Baris("penugasan_create", PENGELOLA, argumen=orang),
    Baris("penugasan_create", PENGELOLA, 422, orang, "post"),
    Baris("penugasan_end", PENGELOLA, argumen=tugas),
    Baris("penugasan_end", PENGELOLA, 302, tugas, "post"),
    Baris("orang_suspend", PENGELOLA, 302, orang, "post", {"alasan": "uji"}),
    Baris("orang_suspend", PENGELOLA, 422, orang, "post"),
    Baris(
        "orang_suspend",
        PENGELOLA,
        405,
        orang,
        kecuali={PUBLIK: 302} | dict.fromkeys(PEMIRSA[1:], 405),
    ),
    Baris("orang_reactivate", PENGELOLA, 302, orang_tutup, "post"),
    Baris("orang_reset_faktor", (Peran.ADMIN,), 302, orang, "post"),
    Baris("undangan_send", PENGELOLA, 302, orang_diundang, "post"),
    Baris("undangan_print", PENGELOLA, 200, orang_diundang, "post"),
    Baris("undangan_accept", SEMUA_ORANG, 404, Tetap("karangan")),
    Baris("kelola", (Peran.ADMIN,)),
    Baris("surel_list", (Peran.ADMIN,)),
    Baris("surel_detail", (Peran.ADMIN,), 404, Tetap("tidak-ada")),
    # allauth: who has signed in is sent on from the door; the second factor asks for the password.
    Baris("account_login", MASUK, 302, kecuali={PUBLIK: 200}),
    Baris("account_logout", MASUK, kecuali={PUBLIK: 302}),
    Baris("account_logout", SEMUA_ORANG, 302, metode="post"),
    Baris("account_inactive", SEMUA_ORANG),
    Baris("account_reauthenticate", MASUK),
    Baris("account_change_password", MASUK),
    Baris("account_reset_password", SEMUA_ORANG),
    Baris("account_reset_password_done", SEMUA_ORANG),
    Baris("account_reset_password_from_key", SEMUA_ORANG, argumen=Tetap("1", "karangan")),
    Baris("account_reset_password_from_key_done", SEMUA_ORANG),
    Baris("mfa_index", MASUK, 302),
    Baris("mfa_authenticate", SEMUA_ORANG, 302),
    Baris("mfa_reauthenticate", MASUK, 302),
    Baris("mfa_activate_totp", MASUK, 302),
    Baris("mfa_deactivate_totp", MASUK, 404),
    Baris("mfa_view_recovery_codes", MASUK, 404),
    Baris("mfa_generate_recovery_codes", MASUK, 302),
    Baris("mfa_download_recovery_codes", MASUK, 404),
]


# --- the world ------------------------------------------------------------------------------------
for bagian in BAGIAN:
    DAFTAR += bagian.DAFTAR


class Dunia:
    """Two ministries with a Kanwil each, a unit in both and one that moved; on every unit a
    predicate, an attestation, a proposal and people; and one person per audience."""

    def __init__(self):
        for kode_aturan in ("laporan-pemantauan", "larangan-sesudah-cabut", "wbk-sebelum-wbbm"):
            factories.AturanFactory(kode=kode_aturan)
        asal = factories.InstansiFactory(kode="kemenkumham")
        ditjen = factories.InstansiFactory(kode="ditjenpas", induk=asal)
        lain = factories.InstansiFactory(kode="kementerian-lain")
        # The page of the installation's own Kanwil wants to exist.
        self.kanwil = {
            "sendiri": factories.KanwilFactory(kode="16-kanwil", instansi=asal),
            "lain": factories.KanwilFactory(kode="16-kanwil-lain", instansi=lain),
        }
        self.satker = {
            "sendiri": self._make_satker("sendiri", pembina=ditjen),
            "lain": self._make_satker("lain"),
            "pindah": self._make_satker(
                "sendiri", pindah_ke=self.kanwil["lain"], pindah_pada=PINDAH_PADA
            ),
        }
        self.predikat = {u: factories.PredikatFactory(satker=s) for u, s in self.satker.items()}
        self.pernyataan = {
            u: factories.TanpaFactory(satker=s, pada=datetime.date(2019, 1, 1))
            for u, s in self.satker.items()
        }
        self.orang = {u: factories.OperatorFactory(satker=s) for u, s in self.satker.items()}
        self.diundang = {
            u: factories.OperatorFactory(satker=s, diundang=True) for u, s in self.satker.items()
        }
        self.tutup = {
            u: factories.OperatorFactory(satker=s, is_active=False) for u, s in self.satker.items()
        }
        self.penilaian = {u: factories.PenilaianFactory(satker=s) for u, s in self.satker.items()}
        self.pemakaian = {
            u: add_bukti(penilaian, "A.I.1.i.a", f"bukti {u}")
            for u, penilaian in self.penilaian.items()
        }
        self.temuan = {
            u: Temuan.objects.create(
                penilaian=penilaian,
                pertanyaan_id=self.pemakaian[u].pertanyaan_id,
                aturan="terbaik_tanpa_bukti",
                kunci="A.I.1.i.a",
                tingkat="sebaiknya",
                fakta_satu="Jawaban Ya",
                fakta_dua="Belum ada bukti dukung",
            )
            for u, penilaian in self.penilaian.items()
        }
        self.usulan = {u: self._propose(s) for u, s in self.satker.items()}
        self.pemirsa = {
            Peran.OPERATOR: factories.OperatorFactory(satker=self.satker["sendiri"]),
            Peran.KEPALA_SATKER: factories.KepalaFactory(satker=self.satker["sendiri"]),
            Peran.TIM_KANWIL: factories.TimKanwilFactory(kanwil=self.kanwil["sendiri"]),
            Peran.ESELON1: factories.Eselon1Factory(instansi=ditjen),
            Peran.TPI: factories.TpiFactory(instansi=asal),
            Peran.PIMPINAN: factories.PimpinanFactory(instansi=asal),
            Peran.ADMIN: factories.AdminFactory(instansi=asal),
            Peran.PEMANTAU: factories.PemantauFactory(satker=self.satker["sendiri"]),
            TIM_KANWIL_BARU: factories.TimKanwilFactory(kanwil=self.kanwil["lain"]),
        }

        self.unggahan = {
            u: begin(satu, "A.I.1.i.a", "SK.pdf", 9, by=self.pemirsa[Peran.OPERATOR])
            for u, satu in self.penilaian.items()
        }
        for bagian in BAGIAN:
            bagian.fill(self)

    def _make_satker(self, kanwil, **lain):
        return factories.SatkerFactory(kanwil=self.kanwil[kanwil], **lain)

    def _propose(self, satker):
        """One that can be accepted: a WBBM after the WBK."""
        isi = {
            "jenis": "WBBM",
            "tanggal_sk": datetime.date(2023, 12, 20),
            "nomor_sk": "SK-USUL",
            "sumber": "uji",
        }
        return alur.propose(satker, isi, by=None)
