"""Fields as our pages draw them."""

import pytest
from django import forms

from integritas.formulir import FormulirMixin


class SuratForm(FormulirMixin, forms.Form):
    judul = forms.CharField()
    isi = forms.CharField(widget=forms.Textarea)


@pytest.mark.parametrize("baris", ["\n", "\r\n", "\r"])
def test_what_is_written_in_one_line_forges_no_other(baris):
    form = SuratForm({"judul": f"Undangan{baris}Bcc: siapa@contoh.invalid", "isi": "Satu\ndua"})

    assert form.errors == {"judul": ["Tulis dalam satu baris."]}
    assert SuratForm({"judul": " Undangan\n", "isi": "Satu"}).is_valid()
