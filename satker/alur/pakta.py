"""The pact of a unit's people: its text of a year, and the ways to sign it."""

from django.db import transaction
from django.utils import timezone

from integritas.alur import AlurError, require
from integritas.teks import format_tanggal
from satker.alur import naskah as alur_naskah
from satker.alur.personel import lock_satker
from satker.models import Naskah, NaskahBaku, Personel, Riwayat, TandaTangan

PAKTA = NaskahBaku.Jenis.PAKTA
# What a sheet may be: what a scanner or a phone makes, and what a certified signer gives back.
JENIS_LEMBAR = {
    TandaTangan.Cara.BASAH: {"pdf", "jpeg", "png"},
    TandaTangan.Cara.ELEKTRONIK: {"pdf"},
}


def list_naskah(satker_id: int, tahun: int) -> tuple[Naskah | None, Naskah | None]:
    """The text in force, which is the newest frozen one, and the draft that is to follow it."""
    daftar = Naskah.objects.filter(satker=satker_id, tahun=tahun, jenis=PAKTA).order_by("-pk")
    beku = draf = None
    for naskah in daftar:
        if naskah.dibekukan_pada is not None:
            beku = beku or naskah
        elif draf is None and beku is None:
            draf = naskah
    return beku, draf


def suggest(satker_nama: str, tahun: int) -> dict[str, str]:
    """A first text from the pattern that comes with the program; empty without one."""
    baku = NaskahBaku.objects.filter(jenis=PAKTA, aktif=True).order_by("kode").first()
    if baku is None:
        return {"judul": f"Pakta Integritas {tahun}", "teks": "", "persetujuan": ""}
    return {
        kolom: getattr(baku, kolom).replace("[SATKER]", satker_nama).replace("[TAHUN]", str(tahun))
        for kolom in ("judul", "teks", "persetujuan")
    }


@transaction.atomic
def save_naskah(satker, tahun: int, *, judul: str, teks: str, persetujuan: str, by) -> Naskah:
    """Begin or change the draft. A frozen text stays; what is written after it follows it once it is
    frozen itself."""
    lock_satker(satker.pk)
    isi = {
        "judul": require(judul, "Judul naskah"),
        # Browsers send two signs for a line's end; one text has one hash.
        "teks": require(teks, "Isi naskah").replace("\r\n", "\n"),
        "persetujuan": require(persetujuan, "Kalimat persetujuan"),
    }
    beku, draf = list_naskah(satker.pk, tahun)
    if draf is None:
        if beku is not None and isi == {kolom: getattr(beku, kolom) for kolom in isi}:
            raise AlurError("Isinya sama dengan naskah yang sudah dibekukan.")
        draf = Naskah.objects.create(satker=satker, jenis=PAKTA, tahun=tahun, **isi)
        Riwayat.record(satker, "naskah pakta disusun", by=by, objek=draf.objek)
        return draf
    draf = Naskah.objects.select_for_update(of=("self",)).get(pk=draf.pk)
    if draf.dibekukan_pada is not None:
        raise AlurError("Naskah ini baru saja dibekukan, jadi tidak dapat diubah lagi.")
    for kolom, nilai in isi.items():
        setattr(draf, kolom, nilai)
    draf.save(update_fields=list(isi))
    return draf


@transaction.atomic
def sign_self(personel, naskah, *, cara, persetujuan: bool, goresan: str, by) -> TandaTangan:
    """Signed by the person: `by` is the account of the same person, or None behind the personal
    address, whose secret part has been looked up just now."""
    if by is not None and personel.pengguna_id != by.pk:
        raise AlurError("Akun ini tidak terhubung dengan nama itu di roster.")
    _refuse_stranger(personel, naskah, timezone.localdate())
    return alur_naskah.sign(
        naskah,
        cara=cara,
        persetujuan=persetujuan,
        goresan=goresan,
        personel=personel,
        by=by,
    )


@transaction.atomic
def sign_lembar(
    naskah, daftar_personel, *, cara, berkas_id, nama_berkas, tanggal, by
) -> list[TandaTangan]:
    """A sheet with the signatures of people of the unit, each on its roster that day."""
    for personel in daftar_personel:
        _refuse_stranger(personel, naskah, tanggal)
    return alur_naskah.sign_lembar(
        naskah,
        daftar_personel,
        cara=cara,
        berkas_id=berkas_id,
        nama_berkas=nama_berkas,
        tanggal=tanggal,
        by=by,
    )


def _refuse_stranger(personel: Personel, naskah: Naskah, tanggal) -> None:
    """The pact of a unit is signed by whom its roster knows on that day."""
    if naskah.jenis != PAKTA or naskah.satker_id != personel.satker_id:
        raise AlurError("Naskah ini bukan pakta satuan kerja orang itu.")
    dari, sampai = personel.berlaku_dari, personel.berlaku_sampai
    if (dari is not None and tanggal < dari) or (sampai is not None and tanggal >= sampai):
        raise AlurError(f"{personel.nama} tidak ada di roster pada {format_tanggal(tanggal)}.")
