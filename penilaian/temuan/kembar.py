"""Content that another unit uses as evidence too: for Kanwil, inspectors and admins only.

Looked up for the reader, never kept: it speaks of another unit, both ways at once, and who may know
of it depends on who reads. So no step, number or text of either unit changes by it, and nothing
tells a unit that its file is known elsewhere.
"""

from django.db.models import F, OuterRef, Q, Subquery, Window
from django.db.models.functions import Coalesce, DenseRank
from django.utils import timezone

from penilaian.izin import list_area_sendiri
from penilaian.models import PemakaianBukti, Penilaian
from penilaian.versi import InstrumenTerpakai
from penilaian.xray import Luar, Pakai
from satker.access import filter_satker, has_role
from satker.models import KedudukanSatker, Peran, SatuanKerja

PENGAWAS = (Peran.TIM_KANWIL, Peran.TPI, Peran.ADMIN)
# Units named one by one; content in more of them is mostly a rule or letter that all have.
SATKER_DISEBUT = 3
_LAIN = "revisi__berkas__revisibukti__pemakaianbukti"


def may_know(user, penilaian: Penilaian) -> bool:
    """Whoever fills the unit's LKE is told nothing, whatever else they are."""
    return has_role(user, *PENGAWAS) and list_area_sendiri(user, penilaian) == frozenset()


def read_luar(user, penilaian: Penilaian, terpakai: InstrumenTerpakai) -> dict[str, list[Luar]]:
    """By question code, each use whose content units use that this person oversees, as they oversee
    this one. One query for those who may know, none for others; a few rows a use at most."""
    if not may_know(user, penilaian):
        return {}
    diawasi = filter_satker(SatuanKerja.objects.all(), user, daftar_peran=PENGAWAS)
    menurut_pakai: dict[tuple[str, Pakai], list[str]] = {}
    banyak = set()
    for kunci, bukti, nama, berkas, urutan_satker, tahun, nomor, unit in _find(penilaian, diawasi):
        satu = (terpakai.kode_dari[kunci], Pakai(bukti, nama, berkas))
        tempat = menurut_pakai.setdefault(satu, [])
        if urutan_satker > SATKER_DISEBUT:
            banyak.add(satu)
        elif (disebut := f"{unit} (LKE {tahun} nomor {nomor})") not in tempat:
            tempat.append(disebut)
    hasil: dict[str, list[Luar]] = {}
    for (kode, pakai), tempat in menurut_pakai.items():
        hasil.setdefault(kode, []).append(Luar(pakai, tempat, banyak=(kode, pakai) in banyak))
    return hasil


def _find(penilaian: Penilaian, diawasi):
    lain = diawasi.exclude(pk=penilaian.satker_id)
    posisi = KedudukanSatker.objects.filter(satker=OuterRef(f"{_LAIN}__penilaian__satker"))
    kini = posisi.at(timezone.localdate()).values("nama")[:1]
    terakhir = posisi.order_by("-pk").values("nama")[:1]
    return (
        PemakaianBukti.objects.filter(
            Q(penilaian=penilaian),
            Q(penilaian__satker__in=diawasi.values("pk")),
            Q(**{f"{_LAIN}__penilaian__satker__in": lain.values("pk")}),
        )
        .annotate(
            urutan_satker=Window(
                DenseRank(),
                partition_by=[F("pk")],
                order_by=F(f"{_LAIN}__penilaian__satker").asc(),
            )
        )
        .filter(urutan_satker__lte=SATKER_DISEBUT + 1)
        .order_by(
            "pk", "urutan_satker", f"{_LAIN}__penilaian__tahun", f"{_LAIN}__pertanyaan__urutan"
        )
        .values_list(
            "pertanyaan_id",
            "bukti_id",
            "bukti__nama",
            "revisi__berkas_id",
            "urutan_satker",
            f"{_LAIN}__penilaian__tahun",
            f"{_LAIN}__pertanyaan__urutan",
            Coalesce(Subquery(kini), Subquery(terakhir)),
        )
    )
