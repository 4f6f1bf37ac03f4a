"""The window of an assessment and what it aims at: steps of the Kanwil, each with its reason."""

from django.utils import timezone

from integritas.teks import format_tanggal
from penilaian import masa
from penilaian.models import AturanPredikat, JenisPredikat, MasaPredikat, Nilai, Predikat

NAMA_PALING_BANYAK = 5


def list_peringatan(daftar_penilaian) -> list[str]:
    """What the Kanwil should know of targets that were set all the same: WBBM is for units that
    hold WBK, and a national check asks for some years of it (domain K-13)."""
    daftar = [satu for satu in daftar_penilaian if satu.target == JenisPredikat.WBBM]
    if not daftar:
        return []
    hari = timezone.localdate()
    kini = dict(
        MasaPredikat.objects.at(hari)
        .filter(satker__in=[satu.satker_id for satu in daftar], predikat__isnull=False)
        .values_list("satker", "predikat")
    )
    tanpa = [satu.satker.kode for satu in daftar if satu.satker_id not in kini]
    hasil = []
    if tanpa:
        hasil.append(
            f"Target WBBM, tetapi belum tercatat memegang WBK: {_list_nama(tanpa)}. WBBM hanya "
            "bagi pemegang WBK."
        )
    wbk = Predikat.objects.filter(pk__in=kini.values(), jenis=Nilai.WBK)
    mulai = dict(wbk.values_list("satker", "berlaku_dari"))
    if mulai:
        tahun = AturanPredikat.objects.get_nilai("wbk-sebelum-wbbm", hari)
        muda = [
            f"{satu.satker.kode} (WBK sejak {format_tanggal(mulai[satu.satker_id])})"
            for satu in daftar
            if satu.satker_id in mulai and masa.add_bulan(mulai[satu.satker_id], 12 * tahun) > hari
        ]
        if muda:
            hasil.append(
                f"Pemeriksaan nasional meminta {tahun} tahun WBK sebelum WBBM; belum sampai: "
                f"{_list_nama(muda)}."
            )
    return hasil


def _list_nama(daftar: list[str]) -> str:
    lain = len(daftar) - NAMA_PALING_BANYAK
    return ", ".join(daftar[:NAMA_PALING_BANYAK]) + (f" dan {lain} lainnya" if lain > 0 else "")
