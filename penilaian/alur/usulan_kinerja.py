"""Taking over what the Perjanjian Kinerja proposes for a question: a person's step, never automatic."""

from django.db import transaction

from integritas.alur import AlurError
from penilaian.alur import pengisian
from penilaian.alur.pengisian import HasilSimpan, lock_penilaian, read_mentah
from penilaian.models import LAPIS_SATKER, Jawaban, Penilaian
from penilaian.usulan_kinerja import read_usulan
from penilaian.versi import get_terpakai
from satker.models import Riwayat


@transaction.atomic
def take(penilaian: Penilaian, kode: str, *, sidik: str, versi_isi: int, by) -> HasilSimpan:
    """Save the proposed answer in the place of the present one, whose note stays. It goes through
    the step that every answer takes; one more line of history tells where it came from.

    Raises AlurError when nothing is proposed, when the figures are no longer those that were shown
    (`sidik`), or when the answer is not taken; then nothing is written."""
    penilaian = lock_penilaian(penilaian)
    terpakai = get_terpakai(penilaian.versi)
    usulan = read_usulan(penilaian)
    satu = usulan.get(kode)
    if satu is None:
        raise AlurError(f"{kode}: Perjanjian Kinerja tidak mengusulkan jawaban pertanyaan ini.")
    if satu.mentah is None:
        raise AlurError(satu.alasan)
    if sidik != usulan.compute_sidik():
        raise AlurError(
            "Angka Perjanjian Kinerja berubah sejak halaman ini dibuka. Periksa lagi usulannya, "
            "lalu ambil sekali lagi."
        )
    lama = Jawaban.objects.filter(
        penilaian=penilaian, pertanyaan=terpakai.id_dari[kode], lapis=LAPIS_SATKER
    ).first()
    if lama and not lama.draf and lama.jawab == read_mentah(terpakai, kode, satu.mentah):
        raise AlurError(
            f"Jawaban nomor {satu.pertanyaan.urutan} sudah sama dengan usulan. Tidak ada yang "
            "berubah."
        )
    hasil = pengisian.save_jawaban(
        penilaian,
        kode,
        mentah=satu.mentah,
        catatan=lama.catatan if lama else "",
        versi_isi=versi_isi,
        by=by,
    )
    assert usulan.kini is not None, "without an agreement nothing is proposed"
    Riwayat.record(
        penilaian.satker,
        "jawaban LKE diambil dari capaian PK",
        by=by,
        objek=f"{penilaian.objek}:{kode}",
        sesudah={
            "perjanjian": [
                f"PK {ukuran.perjanjian.tahun} versi {ukuran.perjanjian.versi}"
                for ukuran in (usulan.kini, usulan.lalu)
                if ukuran
            ],
            "usulan": satu.teks,
            "hitungan": list(satu.hitungan),
        },
    )
    return hasil
