"""Invitations to a ceremony and the calendars people subscribe to.

An invitation is a row of `Kiriman` per person and SEQUENCE of the event; sending it is the engine's
matter. What it says is written when it is sent, so it never tells a date that has moved meanwhile.
"""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from integritas.alur import AlurError
from satker.models import Kiriman, Langganan, Peserta, Riwayat, Upacara
from satker.models.personel import make_token

JENIS = "undangan"
# What stands where an address stood that is not kept any longer.
ALAMAT_DIHAPUS = "alamat dihapus"
TERBUKA = {Upacara.Status.TERJADWAL, Upacara.Status.BERLANGSUNG}


def get_email(peserta) -> str:
    """Where an invitation can go: the account, the roster's contact, or the witness; else empty.
    A contact past its deletion date is not used."""
    if peserta.saksi_id:
        return peserta.saksi.email or ""
    personel = peserta.personel
    if personel.pengguna_id and personel.pengguna.is_active:
        return personel.pengguna.email
    if not personel.kontak or personel.kontak_sampai <= timezone.localdate():
        return ""
    try:
        validate_email(personel.kontak)
    except ValidationError:
        # A telephone number: told by the slip.
        return ""
    return personel.kontak


def build_kunci(peserta_id: int, urutan: int) -> str:
    """Which message this is. Two people may share one mailbox: each has a code of their own."""
    return f"{JENIS}:{peserta_id}:{urutan}"


def list_peserta(upacara):
    """Everybody expected, with what an invitation needs."""
    return (
        Peserta.objects.filter(upacara=upacara, personel__dihapus_pada__isnull=True)
        .select_related("personel__pengguna", "saksi")
        .order_by("pk")
    )


@transaction.atomic
def invite(upacara, *, by) -> tuple[int, int]:
    """Send an invitation to everybody who has none of the event as it is now. Returns how many
    are sent and how many have no address."""
    upacara = Upacara.objects.select_for_update(of=("self",)).get(pk=upacara.pk)
    if upacara.status not in TERBUKA:
        raise AlurError("Undangan dikirim sesudah upacara dijadwalkan.")
    belum = list_peserta(upacara).filter(
        Q(diundang_urutan__isnull=True) | Q(diundang_urutan__lt=F("upacara__urutan"))
    )
    terkirim, tanpa_alamat = _queue(upacara, belum)
    if not terkirim:
        raise AlurError(
            f"Tidak ada undangan baru: {tanpa_alamat} orang belum diundang karena tidak punya "
            f"alamat surel. Cetak slip untuk mereka."
            if tanpa_alamat
            else "Semua peserta sudah diundang untuk jadwal ini."
        )
    Riwayat.record(
        upacara.tuan_rumah,
        "undangan dikirim",
        by=by,
        objek=upacara.objek,
        sesudah={"jumlah": terkirim, "tanpa_alamat": tanpa_alamat, "urutan": upacara.urutan},
    )
    return terkirim, tanpa_alamat


@transaction.atomic
def announce(upacara_id: int) -> int:
    """Tell everybody who was invited that the event has changed or is cancelled. The older message
    that has not gone out yet is withdrawn. Returns how many are told."""
    upacara = Upacara.objects.select_for_update(of=("self",)).get(pk=upacara_id)
    lama = list_peserta(upacara).filter(diundang_urutan__lt=upacara.urutan)
    return _queue(upacara, lama)[0]


def _queue(upacara, daftar_peserta) -> tuple[int, int]:
    kini = timezone.now()
    baris, diundang, lama, tanpa_alamat = [], [], [], 0
    for peserta in daftar_peserta:
        if not (email := get_email(peserta)):
            tanpa_alamat += 1
            continue
        diundang.append(peserta.pk)
        if peserta.diundang_urutan is not None:
            lama.append(build_kunci(peserta.pk, peserta.diundang_urutan))
        baris.append(
            Kiriman(
                jenis=JENIS,
                kunci=build_kunci(peserta.pk, upacara.urutan),
                alamat=email,
                saluran=Kiriman.Saluran.SUREL,
                isi=_build_isi(peserta, upacara),
                kirim_pada=kini,
                berguna_sampai=upacara.selesai_pada or upacara.mulai_pada,
            )
        )
    _withdraw(lama)
    Kiriman.objects.bulk_create(baris, ignore_conflicts=True, batch_size=1000)
    Peserta.objects.filter(pk__in=diundang).update(diundang_urutan=upacara.urutan)
    return len(baris), tanpa_alamat


