"""What somebody does to sign on a page: agree to the sentence, and draw or type."""

from django import forms

from integritas.formulir import FormulirMixin
from satker.goresan import PALING_SEDIKIT, GoresanSalahError, read_goresan
from satker.models import TandaTangan

KATA_SETUJU = "SETUJU"


class TandaTanganForm(FormulirMixin, forms.Form):
    """For `templates/satker/_goresan.html`. Who cannot draw (no JavaScript, a keyboard) types a word
    instead; then the link or the account alone is the means, see `choose_cara`."""

    persetujuan = forms.BooleanField(
        error_messages={"required": "Centang kalimat persetujuan untuk menandatangani."}
    )
    goresan = forms.CharField(required=False, widget=forms.HiddenInput)
    ketikan = forms.CharField(
        label=f"Tidak bisa menggambar? Ketik {KATA_SETUJU}",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def __init__(self, *args, kalimat: str, **kwargs):
        """`kalimat` is the consent sentence of the text that is signed."""
        super().__init__(*args, **kwargs)
        self.fields["persetujuan"].label = kalimat

    def clean_goresan(self):
        try:
            return read_goresan(self.cleaned_data["goresan"], paling_sedikit=PALING_SEDIKIT)
        except GoresanSalahError as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self):
        data = super().clean()
        ketikan = (data.get("ketikan") or "").strip().strip('."').upper()
        if not data.get("goresan") and ketikan != KATA_SETUJU and "goresan" not in self.errors:
            self.add_error(
                "ketikan",
                f"Tanda tangan masih kosong. Gambar di dalam kotak, atau ketik {KATA_SETUJU}.",
            )
        return data

    def choose_cara(self, tanpa_gambar: str = TandaTangan.Cara.TAUTAN) -> str:
        """The means of this signature: drawn on the screen, or `tanpa_gambar` (link or account)."""
        return TandaTangan.Cara.LAYAR if self.cleaned_data["goresan"] else tanpa_gambar
