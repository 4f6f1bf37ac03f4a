"""Every command of ours starts on a new folder with nothing set."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import get_commands


@pytest.mark.server
def test_every_command_explains_itself_with_nothing_but_a_folder(manage):
    kita = sorted(
        nama for nama, app in get_commands().items() if app in {"integritas", "satker", "penilaian"}
    )
    assert {"run_mandiri", "backup", "restore", "load_fakta", "count_predikat"} <= set(kita)

    with ThreadPoolExecutor(2) as pool:
        daftar = dict(zip(kita, pool.map(lambda nama: manage(nama, "--help"), kita), strict=True))

    assert {nama: hasil.stderr for nama, hasil in daftar.items() if hasil.stderr} == {}
    for nama, hasil in daftar.items():
        assert hasil.returncode == 0, nama
        assert "usage: manage.py" in hasil.stdout
