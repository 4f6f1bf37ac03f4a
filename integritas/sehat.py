"""Do the database and the broker answer? Asked by /sehat/, briefly."""

import os
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

# The proxy waits a few seconds at most.
BATAS_DETIK = 2


def is_database_up() -> bool:
    try:
        with connection.cursor() as kursor:
            kursor.execute("SELECT 1")
            kursor.fetchone()
    except (DatabaseError, InterfaceError):
        return False
    return True


def find_galat_broker() -> str:
    """What is wrong with the queue; empty when nothing is."""
    if settings.REDIS_URL:
        # Five megabytes of every worker, for this one question.
        import redis

        klien = redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=BATAS_DETIK, socket_connect_timeout=BATAS_DETIK
        )
        try:
            klien.ping()
        except redis.RedisError:
            return "Redis tidak menjawab"
        finally:
            klien.close()
        return ""
    folder = Path(str(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"]))
    # Made by the first process that needs it.
    if folder.exists() and not os.access(folder, os.W_OK | os.X_OK):
        return "folder antrean tidak dapat ditulisi"
    return ""
