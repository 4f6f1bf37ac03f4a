"""Evidence picked, dropped and pasted, in a real browser, on a line that breaks."""

import hashlib

import pytest
from django.core.files.storage import default_storage
from playwright.sync_api import expect

from integritas.models import Berkas
from penilaian.models import BuktiDukung, PemakaianBukti, Unggahan
from tests.browser.putus import JalurPutus
from tests.penilaian.bukti.contoh import add_bukti, build_pdf, build_png

pytestmark = pytest.mark.usefixtures("folder")

MEGA = 1024 * 1024
# A file made in the page, as it comes from a folder or from the clipboard.
LEMPAR = """([pilih, jenis, daftar]) => {
  const isi = new DataTransfer();
  for (const [nama, teks, mime] of daftar)
    isi.items.add(new File([Uint8Array.from(atob(teks), (h) => h.charCodeAt(0))], nama, {type: mime}));
  const pilihan = {bubbles: true, cancelable: true};
  const tempat = document.querySelector(pilih);
  if (jenis === "paste") {
    tempat.dispatchEvent(new ClipboardEvent("paste", {...pilihan, clipboardData: isi}));
    return null;
  }
  tempat.dispatchEvent(new DragEvent("dragover", {...pilihan, dataTransfer: isi}));
  const diseret = document.querySelectorAll("[data-seret]").length;
  tempat.dispatchEvent(new DragEvent("drop", {...pilihan, dataTransfer: isi}));
  return diseret;
}"""


def open_area(context, penilaian, alamat=""):
    page = context.new_page()
    page.goto(f"{alamat}/lke/{penilaian.pk}/area/A.6/")
    return page


def pdf(teks, isi=0):
    return {
        "name": f"{teks}.pdf",
        "mimeType": "application/pdf",
        "buffer": build_pdf(teks, isi=isi),
    }


def get_baris(page, nama):
    """The row of one upload."""
    return page.locator("[data-antrean] > li").filter(has_text=nama)


def expect_saved(page, *daftar_nama):
    for nama in daftar_nama:
        expect(get_baris(page, nama)).to_contain_text("Tersimpan", timeout=180_000)


def encode(isi):
    from base64 import b64encode

    return b64encode(isi).decode()


def read_store(sha256):
    with default_storage.open(f"bukti/{sha256[:2]}/{sha256[2:4]}/{sha256}") as berkas:
        return berkas.read()


def test_many_files_picked_at_once_all_arrive_and_what_is_typed_stays(open_context, penilaian):
    page = open_area(open_context("operator"), penilaian)
    page.locator("#c70").focus()
    page.keyboard.type("Sedang ditulis")

    page.locator("#b70").set_input_files([pdf("SK"), pdf("undangan", 3 * MEGA), pdf("notula")])

    expect_saved(page, "SK.pdf", "undangan.pdf", "notula.pdf")
    for nama in ("SK.pdf", "undangan.pdf", "notula.pdf"):
        daftar = page.locator("#bukti-70 [data-daftar]")
        expect(daftar.get_by_role("link", name=nama, exact=True)).to_have_count(1)
    expect(page.locator("#c70")).to_have_value("Sedang ditulis")
    expect(page.locator("#c70")).to_be_focused()
    assert sorted(PemakaianBukti.objects.values_list("bukti__nama", "pertanyaan__kode")) == [
        ("SK.pdf", "A.I.6.i.b"),
        ("notula.pdf", "A.I.6.i.b"),
        ("undangan.pdf", "A.I.6.i.b"),
    ]
    assert not Unggahan.objects.exists()
    assert page.evaluate("Object.keys(localStorage).filter((k) => k.includes('unggah'))") == []


def test_the_chosen_document_goes_with_the_file(open_context, penilaian):
    page = open_area(open_context("operator"), penilaian)
    pilihan = page.locator("#bukti-70 [name=dokumen]")
    nama = pilihan.locator("option").nth(1).text_content()
    pilihan.select_option(index=1)

    page.locator("#b70").set_input_files([pdf("SK")])

    expect_saved(page, "SK.pdf")
    assert PemakaianBukti.objects.get().dokumen.nama == nama
    expect(pilihan).to_have_value("")


def test_files_dropped_onto_a_card_arrive_and_beside_it_nothing_happens(open_context, penilaian):
    page = open_area(open_context("operator"), penilaian)
    berkas = [["SK.pdf", encode(build_pdf("SK")), "application/pdf"]]
    foto = [["foto.png", encode(build_png()), "image/png"]]

    assert page.evaluate(LEMPAR, ["#q71 legend", "drop", [*berkas, *foto]]) == 1
    assert page.evaluate(LEMPAR, ["h1", "drop", berkas]) == 0

    expect_saved(page, "SK.pdf", "foto.png")
    expect(page.locator("[data-antrean] > li")).to_have_count(2)
    assert set(PemakaianBukti.objects.values_list("pertanyaan__urutan", flat=True)) == {71}


