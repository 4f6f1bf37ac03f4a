"""All settings. The only reader of the environment; every variable is described in .env.example."""

from pathlib import Path

from integritas import lingkungan
from integritas.lingkungan import PengaturanSalahError, read, read_bool, read_int, read_list

BASE_DIR = Path(__file__).resolve().parent.parent
VERSI = "0.1.0"

MODE = read("INTEGRITAS_MODE", "mandiri")
if MODE not in {"mandiri", "server"}:
    raise PengaturanSalahError(
        "INTEGRITAS_MODE", f"'{MODE}' tidak dikenal; pakai mandiri atau server."
    )
SERVER = MODE == "server"
VAR = Path(read("INTEGRITAS_VAR", str(BASE_DIR / "var"))).resolve()

DATABASES = {"default": lingkungan.parse_database(read("DATABASE_URL"), VAR)}
DEBUG = read_bool("DEBUG")
if SERVER and DEBUG:
    raise PengaturanSalahError("DEBUG", "tidak boleh menyala pada INTEGRITAS_MODE=server.")

if SERVER:
    if not (SECRET_KEY := read("SECRET_KEY")):
        raise PengaturanSalahError("SECRET_KEY", "wajib diisi pada INTEGRITAS_MODE=server.")
    if not (ALLOWED_HOSTS := read_list("ALLOWED_HOSTS")):
        raise PengaturanSalahError("ALLOWED_HOSTS", "wajib diisi pada INTEGRITAS_MODE=server.")
else:
    lingkungan.make_folders(VAR, DATABASES["default"])
    SECRET_KEY = lingkungan.read_secret("SECRET_KEY", VAR / "rahasia" / "secret_key")
    ALLOWED_HOSTS = read_list("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")

if SERVER and DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    raise PengaturanSalahError("DATABASE_URL", "harus postgresql:// pada INTEGRITAS_MODE=server.")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What this installation shows to somebody who has not chosen a Kanwil.
INTEGRITAS_KANWIL = read("INTEGRITAS_KANWIL", "16-kanwil")
PORT = read_int("PORT", 8000, minimal=1)
INTEGRITAS_ALAMAT = read(
    "INTEGRITAS_ALAMAT",
    f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if SERVER else f"http://localhost:{PORT}",
).rstrip("/")
KLARIFIKASI_TAMPIL_PUBLIK = read_bool("KLARIFIKASI_TAMPIL_PUBLIK")
MFA_WAJIB_PERAN = read_list("MFA_WAJIB_PERAN", "admin,tpi")
SESI_DIAM_MENIT = read_int("SESI_DIAM_MENIT", 60, minimal=1)
# Figures of the dashboards are kept until a fact changes.
SIMPAN_ANGKA = True
UNDANGAN_HARI = read_int("UNDANGAN_HARI", 7, minimal=1)

INSTALLED_APPS = [
    "penilaian",
    "satker",
    "integritas",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "integritas.middleware.csp",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "integritas.middleware.idle_sign_out",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "satker.access.require_second_factor",
]

if not SERVER:
    # Behind the proxy compression is the proxy's work; on one computer there is none.
    MIDDLEWARE.insert(1, "django.middleware.gzip.GZipMiddleware")

ROOT_URLCONF = "integritas.urls"
WSGI_APPLICATION = "integritas.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "integritas.context.page",
                "satker.menu.navigation",
            ],
        },
    },
]

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia")]
TIME_ZONE = "Asia/Jakarta"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
# Apart from VAR for a container, where VAR is a volume and these files belong to the image.
STATIC_ROOT = Path(read("INTEGRITAS_STATIS", str(VAR / "statis"))).resolve()
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR / "berkas"
# Uploads that are still arriving; all copies of the web server must see the same folder.
INTEGRITAS_SEMENTARA = Path(read("INTEGRITAS_SEMENTARA", str(VAR / "unggahan"))).resolve()
# Largest file of evidence in megabytes, and largest video.
BERKAS_MAKS_MB = read_int("INTEGRITAS_BERKAS_MAKS_MB", 100, minimal=1)
VIDEO_MAKS_MB = read_int("INTEGRITAS_VIDEO_MAKS_MB", 500, minimal=1)
BERKAS_MAKS = max(BERKAS_MAKS_MB, VIDEO_MAKS_MB) * 1024 * 1024
# clamd, `host:port` or the path of its socket; empty: no scan for viruses.
INTEGRITAS_CLAMD = lingkungan.check_soket("INTEGRITAS_CLAMD", read("INTEGRITAS_CLAMD"))
# Days that a finished pack of evidence stays.
PAKET_HARI = read_int("INTEGRITAS_PAKET_HARI", 7, minimal=1)
# Hosts that links of evidence are checked on; no other is ever asked.
TAUTAN_HOST = lingkungan.check_host(
    "INTEGRITAS_TAUTAN_HOST",
    read_list(
        "INTEGRITAS_TAUTAN_HOST",
        "drive.google.com,docs.google.com,drive.usercontent.google.com,onedrive.live.com,1drv.ms,"
        "sharepoint.com,dropbox.com,dropboxusercontent.com,*.go.id",
    ),
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if INTEGRITAS_S3_BUCKET := read("INTEGRITAS_S3_BUCKET"):
    STORAGES["default"] = lingkungan.build_s3(
        INTEGRITAS_S3_BUCKET,
        endpoint=read("INTEGRITAS_S3_ENDPOINT"),
        kunci=read("INTEGRITAS_S3_KUNCI"),
        rahasia=read("INTEGRITAS_S3_RAHASIA"),
        wilayah=read("INTEGRITAS_S3_WILAYAH"),
    )
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# A scan is at most 10 MB; a workbook 5 MB. Anything larger is refused while it arrives.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# The largest form is an agreement of 30 goals with 40 indicators each, and its quarter, where each
# indicator may bring a file; a file that was not chosen counts too.
DATA_UPLOAD_MAX_NUMBER_FIELDS, DATA_UPLOAD_MAX_NUMBER_FILES = 15_000, 1_200
FILE_UPLOAD_PERMISSIONS = 0o600

# --- people -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "satker.Pengguna"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "nama"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "ringkasan"
ACCOUNT_ADAPTER = "satker.masuk.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "beranda"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Integritas] "
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Integritas"
MFA_ADAPTER = "satker.masuk.MFAAdapter"
ACCOUNT_FORMS = {
    "login": "satker.forms.masuk.LoginForm",
    "change_password": "satker.forms.masuk.ChangePasswordForm",  # nosec B105
    "reset_password": "satker.forms.masuk.ResetPasswordForm",  # nosec B105
    "reset_password_from_key": "satker.forms.masuk.ResetPasswordKeyForm",  # nosec B105
    "reauthenticate": "satker.forms.masuk.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": "satker.forms.masuk.AuthenticateForm",
    "reauthenticate": "satker.forms.masuk.ReauthenticateMFAForm",
    "activate_totp": "satker.forms.masuk.ActivateTOTPForm",
}
# A stranger's address gets no mail that says there is no account.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = False
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Names of Django 6.0, so that our middleware can be dropped on upgrade.
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'", "<CSP_NONCE_SENTINEL>"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "manifest-src": ["'self'"],
    "worker-src": ["'self'"],
}

