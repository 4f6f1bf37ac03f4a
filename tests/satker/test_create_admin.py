"""The first administrator comes in by a link."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import resolve

from satker import penugasan
from satker.access import list_peran
from satker.models import Pengguna
from tests.factories import SANDI, InstansiFactory, PenggunaFactory


def test_the_printed_link_lets_an_admin_in(db, capsys, settings):
    InstansiFactory(kode="kemenkumham")

    call_command("create_admin", "Sari@Uji.invalid", "Sari Uji")

    pengguna = Pengguna.objects.get()
    assert (pengguna.email, pengguna.has_usable_password()) == ("sari@uji.invalid", False)
    tautan = next(b for b in capsys.readouterr().out.split() if "/undangan/" in b)
    token = resolve(tautan.removeprefix(settings.INTEGRITAS_ALAMAT)).kwargs["token"]
    assert list_peran(penugasan.accept_undangan(token, SANDI)) == {"admin"}


@pytest.mark.parametrize(
    ("argumen", "pesan"),
    [
        (["ada@uji.invalid", "Ada"], "sudah dipakai"),
        (["bukan-surel", "X"], "bukan alamat surel"),
        (["sari@uji.invalid", "Sari", "--instansi", "entah"], "tidak ada instansi"),
    ],
)
def test_create_admin_refuses(db, argumen, pesan):
    InstansiFactory(kode="kemenkumham")
    PenggunaFactory(email="ada@uji.invalid")

    with pytest.raises(CommandError, match=pesan):
        call_command("create_admin", *argumen)

    assert Pengguna.objects.count() == 1
