"""Mail kept as files can be read by an admin, and nothing in it runs."""

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories import AdminFactory


@pytest.fixture
def folder(settings, tmp_path):
    settings.VAR = tmp_path
    return tmp_path / "surel"


@pytest.fixture
def client(client_for, db):
    return client_for(AdminFactory())


def send(folder, perihal, isi="Isi.", html=None):
    backend = "django.core.mail.backends.filebased.EmailBackend"
    surat = EmailMultiAlternatives(perihal, isi, "dari@uji.invalid", ["budi@uji.invalid"])
    if html:
        surat.attach_alternative(html, "text/html")
    surat.connection = get_connection(backend, file_path=str(folder))
    surat.send()


def test_a_folder_without_mail_says_so(client, folder):
    assertContains(client.get(reverse("surel_list")), "Belum ada surel")


def test_mail_is_listed_and_shown_with_its_link(client, folder):
    send(folder, "Undangan – héllo", "Buka http://localhost:8000/undangan/abc/ ya.")

    daftar = client.get(reverse("surel_list"))
    (surat,) = daftar.context["daftar_surat"]
    assert (surat.perihal, surat.kepada) == ("Undangan – héllo", "budi@uji.invalid")
    isi = client.get(reverse("surel_detail", args=[surat.nama]))
    assertContains(isi, '<a href="http://localhost:8000/undangan/abc/"')


def test_html_in_a_message_is_shown_as_text_and_never_as_html(client, folder):
    send(folder, "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<b>tebal</b>")

    nama = next(folder.iterdir()).stem
    isi = client.get(reverse("surel_detail", args=[nama]))

    assertNotContains(isi, "<script>alert(1)")
    assertNotContains(isi, "<img src=x")
    assertNotContains(isi, "<b>tebal</b>")
    assertContains(isi, "&lt;img src=x")


def test_several_messages_of_one_file_are_all_shown(client, folder):
    send(folder, "Satu")
    berkas = next(folder.iterdir())
    berkas.write_bytes(berkas.read_bytes() + berkas.read_bytes().replace(b"Satu", b"Dua"))

    isi = client.get(reverse("surel_detail", args=[berkas.stem]))

    assert [surat.perihal for surat in isi.context["daftar_surat"]] == ["Satu", "Dua"]


def test_no_other_file_is_read(client, folder, tmp_path):
    folder.mkdir()
    (tmp_path / "rahasia.log").write_text("Subject: x\n\nrahasia")

    assert client.get("/surel/../rahasia/").status_code == 404
    assert client.get("/surel/rahasia/").status_code == 404
    assert client.get("/surel/%2e%2e%2frahasia/").status_code == 404


def test_a_server_sends_its_mail_and_keeps_none(client, folder, settings):
    settings.MODE = "server"

    assert client.get(reverse("surel_list")).status_code == 404
    assertNotContains(client.get(reverse("akun")), reverse("surel_list"))
