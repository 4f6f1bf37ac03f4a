"""Steps of rounds and events: what they change, and that a refusal changes nothing."""

import datetime

import pytest
from django.utils import timezone

from integritas.alur import AlurError
from satker import fakta_upacara, undangan
from satker.alur import acara as alur_acara
from satker.alur import kehadiran
from satker.alur import peserta as alur_peserta
from satker.alur import peserta_satker as alur_satker
from satker.alur import putaran as alur_putaran
from satker.alur import upacara as alur
from satker.models import (
    Acara,
    DokumenUpacara,
    JenisAcara,
    Peserta,
    PesertaSatker,
    Putaran,
    PutaranSatker,
    Riwayat,
    Saksi,
    Upacara,
)
from tests.factories import (
    KanwilFactory,
    PersonelFactory,
    PesertaFactory,
    PutaranFactory,
    SatkerFactory,
    TimKanwilFactory,
    UpacaraFactory,
)

pytestmark = pytest.mark.django_db
BESOK = timezone.localdate() + datetime.timedelta(days=1)
LUSA = BESOK + datetime.timedelta(days=1)
SEMBILAN, SEPULUH = datetime.time(9), datetime.time(10)


@pytest.fixture
def kanwil():
    return KanwilFactory(provinsi="Sini")


@pytest.fixture
def satker(kanwil):
    return SatkerFactory(kanwil=kanwil, nama="Lapas Kelas IIA Sini")


@pytest.fixture
def orang(kanwil):
    return TimKanwilFactory(kanwil=kanwil)


@pytest.fixture
def jenis():
    return JenisAcara.objects.create(kode="deklarasi", nama="Deklarasi", deklarasi=True)


@pytest.fixture
def kabar(monkeypatch):
    """Events whose change was announced."""
    daftar = []
    monkeypatch.setattr(undangan, "announce_perubahan", daftar.append)
    return daftar


def jadwal(satker, **lain):
    return alur.Jadwal(
        **{
            "nama": "Deklarasi",
            "tuan_rumah": satker,
            "tempat": "Aula",
            "tanggal": BESOK,
            "mulai": SEMBILAN,
            "selesai": SEPULUH,
        }
        | lain
    )


def read_baris(model, **saringan):
    return list(model.objects.filter(**saringan).order_by("pk").values())


def refuse(pesan, langkah, *model):
    """The step is refused with this sentence, and no row of these models differs."""
    sebelum = [read_baris(satu) for satu in (Riwayat, *model)]

    with pytest.raises(AlurError, match=pesan):
        langkah()

    assert [read_baris(satu) for satu in (Riwayat, *model)] == sebelum


# --- rounds ---------------------------------------------------------------------------------------
def test_a_round_takes_all_units_of_its_kanwil(kanwil, satker, orang):
    SatkerFactory()

    putaran = alur_putaran.create(kanwil, nama=" Janji ", tahun=BESOK.year, by=orang)

    milik = PutaranSatker.objects.filter(putaran=putaran).values_list("satker", flat=True)
    assert set(milik) == {kanwil.satker_id, satker.pk}
    assert putaran.nama == "Janji"
    assert Riwayat.objects.of(kanwil).first().kejadian == "putaran dibuat"
    kedua = alur_putaran.create(kanwil, nama="Lain", tahun=BESOK.year, by=orang)
    assert kedua.kode == f"{putaran.kode}-2"


def test_a_round_is_refused(kanwil, satker, orang):
    PutaranFactory(kanwil=kanwil, nama="Janji", tahun=2026)
    luar = SatkerFactory()

    for pesan, isi in [
        ("Nama putaran wajib diisi", {"nama": "  "}),
        ("Tahun 26 tidak wajar", {"tahun": 26}),
        ("sudah punya putaran “janji” tahun 2026", {"nama": "janji"}),
        ("Hanya satker Kanwil ini", {"daftar_satker": [luar]}),
    ]:
        isi = {"nama": "Baru", "tahun": 2026} | isi
        refuse(
            pesan,
            lambda isi=isi: alur_putaran.create(kanwil, by=orang, **isi),
            Putaran,
            PutaranSatker,
        )


