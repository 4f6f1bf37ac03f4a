"""The main menu by role, for every page."""

from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from satker.access import list_penugasan
from satker.izin_janji import PEMBACA
from satker.models import Peran

SEMUA = tuple(Peran)
# Whose pages of assessments these are is told by penilaian.izin.PEMBACA, which stands above us.
PEMBACA_LKE = tuple(peran for peran in Peran if peran != Peran.PEMANTAU)
# Rooms that stand in the menu for some and behind "Kelola" for others.
ORANG = ("orang_detail", "orang_invite", "penugasan_create", "penugasan_end")
IMPOR = ("satker_import_preview", "satker_import_confirm")
IMPOR_PREDIKAT = ("predikat_import", "predikat_import_preview", "predikat_import_confirm")
# Name on the screen, URL name, other URL names of the same room (pages below its address belong to
# it anyway), and who gets the entry.
MENU_PUBLIK = [
    ("Beranda", "beranda", ()),
    ("Kantor", "satker_list", ("satker_detail", "kanwil_detail")),
    ("Kementerian", "kementerian_detail", ()),
    ("Deklarasi", "deklarasi_list", ()),
    ("Klaim angka", "klaim_list", ()),
    ("Panduan", "panduan", ()),
]
MENU_PERAN = [
    ("Ringkasan", "ringkasan", ("kanwil_detail",), SEMUA),
    ("LKE", "lke_list", (), PEMBACA_LKE),
    (
        "Perjanjian kinerja",
        "perjanjian_list",
        (
            *("triwulan_list", "triwulan_report", "triwulan_batas"),
            *("capaian_detail", "capaian_import", "capaian_import_preview"),
        ),
        PEMBACA,
    ),
    (
        "Upacara",
        "upacara_list",
        (
            *("putaran_create", "putaran_detail", "putaran_edit", "putaran_satker"),
            *("putaran_plan", "putaran_upacara", "putaran_close", "langganan_list"),
            *("pintu_list", "pintu_token", "pintu_detail", "pintu_hadir", "pintu_pindaian"),
            *("pintu_fill", "pintu_undo"),
        ),
        SEMUA,
    ),
    (
        "Personel",
        "personel_list",
        ("personel_import", "personel_import_preview", "personel_import_confirm"),
        SEMUA,
    ),
    ("Satuan kerja", "satker_list", ("satker_detail",), SEMUA),
    (
        "Pemantauan",
        "pemantauan_list",
        (),
        (Peran.ADMIN, Peran.TPI, Peran.TIM_KANWIL, Peran.ESELON1, Peran.PIMPINAN),
    ),
    ("Usulan", "usulan_list", (), (Peran.ADMIN, Peran.TPI, Peran.TIM_KANWIL)),
    ("Kementerian", "kementerian_detail", (), SEMUA),
    ("Instrumen", "instrumen_list", (), PEMBACA_LKE),
    ("Orang", "orang_list", ORANG, (Peran.TIM_KANWIL,)),
    ("Impor", "satker_import", (*IMPOR, *IMPOR_PREDIKAT), (Peran.TIM_KANWIL,)),
    ("Impor predikat", "predikat_import", IMPOR_PREDIKAT, (Peran.TPI,)),
    ("Kelola", "kelola", (), (Peran.ADMIN,)),
]
# What an administrator keeps, behind one entry: heading, and of each page its name, URL name, what it
# is for, and the other URL names of its room.
KELOLA = [
    (
        "Orang dan data",
        [
            ("Orang", "orang_list", "Akun, undangan, dan penugasan.", ORANG),
            ("Impor satuan kerja", "satker_import", "Dari CSV atau XLSX, dengan pratinjau.", IMPOR),
            (
                "Impor predikat",
                "predikat_import",
                "Predikat dan perubahannya, dengan pratinjau.",
                IMPOR_PREDIKAT,
            ),
        ],
    ),
    (
        "Aturan",
        [
            (
                "Aturan predikat",
                "aturan_list",
                "Angka yang ditetapkan peraturan dan dapat berubah.",
                ("aturan_set",),
            ),
            (
                "Bukti upacara untuk LKE",
                "aturan_bukti_list",
                "Berkas upacara mana menjawab pertanyaan mana.",
                (),
            ),
            (
                "Aturan pengingat",
                "aturan_pengingat_list",
                "Siapa diingatkan tentang apa, dan kapan.",
                ("aturan_pengingat_detail", "langkah_pengingat_create", "langkah_pengingat_edit"),
            ),
            (
                "Hari libur",
                "hari_libur_list",
                "Dasar hitungan hari kerja.",
                ("libur_import", "libur_import_preview"),
            ),
        ],
    ),
    (
        "Sistem",
        [
            (
                "Jejak pengingat",
                "pengingat_trail",
                "Siapa sudah diingatkan, kapan, lewat apa, dan hasilnya.",
                (),
            ),
            ("Surel", "surel_list", "Surel yang disimpan di komputer ini.", ("surel_detail",)),
            ("Kesehatan", "sehat_rinci", "Basis data, antrean, detak, dan ruang simpan.", ()),
        ],
    ),
]


class Butir(NamedTuple):
    """One entry of the menu; `aktif` where the reader is."""

    nama: str
    url: str
    aktif: bool


def navigation(request):
    """The menu, and today's assignments of the reader; no query for the public. A page that this
    installation does not have is left out. The view decides again who may enter."""
    # A request refused before anybody was known, such as one for a foreign host.
    if not hasattr(request, "user"):
        return {}
    daftar_penugasan = list_penugasan(request.user)
    # A fragment has no menu: it is only put together where it is shown.
    return {
        "navigasi": lambda: list_butir(request, daftar_penugasan),
        "daftar_penugasan": daftar_penugasan,
    }


def list_butir(request, daftar_penugasan) -> tuple[Butir, ...]:
    masuk = request.user.is_authenticated
    di_sini = request.resolver_match.url_name if request.resolver_match else None
    peran = frozenset(penugasan.peran for penugasan in daftar_penugasan)
    return tuple(
        Butir(nama, url, di_sini in sekamar or (url != "/" and request.path.startswith(url)))
        for nama, url, sekamar in _list_entri(peran if masuk else None, settings.MODE)
    )


@lru_cache(maxsize=256)
def _list_entri(milik: frozenset[str] | None, mode: str) -> tuple[tuple[str, str, set], ...]:
    """Name, address and URL names of each entry: the same for everybody with these roles; None is
    the public."""
    if milik is None:
        daftar = MENU_PUBLIK
    else:
        daftar = [baris[:3] for baris in MENU_PERAN if milik & set(baris[3])]
    if any(url_name == "kelola" for _, url_name, _ in daftar):
        milik_kelola = {nama for _, isi in KELOLA for satu in isi for nama in (satu[1], *satu[3])}
        daftar = [
            (nama, url_name, milik_kelola if url_name == "kelola" else sekamar)
            for nama, url_name, sekamar in daftar
        ]
    return tuple(
        (nama, alamat, {url_name, *sekamar})
        for nama, url_name, sekamar in daftar
        if (alamat := find_alamat(url_name, mode))
    )


def list_kelola(mode: str) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Headings of the page "Kelola", each with name, address and sentence of its pages."""
    return [
        (
            judul,
            [
                (nama, alamat, kalimat)
                for nama, url_name, kalimat, _ in isi
                if (alamat := find_alamat(url_name, mode))
            ],
        )
        for judul, isi in KELOLA
    ]


def find_alamat(url_name: str, mode: str) -> str | None:
    """None where this installation has no such page; a server keeps no mail to look at."""
    if url_name == "surel_list" and mode == "server":
        return None
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None
