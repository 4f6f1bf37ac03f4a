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
    ("Pengingat", "pengingat_list", (), SEMUA),
    ("Satuan kerja", "satker_list", ("satker_detail",), SEMUA),
    (
        "Upacara",
        "upacara_list",
        (
            *("putaran_create", "putaran_detail", "putaran_edit", "putaran_satker"),
            *("putaran_plan", "putaran_upacara"),
        ),
        SEMUA,
    ),
    ("LKE", "lke_list", (), PEMBACA_LKE),
    ("Perjanjian kinerja", "perjanjian_list", (), PEMBACA),
    ("Capaian kinerja", "triwulan_list", ("capaian_detail", "triwulan_report"), PEMBACA_LKE),
    ("Instrumen", "instrumen_list", (), PEMBACA_LKE),
    ("Kementerian", "kementerian_detail", (), SEMUA),
    (
        "Personel",
        "personel_list",
        ("personel_import", "personel_import_preview", "personel_import_confirm"),
        SEMUA,
    ),
    (
        "Pemantauan",
        "pemantauan_list",
        (),
        (Peran.ADMIN, Peran.TPI, Peran.TIM_KANWIL, Peran.ESELON1, Peran.PIMPINAN),
    ),
    ("Usulan", "usulan_list", (), (Peran.ADMIN, Peran.TPI, Peran.TIM_KANWIL)),
    (
        "Impor",
        "satker_import",
        (
            *("satker_import_preview", "satker_import_confirm"),
            *("predikat_import", "predikat_import_preview", "predikat_import_confirm"),
        ),
        (Peran.ADMIN, Peran.TIM_KANWIL),
    ),
    (
        "Impor predikat",
        "predikat_import",
        ("predikat_import_preview", "predikat_import_confirm"),
        (Peran.TPI,),
    ),
    (
        "Orang",
        "orang_list",
        ("orang_detail", "orang_invite", "penugasan_create", "penugasan_end"),
        (Peran.ADMIN, Peran.TIM_KANWIL),
    ),
    ("Aturan", "aturan_list", ("aturan_set",), (Peran.ADMIN,)),
    ("Surel", "surel_list", ("surel_detail",), (Peran.ADMIN,)),
    ("Kesehatan", "sehat_rinci", (), (Peran.ADMIN,)),
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
    entri = []
    for nama, url_name, sekamar in daftar:
        if url_name == "surel_list" and mode == "server":
            continue
        try:
            entri.append((nama, reverse(url_name), {url_name, *sekamar}))
        except NoReverseMatch:
            continue
    return tuple(entri)