def test_units_go_into_clusters_and_out_of_the_round(kanwil, satker, orang):
    putaran = PutaranFactory(kanwil=kanwil)

    alur_putaran.set_gugus(putaran, [satker, kanwil.satker], " Gugus  A ", by=orang)
    alur_putaran.set_gugus(putaran, [kanwil.satker], "", by=orang)

    baris = PutaranSatker.objects.filter(putaran=putaran).values_list("satker", "gugus")
    assert dict(baris) == {satker.pk: "Gugus A", kanwil.satker_id: ""}
    luar = SatkerFactory()
    refuse(
        "Hanya satker Kanwil ini",
        lambda: alur_putaran.set_gugus(putaran, [luar], "B", by=orang),
        PutaranSatker,
    )
    UpacaraFactory(putaran=putaran, tuan_rumah=satker, peserta=[satker])
    refuse(
        "Keluarkan dulu dari upacaranya",
        lambda: alur_putaran.remove_satker(putaran, [satker], by=orang),
        PutaranSatker,
    )
    alur_putaran.remove_satker(putaran, [kanwil.satker], by=orang)
    assert PutaranSatker.objects.get(putaran=putaran).satker == satker


def test_only_a_round_with_an_announced_event_is_published(kanwil, satker, orang):
    putaran = PutaranFactory(kanwil=kanwil)
    upacara = UpacaraFactory(putaran=putaran, tuan_rumah=satker, status="rencana")
    refuse("Belum ada upacara", lambda: alur_putaran.publish(putaran, by=orang), Putaran)
    Upacara.objects.filter(pk=upacara.pk).update(status="terjadwal")

    alur_putaran.publish(putaran, by=orang)

    assert Putaran.objects.get().diterbitkan_pada is not None
    refuse("sudah diterbitkan", lambda: alur_putaran.publish(putaran, by=orang), Putaran)
    alur_putaran.unpublish(putaran, by=orang)
    assert Putaran.objects.get().diterbitkan_pada is None


def test_what_is_only_known_from_a_source_is_not_ours_to_change(kanwil, satker, orang, jenis):
    putaran = PutaranFactory(kanwil=kanwil, sumber="koran")
    upacara = UpacaraFactory(
        putaran=putaran, tuan_rumah=satker, status="tercatat", sumber="koran", peserta=[satker]
    )

    for langkah in [
        lambda: alur_putaran.edit(putaran, nama="Lain", lengkap=True, by=orang),
        lambda: alur_putaran.set_gugus(putaran, [satker], "A", by=orang),
        lambda: alur.create(jadwal(satker), by=orang, putaran=putaran),
        lambda: alur.change(upacara, jadwal(satker), by=orang),
        lambda: alur.cancel(upacara, alasan="salah", by=orang),
        lambda: alur_acara.add_acara(upacara, jenis=jenis, by=orang),
        lambda: alur_acara.add_dokumen(upacara, nama="Undangan", by=orang),
        lambda: alur_peserta.add_saksi(upacara, lembaga="Lembaga", by=orang),
        lambda: alur_peserta.add_personel(upacara, [satker], by=orang),
        lambda: alur_satker.remove_satker(upacara, satker, by=orang),
    ]:
        refuse("tercatat dari sumber", langkah, Putaran, PutaranSatker, Upacara, Acara, Peserta)


