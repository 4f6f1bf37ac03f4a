"""What offices are reminded of: which parts are open, when they are done, at the same cost."""

import datetime

import pytest
from django.utils import timezone

from integritas.models import Berkas
from satker.models import (
    BatasTriwulan,
    BerkasUpacara,
    Dipa,
    DokumenUpacara,
    IndikatorKinerja,
    PerjanjianKinerja,
    RealisasiIndikator,
    Sasaran,
    TandaTangan,
    TindakLanjut,
    Upacara,
)
from satker.pengingat import sumber_janji, sumber_upacara
from tests.factories import (
    NaskahFactory,
    PesertaFactory,
    SaksiFactory,
    SatkerFactory,
    UpacaraFactory,
)

pytestmark = pytest.mark.django_db
D = datetime.date
AWAL, AKHIR = D(2026, 1, 1), D(2026, 12, 31)


@pytest.fixture
def berkas():
    return Berkas.objects.create(sha256="0" * 64, ukuran=1, jenis="pdf")


def list_bagian():
    return {satu.bagian for satu in sumber_upacara.list_upacara(AWAL, AKHIR)}


def test_each_part_of_a_ceremony_is_open_until_its_data_are_there(berkas):
    upacara = UpacaraFactory(tanggal=D(2026, 3, 20), status=Upacara.Status.RENCANA)
    NaskahFactory(upacara=upacara, satker=None)
    assert list_bagian() == set(sumber_upacara.BAGIAN_UPACARA)

    Upacara.objects.update(status=Upacara.Status.TERJADWAL)
    dokumen = [DokumenUpacara.objects.create(upacara=upacara, nama=str(n)) for n in range(2)]
    saksi = SaksiFactory(upacara=upacara)
    peserta = PesertaFactory(upacara=upacara)
    dokumen[0].siap_pada = timezone.now()
    dokumen[0].save()
    assert list_bagian() == set(sumber_upacara.BAGIAN_UPACARA) - {"tempat", "daftar_hadir"}

    for satu, kolom in ((dokumen[1], "siap_pada"), (saksi, "dikonfirmasi_pada")):
        setattr(satu, kolom, timezone.now())
        satu.save()
    naskah = upacara.naskah_set.get()
    tanda = TandaTangan.objects.create(
        naskah=naskah,
        personel=peserta.personel,
        nama="Orang",
        jabatan="Jabatan",
        cara="akun",
        persetujuan="Setuju.",
        sidik_naskah="0" * 64,
        tanggal=D(2026, 3, 20),
    )
    BerkasUpacara.objects.create(upacara=upacara, jenis="foto", berkas=berkas)
    assert list_bagian() == {"periksa", "laporan"}

    tanda.dicabut_pada = timezone.now()
    tanda.save()
    Upacara.objects.update(status="ditutup", ditutup_pada=timezone.now())
    assert list_bagian() == {"tanda_tangan"}

    kunci = {f"{upacara.pk}:{bagian}" for bagian in sumber_upacara.BAGIAN_UPACARA}
    assert sumber_upacara.find_upacara_selesai(kunci) == kunci - {f"{upacara.pk}:tanda_tangan"}


def test_ceremonies_of_a_source_or_cancelled_are_nobodys_work():
    batal = UpacaraFactory(tanggal=D(2026, 3, 20), status="dibatalkan")
    UpacaraFactory(tanggal=D(2026, 3, 20), status="tercatat", sumber="berita")
    UpacaraFactory(tanggal=D(2027, 3, 20))

    assert list(sumber_upacara.list_upacara(AWAL, AKHIR)) == []
    # Neither open nor done: its reminders are withdrawn.
    assert sumber_upacara.find_upacara_selesai({f"{batal.pk}:laporan"}) == set()


def make_pk(satker, berkas, status="berlaku", versi=1):
    sah = status in {"berlaku", "digantikan"}
    lengkap = {
        "tanggal": D(2026, 1, 19),
        "cara": "basah",
        "sidik": "0" * 64,
        "berkas": berkas,
        "nama_pertama": "Satu",
        "nama_kedua": "Dua",
    }
    return PerjanjianKinerja.objects.create(
        satker=satker,
        tahun=2026,
        status=status,
        versi=versi,
        alasan="pejabat" if versi > 1 else None,
        **(lengkap if sah else {}),
    )


