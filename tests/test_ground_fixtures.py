"""The fixtures themselves: databases, browser, Redis."""

import os

import pytest
import redis
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError


def test_the_run_writes_into_its_own_folder(settings):
    assert str(settings.VAR).startswith(os.environ["UJI_VAR"])


def test_a_flush_passes_append_only_triggers_and_leaves_them(transactional_db):
    pengguna = get_user_model()
    with connection.cursor() as kursor:
        for sql in APPEND_ONLY[connection.vendor]:
            kursor.execute(sql)
    pengguna.objects.create(email="tetap@contoh.id")

    try:
        with pytest.raises(DatabaseError), transaction.atomic():
            pengguna.objects.all().delete()

        call_command("flush", interactive=False, verbosity=0)

        assert not pengguna.objects.exists()
        pengguna.objects.create(email="tetap@contoh.id")
        with pytest.raises(DatabaseError), transaction.atomic():
            pengguna.objects.all().delete()
    finally:
        with connection.cursor() as kursor:
            for sql in REMOVE[connection.vendor]:
                kursor.execute(sql)


APPEND_ONLY = {
    "sqlite": [
        "CREATE TRIGGER uji_tolak BEFORE DELETE ON satker_pengguna "
        "BEGIN SELECT RAISE(ABORT, 'hanya menambah'); END"
    ],
    "postgresql": [
        "CREATE FUNCTION uji_tolak() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'hanya menambah'; END $$",
        "CREATE TRIGGER uji_tolak BEFORE DELETE ON satker_pengguna "
        "FOR EACH ROW EXECUTE FUNCTION uji_tolak()",
        "CREATE TRIGGER uji_tolak_kosong BEFORE TRUNCATE ON satker_pengguna "
        "EXECUTE FUNCTION uji_tolak()",
    ],
}
REMOVE = {
    "sqlite": ["DROP TRIGGER uji_tolak"],
    "postgresql": [
        "DROP TRIGGER uji_tolak_kosong ON satker_pengguna",
        "DROP TRIGGER uji_tolak ON satker_pengguna",
        "DROP FUNCTION uji_tolak()",
    ],
}


def test_the_browser_opens_a_page(page):
    response = page.goto("/sehat/")

    assert response.status == 200
    assert page.text_content("body").strip() == "sehat"


@pytest.mark.server
def test_redis_is_real(redis_url):
    client = redis.Redis.from_url(redis_url)

    client.set("uji", "1")

    assert client.get("uji") == b"1"
    client.delete("uji")
    client.close()
