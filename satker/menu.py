"""The main menu by role, for every page."""

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from satker.access import list_penugasan
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
    ("Klaim angka", "klaim_list", ()),
    ("Panduan", "panduan", ()),
]
MENU_PERAN = [
    ("Ringkasan", "ringkasan", ("kanwil_detail",), SEMUA),
    ("Satuan kerja", "satker_list", ("satker_detail",), SEMUA),
    ("LKE", "lke_list", (), PEMBACA_LKE),
    ("Instrumen", "instrumen_list", (), PEMBACA_LKE),
    ("Kementerian", "kementerian_detail", (), SEMUA),
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
]


def navigation(request):
    """The menu, and today's assignments of the reader; no query for the public. A page that this
    installation does not have is left out. The view decides again who may enter."""
    # A request refused before anybody was known, such as one for a foreign host.
    if not hasattr(request, "user"):
        return {}
    daftar_penugasan = list_penugasan(request.user)
    return {
        "navigasi": _build(request, {penugasan.peran for penugasan in daftar_penugasan}),
        "daftar_penugasan": daftar_penugasan,
    }


def _build(request, milik: set[str]) -> list[dict]:
    if request.user.is_authenticated:
        daftar = [baris[:3] for baris in MENU_PERAN if milik & set(baris[3])]
    else:
        daftar = MENU_PUBLIK
    di_sini = request.resolver_match.url_name if request.resolver_match else None
    menu = []
    for nama, url_name, sekamar in daftar:
        if url_name == "surel_list" and settings.MODE == "server":
            continue
        try:
            url = reverse(url_name)
        except NoReverseMatch:
            continue
        aktif = di_sini in {url_name, *sekamar} or (url != "/" and request.path.startswith(url))
        menu.append({"nama": nama, "url": url, "aktif": aktif})
    return menu
