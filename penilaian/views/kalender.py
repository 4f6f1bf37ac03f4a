"""Which month or quarter of an assessment's year has the evidence it needs."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from penilaian import kalender
from penilaian.izin import PEMBACA
from penilaian.models import DokumenDiminta, PemakaianBukti
from penilaian.versi import get_terpakai
from penilaian.views.lke import get_penilaian
from satker.access import role_required


@require_safe
@role_required(*PEMBACA)
def kalender_bukti(request, pk):
    """Every monthly or quarterly document with its slots, most overdue first."""
    penilaian = get_penilaian(request, pk)
    terpakai = get_terpakai(penilaian.versi)
    diminta = {
        dokumen.pk: (dokumen, terpakai.isi.pertanyaan[kode])
        for kode, daftar in terpakai.dokumen.items()
        for dokumen in daftar
        if dokumen.berkala != DokumenDiminta.Berkala.SEKALI
    }
    dipakai = PemakaianBukti.objects.filter(penilaian=penilaian, dokumen__isnull=False)
    daftar = kalender.build(
        penilaian.tahun,
        timezone.localdate(),
        {kunci: dokumen.berkala for kunci, (dokumen, _) in diminta.items()},
        [
            (dokumen, (dari, sampai))
            for dokumen, dari, sampai in dipakai.order_by("pk").values_list(
                "dokumen", "periode_dari", "periode_sampai"
            )
        ],
    )
    daftar.sort(key=lambda satu: (-satu.terlambat, diminta[satu.dokumen][1].urutan))
    return render(
        request,
        "penilaian/kalender_bukti.html",
        {
            "penilaian": penilaian,
            "tab": "bukti",
            "judul_lke": _say_judul(daftar),
            "daftar_baris": [(satu, *diminta[satu.dokumen]) for satu in daftar],
        },
    )


def _say_judul(daftar: list[kalender.Baris]) -> str:
    """The headline: what is late, else that nothing is."""
    if not daftar:
        return "Kalender bukti"
    terlambat = sum(satu.terlambat for satu in daftar)
    if terlambat:
        return f"{terlambat} bukti berkala terlambat"
    return "Tidak ada bukti berkala yang terlambat"
