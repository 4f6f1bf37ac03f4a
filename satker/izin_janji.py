"""Who reads Perjanjian Kinerja and who fills them."""

from satker.access import filter_satker, has_role
from satker.models import Peran, SatuanKerja

PEMBACA = tuple(peran for peran in Peran if peran != Peran.PEMANTAU)
PENGISI = (Peran.OPERATOR, Peran.KEPALA_SATKER, Peran.TIM_KANWIL, Peran.ADMIN)


def can_fill(user, satker_id: int) -> bool:
    """May this person change the agreements of that unit? The steps' pages ask by role again."""
    if not has_role(user, *PENGISI):
        return False
    satker = SatuanKerja.objects.filter(pk=satker_id)
    return filter_satker(satker, user, daftar_peran=PENGISI).exists()
