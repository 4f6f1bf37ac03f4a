from django.db import DatabaseError, connection


def test_sehat_answers_anybody_and_is_never_cached(client, db):
    response = client.get("/sehat/")

    assert response.status_code == 200
    assert response.text == "sehat\n"
    assert "no-store" in response["Cache-Control"]


def test_sehat_says_503_without_details_when_the_database_is_silent(client, db):
    def refuse(execute, sql, params, many, context):
        raise DatabaseError("could not connect to db.internal")

    with connection.execute_wrapper(refuse):
        response = client.get("/sehat/")

    assert response.status_code == 503
    assert response.text == "database tidak menjawab\n"
    assert "no-store" in response["Cache-Control"]


def test_sehat_reads_no_session_and_asks_one_question(client, db, count_queries):
    with count_queries() as daftar_sql:
        client.get("/sehat/")

    assert daftar_sql == ["SELECT 1"]


def test_sehat_on_a_server_needs_redis_too(client, db, settings):
    settings.SERVER, settings.REDIS_URL = True, "redis://127.0.0.1:1/0"

    response = client.get("/sehat/")

    assert (response.status_code, response.text) == (503, "antrean tidak menjawab\n")