if SERVER:
    CSRF_TRUSTED_ORIGINS = read_list("CSRF_TRUSTED_ORIGINS") or [
        f"https://{'*' if nama.startswith('.') else ''}{nama}" for nama in ALLOWED_HOSTS
    ]
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = read_bool("HTTPS_WAJIB", bawaan=True)
    # Rate limits count visitors, not the proxy; it sets X-Forwarded-For anew (deploy/nginx.conf).
    ALLAUTH_TRUSTED_PROXY_COUNT = read_int("PROKSI_JUMLAH", 1)
    # The container's own health check, and Prometheus beside it, speak plain HTTP from inside.
    SECURE_REDIRECT_EXEMPT = [r"^sehat/$", r"^metrik/$"]
    SECURE_HSTS_SECONDS = read_int("HSTS_DETIK", 31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = read_bool("HSTS_SUBDOMAIN", bawaan=True)
    SECURE_HSTS_PRELOAD = read_bool("HSTS_PRELOAD", bawaan=True)

# --- queue, cache, mail ---------------------------------------------------------------------------
REDIS_URL = read("REDIS_URL")
if SERVER and not REDIS_URL:
    raise PengaturanSalahError("REDIS_URL", "wajib diisi pada INTEGRITAS_MODE=server.")
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    }
else:
    antrean = VAR / "antrean"
    CELERY_BROKER_URL = "antrean://"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(antrean / "pesan"),
        "data_folder_out": str(antrean / "pesan"),
        "control_folder": str(antrean / "kendali"),
        "polling_interval": 0.1,
    }
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CELERY_TASK_IGNORE_RESULT = True
CELERY_ENABLE_UTC = True
CELERY_TIMEZONE = "UTC"
CELERY_TASK_ACKS_LATE = True
# A task goes to a worker that is free; none waits behind a long one while another worker idles.
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

DEFAULT_FROM_EMAIL = read("SUREL_PENGIRIM", "integritas@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
if SERVER:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = read("SMTP_HOST", "localhost")
    EMAIL_PORT = read_int("SMTP_PORT", 25, minimal=1)
    EMAIL_HOST_USER = read("SMTP_PENGGUNA")
    EMAIL_HOST_PASSWORD = read("SMTP_SANDI")
    EMAIL_USE_TLS = read_bool("SMTP_TLS")
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "integritas.surel.EmailBackend"
    EMAIL_FILE_PATH = str(VAR / "surel")

# --- reminders and other messages; see docs/deploy.md -------------------------------------------------
# Seconds between two looks at what is due; how long a message stays with the worker that took it; how
# many workers send at once when there is much.
KIRIM_SELANG = read_int("INTEGRITAS_KIRIM_SELANG", 60, minimal=1)
KIRIM_SEWA = read_int("INTEGRITAS_KIRIM_SEWA", 300, minimal=1)
PENGIRIM = read_int("INTEGRITAS_PENGIRIM", 2, minimal=1)
GERBANG = lingkungan.read_gerbang(
    read("INTEGRITAS_GERBANG_URL"),
    read("INTEGRITAS_GERBANG_KEPALA"),
    read("INTEGRITAS_GERBANG_TEMPLAT", '{"to": "{ke}", "text": "{teks}", "id": "{id}"}'),
)
# /metrik/ for Prometheus answers whoever brings this token; empty: there is no such page.
METRIK_TOKEN = lingkungan.check_token("INTEGRITAS_METRIK_TOKEN", read("INTEGRITAS_METRIK_TOKEN"))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"baris": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"tanpa_alamat": {"()": "integritas.catatan.TanpaAlamat"}},
    "handlers": {
        "konsol": {
            "class": "logging.StreamHandler",
            "formatter": "baris",
            "filters": ["tanpa_alamat"],
        }
    },
    "root": {"handlers": ["konsol"], "level": read("TINGKAT_LOG", "WARNING")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
