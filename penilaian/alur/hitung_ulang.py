"""Kept scores computed anew because a rule of their instrument changed."""

from collections.abc import Iterator

from django.db import transaction

from penilaian import rekap, skor
from penilaian.models import Jawaban, Penilaian, Rekap, Status, VersiInstrumen
from penilaian.versi import InstrumenTerpakai, read_terpakai
from satker.models import Catatan, Riwayat

SEKALI_JALAN = 200


def list_terdampak(terpakai: InstrumenTerpakai, kode: str) -> list[Jawaban]:
    """Answers to a question, of every layer, whose worth is what the proposed zero rule says; in
    the order of the units' kode. One query."""
    daftar = (
        Jawaban.objects.counted()
        .filter(pertanyaan=terpakai.id_dari[kode])
        .exclude(isian="")
        .select_related("penilaian")
        .only("isian", "pilihan", "lapis", "penilaian__status")
        .order_by("penilaian__satker__kode", "penilaian__tahun", "lapis")
    )
    pertanyaan = terpakai.isi.pertanyaan[kode]
    nol, satu = (pertanyaan.with_usulan(nilai) for nilai in (skor.NOL, skor.SATU))
    return [
        baris
        for baris in daftar
        if (jawab := baris.jawab)
        and skor.compute_nilai(nol, jawab) != skor.compute_nilai(satu, jawab)
    ]


def count_status(terdampak: list[Jawaban]) -> tuple[int, int]:
    """Assessments among them that are being filled, and that are handed in."""
    status = {satu.penilaian_id: satu.penilaian.status for satu in terdampak}
    diisi = sum(satu == Status.PENGISIAN for satu in status.values())
    return diisi, len(status) - diisi


def recompute(terpakai: InstrumenTerpakai, terdampak: list[Jawaban], *, by, alasan: str) -> int:
    """Compute the kept scores of these locked assessments and layers; those that come out otherwise
    are written, each with a line of history. Returns their number."""
    return sum(_recompute(terpakai, potongan, by=by, alasan=alasan) for potongan in _cut(terdampak))


def recompute_later(versi_id: int, kode: str, *, by, alasan: str) -> int:
    """The same when nothing is locked: batch by batch, each in its own transaction and with the
    settings of then. Whatever was done already comes out the same and is left alone."""
    versi = VersiInstrumen.objects.defer("teks").get(pk=versi_id)
    jumlah = 0
    for potongan in _cut(list_terdampak(read_terpakai(versi), kode)):
        with transaction.atomic():
            kunci = {satu.penilaian_id for satu in potongan}
            terkunci = Penilaian.objects.select_for_update(of=("self",)).filter(pk__in=kunci)
            list(terkunci.order_by("satker__kode", "tahun").values_list("pk"))
            jumlah += _recompute(read_terpakai(versi), potongan, by=by, alasan=alasan)
    return jumlah


def _cut(daftar: list[Jawaban]) -> Iterator[list[Jawaban]]:
    for awal in range(0, len(daftar), SEKALI_JALAN):
        yield daftar[awal : awal + SEKALI_JALAN]


def _recompute(terpakai, terdampak: list[Jawaban], *, by, alasan: str) -> int:
    """Five statements, whatever the number."""
    pasangan: dict[tuple[int, str | None], list[Jawaban]] = {
        (satu.penilaian_id, satu.lapis_id): [] for satu in terdampak
    }
    kunci = {penilaian for penilaian, _ in pasangan}
    for baris in Jawaban.objects.filter(penilaian__in=kunci):
        if (baris.penilaian_id, baris.lapis_id) in pasangan:
            pasangan[baris.penilaian_id, baris.lapis_id].append(baris)
    daftar_rekap = (
        Rekap.objects.filter(penilaian__in=kunci)
        .select_related("penilaian__satker")
        .order_by("penilaian__satker__kode", "penilaian__tahun", "lapis")
    )
    ubah, catatan = [], []
    for satu in daftar_rekap:
        daftar_jawaban = pasangan.get((satu.penilaian_id, satu.lapis_id))
        if daftar_jawaban is None:
            continue
        lama, sebelum = rekap.list_kolom(satu), rekap.describe(satu)
        nilai = rekap.compute_nilai(terpakai, daftar_jawaban)
        rekap.fill(satu, terpakai, nilai, satu.penilaian.target)
        if rekap.list_kolom(satu) == lama:
            continue
        ubah.append(satu)
        catatan.append(
            Catatan(
                satu.penilaian.satker,
                "nilai LKE dihitung ulang",
                satu.penilaian.objek,
                sebelum=sebelum,
                sesudah=rekap.describe(satu),
                alasan=alasan,
            )
        )
    if ubah:
        rekap.write_many(ubah)
        Riwayat.record_many(catatan, by=by)
    return len(ubah)
