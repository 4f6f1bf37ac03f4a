"""Large agreements, and the files that come with a step: what Django's own limits would refuse."""

from decimal import Decimal

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from integritas.angka import parse_angka
from integritas.berkas import masuk
from satker.janji import Isi, IsiIndikator, IsiKegiatan, IsiSasaran, compute_sidik
from satker.models import IndikatorKinerja, PerjanjianKinerja, RealisasiIndikator
from satker.perjanjian import read_isi
from tests.factories import KepalaFactory
from tests.factories.janji import make_perjanjian
from tests.factories.ukur import IndikatorFactory, PerjanjianKinerjaFactory, SasaranFactory
from tests.penilaian.bukti.contoh import build_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "berkas"
    settings.INTEGRITAS_SEMENTARA = tmp_path / "unggahan"


def test_a_draft_of_more_than_a_hundred_indicators_is_saved(client_for):
    draf = make_perjanjian()
    isi = {"sidik": compute_sidik(read_isi(draf).to_data())}
    isi |= {"s-TOTAL_FORMS": "4", "s-INITIAL_FORMS": "0"}
    isi |= {"k-TOTAL_FORMS": "0", "k-INITIAL_FORMS": "0"}
    for n in range(4):
        isi |= {
            f"s-{n}-nama": f"Sasaran {n}",
            f"i{n}-TOTAL_FORMS": "30",
            f"i{n}-INITIAL_FORMS": "0",
        }
        for m in range(30):
            kolom = {"id": "", "nama": f"Indikator {m}", "arah": "naik", "satuan": "persen"}
            kolom |= {"target": "1.250,5", "b03": "", "b06": "", "b09": "", "b12": ""}
            isi |= {f"i{n}-{m}-{nama}": nilai for nama, nilai in kolom.items()}

    jawab = client_for(KepalaFactory(satker=draf.satker)).post(
        reverse("perjanjian_isi", args=[draf.pk]), isi
    )

    assert jawab.status_code == 302
    milik = IndikatorKinerja.objects.filter(sasaran__perjanjian=draf)
    assert milik.count() == 120
    assert set(milik.values_list("target", flat=True)) == {1250.5}


def test_a_quarter_of_as_many_is_reported_and_its_file_is_summed_once(client_for, monkeypatch):
    disimpan = []
    store = masuk.store_berkas
    monkeypatch.setattr(
        masuk,
        "store_berkas",
        lambda berkas, **lain: disimpan.append(lain["sha256"]) or store(berkas, **lain),
    )
    perjanjian = PerjanjianKinerjaFactory(berlaku=True, tahun=2026)
    sasaran = SasaranFactory(perjanjian=perjanjian)
    daftar = [IndikatorFactory(sasaran=sasaran) for _ in range(101)]
    kosong = 'Content-Disposition: form-data; name="berkas_{}"; filename=""\r\n\r\n\r\n'
    with time_machine.travel("2026-05-04T10:00:00+07:00"):
        client = client_for(KepalaFactory(satker=perjanjian.satker))
        url = reverse("triwulan_report", args=[perjanjian.pk, "b03"])
        sidik = client.get(url).context["sidik"]
        potong = [f'Content-Disposition: form-data; name="sidik"\r\n\r\n{sidik}\r\n'.encode()]
        for satu in daftar:
            nilai = f'Content-Disposition: form-data; name="nilai_{satu.pk}"\r\n\r\n1,25\r\n'
            potong += [nilai.encode(), kosong.format(satu.pk).encode()]
        potong[-1] = (
            (
                f'Content-Disposition: form-data; name="berkas_{daftar[-1].pk}"; filename="b.pdf"\r\n'
                "Content-Type: application/pdf\r\n\r\n"
            ).encode()
            + build_pdf("bukti")
            + b"\r\n"
        )
        badan = b"--xx\r\n" + b"--xx\r\n".join(potong) + b"--xx--\r\n"

        jawab = client.post(url, badan, content_type="multipart/form-data; boundary=xx")

    assert jawab.status_code == 302
    assert RealisasiIndikator.objects.filter(nilai="1.25").count() == 101
    [satu] = RealisasiIndikator.objects.filter(berkas__isnull=False)
    assert disimpan == [satu.berkas.sha256]


def test_the_largest_numbers_taken_come_back_from_the_database_as_they_are():
    target = parse_angka("99.999.999.999,9999", desimal=4, maks=Decimal(10) ** 14 - 1)
    besar = parse_angka("99.999.999.999.999", desimal=4, maks=Decimal(10) ** 14 - 1)
    anggaran = parse_angka("9999999999999,99", desimal=2, maks=Decimal(10) ** 16 - 1)
    isi = Isi(
        (IsiSasaran("S", (IsiIndikator("I", "u", "naik", target, (besar, None, None, None)),)),),
        (IsiKegiatan("K", anggaran),),
    )

    kembali = read_isi(make_perjanjian(isi=isi))

    assert kembali.to_data() == isi.to_data()


def test_files_of_a_step_ask_for_the_token(db):
    draf = make_perjanjian()
    client = Client(enforce_csrf_checks=True)
    client.force_login(KepalaFactory(satker=draf.satker))
    url = reverse("perjanjian_sign", args=[draf.pk])
    isi = {"tanggal": timezone.localdate(), "cara": "basah"}
    berkas = SimpleUploadedFile("pk.pdf", build_pdf("pk"))

    tanpa = client.post(url, isi | {"berkas": berkas})

    assert tanpa.status_code == 403
    assert PerjanjianKinerja.objects.get().status == "draf"
    client.get(url)
    berkas.seek(0)
    token = client.cookies["csrftoken"].value
    assert (
        client.post(url, isi | {"berkas": berkas, "csrfmiddlewaretoken": token}).status_code == 302
    )
    assert PerjanjianKinerja.objects.get().status == "berlaku"


def test_a_sum_that_is_not_the_whole_says_so_on_the_page(client_for):
    isi = Isi((), (IsiKegiatan("A", Decimal(5)), IsiKegiatan("B", None)))
    draf = make_perjanjian(isi=isi)

    page = client_for(KepalaFactory(satker=draf.satker)).get(
        reverse("perjanjian_detail", args=[draf.pk])
    )

    assert "Jumlah yang sudah diisi" in page.text
