"""The settings of one computer, sending to a mail server instead of writing files: the sending of
messages is tested on SQLite and the filesystem broker too."""

import os

from integritas.settings import *  # noqa: F403

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(os.environ["UJI_SMTP_PORT"])
EMAIL_TIMEOUT = 20
