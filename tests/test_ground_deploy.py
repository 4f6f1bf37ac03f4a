"""The container files, read without a Docker engine."""

import re
import stat
import tomllib
import uuid

import pytest
import yaml

from tests.server import AKAR, read_names

MILIK_IMAGE = {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD", "MP_MAX_MESSAGES"}
BANYAK_SALINAN = {"web", "worker"}


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((AKAR / "docker-compose.yml").read_text())


def read_compose_variables():
    """Names that docker-compose.yml takes from .env."""
    return set(re.findall(r"\$\{([A-Z_]+)", (AKAR / "docker-compose.yml").read_text()))


def test_compose_has_the_services_of_the_design(compose):
    assert set(compose["services"]) == {
        *("web", "worker", "beat", "migrate", "postgres", "redis", "proxy", "mailpit")
    }
    assert compose["services"]["mailpit"]["profiles"] == ["surel"]
    assert [n for n, s in compose["services"].items() if "profiles" in s] == ["mailpit"]


def test_every_variable_set_in_compose_is_read_by_the_settings_or_the_image(compose):
    dipasang = {n for s in compose["services"].values() for n in s.get("environment", {})}

    assert dipasang - read_names() - MILIK_IMAGE == set()
    assert {"INTEGRITAS_MODE", "SECRET_KEY", "DATABASE_URL", "REDIS_URL"} <= dipasang


def test_compose_holds_no_secret_of_its_own(compose):
    teks = (AKAR / "docker-compose.yml").read_text()

    for nama in ("SECRET_KEY", "POSTGRES_PASSWORD", "ALLOWED_HOSTS"):
        assert f"{nama}: ${{{nama}:?" in teks
    assert "SMTP_SANDI: ${SMTP_SANDI:-}" in teks
    contoh = (AKAR / "deploy" / "compose.env.example").read_text()
    assert re.findall(r"^(?:SECRET_KEY|POSTGRES_PASSWORD|SMTP_SANDI)=(.+)$", contoh, re.M) == []


def test_the_example_of_compose_names_only_what_compose_takes():
    contoh = (AKAR / "deploy" / "compose.env.example").read_text()

    assert set(re.findall(r"^([A-Z_]+)=", contoh, re.M)) <= read_compose_variables()


def test_there_is_one_beat_and_web_and_worker_may_be_many(compose):
    layanan = compose["services"]
    penjadwal = [n for n, s in layanan.items() if re.search(r"\bbeat\b", str(s.get("command")))]

    assert penjadwal == ["beat"]
    # A fixed name is what makes Compose refuse a second copy.
    assert layanan["beat"]["container_name"] == "integritas-beat"
    for nama in BANYAK_SALINAN:
        assert "container_name" not in layanan[nama]
        assert "ports" not in layanan[nama]
    assert "--beat" not in layanan["worker"]["command"]


def test_every_lasting_service_has_a_health_check_and_waits_for_what_it_needs(compose):
    layanan = compose["services"]
    dockerfile = (AKAR / "Dockerfile").read_text()

    assert "HEALTHCHECK" in dockerfile
    for nama in set(layanan) - {"web", "migrate"}:
        assert "test" in layanan[nama]["healthcheck"], nama
    for nama in ("web", "worker", "beat"):
        assert layanan[nama]["depends_on"]["migrate"] == {
            "condition": "service_completed_successfully"
        }


def test_every_named_volume_is_declared_and_used(compose):
    dipakai = {
        satu.split(":")[0]
        for s in compose["services"].values()
        for satu in s.get("volumes", [])
        if re.match(r"[a-z]+:", satu)
    }

    assert dipakai == set(compose["volumes"])


def test_the_image_runs_as_nobody_special_with_hashed_requirements():
    dockerfile = (AKAR / "Dockerfile").read_text()

    assert re.findall(r"^USER (\w+)$", dockerfile, re.M) == ["integritas"]
    assert dockerfile.count("--require-hashes") == 2
    assert "collectstatic" in dockerfile
    assert not re.search(r"SECRET_KEY|PASSWORD", dockerfile)
    disalin = re.findall(r"^COPY (?!--from)(.+) \S+$", dockerfile, re.M)
    diizinkan = (AKAR / ".dockerignore").read_text().splitlines()
    for jalur in " ".join(disalin).split():
        assert (AKAR / jalur).exists(), jalur
        assert f"!{jalur}" in diizinkan


def test_the_image_holds_every_folder_that_the_program_reads():
    disalin = set(re.findall(r"^COPY (\w+) \w+$", (AKAR / "Dockerfile").read_text(), re.M))
    dibaca = {
        nama
        for app in ("integritas", "satker", "penilaian")
        for berkas in (AKAR / app).rglob("*.py")
        for nama in re.findall(r"BASE_DIR\)? / \"(\w+)\"", berkas.read_text())
    }

    # var is written, and in a container it is the volume.
    assert dibaca - disalin == {"var"}
    assert dibaca >= {"templates", "static"}


def test_the_proxy_balances_over_the_copies_and_believes_no_visitor():
    conf = (AKAR / "deploy" / "nginx.conf").read_text()

    assert conf.count("{") == conf.count("}")
    assert "resolver 127.0.0.11" in conf
    assert conf.count("set $salinan web;") == 1
    assert set(re.findall(r"proxy_pass (\S+);", conf)) == {"http://$salinan:8000"}
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in conf
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in conf


def test_the_proxy_knows_the_addresses_of_uploads():
    """One that is moved without its rule would lose its limits in silence."""
    from django.urls import reverse

    from penilaian.bukti.unggahan import POTONGAN_TERBESAR

    conf = (AKAR / "deploy" / "nginx.conf").read_text()
    blok = dict(re.findall(r"location ~ (\S+) \{(.*?)\n    \}", conf, re.DOTALL))
    [potongan] = [pola for pola, isi in blok.items() if "client_max_body_size" in isi]
    [lama] = [pola for pola, isi in blok.items() if "proxy_read_timeout" in isi]
    id = uuid.uuid4()

    assert re.search(potongan, reverse("unggahan_append", args=[7, id]))
    besar = int(re.search(r"client_max_body_size (\d+)m;", blok[potongan])[1]) * 1024 * 1024
    assert besar > POTONGAN_TERBESAR
    for alamat in (
        reverse("unggahan_complete", args=[7, id]),
        reverse("bukti_upload", args=[7, "A.I.1.i.a"]),
        reverse("bukti_revise", args=[7, 12]),
    ):
        assert re.search(lama, alamat)


def test_versions_agree_with_the_readme_and_with_each_other(compose):
    versi = tomllib.loads((AKAR / "pyproject.toml").read_text())["project"]["version"]
    layanan = compose["services"]
    python = re.findall(r"^FROM (python:\S+)", (AKAR / "Dockerfile").read_text(), re.M)
    daftar = {layanan[n]["image"] for n in ("postgres", "redis", "proxy", "mailpit")} | set(python)

    assert python == ["python:3.11-slim"]
    assert layanan["web"]["image"] == f"integritas:{versi}"
    assert f'VERSI = "{versi}"' in (AKAR / "integritas" / "settings.py").read_text()
    readme = AKAR / "README.md"
    bagian = readme.read_text().partition("## Versions")[2] if readme.exists() else ""
    if not bagian:
        pytest.skip("README belum punya bagian Versions")
    assert [satu for satu in sorted(daftar) if f"`{satu}`" not in bagian] == []


def test_scripts_run_with_a_plain_shell():
    jalan = AKAR / ".ci" / "run"

    assert jalan.read_text().startswith("#!/bin/sh\n")
    assert jalan.stat().st_mode & stat.S_IXUSR
    assert "make" in jalan.read_text()