# --- events ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(("zona", "jam_utc"), [("WIB", 2), ("WITA", 1), ("WIT", 0)])
def test_a_new_event_keeps_the_hours_of_its_host(kanwil, orang, jenis, settings, zona, jam_utc):
    settings.INTEGRITAS_ALAMAT = "https://zi.contoh.invalid:8443"
    satker = SatkerFactory(kanwil=kanwil, zona_waktu=zona)

    upacara = alur.create(jadwal(satker), by=orang, daftar_satker=[satker], daftar_jenis=[jenis])

    upacara.refresh_from_db()
    assert upacara.mulai_pada == datetime.datetime.combine(
        BESOK, datetime.time(jam_utc), datetime.UTC
    )
    assert upacara.sebutan_jam == f"09.00 sampai 10.00 {zona}"
    assert (upacara.status, upacara.urutan) == ("rencana", 0)
    assert upacara.uid == f"{upacara.kode}@zi.contoh.invalid"
    assert upacara.acara_set.get().jenis == jenis
    assert upacara.pesertasatker_set.get().satker == satker
    daftar_dokumen = upacara.dokumenupacara_set.order_by("pk").values_list("nama", flat=True)
    assert tuple(daftar_dokumen) == fakta_upacara.list_dokumen()


def test_a_plan_that_cannot_be_is_refused_by_name(kanwil, satker, orang):
    putaran = PutaranFactory(kanwil=kanwil)
    luar = SatkerFactory(nama="Lapas Luar")
    tutup = SatkerFactory(kanwil=kanwil, kode="tutup-a", tutup_pada=BESOK)
    contoh = SatkerFactory(kode="rekaan-a", contoh=True)
    kemarin = BESOK - datetime.timedelta(days=2)

    for pesan, isi, ikut in [
        ("Nama upacara wajib", {"nama": ""}, []),
        ("Tempat wajib", {"tempat": " "}, []),
        ("sudah lewat", {"tanggal": kemarin}, []),
        ("terlalu jauh", {"tanggal": BESOK + datetime.timedelta(days=800)}, []),
        ("Jam selesai harus sesudah jam mulai", {"selesai": SEMBILAN}, []),
        ("Lapas Luar tidak di bawah Kanwil Sini", {"tuan_rumah": luar}, []),
        ("tutup-a tidak berdiri", {"tuan_rumah": tutup}, []),
        ("Satker tutup-a tidak berdiri", {}, [tutup]),
        ("contoh dan satker nyata", {}, [contoh]),
    ]:
        refuse(
            pesan,
            lambda isi=isi, ikut=ikut: alur.create(
                jadwal(satker, **isi), by=orang, putaran=putaran, daftar_satker=ikut
            ),
            Upacara,
            PesertaSatker,
            DokumenUpacara,
        )


def test_a_unit_of_another_kanwil_comes_as_a_guest(kanwil, satker, orang):
    putaran = PutaranFactory(kanwil=kanwil)
    tamu = SatkerFactory()

    upacara = alur.create(jadwal(satker), by=orang, putaran=putaran, daftar_satker=[satker, tamu])

    assert upacara.pesertasatker_set.count() == 2
    assert not PutaranSatker.objects.filter(satker=tamu).exists()


def test_clusters_are_planned_all_or_none(kanwil, satker, orang, jenis):
    putaran = PutaranFactory(kanwil=kanwil)
    lain = SatkerFactory(kanwil=kanwil)
    PutaranSatker.objects.create(putaran=putaran, satker=satker, gugus="Barat")
    PutaranSatker.objects.create(putaran=putaran, satker=lain, gugus="Timur")
    salah = [("Barat", jadwal(satker)), ("Timur", jadwal(lain, selesai=SEMBILAN))]
    refuse(
        "Gugus Timur: Jam selesai",
        lambda: alur.plan(putaran, salah, by=orang, daftar_jenis=[jenis]),
        *(Upacara, PesertaSatker),
    )
    refuse("sedikitnya satu gugus", lambda: alur.plan(putaran, [], by=orang), Upacara)

    daftar = [("Barat", jadwal(satker)), ("Timur", jadwal(lain, tanggal=LUSA))]
    alur.plan(putaran, daftar, by=orang, daftar_jenis=[jenis])

    peserta = PesertaSatker.objects.values_list("upacara__tanggal", "satker")
    assert sorted(peserta) == [(BESOK, satker.pk), (LUSA, lain.pk)]
    refuse("sudah punya upacara", lambda: alur.plan(putaran, daftar[:1], by=orang), Upacara)


