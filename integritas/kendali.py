"""Signs in a text that nobody sees. Pure."""

import re

# Control signs but tab and line feed, and those that turn the direction of writing round, by which
# one name can be made to look like another.
_KENDALI = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


def drop_kendali(teks: str) -> str:
    """The text without them, lines ended by a line feed."""
    return _KENDALI.sub("", teks.replace("\r\n", "\n").replace("\r", "\n"))
