"""Filling the LKE as a hurried operator does: by keyboard, on a line that breaks, together with a
colleague, and without JavaScript."""

from playwright.sync_api import expect

from penilaian.models import Jawaban, Rekap


def open_area(context, penilaian, area="A.6", nomor=""):
    page = context.new_page()
    page.goto(f"/lke/{penilaian.pk}/area/{area}/{nomor}")
    return page


def wait_saved(page, nomor):
    expect(page.locator(f"#simpan-{nomor}")).to_contain_text("✓ Tersimpan")


def get_pilihan(penilaian) -> dict[str, str]:
    return {
        satu.pertanyaan.kode: satu.pilihan or satu.isian
        for satu in Jawaban.objects.filter(penilaian=penilaian).select_related("pertanyaan")
    }


def test_an_area_is_filled_by_keyboard_alone(open_context, penilaian):
    """Area 4: letters answer, N goes on, Escape leaves a number field."""
    page = open_area(open_context("operator"), penilaian, "A.4")
    kartu = page.locator("[data-kartu]").evaluate_all("k => k.map(s => s.dataset.kartu)")
    page.locator(f"#q{kartu[0]}").focus()

    for nomor in kartu:
        assert page.evaluate("document.activeElement.closest('[data-kartu]').id") == f"q{nomor}"
        if page.locator(f"#q{nomor} [type=radio]").count():
            ya_tidak = page.locator(f"#q{nomor} [value=Ya]").count()
            page.keyboard.press("y" if ya_tidak else "b")
        else:
            page.keyboard.press("Tab")
            page.keyboard.type("8")
            page.keyboard.press("Tab")
            page.keyboard.type("6")
            page.keyboard.press("Escape")
        page.keyboard.press("n")
    for nomor in kartu:
        wait_saved(page, nomor)

    expect(page.locator('.index [data-keadaan="kosong"]')).to_have_count(0)
    expect(page.locator("#bilah")).to_contain_text("14 dari 113 terjawab")
    rekap = Rekap.objects.get(penilaian=penilaian)
    assert rekap.terisi_area["A.4"] == len(kartu) == 14
    assert get_pilihan(penilaian)["A.II.4.i.a"] == '{"jumlah_sasaran":"8","sasaran_tercapai":"6"}'


def test_shortcuts_work_inside_a_card_only_and_can_be_switched_off(open_context, penilaian):
    page = open_area(open_context("operator"), penilaian)
    page.locator("h1").click()
    page.keyboard.press("a")
    page.locator("#q69").focus()
    page.keyboard.press("?")
    assert page.locator("[data-pintasan]").get_attribute("open") is not None
    page.locator("#c69").focus()
    page.keyboard.type("bac")
    wait_saved(page, 69)

    page.get_by_label("Pintasan aktif").uncheck()
    page.reload()
    page.locator("#q70").focus()
    page.keyboard.press("a")
    page.wait_for_timeout(800)

    assert page.locator(":checked[type=radio]").count() == 0
    assert get_pilihan(penilaian) == {"A.I.6.i.a": ""}


def test_the_number_asked_for_takes_the_focus_also_on_another_page(open_context, penilaian):
    page = open_area(open_context("operator"), penilaian, nomor="#q69")
    expect(page.locator("#q69")).to_be_focused()
    page.keyboard.press("g")
    page.keyboard.type("109")
    page.keyboard.press("Enter")
    expect(page.locator("#q109")).to_be_focused()

    page.keyboard.press("g")
    page.keyboard.type("5")
    page.keyboard.press("Enter")

    page.wait_for_url("**/semua/#q5")
    expect(page.locator("#q5")).to_be_focused()


def test_an_answer_that_comes_back_late_does_not_turn_the_bar_back(open_context, penilaian):
    page = open_area(open_context("operator"), penilaian)
    ditahan = []
    page.route("**/jawab/A.I.6.i.a/", lambda route: ditahan.append((route, route.fetch())))
    page.locator("#q69 [type=radio]").first.check()
    expect(page.locator("#simpan-69")).to_contain_text("Menyimpan")
    page.locator("#q70 [type=radio]").first.check()
    wait_saved(page, 70)
    expect(page.locator("#bilah")).to_contain_text("2 dari 113 terjawab")

    [(route, jawaban)] = ditahan
    route.fulfill(response=jawaban)

    wait_saved(page, 69)
    assert "1 dari 113 terjawab" in jawaban.text()
    expect(page.locator("#bilah")).to_contain_text("2 dari 113 terjawab")


