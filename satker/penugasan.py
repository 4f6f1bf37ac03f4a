"""The life of an account and of its assignments, every step in one shape:
lock, refuse, change, record, announce.

The history of a person stands in the chains of the nodes the person works for, by id only. Who may
give what is `satker.access`; every step asks it again, whatever the form offered.
"""

import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import IntegrityError, transaction
from django.utils import timezone

from integritas.alur import AlurError
from integritas.teks import format_tanggal
from satker import tasks
from satker.access import can_assign, can_manage
from satker.models import (
    AREA_PERUBAHAN,
    LINGKUP_PERAN,
    Catatan,
    Instansi,
    KantorWilayah,
    Pengguna,
    Penugasan,
    Peran,
    Riwayat,
    SatuanKerja,
    Undangan,
)

KOLOM_LINGKUP = {SatuanKerja: "satker", KantorWilayah: "kanwil", Instansi: "instansi"}


# --- coming in ------------------------------------------------------------------------------------
@transaction.atomic
def invite(email, nama, peran, lingkup, *, by, contoh=False, **tugas) -> Pengguna:
    """A new person with a first assignment; the invitation itself is a step of its own."""
    email, nama = email.strip().lower(), nama.strip()
    if not email or not nama:
        raise AlurError("Nama dan alamat surel wajib diisi.")
    if Pengguna.objects.filter(email__iexact=email).exists():
        raise AlurError(f"Alamat {email} sudah dipakai. Tambahkan penugasan pada akun itu.")
    pengguna = Pengguna(email=email, nama=nama, contoh=contoh)
    pengguna.set_unusable_password()
    try:
        with transaction.atomic():
            pengguna.save()
    except IntegrityError as error:
        raise AlurError(f"Alamat {email} baru saja dipakai orang lain.") from error
    assign(pengguna, peran, lingkup, by=by, **tugas)
    return pengguna


@transaction.atomic
def issue_undangan(pengguna, *, by, cara) -> tuple[Undangan, str]:
    """A new link that sets the first password; older ones close. Returns the token, shown only
    here; sent by mail it is made anew by the task. `cara` is `surel` or `cetak`."""
    pengguna = _lock(pengguna)
    _refuse_unmanaged(pengguna, by)
    if not pengguna.is_active:
        raise AlurError("Akun ini ditangguhkan. Aktifkan dulu sebelum mengundang.")
    if pengguna.has_usable_password():
        raise AlurError(
            'Orang ini sudah membuat kata sandi. Bila lupa, pakai "Lupa kata sandi" di halaman '
            "masuk."
        )
    if not Penugasan.objects.filter(pengguna=pengguna).not_ended().exists():
        raise AlurError("Orang ini tidak punya penugasan. Tambahkan penugasan dulu.")
    _revoke_undangan(pengguna)
    undangan = Undangan(
        pengguna=pengguna,
        dibuat_oleh=by,
        berlaku_sampai=timezone.now() + datetime.timedelta(days=settings.UNDANGAN_HARI),
    )
    token = undangan.renew_token()
    undangan.save()
    _record_person(pengguna, "undangan dibuat", by=by, sesudah={"cara": cara})
    if cara == "surel":
        tasks.send_undangan.delay_on_commit(undangan.pk)
    return undangan, token


@transaction.atomic
def accept_undangan(token, sandi) -> Pengguna:
    """Set the first password by a link, once: of two uses at the same time one is refused."""
    undangan = Undangan.objects.filter(sidik=Undangan.hash_token(token)).first()
    if undangan is None:
        raise AlurError("Tautan undangan ini tidak dikenal.")
    pengguna = _lock(undangan.pengguna)
    undangan = Undangan.objects.select_for_update(of=("self",)).get(pk=undangan.pk)
    if not undangan.is_open or pengguna.has_usable_password() or not pengguna.is_active:
        raise AlurError("Tautan undangan ini sudah tidak berlaku.")
    pengguna.set_password(sandi)
    pengguna.save(update_fields=["password"])
    undangan.dipakai_pada = timezone.now()
    undangan.save(update_fields=["dipakai_pada"])
    _record_person(pengguna, "undangan diterima", by=pengguna)
    return pengguna


def _revoke_undangan(pengguna) -> None:
    Undangan.objects.filter(
        pengguna=pengguna, dipakai_pada__isnull=True, dicabut_pada__isnull=True
    ).update(dicabut_pada=timezone.now())


