"""The code of the door: read aloud, typed in the sun, forgiven where it can only mean one person.

Pure: texts in, texts out. `static/js/pintu-kode.js` does the same off-line, with this table handed
to it by the page.
"""

import itertools
import unicodedata

# Nothing that looks like something else.
HURUF_KODE = "ACDEFHJKMNPRTUVWXY34679"
PANJANG_KODE = 6
# What people type for a letter that they have misread. None of these is a letter of a code, so a code
# that is right is never taken for another one.
MIRIP = {
    **dict.fromkeys("0OQ", "DC"),
    **dict.fromkeys("1IL", "7TJ"),
    **dict.fromkeys("2Z", "7"),
    **dict.fromkeys("5S", "369"),
    **dict.fromkeys("8B", "3RE6"),
    "G": "6C",
}
# More readings than this are a guess.
BANYAK_BACAAN = 64


def clean_kode(teks: str) -> str:
    """Capitals and digits only: `ac-d3 f4` is `ACD3F4`."""
    teks = unicodedata.normalize("NFKC", teks).upper()
    return "".join(huruf for huruf in teks if huruf.isascii() and huruf.isalnum())


def list_bacaan(teks: str) -> list[str]:
    """Every code that the typed text can mean: one when it is written rightly, several when letters
    in it are none of a code, none when it cannot be a code. Whoever asks takes the reading that
    belongs to an expected person, if that is just one."""
    bersih = clean_kode(teks)
    if len(bersih) != PANJANG_KODE:
        return []
    pilihan = [huruf if huruf in HURUF_KODE else MIRIP.get(huruf, "") for huruf in bersih]
    banyak = 1
    for satu in pilihan:
        banyak *= len(satu)
    if not 0 < banyak <= BANYAK_BACAAN:
        return []
    return ["".join(satu) for satu in itertools.product(*pilihan)]
