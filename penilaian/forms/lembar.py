"""Forms of the workbook pages; what a file may be is decided by penilaian/lembar/."""

from django import forms
from django.core.exceptions import ValidationError

from integritas.formulir import FormulirMixin
from penilaian.lembar.rencana import Mode

KATA_TIMPA = "TIMPA"


class LembarForm(FormulirMixin, forms.Form):
    berkas = forms.FileField(
        label="Lembar kerja LKE (.xlsx)",
        help_text='Format nasional (lembar "Jawaban") atau lampiran peraturan (lembar "LKE ZI"), '
        "paling besar 5 MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": "Pilih berkasnya dulu.",
            "empty": "Berkas ini kosong.",
            "missing": "Pilih berkasnya dulu.",
            "invalid": "Berkas tidak terkirim. Coba sekali lagi.",
        },
    )


class TulisForm(FormulirMixin, forms.Form):
    """How a workbook is written; overwriting is confirmed by typing a word."""

    mode = forms.ChoiceField(
        choices=[(satu.value, satu.value) for satu in Mode],
        error_messages={
            "required": "Pilih dulu: isi yang kosong saja, atau timpa.",
            "invalid_choice": "Pilih: isi yang kosong saja, atau timpa.",
        },
    )
    sidik = forms.CharField(max_length=64, required=False)
    konfirmasi = forms.CharField(
        label="Ketik TIMPA untuk melanjutkan",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-ketik": KATA_TIMPA}),
    )

    def clean(self):
        isi = super().clean()
        ketikan = isi.get("konfirmasi", "").strip().upper()
        if isi.get("mode") == Mode.TIMPA and ketikan != KATA_TIMPA:
            raise ValidationError({"konfirmasi": f"Ketik {KATA_TIMPA} untuk menimpa isian."})
        return isi
