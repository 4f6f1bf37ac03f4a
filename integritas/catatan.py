"""What the log does not say: addresses that are keys themselves."""

import logging
import re

# Invitations, personal pages, calendars: whoever has the address needs no password.
_RAHASIA = re.compile(r"/(u|p|pintu/t|kalender|undangan)/([\w-]{6})[\w-]{10,}")


def mask_alamat(teks: str) -> str:
    """The text with only the beginning of such addresses."""
    return _RAHASIA.sub(r"/\1/\2…", teks)


class TanpaAlamat(logging.Filter):
    """Passes every record, without the secret part of the addresses in it: of an answer of 400 and
    above Django writes down the path."""

    def filter(self, record: logging.LogRecord) -> bool:
        teks = record.getMessage()
        if (bersih := mask_alamat(teks)) != teks:
            record.msg, record.args = bersih, None
        return True
