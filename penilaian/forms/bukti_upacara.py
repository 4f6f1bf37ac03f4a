"""A row of what serves which question."""

from django import forms

from integritas.formulir import FormulirMixin
from penilaian.models import AturanBuktiUpacara


class AturanBuktiForm(FormulirMixin, forms.Form):
    kode = forms.CharField(label="Kode pertanyaan", max_length=20, help_text="Misalnya A.I.1.iv.a.")
    jenis = forms.ChoiceField(label="Jenis berkas", choices=AturanBuktiUpacara.Jenis.choices)
    alasan = forms.CharField(label="Mengapa berkas itu menjawab pertanyaan ini", max_length=300)