# --- assignments ----------------------------------------------------------------------------------
@transaction.atomic
def assign(
    pengguna,
    peran,
    lingkup,
    *,
    by,
    jenis=Penugasan.Jenis.DEFINITIF,
    berlaku_dari=None,
    berlaku_sampai=None,
    daftar_area=(),
    dasar="",
) -> Penugasan:
    """Give a role on a node from a day on; `by` is None only for commands on the server."""
    pengguna = _lock(pengguna)
    berlaku_dari = berlaku_dari or timezone.localdate()
    kolom = KOLOM_LINGKUP[type(lingkup)]
    if kolom not in LINGKUP_PERAN[Peran(peran)]:
        raise AlurError(f"Peran {Peran(peran).label} tidak bisa diberikan pada {kolom}.")
    if by is not None and not can_assign(by, peran, lingkup):
        raise AlurError("Anda tidak bisa memberi peran ini pada lingkup itu.")
    if berlaku_sampai is not None and berlaku_sampai <= berlaku_dari:
        raise AlurError("Tanggal berakhir harus sesudah tanggal mulai.")
    if peran == Peran.PEMANTAU and berlaku_sampai is None:
        raise AlurError("Pemantau hanya untuk waktu tertentu: isi tanggal berakhirnya.")
    if daftar_area and (peran != Peran.OPERATOR or set(daftar_area) - set(AREA_PERUBAHAN)):
        raise AlurError("Area perubahan hanya untuk operator, dari A.1 sampai A.6.")
    for ada in Penugasan.objects.filter(
        pengguna=pengguna, peran=peran, **{kolom: lingkup}
    ).not_ended(berlaku_dari):
        if berlaku_sampai is None or ada.berlaku_dari < berlaku_sampai:
            raise AlurError(
                "Orang ini sudah memegang peran itu di tempat yang sama sejak "
                f"{format_tanggal(ada.berlaku_dari)}. Akhiri dulu penugasan itu."
            )
    penugasan = Penugasan.objects.create(
        pengguna=pengguna,
        peran=peran,
        **{kolom: lingkup},
        jenis=jenis,
        berlaku_dari=berlaku_dari,
        berlaku_sampai=berlaku_sampai,
        daftar_area=sorted(daftar_area),
        dasar=dasar.strip(),
        dibuat_oleh=by,
    )
    Riwayat.record(
        lingkup, "penugasan diberikan", by=by, objek=penugasan.objek, sesudah=_describe(penugasan)
    )
    return penugasan


@transaction.atomic
def end(penugasan, *, by, alasan="") -> Penugasan:
    """Close an assignment today; the access it gave is gone with the next request."""
    pengguna = _lock(penugasan.pengguna)
    _lock_admin()
    penugasan = Penugasan.objects.select_for_update(of=("self",)).get(pk=penugasan.pk)
    hari_ini = timezone.localdate()
    if not can_assign(by, penugasan.peran, penugasan.lingkup):
        raise AlurError("Anda tidak bisa mengakhiri penugasan ini.")
    if penugasan.berlaku_sampai is not None and penugasan.berlaku_sampai <= hari_ini:
        raise AlurError(
            f"Penugasan ini sudah berakhir pada {format_tanggal(penugasan.berlaku_sampai)}."
        )
    if penugasan.peran == Peran.ADMIN:
        _refuse_without_admin(pengguna, kecuali=penugasan)
    sebelum = _describe(penugasan)
    # One that has not begun is taken back whole.
    penugasan.berlaku_sampai = max(hari_ini, penugasan.berlaku_dari)
    penugasan.save(update_fields=["berlaku_sampai"])
    if not Penugasan.objects.filter(pengguna=pengguna).not_ended().exists():
        _revoke_undangan(pengguna)
    Riwayat.record(
        penugasan.lingkup,
        "penugasan diakhiri",
        by=by,
        objek=penugasan.objek,
        sebelum=sebelum,
        sesudah=_describe(penugasan),
        alasan=alasan.strip(),
    )
    return penugasan


