"""The product's settings on a folder and a database of this test run."""

from tests import server

server.prepare()

from integritas.settings import *

# A weak hash is quick, and warnings about it are for installations.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A name is found without collectstatic; the manifest is tested where it is meant.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Rows of a test come without history, by which kept figures would know of them.
SIMPAN_ANGKA = False
# The second factor has its own tests, which name the roles themselves.
MFA_WAJIB_PERAN: list[str] = []

_utama = DATABASES["default"]
if _utama["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in an installation: threads and second connections behave as they will there.
    _utama["TEST"] = {"NAME": str(VAR / "uji.sqlite3")}
    _utama["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
else:
    # A kept connection of a finished thread would hold the test database at the end.
    _utama["CONN_MAX_AGE"] = 0

# WhiteNoise warns about a folder that collectstatic has not made yet.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
