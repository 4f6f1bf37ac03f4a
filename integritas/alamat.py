"""Parts of addresses that several apps share."""


class BentukConverter:
    """The form of a download: `unduh.<bentuk:bentuk>`."""

    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
