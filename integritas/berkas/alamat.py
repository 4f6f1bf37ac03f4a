"""An address given in the place of a file: what may be one."""

from urllib.parse import urlsplit

from integritas.alur import AlurError

TERPANJANG = 2000


def tidy_tautan(teks: str) -> str:
    """The address without blanks around it; AlurError for what no browser should be sent to."""
    tautan = teks.strip()
    if not tautan:
        raise AlurError("Tautan belum diisi.")
    if len(tautan) > TERPANJANG:
        raise AlurError(f"Tautan paling panjang {TERPANJANG} huruf, sekarang {len(tautan)}.")
    if any(huruf.isspace() or not huruf.isprintable() for huruf in tautan):
        raise AlurError("Tautan tidak boleh memuat spasi.")
    try:
        bagian = urlsplit(tautan)
        host = bagian.hostname
        # Read for its refusal of a port that is none.
        bagian.port  # noqa: B018
    except ValueError as error:
        raise AlurError("Tautan tidak dapat dibaca. Salin ulang dari bilah alamat.") from error
    if bagian.scheme.lower() not in {"http", "https"}:
        raise AlurError("Tautan harus diawali http:// atau https://.")
    if not host or "." not in host:
        raise AlurError("Tautan tidak menyebut nama situs.")
    if bagian.username is not None or bagian.password is not None:
        raise AlurError("Tautan tidak boleh memuat nama atau kata sandi.")
    return tautan
