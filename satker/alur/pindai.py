"""One attempt at the door: who came, whether it counts, and the answer that it gets for ever.

Plain SQL where the ORM costs more than the database: dozens wait at the door. No attempt waits for
another one. The event's row is locked only against its closing (`FOR KEY SHARE`, which the foreign
key takes anyway), the person's by the update that only one of two can win.

A single presence has no line in the history: all of them would queue for the head of the host's
chain. The attempt is its own record, with who, when, how and the answer. What comes in after the
event has been closed is rare and changes what the minutes say, so it has a line.
"""

import datetime
import re
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from integritas.alur import AlurError
from integritas.sql import update_row
from integritas.teks import format_tanggal
from satker.alur.kehadiran import mark_hadir
from satker.kode import clean_kode, list_bacaan
from satker.models import Peserta, Pindaian, Putaran, Riwayat, Upacara
from satker.zona import format_jam, get_zona

Hasil, Status = Pindaian.Hasil, Upacara.Status
# Two clocks that differ by less are one clock.
BEDA_WAJAR = datetime.timedelta(minutes=2)
# How long an attempt may be on its way, for one that has waited on its device at least so long: its
# moment is reckoned back from its arrival, and so comes out that much too late.
PERJALANAN, MENUNGGU = datetime.timedelta(seconds=15), datetime.timedelta(seconds=1)
# The personal address that a QR holds, whatever stands before it.
ALAMAT = re.compile(r"/(?:u|pintu/t)/([\w-]{20,43})/?\s*$")
TIDAK_DIBUKA = {
    Status.RENCANA: "Upacara ini masih rencana, pintunya belum dibuka.",
    Status.TERJADWAL: "Pintu upacara ini belum dibuka.",
    Status.DIBATALKAN: "Upacara ini dibatalkan.",
    Status.TERCATAT: "Upacara ini hanya tercatat dari sumber, tidak berpintu.",
}


def _share() -> str:
    return "FOR KEY SHARE OF u" if connection.features.has_select_for_update else ""


SQL_UPACARA = "SELECT u.* FROM satker_upacara u WHERE u.id = %s {kunci}"
# With the name as people know it, and the unit's of the day of the event.
SQL_PESERTA = """
SELECT p.*, COALESCE(o.nama, NULLIF(s.nama, ''), s.lembaga) AS nama,
       COALESCE(k.nama, s.lembaga) AS asal, d.nama AS pencatat
FROM satker_peserta p
JOIN satker_upacara u ON u.id = p.upacara_id
LEFT JOIN satker_personel o ON o.id = p.personel_id
LEFT JOIN satker_saksi s ON s.id = p.saksi_id
LEFT JOIN satker_pengguna d ON d.id = p.dicatat_oleh_id
LEFT JOIN satker_kedudukansatker k ON k.satker_id = p.satker_id
     AND (k.berlaku_dari IS NULL OR k.berlaku_dari <= u.tanggal)
     AND (k.berlaku_sampai IS NULL OR k.berlaku_sampai > u.tanggal)
WHERE p.upacara_id = %s AND {syarat}
"""


@dataclass(frozen=True)
class Percobaan:
    """What a device sends. `lalu` is how long ago it was made by the device's own clock, None for
    one that is made now; a clock that was set back in between gives a negative one."""

    kunci: UUID
    cara: str
    teks: str = ""
    peserta_id: int | None = None
    lalu: datetime.timedelta | None = None
    alat: str = ""


@dataclass(frozen=True)
class Jawaban:
    """The attempt as it is kept, and the person it found."""

    pindaian: Pindaian
    nama: str = ""
    asal: str = ""

    @property
    def hasil(self) -> str:
        return self.pindaian.hasil

    @property
    def kalimat(self) -> str:
        return self.pindaian.keterangan


class _SudahAdaError(Exception):
    """The key is there already: whatever this attempt has changed goes back."""

    def __init__(self, kode: str):
        self.kode = kode


def record(upacara, percobaan: Percobaan, *, by) -> Jawaban:
    """Take one attempt down. Sent again under the same key, it is the same row and the same answer,
    and nothing changes. An attempt without a text is refused, all others are kept with their reason.

    A scan made while the event was open counts also when it arrives after the closing, until the
    round is closed. Its moment is reckoned back from now by how long ago the device says it was, so
    that a wrong clock does no harm; one that would lie outside the open time is moved to its nearest
    edge while the event is open (and marked `jam_diragukan`), and does not count after the closing.
    """
    if not percobaan.teks.strip() and percobaan.peserta_id is None:
        raise AlurError("Ketik kode pada undangan, atau cari namanya.")
    try:
        return _take(upacara, percobaan, by)
    except _SudahAdaError as ada:
        jawaban = read(upacara, percobaan.kunci)
        if jawaban.pindaian.kode != ada.kode:
            # A form that was left behind in the browser's history, filled in anew.
            raise AlurError("Formulir ini sudah pernah dikirim. Ketik lagi di sini.") from None
        return jawaban


