"""How a file is refused."""

from integritas.alur import AlurError


class BerkasDitolakError(AlurError):
    """The whole file is refused and nothing of it is kept; the text is for the user."""