def test_an_announced_change_raises_the_sequence_and_tells(kanwil, satker, orang, jenis, kabar):
    upacara = alur.create(jadwal(satker), by=orang, daftar_satker=[satker], daftar_jenis=[jenis])
    alur.change(upacara, jadwal(satker, tempat="Lapangan"), by=orang)
    assert (Upacara.objects.get().urutan, kabar) == (0, [])
    uid = upacara.uid

    alur.schedule(upacara, by=orang)
    alur.change(upacara, jadwal(satker, tempat="Lapangan", tanggal=LUSA), by=orang)

    upacara.refresh_from_db()
    assert (upacara.status, upacara.tanggal, upacara.urutan) == ("terjadwal", LUSA, 1)
    assert (upacara.uid, kabar) == (uid, [upacara.pk])
    catatan = Riwayat.objects.of(satker).first().isi
    assert catatan["sebelum"]["tanggal"] == BESOK.isoformat()
    assert catatan["sesudah"]["tanggal"] == LUSA.isoformat()
    refuse(
        "Tidak ada yang berubah",
        lambda: alur.change(upacara, jadwal(satker, tempat="Lapangan", tanggal=LUSA), by=orang),
        Upacara,
    )

    alur.cancel(upacara, alasan="Banjir", by=orang)

    upacara.refresh_from_db()
    assert (upacara.status, upacara.urutan) == ("dibatalkan", 2)
    assert upacara.catatan == "Dibatalkan: Banjir"
    assert kabar == [upacara.pk] * 2
    refuse("sudah dibatalkan", lambda: alur.schedule(upacara, by=orang), Upacara)


def test_a_move_to_another_zone_moves_the_moment(kanwil, satker, orang, kabar):
    timur = SatkerFactory(kanwil=kanwil, zona_waktu="WIT")
    upacara = UpacaraFactory(tuan_rumah=satker)

    alur.change(upacara, jadwal(timur), by=orang)

    upacara.refresh_from_db()
    assert (upacara.zona_waktu, upacara.mulai_pada.hour) == ("WIT", 0)


def test_what_may_not_be_scheduled_or_cancelled(kanwil, satker, orang, jenis, kabar):
    upacara = UpacaraFactory(tuan_rumah=satker, status="rencana")
    refuse("Belum ada satker peserta", lambda: alur.schedule(upacara, by=orang), Upacara)
    PesertaSatker.objects.create(upacara=upacara, satker=satker)
    refuse("Susunan acara masih kosong", lambda: alur.schedule(upacara, by=orang), Upacara)
    refuse("Alasan wajib", lambda: alur.cancel(upacara, alasan=" ", by=orang), Upacara)
    Upacara.objects.filter(pk=upacara.pk).update(status="berlangsung")
    refuse("berlangsung", lambda: alur.cancel(upacara, alasan="x", by=orang), Upacara)
    refuse("berlangsung", lambda: alur.change(upacara, jadwal(satker), by=orang), Upacara)
    assert kabar == []


def test_a_date_on_which_a_participant_no_longer_exists_is_refused(kanwil, satker, orang):
    tutup = SatkerFactory(kanwil=kanwil, kode="segera-tutup", tutup_pada=LUSA)
    upacara = UpacaraFactory(tuan_rumah=satker, peserta=[tutup])

    refuse(
        "segera-tutup tidak berdiri",
        lambda: alur.change(upacara, jadwal(satker, tanggal=LUSA), by=orang),
        Upacara,
    )


