"""The import in a real browser, on a phone and without scripts."""

import pytest
from django.conf import settings
from django.urls import reverse

from satker.models import SatuanKerja
from tests.factories import AdminFactory, JenisSatkerFactory, KanwilFactory
from tests.integritas.berkas import make_csv, make_xlsx

JUDUL = ("kode", "nama", "jenis", "induk")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("make", [make_csv, make_xlsx])
def test_office_is_imported_on_a_phone_without_scripts(browser, live_server, client_for, make):
    KanwilFactory(kode="16-kanwil")
    JenisSatkerFactory()
    isi = make(
        JUDUL,
        ("16-lapas-baru", "Lapas Baru", "Lapas", "16-kanwil"),
        ("16-lapas-lain", "Lapas Lain", "Lapass", "16-kanwil"),
    )
    nama = "a.csv" if make is make_csv else "a.xlsx"
    kue = client_for(AdminFactory()).cookies[settings.SESSION_COOKIE_NAME].value
    konteks = browser.new_context(
        viewport={"width": 360, "height": 800}, java_script_enabled=False, locale="id-ID"
    )
    konteks.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": kue, "url": live_server.url}]
    )
    page = konteks.new_page()

    page.goto(live_server.url + reverse("satker_import"))
    page.set_input_files(
        "#id_berkas", {"name": nama, "mimeType": "application/octet-stream", "buffer": isi}
    )
    page.get_by_role("button", name="Periksa berkas").click()
    page.get_by_text("tidak dikenal. Maksudnya Lapas?").wait_for()
    page.get_by_label("Lewati baris yang ditolak").check()
    page.get_by_role("button", name="Tulis 1 baris").click()

    page.get_by_text("1 baru, 0 berubah, 0 sama. 1 baris ditolak").wait_for()
    konteks.close()
    assert SatuanKerja.objects.filter(kode="16-lapas-baru").exists()
