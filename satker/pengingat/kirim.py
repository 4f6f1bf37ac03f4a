"""Send what is queued: claim a few, write each, send it, write down how it went; until nothing is left
or the time is up."""

import logging
import time
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from satker.models import Kiriman
from satker.pengingat import sewa
from satker.pengingat.orang import read_orang
from satker.pengingat.saluran import DitolakError, NantiError, PutusError, Saluran
from satker.pengingat.saluran.gerbang import Gerbang
from satker.pengingat.saluran.surel import Surel
from satker.pengingat.surat import get_penulis

logger = logging.getLogger(__name__)
# Few enough that those a dead worker held are few, enough that claiming costs little.
SEKALI = 20
DAFTAR_SALURAN: dict[str, type] = {
    Kiriman.Saluran.SUREL: Surel,
    Kiriman.Saluran.GERBANG: Gerbang,
}


@dataclass
class Jumlah:
    """What one run did."""

    terkirim: int = 0
    nanti: int = 0
    gagal: int = 0
    ditarik: int = 0


class Pengirim:
    """One run of one worker. A channel that does not work is left alone until the next run."""

    def __init__(self) -> None:
        self.pemilik = uuid.uuid4()
        self.terbuka: dict[str, Saluran] = {}
        self.putus: set[str] = set()
        self.jumlah = Jumlah()

    def run(self, detik: float) -> Jumlah:
        """For at most about so many seconds."""
        batas = time.monotonic() + detik
        try:
            while daftar := self._claim():
                self._send_batch(daftar, batas)
                if time.monotonic() > batas:
                    break
        finally:
            for saluran in self.terbuka.values():
                saluran.close()
        return self.jumlah

    def _claim(self) -> list[Kiriman]:
        return sewa.insist(lambda: sewa.claim(self.pemilik, SEKALI, selain=self.putus))

    def _send_batch(self, daftar: list[Kiriman], batas: float) -> None:
        # Only for those who have quiet hours the zone is looked up again.
        tenang = {satu.pengguna_id for satu in daftar if satu.pengguna_id and _has_tenang(satu)}
        orang = sewa.insist(lambda: read_orang(tenang)) if tenang else {}
        for kiriman in daftar:
            if kiriman.saluran in self.putus:
                # Given back with the rest of its channel.
                continue
            if time.monotonic() > batas:
                sewa.give_back(self.pemilik)
                return
            saat = timezone.now()
            if kiriman.pengguna_id in orang:
                ke = orang[kiriman.pengguna_id].skip_tenang(saat)
                if ke > saat:
                    sewa.move(kiriman, self.pemilik, ke)
                    continue
            self._send(kiriman)

    def _send(self, kiriman: Kiriman) -> None:
        ke, sebab = find_alamat(kiriman)
        if sebab:
            self._withdraw(kiriman, sebab)
            return
        if kiriman.percobaan >= sewa.PERCOBAAN_MAKS:
            # One that kills its worker each time is not left to do so for ever.
            self.jumlah.gagal += 1
            sewa.record_gagal(
                kiriman, self.pemilik, f"Menyerah sesudah {kiriman.percobaan} kali mencoba."
            )
            return
        dimulai = False
        try:
            saluran = self._open(kiriman.saluran)
            tulis = get_penulis(kiriman.jenis)
            surat = sewa.insist(lambda: tulis(kiriman))
            if surat is None:
                self._withdraw(kiriman, "Tidak ada lagi yang perlu disampaikan.")
                return
            if not (dimulai := sewa.begin(kiriman, self.pemilik)):
                return
            saluran.send(kiriman, surat, ke)
        except PutusError as error:
            logger.error("saluran %s: %s", kiriman.saluran, error)
            self.putus.add(kiriman.saluran)
            if dimulai:
                sewa.forget_try(kiriman, self.pemilik)
            sewa.give_back(self.pemilik, kiriman.saluran, str(error))
        except NantiError as error:
            self.jumlah.nanti += 1
            sewa.record_nanti(kiriman, self.pemilik, str(error), error.jeda)
        except DitolakError as error:
            self.jumlah.gagal += 1
            sewa.record_gagal(kiriman, self.pemilik, str(error))
        except Exception as error:
            if sewa.is_away(error):
                # Not the message's fault; the next run goes on.
                raise
            # One message that cannot be written must not hold up those behind it.
            logger.exception("kiriman %s (%s) tidak dapat ditulis", kiriman.pk, kiriman.jenis)
            self.jumlah.nanti += 1
            if dimulai or sewa.begin(kiriman, self.pemilik):
                sewa.record_nanti(
                    kiriman, self.pemilik, f"Pesan tidak dapat ditulis: {type(error).__name__}"
                )
        else:
            sewa.record_terkirim(kiriman, ke, surat)
            self.jumlah.terkirim += 1

    def _withdraw(self, kiriman: Kiriman, sebab: str) -> None:
        self.jumlah.ditarik += 1
        sewa.record_ditarik(kiriman, self.pemilik, sebab)

    def _open(self, nama: str) -> Saluran:
        if nama not in self.terbuka:
            self.terbuka[nama] = DAFTAR_SALURAN[nama]()
        self.terbuka[nama].open()
        return self.terbuka[nama]


def find_alamat(kiriman: Kiriman) -> tuple[str, str]:
    """Where to, and why not (empty when it may go)."""
    pengguna = kiriman.pengguna
    if pengguna is None:
        return kiriman.alamat, ""
    if not pengguna.is_active:
        return "", "Akun penerima tidak aktif lagi."
    if kiriman.saluran == Kiriman.Saluran.SUREL:
        return pengguna.email, ""
    pilihan = getattr(pengguna, "pilihansaluran", None)
    if pilihan is None or not pilihan.gerbang or not pilihan.alamat_gerbang:
        return "", "Penerima tidak memakai gerbang pesan lagi."
    return pilihan.alamat_gerbang, ""


def _has_tenang(kiriman: Kiriman) -> bool:
    pilihan = getattr(kiriman.pengguna, "pilihansaluran", None)
    return pilihan is not None and pilihan.tenang_dari is not None


def is_busy() -> bool:
    """There is more than one worker should send alone."""
    banyak = 10 * SEKALI
    return sewa.list_due(timezone.now()).order_by()[:banyak].count() == banyak


def count_helper() -> int:
    return settings.PENGIRIM - 1