def read(upacara, kunci: UUID) -> Jawaban:
    """The answer that an attempt of this event got; refuses one of another event."""
    pindaian = Pindaian.objects.filter(kunci=kunci).first()
    if pindaian is None or pindaian.upacara_id != upacara.pk:
        raise AlurError("Percobaan ini bukan milik upacara ini. Muat ulang halaman, lalu ulangi.")
    peserta = pindaian.peserta_id and _read_peserta(upacara, "p.id = %s", pindaian.peserta_id)
    return _answer(pindaian, peserta or None)


def lock_open(upacara) -> Upacara:
    """The event as it is now, held against its closing until this transaction ends."""
    return Upacara.objects.raw(SQL_UPACARA.format(kunci=_share()), [upacara.pk])[0]


def is_final(upacara) -> bool:
    """The round is closed. Asked after lock_open(): a row that was joined there would be as old as the
    beginning of the waiting."""
    return (
        upacara.putaran_id is not None
        and Putaran.objects.filter(pk=upacara.putaran_id, ditutup_pada__isnull=False).exists()
    )


def refuse_final(upacara) -> None:
    """Attendance may be mended until the event's round is closed; `upacara` from lock_open()."""
    if upacara.status not in {Status.BERLANGSUNG, Status.DITUTUP}:
        raise AlurError(TIDAK_DIBUKA[upacara.status])
    if is_final(upacara):
        raise AlurError("Putaran ini sudah ditutup, jadi kehadirannya tidak dapat diubah lagi.")


@transaction.atomic
def _take(upacara, percobaan: Percobaan, by) -> Jawaban:
    kini = timezone.now()
    upacara = lock_open(upacara)
    peserta = _find(upacara, percobaan)
    lalu = percobaan.lalu or datetime.timedelta()
    saat, diragukan = kini - max(lalu, datetime.timedelta()), lalu < -BEDA_WAJAR
    dibuka = upacara.dibuka_pada or upacara.mulai_pada
    if upacara.status == Status.BERLANGSUNG and saat < dibuka <= kini:
        diragukan |= dibuka - saat > BEDA_WAJAR
        hadir = dibuka
    elif upacara.status == Status.DITUTUP:
        hadir = min(saat, upacara.ditutup_pada)
    else:
        hadir = saat
    hasil, kalimat = _judge(upacara, percobaan, peserta, saat)
    if hasil == Hasil.DITERIMA:
        peserta.hadir_pada, peserta.cara_hadir = hadir, percobaan.cara
        peserta.dicatat_oleh_id = by.pk if by is not None else None
        kolom = ("hadir_pada", "cara_hadir", "dicatat_oleh_id")
        if update_row(peserta, kolom, syarat='"hadir_pada" IS NULL'):
            if peserta.satker_id is not None:
                mark_hadir(upacara.pk, {peserta.satker_id})
            kalimat = f"Hadir, tercatat pukul {format_jam(hadir, upacara.zona_waktu)}."
            if diragukan:
                kalimat += " Jam alat tidak wajar; jamnya disesuaikan."
        else:
            # Another device was a moment quicker.
            peserta = _read_peserta(upacara, "p.id = %s", peserta.pk)
            hasil, kalimat = Hasil.GANDA, _say_ganda(upacara, peserta)
    pindaian = Pindaian(
        upacara_id=upacara.pk,
        kunci=percobaan.kunci,
        kode=_keep_kode(percobaan, peserta),
        peserta_id=peserta.pk if peserta is not None else None,
        cara=percobaan.cara,
        hasil=hasil,
        keterangan=kalimat,
        dipindai_pada=saat,
        jam_diragukan=diragukan,
        diterima_pada=kini,
        alat=percobaan.alat[:80],
        oleh_id=by.pk if by is not None else None,
    )
    if not _insert(pindaian):
        raise _SudahAdaError(pindaian.kode)
    if hasil == Hasil.DITERIMA and upacara.status == Status.DITUTUP:
        Riwayat.record(
            upacara.tuan_rumah,
            "kehadiran menyusul",
            by=by,
            objek=upacara.objek,
            sesudah={"peserta": peserta.pk, "hadir_pada": hadir, "lewat": percobaan.cara},
        )
    return _answer(pindaian, peserta)


