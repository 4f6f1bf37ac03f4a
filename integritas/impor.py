"""What every import has in common: a plan that names each row's fate, shown before it is carried
out, and the file kept between the two pages."""

import base64
import datetime
import hashlib
import json
import re
import secrets
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone

from integritas.alur import AlurError
from integritas.tabel import Kolom, Pesan, Tabel

FOLDER = "impor"
UMUR = datetime.timedelta(days=1)


class ImporDitolakError(AlurError):
    """The plan cannot be carried out; nothing was written."""

    def __init__(self, teks: str, rencana: "Rencana", status: int = 409):
        super().__init__(teks)
        self.rencana = rencana
        # Of the answer to a browser: 409 a lost race, 422 a file that is not clean.
        self.status = status


class Hasil(models.TextChoices):
    """The fate of a row, problems first."""

    DITOLAK = "ditolak", "Ditolak"
    BERUBAH = "berubah", "Berubah"
    BARU = "baru", "Baru"
    SAMA = "sama", "Sama"


URUTAN = {hasil: nomor for nomor, hasil in enumerate(Hasil)}


@dataclass
class BarisRencana:
    """One row of the file: what would become of it and why."""

    nomor: int
    kode: str
    nama: str
    hasil: Hasil = Hasil.SAMA
    pesan: list[Pesan] = field(default_factory=list)
    # Heading, value before, value after; for a new row there is no value before.
    uraian: list[tuple[str, str, str]] = field(default_factory=list)
    # What the subject needs to carry the row out, and its turn where rows rest on others.
    isi: Any = None
    giliran: int = 0

    def to_json(self) -> dict:
        return {
            "baris": self.nomor,
            "kode": self.kode,
            "hasil": self.hasil.value,
            "pesan": [str(satu) for satu in self.pesan],
        }


@dataclass
class Rencana:
    """The fate of all rows, and what the reader should know beside it."""

    tabel: Tabel
    baris: list[BarisRencana]
    pemberitahuan: list[str] = field(default_factory=list)
    ditulis: bool = False

    def __post_init__(self):
        self.jumlah = Counter(satu.hasil for satu in self.baris)

    @property
    def ditolak(self) -> int:
        return self.jumlah[Hasil.DITOLAK]

    @property
    def akan_ditulis(self) -> int:
        return self.jumlah[Hasil.BARU] + self.jumlah[Hasil.BERUBAH]

    def list_hasil(self, hasil: Hasil) -> list[BarisRencana]:
        return [satu for satu in self.baris if satu.hasil == hasil]

    def list_urut(self) -> list[BarisRencana]:
        """Problems first, in the order of the file within each kind."""
        return sorted(self.baris, key=lambda satu: URUTAN[satu.hasil])

    def compute_sidik(self) -> str:
        """Stands for what the reader saw: differs as soon as the fate of any row differs."""
        isi = [[*satu.to_json().values(), satu.uraian] for satu in self.baris]
        return hashlib.sha256(json.dumps(isi).encode()).hexdigest()

    def to_json(self) -> dict:
        return {
            **{hasil.value: self.jumlah[hasil] for hasil in reversed(Hasil)},
            "ditulis": self.ditulis,
            "baris": [satu.to_json() for satu in self.baris],
            "kolom_diabaikan": self.tabel.diabaikan,
        }

    def say_jumlah(self) -> str:
        """`26 baru, 0 berubah, 1 sama, 0 ditolak`."""
        return ", ".join(
            f"{self.jumlah[hasil]} {hasil.label.lower()}"
            for hasil in (Hasil.BARU, Hasil.BERUBAH, Hasil.SAMA, Hasil.DITOLAK)
        )

    def refuse_unclean(self, *, lewati: bool) -> None:
        """All or nothing, unless the person says that refused rows are to be left out."""
        if self.ditolak and not lewati:
            raise ImporDitolakError(
                f"{self.ditolak} baris ditolak, jadi tidak ada yang ditulis. Perbaiki berkasnya, "
                "atau pilih untuk melewati baris yang ditolak.",
                self,
                status=422,
            )

    def refuse_changed(self, sidik: str | None) -> None:
        """What is carried out is what was shown."""
        if sidik is not None and sidik != self.compute_sidik():
            raise ImporDitolakError(
                "Data berubah sejak pratinjau ini dibuat, jadi belum ada yang ditulis. Periksa "
                "sekali lagi di bawah ini.",
                self,
            )


