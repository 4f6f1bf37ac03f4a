"""The settings as an operator meets them: a process of its own, a clean environment."""

import json
import re
import stat
from pathlib import Path

import pytest

from tests.server import AKAR, read_names

SERVER = {
    "INTEGRITAS_MODE": "server",
    "SECRET_KEY": "k3Y-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP",
    "ALLOWED_HOSTS": "integritas.contoh.id",
    "DATABASE_URL": "postgresql://integritas:sandi@localhost/integritas",
    "REDIS_URL": "redis://localhost:6379/0",
}
SHOW = "import json; from django.conf import settings as s; print(json.dumps({}, default=str))"


def read_settings(manage, *names, **env):
    """The values a process sees."""
    isi = ", ".join(f"{name!r}: s.{name}" for name in names)
    result = manage("shell", "--no-imports", "-c", SHOW.replace("{}", "{" + isi + "}"), **env)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_mandiri_needs_nothing_but_a_folder(manage, tmp_path):
    result = manage("check")

    assert (result.returncode, result.stderr) == (0, "")
    assert "no issues" in result.stdout
    rahasia = tmp_path / "var" / "rahasia" / "secret_key"
    assert stat.S_IMODE(rahasia.stat().st_mode) == 0o600
    assert len(rahasia.read_text()) >= 50
    assert [berkas.name for berkas in rahasia.parent.iterdir()] == ["secret_key"]


def test_mandiri_keeps_its_secret_and_writes_only_under_its_folder(manage, tmp_path):
    names = ("SECRET_KEY", "DEBUG", "DATABASES", "MEDIA_ROOT", "STATIC_ROOT", "EMAIL_FILE_PATH")
    first, second = read_settings(manage, *names), read_settings(manage, *names)

    assert first == second
    assert first["DEBUG"] is False
    var = str(tmp_path / "var")
    for folder in (first["MEDIA_ROOT"], first["STATIC_ROOT"], first["EMAIL_FILE_PATH"]):
        assert folder.startswith(var)
    assert first["DATABASES"]["default"]["NAME"] == f"{var}/integritas.sqlite3"


def test_two_processes_that_start_together_agree_on_the_secret(tmp_path):
    from concurrent.futures import ThreadPoolExecutor

    from integritas.lingkungan import read_secret

    berkas = tmp_path / "rahasia" / "kunci"
    with ThreadPoolExecutor(8) as pool:
        daftar = set(pool.map(lambda _: read_secret("TIDAK_ADA", berkas), range(32)))

    assert daftar == {berkas.read_text()}


@pytest.mark.parametrize("nama", [nama for nama in SERVER if nama != "INTEGRITAS_MODE"])
def test_server_stops_with_one_line_that_names_what_is_missing(manage, nama):
    result = manage("check", **SERVER | {nama: ""})

    assert result.returncode == 1
    assert result.stderr.startswith(f"{nama}: ")
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("nama", "nilai"),
    [
        ("DEBUG", "1"),
        ("DATABASE_URL", "sqlite:////tmp/x.sqlite3"),
        ("DATABASE_URL", "mysql://localhost/x"),
        ("DATABASE_URL", "postgresql://localhost/"),
        ("DATABASE_URL", "postgresql://localhost:pintu/x"),
        ("HTTPS_WAJIB", "mungkin"),
        ("SMTP_PORT", "dua"),
        ("INTEGRITAS_MODE", "produksi"),
        ("INTEGRITAS_CLAMD", "clamav"),
        ("INTEGRITAS_BERKAS_MAKS_MB", "0"),
        ("INTEGRITAS_PAKET_HARI", "0"),
        ("INTEGRITAS_TAUTAN_HOST", "drive.google.com,*"),
        ("INTEGRITAS_TAUTAN_HOST", "*.id"),
        ("INTEGRITAS_TAUTAN_HOST", "https://drive.google.com"),
        ("INTEGRITAS_TAUTAN_HOST", "10.0.0.1"),
    ],
)
def test_server_refuses_a_wrong_value_with_one_line(manage, nama, nilai):
    result = manage("check", **SERVER | {nama: nilai})

    assert result.returncode == 1
    assert result.stderr.startswith(f"{nama}: ")
    assert result.stderr.count("\n") == 1


def test_a_folder_that_cannot_be_made_is_named(manage, tmp_path):
    (tmp_path / "berkas").write_text("")

    result = manage("check", INTEGRITAS_VAR=tmp_path / "berkas" / "var")

    assert result.returncode == 1
    assert result.stderr.startswith("INTEGRITAS_VAR: ")
    assert result.stderr.count("\n") == 1


def test_server_passes_the_deployment_check_without_a_warning(manage):
    result = manage("check", "--deploy", "--fail-level", "WARNING", **SERVER)

    assert (result.returncode, result.stderr) == (0, "")
    assert "no issues (0 silenced)" in result.stdout