def test_a_dropped_line_keeps_the_draft_and_sends_it_when_it_comes_back(open_context, penilaian):
    context = open_context("operator")
    page = open_area(context, penilaian)
    context.set_offline(True)
    page.locator("#c70").fill("Ditulis saat jaringan putus")
    page.locator("#q71 [value=B]").check()
    expect(page.locator("#simpan-70")).to_contain_text("Jawaban masih ada di peramban ini")
    assert not Jawaban.objects.filter(penilaian=penilaian).exists()

    context.set_offline(False)

    wait_saved(page, 70)
    wait_saved(page, 71)
    satu = Jawaban.objects.get(penilaian=penilaian, pertanyaan__kode="A.I.6.i.b")
    assert satu.catatan == "Ditulis saat jaringan putus"
    assert page.evaluate("localStorage.length") == 0


def test_a_browser_closed_while_off_line_sends_on_the_next_visit(open_context, penilaian):
    context = open_context("operator")
    page = open_area(context, penilaian)
    context.set_offline(True)
    page.locator("#q71 [value=C]").check()
    page.locator("#c71").fill("Belum terkirim")
    page.close()
    context.set_offline(False)

    page = open_area(context, penilaian)

    wait_saved(page, 71)
    satu = Jawaban.objects.get(penilaian=penilaian)
    assert (satu.pilihan, satu.catatan) == ("C", "Belum terkirim")


def test_two_people_on_one_question_lose_nothing(open_context, penilaian):
    satu = open_area(open_context("operator"), penilaian)
    dua = open_area(open_context("kepala"), penilaian)
    satu.locator("#q72 [value=Ya]").check()
    wait_saved(satu, 72)

    dua.locator("#c72").fill("Maklumat dipasang")
    dua.locator("#q72 [value=Tidak]").check()

    expect(dua.locator("#konflik-72")).to_contain_text("Sekarang tersimpan")
    expect(dua.locator("#konflik-72")).to_contain_text("Maklumat dipasang")
    assert get_pilihan(penilaian) == {"A.I.6.i.d": "Ya"}
    dua.get_by_role("button", name="Pakai jawaban saya").click()
    wait_saved(dua, 72)
    assert get_pilihan(penilaian) == {"A.I.6.i.d": "Tidak"}
    expect(dua.locator("#konflik-72")).to_be_empty()


def test_typing_is_never_replaced_while_a_save_is_on_its_way(open_context, penilaian):
    page = open_area(open_context("operator"), penilaian)
    kolom = page.locator("#c70")
    kolom.focus()
    for _ in range(3):
        page.keyboard.type("kata ")
        page.wait_for_timeout(520)
    page.keyboard.type("akhir")

    assert kolom.input_value() == "kata kata kata akhir"
    expect(kolom).to_be_focused()
    wait_saved(page, 70)
    assert Jawaban.objects.get(penilaian=penilaian).catatan == "kata kata kata akhir"


def test_without_javascript_every_card_has_its_button(open_context, penilaian):
    page = open_area(open_context("operator", java_script_enabled=False), penilaian)

    page.locator("#q71 [value=B]").check()
    page.get_by_role("button", name="Simpan nomor 71").click()

    page.wait_for_url("**/area/A.6/#q71")
    assert page.locator("#q71 [value=B]").is_checked()
    assert get_pilihan(penilaian) == {"A.I.6.i.c": "B"}
    page.locator("#q71").get_by_role("button", name="Kosongkan").click()
    assert get_pilihan(penilaian) == {"A.I.6.i.c": ""}


def test_the_tab_one_is_on_is_in_view_on_a_phone(open_context, penilaian):
    page = open_context("operator", width=360).new_page()
    page.goto(f"/lke/{penilaian.pk}/lembar/")

    expect(page.locator(".tabs [aria-current]")).to_be_in_viewport(ratio=0.95)
    expect(page.locator(".nav [aria-current]")).to_be_in_viewport(ratio=0.95)