@dataclass(frozen=True)
class Subjek:
    """A kind of import: its words, its columns and its functions.

    `plan(nama, isi, by=…)` gives a Rencana; `apply(nama, isi, by=…, lewati=…, sidik=…)` writes it;
    `list_pilihan()` gives the lists of the empty workbook, `contoh` its example rows.
    """

    kode: str
    judul: str
    keterangan: str
    daftar_kolom: Sequence[Kolom]
    plan: Callable[..., Rencana]
    apply: Callable[..., Rencana]
    list_pilihan: Callable[[], Mapping[str, Sequence[str]]]
    contoh: Sequence[Mapping[str, Any]]
    # What a row is, as the heading of the preview says it.
    sebutan: str = "Satuan kerja"

    @property
    def list_kolom(self) -> list[Kolom]:
        return [kolom for kolom in self.daftar_kolom if not kolom.abaikan]

    @property
    def url_form(self) -> str:
        return f"{self.kode}_import"

    @property
    def url_contoh(self) -> str:
        return f"{self.kode}_import_contoh"

    @property
    def url_pratinjau(self) -> str:
        return f"{self.kode}_import_preview"

    @property
    def url_tulis(self) -> str:
        return f"{self.kode}_import_confirm"


# --- the file between upload and confirmation -----------------------------------------------------
class Berkode(Protocol):
    """Whose file it is; a `Subjek` is one."""

    @property
    def kode(self) -> str: ...


@dataclass(frozen=True)
class Simpanan:
    """An uploaded file of one person, in the shared storage until it is used or a day old."""

    kunci: str
    nama: str
    isi: bytes


def keep(subjek: Berkode, nama: str, isi: bytes, *, by) -> str:
    """Put the file aside; returns the key for the address of its preview."""
    kunci = secrets.token_urlsafe(18)
    catatan = {
        "subjek": subjek.kode,
        "oleh": by.pk,
        "nama": nama,
        "pada": timezone.now().isoformat(),
        "isi": base64.b64encode(isi).decode(),
    }
    disimpan = default_storage.save(_jalur(kunci), ContentFile(json.dumps(catatan).encode()))
    assert disimpan == _jalur(kunci), "a random key is free"
    return kunci


def find(subjek: Berkode, kunci: str, *, by) -> Simpanan | None:
    """The file of this person and subject, or None when it was used, is too old or not theirs."""
    if not _KUNCI.fullmatch(kunci):
        return None
    try:
        with default_storage.open(_jalur(kunci)) as berkas:
            catatan = json.load(berkas)
    except FileNotFoundError:
        return None
    if (catatan["oleh"], catatan["subjek"]) != (by.pk, subjek.kode):
        return None
    if datetime.datetime.fromisoformat(catatan["pada"]) < timezone.now() - UMUR:
        return None
    return Simpanan(kunci, catatan["nama"], base64.b64decode(catatan["isi"]))


def discard(kunci: str) -> None:
    """The file is no longer needed."""
    if _KUNCI.fullmatch(kunci):
        default_storage.delete(_jalur(kunci))


def discard_old() -> int:
    """Remove what nobody came back for; returns how many files."""
    batas, jumlah = timezone.now() - UMUR, 0
    try:
        _, daftar = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        # Nobody has imported anything yet.
        return 0
    for nama in daftar:
        if default_storage.get_modified_time(f"{FOLDER}/{nama}") < batas:
            default_storage.delete(f"{FOLDER}/{nama}")
            jumlah += 1
    return jumlah


_KUNCI = re.compile(r"[A-Za-z0-9_-]{24}")


def _jalur(kunci: str) -> str:
    return f"{FOLDER}/{kunci}.json"