def test_a_pasted_picture_is_uploaded_and_pasted_text_stays_text(open_context, penilaian):
    page = open_area(open_context("operator"), penilaian)
    gambar = [["image.png", encode(build_png()), "image/png"]]

    page.evaluate(LEMPAR, ["#c72", "paste", gambar])

    expect(get_baris(page, "Tempelan")).to_contain_text("Tersimpan")
    assert BuktiDukung.objects.get().nama.startswith("Tempelan ")
    page.evaluate(
        """() => {
          const isi = new DataTransfer();
          isi.items.add(new File(["x"], "image.png", {type: "image/png"}));
          isi.setData("text/plain", "dari Excel");
          window.dibiarkan = document.querySelector("#c72").dispatchEvent(
            new ClipboardEvent("paste", {bubbles: true, cancelable: true, clipboardData: isi}));
        }"""
    )
    assert page.evaluate("window.dibiarkan") is True
    expect(page.locator("[data-antrean] > li")).to_have_count(1)


def test_ten_megabytes_over_a_line_that_is_cut_arrive_whole(open_context, penilaian, base_url):
    isi = pdf("laporan", 10 * MEGA)
    with JalurPutus(base_url, setiap=3 * MEGA) as jalur:
        page = open_area(open_context("operator"), penilaian, jalur.alamat)
        dilihat = page.evaluate_handle(
            """() => {
              const dilihat = new Set();
              new MutationObserver(() => document.querySelectorAll("[data-antrean] small").forEach(
                (satu) => dilihat.add(satu.textContent.replace(/\\d+/, "n")),
              )).observe(document.querySelector("#bukti-70"), {subtree: true, childList: true, characterData: true});
              return dilihat;
            }"""
        )
        page.locator("#b70").set_input_files([isi])

        expect_saved(page, "laporan.pdf")
        teks = set(dilihat.evaluate("(s) => [...s]"))

    berkas = Berkas.objects.get()
    assert berkas.ukuran == len(isi["buffer"]) > 10 * MEGA
    assert berkas.sha256 == hashlib.sha256(isi["buffer"]).hexdigest()
    assert hashlib.sha256(read_store(berkas.sha256)).hexdigest() == berkas.sha256
    assert jalur.jumlah_putus == 3
    assert jalur.ditolak >= 6
    # It went on where it broke: no more went up twice than a piece for each cut.
    assert jalur.naik < len(isi["buffer"]) + 4 * MEGA
    assert {"Mengunggah n%", "Menunggu sambungan …", "Memeriksa …", "Tersimpan"} <= teks


def test_off_line_it_waits_and_goes_on_by_itself(open_context, penilaian):
    context = open_context("operator")
    page = open_area(context, penilaian)
    context.set_offline(True)
    page.locator("#b70").set_input_files([pdf("SK", 2 * MEGA)])
    expect(get_baris(page, "SK.pdf")).to_contain_text("Menunggu sambungan …")
    assert not Unggahan.objects.exists()

    context.set_offline(False)

    expect_saved(page, "SK.pdf")
    assert PemakaianBukti.objects.count() == 1


def test_after_a_reload_the_same_file_goes_on_where_it_was(open_context, penilaian, tmp_path):
    berkas = tmp_path / "laporan.pdf"
    berkas.write_bytes(build_pdf("laporan", isi=3 * MEGA))
    page = open_area(open_context("operator"), penilaian)
    page.locator("#q70").click()
    page.route("**/potongan/?mulai=1048576", lambda route: route.abort())
    page.locator("#b70").set_input_files(berkas)
    expect(get_baris(page, "laporan.pdf")).to_contain_text("Menunggu sambungan …")
    dialog = []
    page.on("dialog", lambda satu: (dialog.append(satu.type), satu.accept()))

    page.reload()

    assert dialog == ["beforeunload"]
    expect(get_baris(page, "laporan.pdf")).to_contain_text(
        "Belum selesai, 33% sudah terkirim. Pilih berkas yang sama untuk melanjutkan."
    )
    page.unroute("**/potongan/?mulai=1048576")
    dikirim = []
    page.on("request", lambda satu: dikirim.append(satu.url) if satu.method == "PUT" else None)
    page.locator("#b70").set_input_files(berkas)
    expect_saved(page, "laporan.pdf")
    assert [satu.partition("mulai=")[2] for satu in dikirim] == ["1048576", "2097152", "3145728"]
    assert Berkas.objects.get().sha256 == hashlib.sha256(berkas.read_bytes()).hexdigest()
    assert page.locator("[data-antrean] > li").count() == 1


