"""The steps of accounts and assignments: what each refuses, what it records."""

import datetime
import threading

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import connection, connections
from django.utils import timezone

from integritas.alur import AlurError
from satker import penugasan, tasks
from satker.models import Pengguna, Penugasan, Peran, Riwayat, Undangan
from tests.factories import (
    SANDI,
    AdminFactory,
    InstansiFactory,
    KanwilFactory,
    OperatorFactory,
    PenggunaFactory,
    PenugasanFactory,
    SatkerFactory,
    TimKanwilFactory,
    TpiFactory,
    UndanganFactory,
)

HARI = datetime.timedelta(days=1)


@pytest.fixture
def admin(db):
    return AdminFactory()


# --- inviting -------------------------------------------------------------------------------------
def test_invite_makes_a_person_without_password_and_one_assignment(admin):
    satker = SatkerFactory()

    pengguna = penugasan.invite(
        " Budi@Uji.Invalid ", "Budi", Peran.OPERATOR, satker, by=admin, daftar_area=["A.2", "A.1"]
    )

    pengguna.refresh_from_db()
    assert (pengguna.email, pengguna.keadaan) == ("budi@uji.invalid", "diundang")
    tugas = pengguna.penugasan_set.get()
    assert (tugas.lingkup, tugas.daftar_area, tugas.dibuat_oleh) == (satker, ["A.1", "A.2"], admin)


def test_invite_is_written_in_the_chain_of_the_satker_by_id_only(admin):
    satker = SatkerFactory()

    pengguna = penugasan.invite("budi@uji.invalid", "Budi", Peran.OPERATOR, satker, by=admin)

    baris = Riwayat.objects.of(satker).get()
    assert (baris.kejadian, baris.oleh_id) == ("penugasan diberikan", admin.pk)
    assert baris.isi["sesudah"]["pengguna"] == pengguna.pk
    assert "budi" not in baris.teks.lower()


@pytest.mark.parametrize("peran", [Peran.TIM_KANWIL, Peran.ADMIN])
def test_the_history_follows_the_scope(admin, peran):
    kanwil, instansi = KanwilFactory(), InstansiFactory(kode="kemenkumham")
    lingkup = kanwil if peran == Peran.TIM_KANWIL else instansi

    penugasan.invite("budi@uji.invalid", "Budi", peran, lingkup, by=admin)

    assert Riwayat.objects.of(lingkup).get().kejadian == "penugasan diberikan"


def test_invite_refuses_an_address_in_use_whatever_its_case(admin):
    ada = PenggunaFactory(email="budi@uji.invalid")

    with pytest.raises(AlurError, match="sudah dipakai"):
        penugasan.invite("BUDI@uji.invalid", "Budi", Peran.OPERATOR, SatkerFactory(), by=admin)

    assert list(Pengguna.objects.exclude(pk=admin.pk)) == [ada]
    assert not Riwayat.objects.exists()


# --- who may give what ----------------------------------------------------------------------------
@pytest.mark.parametrize("peran", [Peran.OPERATOR, Peran.KEPALA_SATKER])
def test_tim_kanwil_gives_roles_in_its_units(db, peran):
    kanwil = KanwilFactory()
    tim, satker = TimKanwilFactory(kanwil=kanwil), SatkerFactory(kanwil=kanwil)

    tugas = penugasan.assign(PenggunaFactory(), peran, satker, by=tim)

    assert tugas.peran == peran


def test_tim_kanwil_gives_no_role_in_units_of_others_nor_in_one_that_moved_away(db):
    lama, baru = KanwilFactory(), KanwilFactory()
    tim = TimKanwilFactory(kanwil=lama)
    pindah = SatkerFactory(kanwil=lama, pindah_ke=baru, pindah_pada=datetime.date(2024, 10, 21))

    for satker in (SatkerFactory(kanwil=baru), pindah):
        with pytest.raises(AlurError, match="tidak bisa memberi"):
            penugasan.assign(PenggunaFactory(), Peran.OPERATOR, satker, by=tim)

    assert not Penugasan.objects.exclude(pengguna=tim).exists()
    assert penugasan.assign(
        PenggunaFactory(), Peran.OPERATOR, pindah, by=TimKanwilFactory(kanwil=baru)
    )


