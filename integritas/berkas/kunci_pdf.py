"""PDF that is encrypted: does it open without a password, and what do its packed objects hold?"""

import logging
import os
from typing import BinaryIO

from pypdf import PdfReader
from pypdf.generic import IndirectObject, StreamObject

from integritas.berkas.baca import read_at
from integritas.berkas.ekor import AWAL
from integritas.berkas.rangka_pdf import find_kepala
from integritas.berkas.tolak import BerkasDitolakError

# What a hostile file makes the reader warn of is no news for the log.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


class _Terbatas:
    """The file as the reader sees it: it begins with its head, and no single read may take much of
    it into memory."""

    def __init__(self, berkas: BinaryIO, maks: int):
        self.berkas, self.maks = berkas, maks
        self.kepala = max(0, find_kepala(read_at(berkas, 0, AWAL)))

    def seek(self, tempat: int, dari: int = os.SEEK_SET) -> int:
        geser = self.kepala if dari == os.SEEK_SET else 0
        return self.berkas.seek(tempat + geser, dari) - self.kepala

    def tell(self) -> int:
        return self.berkas.tell() - self.kepala

    def read(self, byte: int = -1) -> bytes:
        if not 0 <= byte <= self.maks:
            raise BerkasDitolakError(
                "PDF-nya terkunci dan rusak. Cetak ulang ke PDF, lalu unggah lagi."
            )
        return self.berkas.read(byte)


class Paket:
    """The packed objects of an encrypted file that opens without a password."""

    def __init__(self, pembaca: PdfReader, maks: int, kepala: int):
        self.pembaca, self.maks, self.kepala = pembaca, maks, kepala

    def read(self, nomor: int, generasi: int, tempat: int) -> bytes:
        """The stream of the object that begins at `tempat`, decrypted and unpacked."""
        try:
            self.pembaca.resolved_objects.clear()
            letak = tempat - self.kepala
            self.pembaca.xref.setdefault(generasi, {})[nomor] = letak
            self.pembaca.xref_objStm.pop(nomor, None)
            aliran = self.pembaca.get_object(IndirectObject(nomor, generasi, self.pembaca))
            isi = aliran.get_data() if isinstance(aliran, StreamObject) else b""
        except BerkasDitolakError:
            raise
        # A foreign reader on hostile bytes: whatever it stumbles over, the file is not sound.
        except Exception as error:
            raise _refuse_rusak() from error
        if len(isi) > self.maks:
            raise _refuse_rusak()
        return isi


def open_terkunci(berkas: BinaryIO, maks: int) -> Paket | None:
    """Refuse a file that asks for a password before it opens; one that only forbids to print or
    change opens with none. None when it is not encrypted after all."""
    try:
        terbatas = _Terbatas(berkas, maks)
        pembaca = PdfReader(terbatas)  # type: ignore[arg-type]
        if not pembaca.is_encrypted:
            return None
        terbuka = bool(pembaca.decrypt(""))
    except BerkasDitolakError:
        raise
    # As above.
    except Exception as error:
        raise _refuse_rusak() from error
    if not terbuka:
        raise BerkasDitolakError(
            "PDF ini dikunci kata sandi. Simpan ulang tanpa kata sandi, lalu unggah lagi."
        )
    return Paket(pembaca, maks, terbatas.kepala)


def _refuse_rusak() -> BerkasDitolakError:
    return BerkasDitolakError(
        "PDF ini dikunci dengan cara yang tidak dikenal, atau rusak. Cetak ulang ke PDF, lalu "
        "unggah lagi."
    )