def test_server_says_its_own_address_and_trusts_only_its_own_forms(manage):
    seen = read_settings(
        manage,
        "INTEGRITAS_ALAMAT",
        "CSRF_TRUSTED_ORIGINS",
        **SERVER | {"ALLOWED_HOSTS": "zi.contoh.id,.kanwil.contoh.id"},
    )

    assert seen == {
        "INTEGRITAS_ALAMAT": "https://zi.contoh.id",
        "CSRF_TRUSTED_ORIGINS": ["https://zi.contoh.id", "https://*.kanwil.contoh.id"],
    }


def test_files_lie_in_a_private_bucket_when_one_is_named(manage):
    pilihan = {
        "INTEGRITAS_S3_BUCKET": "bukti",
        "INTEGRITAS_S3_ENDPOINT": "https://s3.contoh.id",
        "INTEGRITAS_S3_KUNCI": "k",
        "INTEGRITAS_S3_RAHASIA": "r",
    }

    storage = read_settings(manage, "STORAGES", **pilihan)["STORAGES"]["default"]

    assert storage["BACKEND"] == "storages.backends.s3.S3Storage"
    isi = storage["OPTIONS"]
    assert (isi["bucket_name"], isi["endpoint_url"]) == ("bukti", "https://s3.contoh.id")
    assert isi["querystring_auth"] is True
    assert isi["default_acl"] is None


@pytest.mark.parametrize(
    ("isi", "nama"),
    [
        ({"INTEGRITAS_S3_KUNCI": "k"}, "INTEGRITAS_S3_RAHASIA"),
        ({"INTEGRITAS_S3_RAHASIA": "r"}, "INTEGRITAS_S3_KUNCI"),
        ({"INTEGRITAS_S3_ENDPOINT": "s3.contoh.id"}, "INTEGRITAS_S3_ENDPOINT"),
    ],
)
def test_half_a_bucket_stops_the_start(manage, isi, nama):
    result = manage("check", INTEGRITAS_S3_BUCKET="bukti", **isi)

    assert result.returncode == 1
    assert result.stderr.startswith(f"{nama}: ")
    assert result.stderr.count("\n") == 1


def test_a_database_address_keeps_its_parts():
    from integritas.lingkungan import parse_database

    alamat = "postgresql://us%40er:p%2Fw@db.contoh:6543/nama?sslmode=require"
    pilihan = parse_database(alamat, Path("/x"))
    soket = parse_database("postgresql://postgres:@/uji?host=/tmp/pg", Path("/x"))

    assert [pilihan[k] for k in ("USER", "PASSWORD", "HOST", "PORT", "NAME", "OPTIONS")] == [
        "us@er",
        "p/w",
        "db.contoh",
        "6543",
        "nama",
        {"sslmode": "require", "options": "-c cursor_tuple_fraction=1"},
    ]
    assert (soket["HOST"], soket["PORT"]) == ("/tmp/pg", "")
    lain = parse_database("postgresql://u@h/n?options=-c%20work_mem%3D8MB", Path("/x"))
    assert lain["OPTIONS"]["options"] == "-c cursor_tuple_fraction=1 -c work_mem=8MB"
    assert parse_database("", Path("/x #?%41"))["NAME"] == "/x #?%41/integritas.sqlite3"
    assert parse_database("sqlite:////data/a.sqlite3", Path("/x"))["NAME"] == "/data/a.sqlite3"


def test_env_example_lists_exactly_what_the_settings_read():
    sumber = (AKAR / "integritas" / "settings.py").read_text()
    dibaca = set(re.findall(r'\bread(?:_\w+)?\(\s*"([A-Z][A-Z0-9_]*)"', sumber))

    assert read_names() == dibaca
    assert len(dibaca) > 20


def test_env_example_holds_no_secret_and_its_values_are_the_defaults(manage):
    isi = (AKAR / ".env.example").read_text()
    contoh = dict(re.findall(r"^([A-Z][A-Z0-9_]*)=(.*)$", isi, re.MULTILINE))
    names = (
        "PORT SESI_DIAM_MENIT UNDANGAN_HARI MFA_WAJIB_PERAN ALLOWED_HOSTS INTEGRITAS_KANWIL "
        "PAKET_HARI TAUTAN_HOST"
    )

    kosong = read_settings(manage, *names.split())
    terisi = read_settings(
        manage, *names.split(), **{k: v for k, v in contoh.items() if k != "INTEGRITAS_VAR"}
    )

    assert kosong == terisi
    assert contoh["SECRET_KEY"] == contoh["SMTP_SANDI"] == ""


def test_links_are_asked_on_the_hosts_that_are_named_or_on_none():
    from integritas.lingkungan import check_host

    daftar = ["drive.google.com", "*.go.id"]

    assert check_host("X", daftar) == daftar
    assert check_host("X", ["-"]) == []


def test_only_the_settings_read_the_environment():
    pelanggar = [
        str(berkas.relative_to(AKAR))
        for app in ("integritas", "satker", "penilaian")
        for berkas in (AKAR / app).rglob("*.py")
        if re.search(r"os\.(environ\b(?!\.setdefault)|getenv)", berkas.read_text())
    ]

    assert pelanggar == ["integritas/lingkungan.py"]
