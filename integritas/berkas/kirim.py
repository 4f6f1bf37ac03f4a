"""A stored file on its way out; who may have it is decided by the view."""

from itertools import chain

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from integritas.berkas.simpan import is_lokal, stream

# Nothing that stands in a file may run, load or reach further. A browser's own PDF viewer works
# under `sandbox` of the answer, not under that of a frame.
CSP_BERKAS = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


def respond_kunci(
    kunci: str, *, nama: str, mime: str, ukuran: int, as_attachment: bool
) -> HttpResponseBase:
    """The bytes of that name in the store, in pieces."""
    respons: HttpResponseBase
    try:
        if is_lokal():
            respons = FileResponse(default_storage.open(kunci), content_type=mime)
        else:
            isi = stream(kunci)
            # Asked for now: once the answer has begun, nobody can be told that there is nothing.
            awal = next(isi, b"")
            respons = StreamingHttpResponse(chain([awal], isi), content_type=mime)
    except FileNotFoundError as error:
        raise Http404("Berkas tidak ada di penyimpanan.") from error
    respons["Content-Length"] = str(ukuran)
    # Packed already; compressing it once more would only cost time, and its length.
    respons["Content-Encoding"] = "identity"
    respons["Content-Disposition"] = content_disposition_header(as_attachment, nama) or "inline"
    respons["X-Content-Type-Options"] = "nosniff"
    respons["Cache-Control"] = "private, no-store"
    respons["Content-Security-Policy"] = CSP_BERKAS
    return respons
