"""Where a PDF begins and ends in its file, and what else may stand there."""

import re
from typing import BinaryIO

from integritas.berkas.baca import read_at
from integritas.berkas.ekor import AWAL, find_asing
from integritas.berkas.tolak import BerkasDitolakError

SARAN = "Cetak ulang ke PDF, lalu unggah lagi."
_KOSONG = rb"[\0\t\n\f\r \x1a]"
# A printer driver's envelope.
_CETAK = rb"\x1b%-12345X(?:@PJL[^\r\n<]{0,200}\r?\n)*"
# Readers look for the head in the first 1,024 bytes. Before it we take what no other program would
# understand: blanks, a printer's envelope, a plain line such as the header of a download.
_KEPALA = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:" + _CETAK + rb"|" + _KOSONG + rb"*"
    rb"|(?!BM|GIF|ID3|MZ|OggS|PK|RIFF|Rar)(?:[A-Za-z0-9 .,:_\t\r\n-]|/(?!/))*)(?=%PDF-\d\.\d)"
)
_LEBIH = re.compile(rb"(?:" + _KOSONG + rb"|" + _CETAK + rb")*\Z")
DILIHAT = 65_536


def find_kepala(awal: bytes) -> int:
    """Where in the first bytes of a file a PDF begins; -1 for nowhere."""
    kepala = _KEPALA.match(awal[:AWAL])
    return kepala.end() if kepala else -1


def check_rangka(berkas: BinaryIO, ukuran: int) -> None:
    """Refuse a file that ends too early or goes on behind its end."""
    ekor = read_at(berkas, max(0, ukuran - DILIHAT), DILIHAT)
    akhir = ekor.rfind(b"%%EOF")
    if akhir < 0 or b"startxref" not in ekor:
        raise BerkasDitolakError(f"PDF-nya terpotong, atau ada data lain di belakangnya. {SARAN}")
    lebih = ekor[akhir + 5 :]
    if not _LEBIH.match(lebih):
        asing = find_asing(lebih.lstrip()) or "data lain"
        raise BerkasDitolakError(f"ada {asing} di belakang PDF. {SARAN}")