def _find(upacara, percobaan: Percobaan):
    """The expected person, or None. A code with letters that are none of a code is read in every
    way that looks alike, and counts when just one of these is expected here."""
    if percobaan.peserta_id is not None:
        return _read_peserta(upacara, "p.id = %s", percobaan.peserta_id)
    if alamat := ALAMAT.search(percobaan.teks):
        return _read_peserta(upacara, "p.token = %s", alamat[1])
    if not (bacaan := list_bacaan(percobaan.teks)):
        return None
    tanda = ", ".join(["%s"] * len(bacaan))
    return _read_peserta(upacara, f"p.kode IN ({tanda})", *bacaan)


def _read_peserta(upacara, syarat: str, *nilai):
    hasil = list(Peserta.objects.raw(SQL_PESERTA.format(syarat=syarat), [upacara.pk, *nilai]))
    return hasil[0] if len(hasil) == 1 else None


def _judge(upacara, percobaan: Percobaan, peserta, saat) -> tuple[str, str]:
    """What becomes of the attempt, as far as the rows tell, and the sentence unless it is taken."""
    if upacara.status == Status.DITUTUP:
        if not _was_open(upacara, percobaan, saat):
            return Hasil.DITUTUP, _say_ditutup(upacara)
    elif upacara.status != Status.BERLANGSUNG:
        return Hasil.DITUTUP, TIDAK_DIBUKA[upacara.status]
    if peserta is None:
        return Hasil.ASING, _say_asing(upacara, percobaan)
    if peserta.hadir_pada is not None:
        return Hasil.GANDA, _say_ganda(upacara, peserta)
    return Hasil.DITERIMA, ""


def _was_open(upacara, percobaan: Percobaan, saat) -> bool:
    if percobaan.lalu is None or percobaan.lalu < MENUNGGU:
        longgar = datetime.timedelta()
    else:
        longgar = min(percobaan.lalu, PERJALANAN)
    return (
        percobaan.lalu is not None
        and upacara.dibuka_pada is not None
        and upacara.dibuka_pada <= saat <= upacara.ditutup_pada + longgar
        and not is_final(upacara)
    )


def _say_ditutup(upacara) -> str:
    saat, zona = upacara.ditutup_pada, upacara.zona_waktu
    hari = format_tanggal(saat.astimezone(get_zona(zona)).date())
    return f"Upacara sudah ditutup {hari} pukul {format_jam(saat, zona)}."


def _say_ganda(upacara, peserta) -> str:
    oleh = f" oleh {peserta.pencatat}" if peserta.pencatat else ""
    return (
        f"Sudah tercatat hadir pukul {format_jam(peserta.hadir_pada, upacara.zona_waktu)} "
        f"lewat {peserta.get_cara_hadir_display().lower()}{oleh}."
    )


def _say_asing(upacara, percobaan: Percobaan) -> str:
    """Where the person should be, when that is known: somebody may stand at the wrong door."""
    if percobaan.peserta_id is not None:
        return "Orang ini tidak diharapkan pada upacara ini."
    lain = Upacara.objects.exclude(pk=upacara.pk)
    if alamat := ALAMAT.search(percobaan.teks):
        lain = lain.filter(peserta__token=alamat[1])
    else:
        aktif = {Status.TERJADWAL, Status.BERLANGSUNG}
        lain = lain.filter(peserta__kode=clean_kode(percobaan.teks), status__in=aktif)
    daftar = list(lain.order_by("tanggal", "pk")[:2])
    if len(daftar) == 1:
        return f"Undangan untuk upacara lain: {daftar[0].nama[:150]}, {format_tanggal(daftar[0].tanggal)}."
    return "Kode tidak dikenal pada upacara ini."


def _keep_kode(percobaan: Percobaan, peserta) -> str:
    """What is kept of what was typed. A personal address opens a signature, so it is not."""
    if alamat := ALAMAT.search(percobaan.teks):
        return peserta.kode if peserta is not None else f"/u/{alamat[1][:6]}…"
    if peserta is not None and percobaan.peserta_id is not None:
        return peserta.kode
    return percobaan.teks.strip()[:64]


def _insert(pindaian: Pindaian) -> bool:
    """Add the row; False when its key is there already."""
    daftar = [medan for medan in Pindaian._meta.concrete_fields if not medan.primary_key]
    kolom = ", ".join(f'"{medan.column}"' for medan in daftar)
    tanda = ", ".join(["%s"] * len(daftar))
    isi = [medan.get_db_prep_save(getattr(pindaian, medan.attname), connection) for medan in daftar]
    with connection.cursor() as kursor:
        kursor.execute(
            f"INSERT INTO satker_pindaian ({kolom}) VALUES ({tanda}) "  # noqa: S608  # nosec B608
            "ON CONFLICT (kunci) DO NOTHING",
            isi,
        )
        return kursor.rowcount == 1


def _answer(pindaian: Pindaian, peserta) -> Jawaban:
    if peserta is None:
        return Jawaban(pindaian)
    return Jawaban(pindaian, peserta.nama, peserta.asal or "")
