"""The one shape of a refused step."""


class AlurError(Exception):
    """A step was refused; the text is for the user and says what to do."""