@pytest.mark.parametrize("peran", [Peran.TIM_KANWIL, Peran.TPI, Peran.ADMIN, Peran.PEMANTAU])
def test_tim_kanwil_gives_no_other_role(db, peran):
    kanwil = KanwilFactory()
    tim, satker = TimKanwilFactory(kanwil=kanwil), SatkerFactory(kanwil=kanwil)
    lingkup = {Peran.TIM_KANWIL: kanwil, Peran.ADMIN: InstansiFactory()}.get(peran, satker)

    with pytest.raises(AlurError):
        penugasan.assign(
            PenggunaFactory(),
            peran,
            lingkup,
            by=tim,
            berlaku_sampai=timezone.localdate() + HARI,
        )

    assert Penugasan.objects.count() == 1


def test_other_roles_of_the_same_person_do_not_widen_what_a_kanwil_gives(db):
    tim, lain = TimKanwilFactory(), SatkerFactory()
    PenugasanFactory(pengguna=tim, peran=Peran.KEPALA_SATKER, satker=lain)

    with pytest.raises(AlurError):
        penugasan.assign(PenggunaFactory(), Peran.OPERATOR, lain, by=tim)


@pytest.mark.parametrize("pabrik", [OperatorFactory, TpiFactory])
def test_others_give_nothing(db, pabrik):
    satker = SatkerFactory()

    with pytest.raises(AlurError):
        penugasan.assign(PenggunaFactory(), Peran.OPERATOR, satker, by=pabrik(satker=satker))


# --- what an assignment demands -------------------------------------------------------------------
@pytest.mark.parametrize(
    ("peran", "pilihan", "pesan"),
    [
        (Peran.ADMIN, {}, "tidak bisa diberikan pada satker"),
        (Peran.PEMANTAU, {}, "isi tanggal berakhir"),
        (Peran.KEPALA_SATKER, {"daftar_area": ["A.1"]}, "hanya untuk operator"),
        (Peran.OPERATOR, {"daftar_area": ["A.7"]}, "A.1 sampai A.6"),
        (Peran.OPERATOR, {"berlaku_sampai": datetime.date(2020, 1, 1)}, "sesudah tanggal mulai"),
    ],
)
def test_assign_refuses(admin, peran, pilihan, pesan):
    satker = SatkerFactory()

    with pytest.raises(AlurError, match=pesan):
        penugasan.assign(PenggunaFactory(), peran, satker, by=admin, **pilihan)

    assert Penugasan.objects.count() == 1


def test_assign_refuses_the_same_role_twice_at_the_same_time(admin):
    pengguna = OperatorFactory()
    satker = pengguna.penugasan_set.get().satker

    with pytest.raises(AlurError, match="sudah memegang"):
        penugasan.assign(pengguna, Peran.OPERATOR, satker, by=admin)

    assert penugasan.assign(pengguna, Peran.KEPALA_SATKER, satker, by=admin)


# --- ending ---------------------------------------------------------------------------------------
def test_end_closes_today_and_is_recorded(admin):
    pengguna = OperatorFactory()
    tugas = pengguna.penugasan_set.get()

    penugasan.end(tugas, by=admin, alasan="mutasi")

    assert not Penugasan.objects.active().filter(pk=tugas.pk).exists()
    baris = Riwayat.objects.of(tugas.satker).first()
    assert (baris.kejadian, baris.isi["alasan"]) == ("penugasan diakhiri", "mutasi")


def test_end_takes_back_what_has_not_begun_and_closes_the_invitation(admin):
    undangan = UndanganFactory()
    tugas = PenugasanFactory(
        pengguna=undangan.pengguna,
        satker=SatkerFactory(),
        berlaku_dari=timezone.localdate() + 9 * HARI,
    )

    tugas = penugasan.end(tugas, by=admin)

    assert tugas.berlaku_dari == tugas.berlaku_sampai
    assert not Penugasan.objects.not_ended().filter(pk=tugas.pk).exists()
    undangan.refresh_from_db()
    assert undangan.keadaan == "dicabut"


