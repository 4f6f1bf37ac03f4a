"""A drawn signature: what passes, what does not, and how it is shown."""

import pytest

from satker.forms.goresan import TandaTanganForm
from satker.goresan import MAKS_HURUF, GoresanSalahError, draw_goresan, read_goresan


@pytest.mark.parametrize(
    ("teks", "hasil"),
    [
        ("", ""),
        ("  ", ""),
        ("M1 2L3 4", "M1 2L3 4"),
        ("M 1.4,2 L 3.6,4 M0 0L600 200", "M1 2L4 4M0 0L600 200"),
    ],
)
def test_a_path_has_one_spelling(teks, hasil):
    assert read_goresan(teks) == hasil


@pytest.mark.parametrize(
    "teks",
    [
        "M1 2",
        "L1 2",
        "M1 2C3 4 5 6 7 8",
        "M1 2L601 3",
        "M1 2L3 201",
        "M-1 2L3 4",
        'M1 2L3 4"/><script>',
        "M1 2L3 4\nL5 6",
        "M١ 2L3 4x",
        "M1 2" + "L3 4" * MAKS_HURUF,
    ],
)
def test_anything_else_is_refused(teks):
    with pytest.raises(GoresanSalahError, match="tidak terbaca"):
        read_goresan(teks)


def test_a_dot_is_no_signature():
    with pytest.raises(GoresanSalahError, match="terlalu kecil"):
        read_goresan("M10 10L12 12", paling_sedikit=40)


def test_it_is_drawn_with_its_name_and_nothing_else():
    svg = draw_goresan("M1 2L3 4", 'Tanda tangan "A" <b>')

    assert 'd="M1 2L3 4"' in svg
    assert 'aria-label="Tanda tangan &quot;A&quot; &lt;b&gt;"' in svg
    assert draw_goresan("") == ""


@pytest.mark.parametrize(
    ("isi", "cara"),
    [
        ({"goresan": "M10 10L200 100"}, "layar"),
        ({"ketikan": " setuju "}, "tautan"),
        ({"goresan": "M10 10L200 100", "ketikan": "setuju"}, "layar"),
    ],
)
def test_the_form_takes_a_drawing_or_the_word(isi, cara):
    form = TandaTanganForm({"persetujuan": "on"} | isi, kalimat="Saya setuju.")

    assert form.is_valid()
    assert form.choose_cara() == cara


@pytest.mark.parametrize(
    ("isi", "salah"),
    [
        ({"persetujuan": "on"}, {"ketikan"}),
        ({"persetujuan": "on", "ketikan": "tidak"}, {"ketikan"}),
        ({"persetujuan": "on", "goresan": "M1 1L2 2"}, {"goresan"}),
        ({"persetujuan": "on", "goresan": "<script>", "ketikan": "SETUJU"}, {"goresan"}),
        ({"goresan": "M10 10L200 100"}, {"persetujuan"}),
    ],
)
def test_the_form_says_what_is_missing(isi, salah):
    form = TandaTanganForm(isi, kalimat="Saya setuju.")

    assert set(form.errors) == salah