# --- acts, documents, witnesses -------------------------------------------------------------------
def test_acts_change_places_and_close_ranks(satker, orang):
    upacara = UpacaraFactory(tuan_rumah=satker)
    for kode in "abc":
        satu = JenisAcara.objects.create(kode=kode, nama=kode)
        alur_acara.add_acara(upacara, jenis=satu, by=orang)

    def read():
        daftar = Acara.objects.filter(upacara=upacara).order_by("urutan")
        return "".join(daftar.values_list("jenis__kode", flat=True))

    alur_acara.move_acara(upacara.acara_set.get(jenis__kode="c"), naik=True, by=orang)
    assert read() == "acb"
    alur_acara.move_acara(upacara.acara_set.get(jenis__kode="a"), naik=False, by=orang)
    assert read() == "cab"
    alur_acara.move_acara(upacara.acara_set.get(jenis__kode="c"), naik=True, by=orang)
    assert read() == "cab"
    alur_acara.remove_acara(upacara.acara_set.get(jenis__kode="c"), by=orang)
    assert list(upacara.acara_set.order_by("urutan").values_list("urutan", flat=True)) == [1, 2]
    alur_acara.remove_acara(upacara.acara_set.get(jenis__kode="a"), by=orang)
    refuse(
        "sedikitnya satu acara",
        lambda: alur_acara.remove_acara(upacara.acara_set.get(), by=orang),
        Acara,
    )


def test_a_document_is_ready_once_and_named_once(satker, orang):
    upacara = UpacaraFactory(tuan_rumah=satker)
    dokumen = alur_acara.add_dokumen(upacara, nama="Spanduk", by=orang)

    alur_acara.mark_dokumen(dokumen, siap=True, by=orang)
    alur_acara.mark_dokumen(dokumen, siap=True, by=orang)

    assert DokumenUpacara.objects.get().siap_oleh == orang
    assert Riwayat.objects.filter(kejadian="dokumen siap").count() == 1
    refuse(
        "sudah ada dalam daftar",
        lambda: alur_acara.add_dokumen(upacara, nama="spanduk", by=orang),
        DokumenUpacara,
    )
    alur_acara.mark_dokumen(dokumen, siap=False, by=orang)
    assert DokumenUpacara.objects.get().siap_pada is None


def test_a_witness_gets_a_code_and_loses_the_confirmation_with_the_name(satker, orang):
    upacara = UpacaraFactory(tuan_rumah=satker)
    saksi = alur_peserta.add_saksi(upacara, lembaga="Ombudsman", by=orang)
    assert len(saksi.peserta_set.get().kode) == 6
    refuse(
        "Nama orang yang datang wajib",
        lambda: alur_peserta.confirm_saksi(saksi, konfirmasi=True, by=orang),
        Saksi,
    )
    refuse(
        "sudah tercatat sebagai saksi",
        lambda: alur_peserta.add_saksi(upacara, lembaga="ombudsman", by=orang),
        *(Saksi, Peserta),
    )

    alur_peserta.edit_saksi(saksi, lembaga="Ombudsman", nama="Saksi Uji", by=orang)
    alur_peserta.confirm_saksi(saksi, konfirmasi=True, by=orang)
    assert Saksi.objects.get().dikonfirmasi_pada is not None
    alur_peserta.edit_saksi(saksi, lembaga="Ombudsman", nama="Pengganti Uji", by=orang)

    assert Saksi.objects.get().dikonfirmasi_pada is None
    Peserta.objects.update(hadir_pada=timezone.now(), cara_hadir="kode")
    refuse("sudah tercatat hadir", lambda: alur_peserta.remove_saksi(saksi, by=orang), Saksi)