def test_end_twice_is_refused(admin):
    tugas = OperatorFactory().penugasan_set.get()
    penugasan.end(tugas, by=admin)

    with pytest.raises(AlurError, match="sudah berakhir"):
        penugasan.end(tugas, by=admin)


def test_the_last_admin_stays(admin):
    AdminFactory(diundang=True)  # has no password yet, so does not count
    AdminFactory(contoh=True)  # invented, does not count beside a real one
    tugas = admin.penugasan_set.get()

    with pytest.raises(AlurError, match="admin terakhir"):
        penugasan.end(tugas, by=admin)

    tugas.refresh_from_db()
    assert tugas.berlaku_sampai is None
    AdminFactory()
    assert penugasan.end(tugas, by=admin).berlaku_sampai == timezone.localdate()


def test_tim_kanwil_does_not_end_what_it_could_not_give(db):
    kanwil = KanwilFactory()
    tugas = TpiFactory(satker=SatkerFactory(kanwil=kanwil)).penugasan_set.get()

    with pytest.raises(AlurError, match="tidak bisa mengakhiri"):
        penugasan.end(tugas, by=TimKanwilFactory(kanwil=kanwil))

    tugas.refresh_from_db()
    assert tugas.berlaku_sampai is None


# --- suspending -----------------------------------------------------------------------------------
def test_suspend_closes_account_and_links_and_reactivate_opens_it(admin):
    undangan = UndanganFactory()
    tugas = PenugasanFactory(pengguna=undangan.pengguna, satker=SatkerFactory())

    penugasan.suspend(undangan.pengguna, by=admin, alasan="cuti panjang")

    undangan.refresh_from_db()
    assert (undangan.keadaan, undangan.pengguna.keadaan) == ("dicabut", "ditangguhkan")
    assert Riwayat.objects.of(tugas.satker).first().kejadian == "akun ditangguhkan"
    assert penugasan.reactivate(undangan.pengguna, by=admin).is_active


def test_suspend_refuses_oneself_the_last_admin_and_no_reason(admin):
    pengguna = OperatorFactory()

    with pytest.raises(AlurError, match="akun sendiri"):
        penugasan.suspend(admin, by=admin, alasan="x")
    with pytest.raises(AlurError, match="Alasan"):
        penugasan.suspend(pengguna, by=admin, alasan=" ")
    contoh = AdminFactory(contoh=True)
    with pytest.raises(AlurError, match="admin terakhir"):
        penugasan.suspend(admin, by=contoh, alasan="x")

    assert Pengguna.objects.filter(is_active=False).count() == 0


def test_a_kanwil_does_not_touch_an_account_that_also_works_elsewhere(db):
    kanwil = KanwilFactory()
    tim, pengguna = TimKanwilFactory(kanwil=kanwil), OperatorFactory(satker__kanwil=kanwil)
    PenugasanFactory(pengguna=pengguna, peran=Peran.TPI, satker=SatkerFactory())

    for langkah in (
        lambda: penugasan.suspend(pengguna, by=tim, alasan="x"),
        lambda: penugasan.issue_undangan(pengguna, by=tim, cara="cetak"),
    ):
        with pytest.raises(AlurError, match="di luar wilayah"):
            langkah()

    assert not Undangan.objects.exists()


def test_reset_second_factor_takes_every_authenticator_away(admin):
    pengguna = OperatorFactory()
    Authenticator.objects.create(user=pengguna, type="totp", data={})
    Authenticator.objects.create(user=pengguna, type="recovery_codes", data={})

    penugasan.reset_second_factor(pengguna, by=admin)

    assert not Authenticator.objects.exists()
    with pytest.raises(AlurError, match="belum memasang"):
        penugasan.reset_second_factor(pengguna, by=admin)
    with pytest.raises(AlurError, match="halaman"):
        penugasan.reset_second_factor(admin, by=admin)


# --- invitations ----------------------------------------------------------------------------------
@pytest.fixture
def baru(admin):
    return penugasan.invite("budi@uji.invalid", "Budi", Peran.OPERATOR, SatkerFactory(), by=admin)


