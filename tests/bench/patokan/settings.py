"""As little as sessions and a signed-in user need; the database as the product opens it."""

import os
from pathlib import Path

from integritas.lingkungan import parse_database

DEBUG = False
SECRET_KEY = "patokan"
ALLOWED_HOSTS = ["127.0.0.1"]
DATABASES = {"default": parse_database(os.environ["DATABASE_URL"], Path())}
INSTALLED_APPS = [
    "tests.bench.patokan",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
ROOT_URLCONF = "tests.bench.patokan.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {"context_processors": ["django.contrib.auth.context_processors.auth"]},
    }
]
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