# --- people ---------------------------------------------------------------------------------------
def test_the_whole_roster_of_the_day_comes_and_again_only_who_is_new(
    satker, orang, monkeypatch, django_assert_max_num_queries
):
    upacara = UpacaraFactory(tuan_rumah=satker, peserta=[satker])
    PersonelFactory.create_batch(3, satker=satker)
    PersonelFactory(satker=satker, jenis="parkir")
    PersonelFactory(satker=satker, berlaku_dari=LUSA)
    PersonelFactory(satker=satker, berlaku_sampai=BESOK)
    PersonelFactory(satker=satker, dihapus_pada=timezone.now())
    PersonelFactory()
    # The same code twice: the second is thrown again.
    kode = iter(["AAAAAA", "AAAAAA", "CCCCCC", "CCCCCC", "DDDDDD", "EEEEEE", "AAAAAA", "FFFFFF"])
    monkeypatch.setattr(alur_peserta, "make_kode", lambda: next(kode))

    with django_assert_max_num_queries(14):
        tambah = alur_peserta.add_personel(upacara, [satker], by=orang, daftar_jenis=["asn"])

    assert tambah == 3
    assert alur_peserta.add_personel(upacara, [satker], by=orang) == 1
    assert alur_peserta.add_personel(upacara, [satker], by=orang) == 0
    assert sorted(Peserta.objects.values_list("kode", flat=True)) == [
        *("AAAAAA", "CCCCCC", "DDDDDD", "EEEEEE"),
    ]
    assert Riwayat.objects.filter(kejadian__startswith="peserta diambil").count() == 2


def test_one_person_is_added_and_taken_out_unless_there(satker, orang):
    upacara = UpacaraFactory(tuan_rumah=satker, peserta=[satker])
    personel = PersonelFactory(satker=satker, nama="Nama Rahasia")

    peserta = alur_peserta.add_satu(upacara, personel, by=orang)

    assert "Rahasia" not in Riwayat.objects.of(satker).first().teks
    for pesan, langkah in [
        ("sudah ada", lambda: alur_peserta.add_satu(upacara, personel, by=orang)),
        ("bukan peserta", lambda: alur_peserta.add_satu(upacara, PersonelFactory(), by=orang)),
        (
            "tidak ada dalam daftar personel",
            lambda: alur_peserta.add_satu(
                upacara, PersonelFactory(satker=satker, berlaku_dari=LUSA), by=orang
            ),
        ),
    ]:
        refuse(pesan, langkah, Peserta)
    Peserta.objects.update(hadir_pada=timezone.now(), cara_hadir="kode")
    refuse("sudah tercatat hadir", lambda: alur_peserta.remove(peserta, by=orang), Peserta)
    Peserta.objects.update(hadir_pada=None, cara_hadir=None)
    alur_peserta.remove(peserta, by=orang)
    assert not Peserta.objects.exists()


def test_a_unit_that_leaves_takes_its_people_along(kanwil, satker, orang):
    lain = SatkerFactory(kanwil=kanwil)
    upacara = UpacaraFactory(tuan_rumah=satker, peserta=[satker, lain])
    tinggal = PesertaFactory(upacara=upacara)
    PesertaFactory(upacara=upacara, personel=PersonelFactory(satker=lain))

    alur_satker.remove_satker(upacara, lain, by=orang)

    assert upacara.pesertasatker_set.get().satker == satker
    assert upacara.peserta_set.get() == tinggal
    refuse(
        "bukan peserta",
        lambda: alur_satker.remove_satker(upacara, lain, by=orang),
        PesertaSatker,
    )


def test_closing_tells_which_units_came(kanwil, satker):
    sepi, tanpa = SatkerFactory(kanwil=kanwil), SatkerFactory(kanwil=kanwil)
    upacara = UpacaraFactory(tuan_rumah=satker, peserta=[satker, sepi, tanpa])
    PesertaFactory(upacara=upacara, hadir_pada=timezone.now(), cara_hadir="kode")
    PesertaFactory(upacara=upacara)
    PesertaFactory(upacara=upacara, personel=PersonelFactory(satker=sepi))

    kehadiran.mark_hadir(upacara.pk, {satker.pk})
    kehadiran.fill_hadir(upacara.pk)

    assert dict(upacara.pesertasatker_set.values_list("satker", "hadir")) == {
        satker.pk: True,
        sepi.pk: False,
        tanpa.pk: None,
    }
