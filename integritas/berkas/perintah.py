"""Commands in the text of an Office document that start a program without any macro."""

import re
from typing import Any

from integritas.berkas.tolak import BerkasDitolakError
from integritas.berkas.zip import Jatah

# Roots of the parts in which such a command may stand; of all others only the prolog is read.
AKAR = {
    *("document", "glossaryDocument", "hdr", "ftr", "footnotes", "endnotes", "comments"),
    *("sld", "sldLayout", "sldMaster", "notes", "notesMaster", "handoutMaster", "externalLink"),
}
_DDE = re.compile(r"\s*DDE(?:AUTO)?\b", re.IGNORECASE)
_AKSI = re.compile(r"ppaction://(?:program|macro|ole)", re.IGNORECASE)
MAKS_KATA = 4096


class TanpaPerintahError(Exception):
    """The part's root element has begun, and none of its kind holds commands."""


class PembacaPerintah:
    """Hangs itself into a parser of XML that knows namespaces. Word's fields are told in pieces: a
    mark where one begins, its words in any number of runs, a mark where its result follows."""

    def __init__(self, pembaca: Any, jatah: Jatah):
        self.pembaca, self.jatah = pembaca, jatah
        # The innermost field last; the first is for words outside of any.
        self.bidang = [""]
        self.berakar = False
        pembaca.StartElementHandler = self.begin
        pembaca.EndElementHandler = self.end

    def begin(self, nama: str, atribut: dict[str, str]) -> None:
        self.jatah.take_unsur()
        unsur = nama.rpartition(" ")[2]
        if not self.berakar:
            self.berakar = True
            if unsur not in AKAR:
                raise TanpaPerintahError
        if unsur == "instrText":
            self.pembaca.CharacterDataHandler = self.collect
        elif unsur == "fldChar":
            self.mark(_get(atribut, "fldCharType"))
        elif unsur == "fldSimple":
            _refuse_dde(_get(atribut, "instr"))
        elif unsur == "ddeLink":
            _refuse_dde("DDE")
        elif unsur.startswith("hlink") and _AKSI.match(atribut.get("action", "")):
            raise BerkasDitolakError(
                "berisi tombol yang menjalankan program atau makro. Hapus tombolnya, lalu unggah lagi."
            )

    def end(self, nama: str) -> None:
        self.pembaca.CharacterDataHandler = None

    def mark(self, jenis: str) -> None:
        if jenis == "begin":
            self.bidang.append("")
        elif jenis == "end" and len(self.bidang) > 1:
            self.bidang.pop()

    def collect(self, teks: str) -> None:
        if len(self.bidang[-1]) < MAKS_KATA:
            self.bidang[-1] += teks
            _refuse_dde(self.bidang[-1])


def _get(atribut: dict[str, str], nama: str) -> str:
    return next((isi for kunci, isi in atribut.items() if kunci.rpartition(" ")[2] == nama), "")


def _refuse_dde(perintah: str) -> None:
    if _DDE.match(perintah):
        raise BerkasDitolakError(
            "berisi perintah yang menjalankan program lain (DDE). Hapus, lalu unggah lagi."
        )
