"""Who plans rounds and events, who prepares them, and which invented rows are shown."""

from satker.access import filter_satker, has_role, list_penugasan
from satker.models import Peran, SatuanKerja
from satker.personel import PEMBACA

# Makes rounds and events, moves and cancels them.
PENGURUS = (Peran.ADMIN, Peran.TIM_KANWIL)
# Besides these the host's own people: acts, documents, witnesses.
PENYIAP = (*PENGURUS, Peran.KEPALA_SATKER, Peran.OPERATOR)


def may(user, upacara, daftar_peran) -> bool:
    """May somebody with one of these roles run this event? See also UpacaraQuerySet.managed_by()."""
    satker = {upacara.tuan_rumah_id}
    if upacara.putaran_id:
        satker.add(upacara.putaran.kanwil.satker_id)
    return _reaches(user, satker, daftar_peran)


def may_plan(user, kanwil_id: int) -> bool:
    """May this person change the rounds of this Kanwil? Administrators, and the team of that very
    Kanwil; no query. See also PutaranQuerySet.managed_by(), which decides each step."""
    return any(
        tugas.peran == Peran.ADMIN
        or (tugas.peran == Peran.TIM_KANWIL and tugas.kanwil_id == kanwil_id)
        for tugas in list_penugasan(user)
    )


def _reaches(user, daftar_satker: set[int], daftar_peran) -> bool:
    if not has_role(user, *daftar_peran):
        return False
    satker = SatuanKerja.objects.filter(pk__in=daftar_satker)
    return filter_satker(satker, user, daftar_peran=daftar_peran).exists()


def list_orang_dari(user, daftar_satker) -> set[int]:
    """Of these units the ones whose people this person may name: never a guest's, and only with a
    role that reads rosters. See also satker.views.peserta."""
    if not has_role(user, *PEMBACA):
        return set()
    satker = SatuanKerja.objects.filter(pk__in=daftar_satker)
    return set(filter_satker(satker, user, daftar_peran=PEMBACA).values_list("pk", flat=True))