# --- accounts -------------------------------------------------------------------------------------
@transaction.atomic
def suspend(pengguna, *, by, alasan) -> Pengguna:
    """Close an account at once, with its open sessions and links; assignments stay as they are."""
    pengguna = _lock(pengguna)
    _lock_admin()
    _refuse_unmanaged(pengguna, by)
    if not alasan.strip():
        raise AlurError("Alasan wajib diisi.")
    if pengguna.pk == by.pk:
        raise AlurError("Anda tidak bisa menangguhkan akun sendiri. Minta admin lain.")
    if not pengguna.is_active:
        raise AlurError("Akun ini sudah ditangguhkan.")
    if _list_admin().filter(pengguna=pengguna).exists():
        _refuse_without_admin(pengguna)
    pengguna.is_active = False
    pengguna.save(update_fields=["is_active"])
    _revoke_undangan(pengguna)
    _record_person(pengguna, "akun ditangguhkan", by=by, alasan=alasan.strip())
    return pengguna


@transaction.atomic
def reactivate(pengguna, *, by) -> Pengguna:
    """Open a suspended account again."""
    pengguna = _lock(pengguna)
    _refuse_unmanaged(pengguna, by)
    if pengguna.is_active:
        raise AlurError("Akun ini sudah aktif.")
    pengguna.is_active = True
    pengguna.save(update_fields=["is_active"])
    _record_person(pengguna, "akun diaktifkan lagi", by=by)
    return pengguna


@transaction.atomic
def reset_second_factor(pengguna, *, by) -> Pengguna:
    """Take away a lost authenticator and its recovery codes; the next sign-in needs only the
    password, and a role that demands a second factor leads to a new set-up."""
    pengguna = _lock(pengguna)
    _refuse_unmanaged(pengguna, by)
    if pengguna.pk == by.pk:
        raise AlurError("Faktor kedua sendiri diatur di halaman Akun.")
    jumlah, _ = Authenticator.objects.filter(user=pengguna).delete()
    if not jumlah:
        raise AlurError("Orang ini belum memasang faktor kedua.")
    _record_person(pengguna, "faktor kedua dihapus", by=by)
    return pengguna


# --- shared ---------------------------------------------------------------------------------------
def _lock(pengguna) -> Pengguna:
    return Pengguna.objects.select_for_update(of=("self",)).get(pk=pengguna.pk)


def _lock_admin() -> None:
    """Two admins who close each other at the same moment wait for one another."""
    list(Penugasan.objects.select_for_update(of=("self",)).filter(peran=Peran.ADMIN).order_by("pk"))


def _list_admin():
    """Admins who can sign in today."""
    return (
        Penugasan.objects.active()
        .filter(peran=Peran.ADMIN)
        .exclude(pengguna__password__startswith=UNUSABLE_PASSWORD_PREFIX)
    )


def _refuse_without_admin(pengguna, kecuali=None) -> None:
    """Somebody must remain who can give assignments; an invented admin does not count beside a
    real one."""
    lain = _list_admin()
    lain = lain.exclude(pk=kecuali.pk) if kecuali else lain.exclude(pengguna=pengguna)
    if not pengguna.contoh:
        lain = lain.filter(pengguna__contoh=False)
    if not lain.exists():
        raise AlurError(
            "Ini admin terakhir yang bisa masuk. Beri peran admin kepada orang lain dulu."
        )


def _refuse_unmanaged(pengguna, by) -> None:
    if by is not None and not can_manage(by, pengguna):
        raise AlurError(
            "Orang ini juga bertugas di luar wilayah Anda. Mintalah admin yang mengurus akunnya."
        )


def _describe(penugasan) -> dict:
    """What the history keeps of an assignment; the node is the chain itself."""
    return {
        "pengguna": penugasan.pengguna_id,
        "peran": penugasan.peran,
        "jenis": penugasan.jenis,
        "berlaku_dari": penugasan.berlaku_dari,
        "berlaku_sampai": penugasan.berlaku_sampai,
        "daftar_area": penugasan.daftar_area,
        "dasar": penugasan.dasar,
    }


def _record_person(pengguna, kejadian, *, by, sesudah=None, alasan="") -> None:
    """One line in the chain of every node the person works for; of the last one when none is left."""
    milik = Penugasan.objects.filter(pengguna=pengguna).select_related(
        "instansi", "kanwil__satker", "satker"
    )
    daftar = list(milik.not_ended().order_by("pk")) or list(milik.order_by("-pk")[:1])
    lingkup = {(type(satu.lingkup), satu.lingkup.pk): satu.lingkup for satu in daftar}
    Riwayat.record_many(
        [
            Catatan(satu, kejadian, f"pengguna:{pengguna.pk}", sesudah=sesudah or {}, alasan=alasan)
            for satu in lingkup.values()
        ],
        by=by,
    )
