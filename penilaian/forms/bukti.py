"""Forms of evidence; rules are in penilaian/bukti/, here only shapes."""

from django import forms

from integritas.formulir import DateField, FormulirMixin
from penilaian.bukti.langkah import HALAMAN_TERBESAR, Rincian


class RincianForm(FormulirMixin, forms.Form):
    """What a use says beside the evidence; `daftar_dokumen` are those the question asks for."""

    dokumen = forms.ChoiceField(label="Dokumen yang diminta", required=False)
    periode_dari = DateField(label="Periode mulai", required=False)
    periode_sampai = DateField(label="Periode sampai", required=False)
    halaman = forms.IntegerField(
        label="Halaman",
        required=False,
        min_value=1,
        max_value=HALAMAN_TERBESAR,
        help_text="Halaman pertama yang perlu dilihat peninjau.",
        error_messages={
            "invalid": "Tulis nomor halaman dengan angka.",
            "min_value": "Halaman paling kecil 1.",
            "max_value": f"Halaman paling besar {HALAMAN_TERBESAR}.",
        },
    )

    def __init__(self, *args, daftar_dokumen, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["dokumen"].choices = [("", "Bukti lain")] + [
            (str(satu.pk), f"{satu.nama} (wajib)" if satu.wajib else satu.nama)
            for satu in daftar_dokumen
        ]
        self.fields["dokumen"].error_messages["invalid_choice"] = (
            "Dokumen itu tidak diminta pada nomor ini."
        )

    def get_rincian(self) -> Rincian:
        isi = self.cleaned_data
        return Rincian(
            isi["periode_dari"],
            isi["periode_sampai"],
            isi["halaman"],
            int(isi["dokumen"]) if isi["dokumen"] else None,
        )


class TautanForm(RincianForm):
    """An address; what it may be is decided by the step."""

    tautan = forms.CharField(
        label="Alamat tautan",
        max_length=4000,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        help_text="Dimulai dengan https://. Tautan tidak disimpan di sini dan dapat mati.",
    )
    nama = forms.CharField(
        label="Nama bukti", required=False, max_length=200, help_text="Misalnya: Foto apel 4 Maret."
    )
    field_order = ["tautan", "nama"]


class UnggahanForm(forms.Form):
    """A file announced by the browser; what it may be is decided by the step."""

    nama = forms.CharField(max_length=1000)
    ukuran = forms.IntegerField(min_value=0, max_value=2**53)
