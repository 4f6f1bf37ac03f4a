"""What every step of every app shares: how it is refused."""


class AlurError(Exception):
    """A step was refused; the text is for the user and says what to do."""


def require(teks: str, kolom: str) -> str:
    """The text without blanks around it; refuses an empty one by the name of its field."""
    if not teks or not teks.strip():
        raise AlurError(f"{kolom} wajib diisi.")
    return teks.strip()
