"""Who may change what of an assessment, on a day: read once per page, decided again by the step."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from integritas.teks import format_tanggal
from penilaian.models import AreaPenilaian, Penilaian, Status
from satker.access import list_penugasan
from satker.models import Peran

PENGISI = (Peran.OPERATOR, Peran.KEPALA_SATKER)
# The result component belongs to no pokja: every operator of the unit may fill it.
AREA_BERSAMA = "B"
# Who opens a year, extends, reopens and changes what a unit aims at.
PEMBINA = (Peran.TIM_KANWIL, Peran.ADMIN)
# Who reads an LKE: the unit itself, and those above it. The public's and monitors' pages show none.
PEMBACA = (
    Peran.OPERATOR,
    Peran.KEPALA_SATKER,
    Peran.TIM_KANWIL,
    Peran.ESELON1,
    Peran.TPI,
    Peran.PIMPINAN,
    Peran.ADMIN,
)


@dataclass(frozen=True)
class Izin:
    """`alasan` says in a sentence why answers cannot be changed; empty when they can."""

    area: frozenset[str] | None
    alasan: str

    def can_fill(self, area: str) -> bool:
        return not self.alasan and (self.area is None or area in self.area)


def list_area_sendiri(user, penilaian: Penilaian) -> frozenset[str] | None:
    """Areas this person fills in the unit; None is all of them, empty is none."""
    daftar = [
        tugas
        for tugas in list_penugasan(user)
        if tugas.satker_id == penilaian.satker_id and tugas.peran in PENGISI
    ]
    if not daftar:
        return frozenset()
    if any(tugas.peran == Peran.KEPALA_SATKER or not tugas.daftar_area for tugas in daftar):
        return None
    return frozenset(area for tugas in daftar for area in tugas.daftar_area) | {AREA_BERSAMA}


def get_izin(user, penilaian: Penilaian, pada: datetime.date | None = None) -> Izin:
    """What this person may fill of the assessment, its own window and state included."""
    area = list_area_sendiri(user, penilaian)
    if area is not None and not area:
        return Izin(area, "Hanya operator dan kepala satker ini yang mengisi LKE.")
    return Izin(area, explain_closed(penilaian, pada or timezone.localdate()))


def explain_closed(penilaian: Penilaian, pada: datetime.date) -> str:
    """Why the assessment takes no answers on that day; empty when it does."""
    if penilaian.status != Status.PENGISIAN:
        assert penilaian.diajukan_pada is not None, "penilaian_status_sesuai"
        saat = timezone.localtime(penilaian.diajukan_pada).date()
        return (
            f"Penilaian ini sudah diajukan pada {format_tanggal(saat)}. Untuk mengubahnya, minta "
            "pembukaan kembali ke Tim Kanwil."
        )
    if pada < penilaian.buka_pada:
        return f"Pengisian dibuka mulai {format_tanggal(penilaian.buka_pada)}."
    if pada > penilaian.tutup_pada:
        return (
            f"Pengisian sudah ditutup {format_tanggal(penilaian.tutup_pada)}. Minta perpanjangan "
            "ke Tim Kanwil."
        )
    return ""


def explain_locked(area: AreaPenilaian) -> str:
    """Why an area takes no answers; empty when it does."""
    if area.diajukan_pada is None:
        return ""
    saat = timezone.localtime(area.diajukan_pada).date()
    return (
        f"Area {area.area} sudah diajukan pada {format_tanggal(saat)}. Kepala satker dapat "
        "mengembalikannya."
    )


def find_lke_sendiri(user) -> Penilaian | None:
    """The latest assessment of the one unit that this person fills and nothing else."""
    daftar = list_penugasan(user)
    satker = {tugas.satker_id for tugas in daftar}
    if not daftar or len(satker) > 1 or any(tugas.peran not in PENGISI for tugas in daftar):
        return None
    return Penilaian.objects.filter(satker__in=satker).order_by("-tahun").first()


def is_kepala(user, penilaian: Penilaian) -> bool:
    """Heads the unit of this assessment today."""
    return any(
        tugas.satker_id == penilaian.satker_id and tugas.peran == Peran.KEPALA_SATKER
        for tugas in list_penugasan(user)
    )


def is_pembina(user) -> bool:
    """Holds a role that opens, extends and reopens; which units is `visible_to`."""
    return any(tugas.peran in PEMBINA for tugas in list_penugasan(user))


def list_aksi(user, penilaian: Penilaian) -> dict[str, bool]:
    """What the hub of an assessment offers this person; the views decide again. `bisa_ajukan` the
    whole, `bisa_tugaskan` and return areas, `bisa_jendela` extend, reopen, another target."""
    terbuka = penilaian.status == Status.PENGISIAN
    kepala, pembina = is_kepala(user, penilaian), is_pembina(user)
    return {
        "bisa_ajukan": kepala and not explain_closed(penilaian, timezone.localdate()),
        "bisa_tugaskan": terbuka and (kepala or pembina),
        "bisa_jendela": pembina,
    }


def explain_irresponsible(user, area: AreaPenilaian) -> str:
    """Why this person does not submit the area for its unit; empty when they do: the head, or an
    operator of the area, of those it is assigned to if it is."""
    penilaian = area.penilaian
    if is_kepala(user, penilaian):
        return ""
    milik = list_area_sendiri(user, penilaian)
    if milik is not None and not milik:
        return "Hanya operator dan kepala satker ini yang mengajukan area."
    if milik is not None and area.area not in milik:
        return f"Area {area.area} bukan bagian Anda."
    petugas = list(area.daftar_petugas.order_by("nama", "pk"))
    if petugas and user not in petugas:
        nama = ", ".join(satu.nama for satu in petugas)
        return (
            f"Area {area.area} ditugaskan kepada {nama}. Mereka atau kepala satker mengajukannya."
        )
    return ""