def test_an_agreement_is_due_a_month_after_the_budget_until_it_is_signed(berkas):
    satker = SatkerFactory()
    dipa = Dipa.objects.create(satker=satker, tahun=2026, tanggal=D(2026, 1, 31))
    lain = Dipa.objects.create(satker=SatkerFactory(), tahun=2026, tanggal=D(2025, 12, 1))
    make_pk(satker, berkas, "draf")

    [satu] = sumber_janji.list_pk(D(2026, 2, 1), D(2026, 2, 28))

    assert (satu.kunci, satu.acuan) == (str(dipa.pk), D(2026, 2, 28))
    assert {p.kunci for p in sumber_janji.list_pk(AWAL, AKHIR)} == {str(dipa.pk), str(lain.pk)}
    assert list(sumber_janji.list_pk(D(2026, 3, 1), AKHIR)) == []
    PerjanjianKinerja.objects.all().delete()
    make_pk(satker, berkas)
    assert [p.kunci for p in sumber_janji.list_pk(AWAL, AKHIR)] == [str(lain.pk)]
    assert sumber_janji.find_pk_selesai({str(dipa.pk), str(lain.pk)}) == {str(dipa.pk)}


def test_a_quarter_is_open_until_every_indicator_has_a_value(berkas):
    satker, tanpa = SatkerFactory(), SatkerFactory()
    BatasTriwulan.objects.create(tahun=2026, periode="b03", tanggal=D(2026, 4, 10))
    BatasTriwulan.objects.create(tahun=2025, periode="b12", tanggal=D(2026, 1, 10))
    make_pk(tanpa, berkas)
    sasaran = Sasaran.objects.create(perjanjian=make_pk(satker, berkas), urutan=1, nama="Sasaran")
    indikator = [
        IndikatorKinerja.objects.create(
            sasaran=sasaran, urutan=nomor, nama="Indikator", satuan="persen", target=100
        )
        for nomor in (1, 2)
    ]
    RealisasiIndikator.objects.create(indikator=indikator[0], periode="b03", nilai=1)
    RealisasiIndikator.objects.create(indikator=indikator[1], periode="b06", nilai=1)

    [satu] = sumber_janji.list_triwulan(AWAL, AKHIR)

    assert (satu.kunci, satu.acuan) == (f"2026:b03:{satker.pk}", D(2026, 4, 10))
    assert satu.judul == "Laporan B03 tahun 2026: 1 dari 2 indikator belum diisi"
    assert sumber_janji.find_triwulan_selesai({satu.kunci}) == set()
    RealisasiIndikator.objects.create(indikator=indikator[1], periode="b03", nilai=1)
    assert list(sumber_janji.list_triwulan(AWAL, AKHIR)) == []
    assert sumber_janji.find_triwulan_selesai({satu.kunci}) == {satu.kunci}


def test_what_follows_a_ceremony_is_open_until_it_is_done():
    satker, upacara = SatkerFactory(), UpacaraFactory()
    satu = TindakLanjut.objects.create(
        upacara=upacara, satker=satker, tanggal=D(2026, 6, 1), perihal="Rapat pemantauan"
    )

    [perkara] = sumber_upacara.list_tindak_lanjut(AWAL, AKHIR)

    assert (perkara.kunci, perkara.satker_id) == (str(satu.pk), satker.pk)
    assert perkara.judul == f"Rapat pemantauan, tindak lanjut {upacara.nama}"
    satu.selesai_pada = timezone.now()
    satu.save()
    assert list(sumber_upacara.list_tindak_lanjut(AWAL, AKHIR)) == []
    assert sumber_upacara.find_tindak_lanjut_selesai({str(satu.pk)}) == {str(satu.pk)}


@pytest.mark.parametrize(
    ("due", "done", "banyak"),
    [
        (sumber_upacara.list_upacara, sumber_upacara.find_upacara_selesai, (1, 1)),
        (sumber_janji.list_pk, sumber_janji.find_pk_selesai, (1, 1)),
        (sumber_janji.list_triwulan, sumber_janji.find_triwulan_selesai, (3, 2)),
        (sumber_upacara.list_tindak_lanjut, sumber_upacara.find_tindak_lanjut_selesai, (1, 1)),
    ],
)
def test_a_source_asks_the_same_at_any_number(berkas, count_queries, due, done, banyak):
    BatasTriwulan.objects.create(tahun=2026, periode="b03", tanggal=D(2026, 4, 10))
    jumlah = []
    for _ in range(2):
        satker = SatkerFactory()
        upacara = UpacaraFactory(tanggal=D(2026, 3, 20), tuan_rumah=satker)
        TindakLanjut.objects.create(
            upacara=upacara, satker=satker, tanggal=D(2026, 6, 1), perihal="Rapat"
        )
        sasaran = Sasaran.objects.create(perjanjian=make_pk(satker, berkas), urutan=1, nama="S")
        IndikatorKinerja.objects.create(
            sasaran=sasaran, urutan=1, nama="I", satuan="persen", target=1
        )
        Dipa.objects.create(satker=SatkerFactory(), tahun=2026, tanggal=D(2026, 1, 5))
        with count_queries() as satu:
            kunci = {perkara.kunci for perkara in due(AWAL, AKHIR)}
        with count_queries() as dua:
            done(kunci)
        jumlah.append((len(satu), len(dua)))

    assert kunci
    assert jumlah == [banyak, banyak]