def _build_isi(peserta, upacara, **lain) -> dict:
    return {
        "peserta": peserta.pk,
        # By whom the address is found again when it has to go.
        "personel": peserta.personel_id,
        "urutan": upacara.urutan,
        **lain,
    }


def call_off(upacara, daftar_peserta) -> None:
    """These are expected no more: whoever was told of the event is told that as well, so that it
    leaves the calendar. Called before their rows are deleted, in the same transaction."""
    kini = timezone.now()
    milik = {
        peserta: [build_kunci(peserta.pk, nomor) for nomor in range(peserta.diundang_urutan + 1)]
        for peserta in daftar_peserta.select_related("personel__pengguna", "saksi")
        if peserta.diundang_urutan is not None
    }
    semua = [kunci for daftar in milik.values() for kunci in daftar]
    _withdraw(semua)
    berita = Kiriman.Status.DITARIK, Kiriman.Status.GAGAL, Kiriman.Status.TERLEWAT
    tahu = set(
        Kiriman.objects.filter(kunci__in=semua)
        .exclude(status__in=berita)
        .values_list("kunci", flat=True)
    )
    Kiriman.objects.bulk_create(
        Kiriman(
            jenis=JENIS,
            kunci=f"{JENIS}:{peserta.pk}:keluar",
            alamat=email,
            saluran=Kiriman.Saluran.SUREL,
            isi=_build_isi(peserta, upacara, keluar=upacara.pk),
            kirim_pada=kini,
            berguna_sampai=upacara.selesai_pada or upacara.mulai_pada,
        )
        for peserta, daftar in milik.items()
        if not tahu.isdisjoint(daftar) and (email := get_email(peserta))
    )


def forget_alamat(daftar_personel, daftar_alamat=None) -> None:
    """The addresses of these people (or only those named) leave what was sent to them; what waits
    does not go out."""
    milik = Kiriman.objects.filter(jenis=JENIS, isi__personel__in=list(daftar_personel))
    if daftar_alamat is not None:
        milik = milik.filter(alamat__in=list(daftar_alamat))
    milik.filter(status=Kiriman.Status.ANTRE).update(status=Kiriman.Status.DITARIK)
    milik.update(alamat=ALAMAT_DIHAPUS, galat="")


def _withdraw(daftar_kunci: list[str]) -> None:
    """What waits and tells of an earlier state need not go out."""
    Kiriman.objects.filter(
        kunci__in=daftar_kunci, status=Kiriman.Status.ANTRE, sewa_sampai__isnull=True
    ).update(status=Kiriman.Status.DITARIK)


# --- calendars ------------------------------------------------------------------------------------
def ensure_langganan(*, pengguna=None, kanwil=None) -> Langganan:
    """The feed of a person or of a Kanwil, made at first use."""
    return Langganan.objects.get_or_create(pengguna=pengguna, kanwil=kanwil)[0]


@transaction.atomic
def renew(langganan, *, by) -> Langganan:
    """A new secret address; who holds the old one sees nothing any more."""
    langganan = Langganan.objects.select_for_update(of=("self",)).get(pk=langganan.pk)
    langganan.token, langganan.diperbarui_pada = make_token(), timezone.now()
    langganan.save(update_fields=["token", "diperbarui_pada"])
    if langganan.kanwil_id:
        Riwayat.record(
            langganan.kanwil, "alamat kalender diperbarui", by=by, objek=f"langganan:{langganan.pk}"
        )
    return langganan
