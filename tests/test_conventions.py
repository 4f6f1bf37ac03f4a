"""What a reviewer would otherwise repeat, told once."""

import inspect
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver

AKAR = Path(settings.BASE_DIR)
MILIK = ("integritas", "satker", "penilaian")
# Health is asked by machines, before anything of the business is loaded.
TANPA_PEMIRSA = {"sehat"}
# English plurals, and Indonesian nouns with an English one.
JAMAK_INGGRIS = re.compile(r"(ies|sses|xes|ches|shes|[^aius]s)$")
# Singular all the same.
TUNGGAL = {"Kelas", "Proses", "Akses", "Status", "Berkas"}


def list_pola(pola=None):
    for satu in get_resolver().url_patterns if pola is None else pola:
        if hasattr(satu, "url_patterns"):
            yield from list_pola(satu.url_patterns)
        else:
            yield satu


DAFTAR_POLA = [
    satu for satu in list_pola() if inspect.unwrap(satu.callback).__module__.startswith(MILIK)
]
DAFTAR_MODEL = [model for nama in MILIK for model in apps.get_app_config(nama).get_models()]
DAFTAR_TEMPLAT = sorted((AKAR / "templates").rglob("*.html"))


@pytest.mark.parametrize("pola", DAFTAR_POLA, ids=lambda pola: pola.name)
def test_every_view_names_its_audience(pola):
    assert pola.name in TANPA_PEMIRSA or pola.callback.audience


@pytest.mark.parametrize("pola", DAFTAR_POLA, ids=lambda pola: pola.name)
def test_the_name_of_an_url_is_the_name_of_its_view(pola):
    assert pola.name == pola.callback.__name__


def test_names_of_urls_are_not_given_twice():
    nama = [satu.name for satu in list_pola()]

    assert sorted(nama) == sorted(set(nama))


@pytest.mark.parametrize("model", DAFTAR_MODEL, ids=lambda model: model.__name__)
def test_a_model_is_named_in_the_singular(model):
    kata_terakhir = re.findall(r"[A-Z][a-z]*", model.__name__)[-1]

    assert kata_terakhir in TUNGGAL or not JAMAK_INGGRIS.search(kata_terakhir)
    assert model._meta.verbose_name == model._meta.verbose_name_plural
    assert str(model._meta.verbose_name) == str(model._meta.verbose_name).lower()


@pytest.mark.parametrize("model", DAFTAR_MODEL, ids=lambda model: model.__name__)
def test_a_model_leaves_the_order_to_each_query(model):
    assert list(model._meta.ordering) == []


@pytest.mark.parametrize("model", DAFTAR_MODEL, ids=lambda model: model.__name__)
def test_a_collection_has_no_name_of_its_own(model):
    """`jawaban_set`, never `jawabans`; two keys to one model tell themselves apart."""
    for field in model._meta.get_fields():
        nama = getattr(field, "related_name", None)
        if field.is_relation and not field.auto_created and nama:
            assert nama == "+" or nama.endswith("_set")


@pytest.mark.parametrize("berkas", DAFTAR_TEMPLAT, ids=lambda berkas: berkas.name)
def test_nothing_is_inline_in_a_template(berkas):
    teks = berkas.read_text()

    assert not re.search(r"\sstyle\s*=", teks)
    assert not re.search(r"<style\b", teks)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", teks)
    assert not re.search(r"\bhx-on\b", teks)
    assert "javascript:" not in teks
    for awal in re.findall(r"<script\b[^>]*>", teks):
        assert " src=" in awal


@pytest.mark.parametrize("berkas", DAFTAR_TEMPLAT, ids=lambda berkas: berkas.name)
def test_a_template_loads_nothing_from_elsewhere(berkas):
    teks = berkas.read_text()

    assert not re.search(r"(src|srcset|action)\s*=\s*[\"'](https?:)?//", teks)
    assert not re.search(r"<link\b[^>]*href\s*=\s*[\"'](https?:)?//", teks)
    assert not re.search(r"url\(\s*[\"']?(https?:)?//", teks)


def test_style_sheets_and_modules_load_nothing_from_elsewhere():
    for berkas in (AKAR / "static").rglob("*"):
        if berkas.suffix in {".css", ".js"}:
            assert not re.search(r"(https?:)?//[\w.-]+\.\w+/", strip_komentar(berkas.read_text()))


def strip_komentar(teks: str) -> str:
    return re.sub(r"/\*.*?\*/|^\s*//.*$", "", teks, flags=re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("berkas", DAFTAR_TEMPLAT, ids=lambda berkas: berkas.name)
def test_a_template_compiles(berkas):
    assert get_template(str(berkas.relative_to(AKAR / "templates")))


@pytest.mark.parametrize("berkas", DAFTAR_TEMPLAT, ids=lambda berkas: berkas.name)
def test_every_form_that_posts_carries_its_token(berkas):
    for formulir in re.findall(r"<form\b.*?</form>", berkas.read_text(), flags=re.DOTALL):
        if re.search(r"method=[\"']post", formulir, re.IGNORECASE):
            assert "{% csrf_token %}" in formulir


@pytest.mark.parametrize("berkas", DAFTAR_TEMPLAT, ids=lambda berkas: berkas.name)
def test_every_htmx_link_and_form_works_alone(berkas):
    """An address without a script: `href`, `action`, or a form field, which is sent anyway."""
    for awal in re.findall(r"<(?:a|form|button)\b[^>]*hx-(?:get|post)[^>]*>", berkas.read_text()):
        assert re.search(r"\s(href|action|formaction)=", awal)


def test_the_menu_names_pages_that_exist(settings):
    from satker.menu import KELOLA, MENU_PERAN, MENU_PUBLIK

    ada = {satu.name for satu in list_pola()}
    disebut = [baris[1:3] for baris in [*MENU_PUBLIK, *MENU_PERAN]]
    disebut += [(satu[1], satu[3]) for _, isi in KELOLA for satu in isi]

    assert {nama for url_name, sekamar in disebut for nama in (url_name, *sekamar)} <= ada
