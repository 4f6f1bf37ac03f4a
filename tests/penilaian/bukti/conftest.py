"""A store and a folder for uploads of each test's own; an assessment with somebody who fills it."""

import pytest

from tests.factories import OperatorFactory, PenilaianFactory


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "berkas"
    settings.INTEGRITAS_SEMENTARA = tmp_path / "unggahan"
    return tmp_path


@pytest.fixture
def penilaian():
    return PenilaianFactory()


@pytest.fixture
def operator(penilaian):
    return OperatorFactory(satker=penilaian.satker)