def test_a_new_link_closes_the_older_one_and_only_its_hash_is_kept(admin, baru):
    lama, token_lama = penugasan.issue_undangan(baru, by=admin, cara="cetak")
    kini, token = penugasan.issue_undangan(baru, by=admin, cara="cetak")

    lama.refresh_from_db()
    assert (lama.keadaan, kini.keadaan) == ("dicabut", "terbuka")
    simpanan = str(list(Undangan.objects.values()))
    assert token not in simpanan
    assert token_lama not in simpanan


def test_the_task_sends_once_with_a_link_of_its_own(admin, baru, settings):
    undangan, _ = penugasan.issue_undangan(baru, by=admin, cara="surel")

    tasks.send_undangan(undangan.pk)
    tasks.send_undangan(undangan.pk)

    (surat,) = mail.outbox
    assert surat.to == ["budi@uji.invalid"]
    token = surat.body.split("/undangan/")[1].split("/")[0]
    assert f"{settings.INTEGRITAS_ALAMAT}/undangan/{token}/" in surat.body
    assert penugasan.accept_undangan(token, SANDI) == baru


def test_the_task_sends_nothing_for_a_closed_link(admin, baru):
    undangan, _ = penugasan.issue_undangan(baru, by=admin, cara="surel")
    penugasan.suspend(baru, by=admin, alasan="x")

    tasks.send_undangan(undangan.pk)

    assert mail.outbox == []


def test_a_link_works_once(admin, baru):
    _, token = penugasan.issue_undangan(baru, by=admin, cara="cetak")

    penugasan.accept_undangan(token, SANDI)

    baru.refresh_from_db()
    assert baru.check_password(SANDI)
    assert Riwayat.objects.of(baru.penugasan_set.get().satker).first().oleh_id == baru.pk
    with pytest.raises(AlurError, match="tidak berlaku"):
        penugasan.accept_undangan(token, "sandi-lain-yang-panjang")
    with pytest.raises(AlurError, match="sudah membuat kata sandi"):
        penugasan.issue_undangan(baru, by=admin, cara="cetak")


def test_a_link_ends_after_its_days(admin, baru, settings):
    _, token = penugasan.issue_undangan(baru, by=admin, cara="cetak")
    lewat = timezone.now() + datetime.timedelta(days=settings.UNDANGAN_HARI, seconds=1)

    with time_machine.travel(lewat), pytest.raises(AlurError, match="tidak berlaku"):
        penugasan.accept_undangan(token, SANDI)

    baru.refresh_from_db()
    assert not baru.has_usable_password()


def test_no_link_without_an_assignment_or_for_a_suspended_account(admin, baru):
    penugasan.end(baru.penugasan_set.get(), by=admin)

    with pytest.raises(AlurError, match="tidak punya penugasan"):
        penugasan.issue_undangan(baru, by=admin, cara="cetak")
    penugasan.suspend(baru, by=admin, alasan="x")
    with pytest.raises(AlurError, match="ditangguhkan"):
        penugasan.issue_undangan(baru, by=admin, cara="cetak")


@pytest.mark.django_db(transaction=True)
def test_of_two_uses_at_the_same_time_one_is_refused():
    admin = AdminFactory()
    baru = penugasan.invite("budi@uji.invalid", "Budi", Peran.OPERATOR, SatkerFactory(), by=admin)
    _, token = penugasan.issue_undangan(baru, by=admin, cara="cetak")
    mulai, hasil = threading.Barrier(2), []

    def use(sandi):
        try:
            mulai.wait(timeout=10)
            penugasan.accept_undangan(token, sandi)
            hasil.append(sandi)
        except AlurError as error:
            hasil.append(str(error))
        finally:
            connections.close_all()

    daftar = [threading.Thread(target=use, args=[f"sandi-panjang-{n}"]) for n in range(2)]
    for satu in daftar:
        satu.start()
    for satu in daftar:
        satu.join(timeout=30)

    connection.close()
    baru.refresh_from_db()
    (berhasil,) = [satu for satu in hasil if satu.startswith("sandi")]
    assert len(hasil) == 2
    assert baru.check_password(berhasil)