def test_a_refused_file_shows_its_reason_and_leaves_nothing(open_context, penilaian, folder):
    page = open_area(open_context("operator"), penilaian)

    page.locator("#b70").set_input_files(
        [
            {"name": "palsu.pdf", "mimeType": "application/pdf", "buffer": b"bukan PDF"},
            {"name": "program.exe", "mimeType": "application/x-msdownload", "buffer": b"MZ"},
        ]
    )

    for nama in ("palsu.pdf", "program.exe"):
        expect(get_baris(page, nama)).to_contain_text(
            f"Ditolak: Berkas “{nama}” tidak diterima", timeout=30_000
        )
    assert (Unggahan.objects.count(), Berkas.objects.count()) == (0, 0)
    assert [satu for satu in folder.rglob("*") if satu.is_file()] == []
    get_baris(page, "palsu.pdf").get_by_role("button", name="Tutup").click()
    expect(page.locator("[data-antrean] > li")).to_have_count(1)


def test_a_file_the_unit_has_is_offered_and_used_by_its_button(open_context, penilaian):
    add_bukti(penilaian, "A.I.1.i.a", "SK")
    page = open_area(open_context("operator"), penilaian)
    page.locator("#b70").set_input_files([pdf("SK")])
    baris = get_baris(page, "SK.pdf")
    expect(baris).to_contain_text("sudah ada sebagai bukti “SK.pdf”")
    assert PemakaianBukti.objects.count() == 1

    baris.get_by_role("button", name="Pakai “SK.pdf” di nomor 70").click()

    expect(baris).to_contain_text("Bukti yang sudah ada dipakai di sini")
    expect(page.locator("#bukti-70 [data-daftar] a").first).to_have_text("SK.pdf")
    assert (PemakaianBukti.objects.count(), BuktiDukung.objects.count()) == (2, 1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_rows_of_uploads_fit_a_phone(open_context, penilaian, scheme):
    page = open_area(open_context("operator", width=360, scheme=scheme), penilaian)
    page.route("**/potongan/?mulai=1048576", lambda route: route.abort())
    panjang = "Surat keputusan tim Lembaga Pemasyarakatan Narkotika Kelas IIA"
    palsu = {"name": "palsu.pdf", "mimeType": "application/pdf", "buffer": b"bukan PDF"}

    page.locator("#b70").set_input_files([pdf(panjang), palsu, pdf("laporan", 3 * MEGA)])

    expect_saved(page, panjang)
    expect(get_baris(page, "palsu.pdf")).to_contain_text("Ditolak", timeout=30_000)
    expect(get_baris(page, "laporan.pdf")).to_contain_text("Menunggu sambungan …")
    terjauh = page.evaluate(
        """Math.max(...[...document.querySelectorAll("#q70 *:not(.hidden)")].map(
             (satu) => satu.getBoundingClientRect().right))"""
    )
    kanan = page.locator("#q70").evaluate("(satu) => satu.getBoundingClientRect().right")
    assert terjauh <= kanan <= 360


def test_an_upload_is_cancelled(open_context, penilaian, folder):
    page = open_area(open_context("operator"), penilaian)
    page.route("**/potongan/?mulai=1048576", lambda route: route.abort())
    page.locator("#b70").set_input_files([pdf("SK", 3 * MEGA)])
    expect(get_baris(page, "SK.pdf")).to_contain_text("Menunggu sambungan …")

    with page.expect_response("**/batal/") as jawaban:
        get_baris(page, "SK.pdf").get_by_role("button", name="Batalkan").click()

    assert jawaban.value.status == 204
    expect(page.locator("[data-antrean] > li")).to_have_count(0)
    expect(page.locator("#b70")).to_be_focused()
    assert not Unggahan.objects.exists()
    assert [satu for satu in folder.rglob("*") if satu.is_file()] == []


def test_who_is_signed_out_meanwhile_is_told_and_may_go_on(open_context, penilaian):
    context = open_context("operator")
    page = open_area(context, penilaian)
    kue = context.cookies()
    context.clear_cookies()
    page.locator("#b70").set_input_files([pdf("SK")])
    expect(get_baris(page, "SK.pdf")).to_contain_text("Anda perlu masuk lagi")

    context.add_cookies(kue)
    get_baris(page, "SK.pdf").get_by_role("button", name="Coba lagi").click()

    expect_saved(page, "SK.pdf")


def test_without_javascript_the_card_uploads_as_ever(open_context, penilaian):
    page = open_area(open_context("operator", java_script_enabled=False), penilaian)
    page.locator("#b70").set_input_files([pdf("SK"), pdf("nota")])

    page.locator("#bukti-70").get_by_role("button", name="Unggah").click()

    page.wait_for_url("**/area/A.6/#q70")
    expect(page.locator("#bukti-70 [data-daftar] li")).to_contain_text(["SK.pdf", "nota.pdf"])
    assert PemakaianBukti.objects.count() == 2
