"""The accepted rows, written in a number of statements that does not grow with them."""

from integritas.impor import Hasil, Rencana
from satker import alur
from satker.impor.tercatat import Isi
from satker.models import Catatan, KantorWilayah, KedudukanSatker, Riwayat, SatuanKerja


def write(rencana: Rencana, nama: str, by) -> None:
    """All rows in a number of statements that does not grow with them."""
    baru = [satu.isi for satu in rencana.list_hasil(Hasil.BARU)]
    berubah = [satu.isi for satu in rencana.list_hasil(Hasil.BERUBAH)]
    if not baru and not berubah:
        return
    SatuanKerja.objects.bulk_create([isi.satker for isi in baru], batch_size=2000)
    KantorWilayah.objects.bulk_create([isi.kanwil for isi in baru if isi.kanwil is not None])
    # First the old positions end, then the new ones begin: no day ever has two.
    sebelum = {isi.lama.pk: alur.describe(isi.lama) for isi in berubah}
    for isi in berubah:
        isi.lama.berlaku_sampai = isi.mulai
    KedudukanSatker.objects.bulk_update(
        [isi.lama for isi in berubah], ["berlaku_sampai"], batch_size=1000
    )
    daftar_isi = [*baru, *berubah]
    posisi = KedudukanSatker.objects.bulk_create(
        [_build_posisi(isi) for isi in daftar_isi], batch_size=2000
    )
    alasan = f"impor {nama}"
    Riwayat.record_many(
        [
            Catatan(
                isi.satker,
                "satker didaftarkan" if isi.lama is None else _name_kejadian(isi),
                f"kedudukan:{satu.pk}",
                sebelum={} if isi.lama is None else sebelum[isi.lama.pk],
                sesudah=alur.describe(satu),
                alasan=alasan,
            )
            for isi, satu in zip(daftar_isi, posisi, strict=True)
        ],
        by=by,
    )


KOLOM_POSISI = (
    *("nama", "jenis", "kelas", "kanwil", "instansi", "pembina", "tempat", "zona_waktu"),
)


def _build_posisi(isi: Isi) -> KedudukanSatker:
    if isi.lama is None:
        fakta_posisi = isi.fakta
    else:
        fakta_posisi = {kolom: getattr(isi.lama, kolom) for kolom in KOLOM_POSISI} | isi.fakta
    return KedudukanSatker(
        satker=isi.satker,
        berlaku_dari=isi.mulai,
        sumber=isi.sumber,
        keyakinan=isi.keyakinan,
        **fakta_posisi,
    ).fill_cari()


def _name_kejadian(isi: Isi) -> str:
    """What happened, in the words of the guided changes."""
    lama = isi.lama
    berubah = {kolom for kolom, nilai in isi.fakta.items() if getattr(lama, kolom) != nilai}
    if berubah <= {"nama", "tempat"}:
        return "ganti nama"
    if berubah <= {"kanwil", "instansi"}:
        return "pindah Kanwil"
    if berubah <= {"jenis", "kelas", "nama", "pembina"}:
        return "ganti kelas"
    return "kedudukan diubah"
