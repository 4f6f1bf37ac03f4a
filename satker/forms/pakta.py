"""Forms of the pact: its text, a signed sheet, a signature taken back."""

from django import forms
from django.utils import timezone

from integritas.formulir import DateField, FormulirMixin
from satker.models import Personel, TandaTangan


class NaskahPaktaForm(FormulirMixin, forms.Form):
    judul = forms.CharField(label="Judul", max_length=200)
    teks = forms.CharField(
        label="Isi naskah",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text="Sama untuk semua orang. Nama dan jabatan ditambahkan saat menandatangani.",
    )
    persetujuan = forms.CharField(
        label="Kalimat persetujuan",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kalimat yang dicentang setiap orang saat menandatangani.",
    )


class OrangField(forms.ModelMultipleChoiceField):
    """People by name and position."""

    def label_from_instance(self, obj):
        return f"{obj.nama}, {obj.jabatan}"


class LembarForm(FormulirMixin, forms.Form):
    """A sheet that carries signatures of several people."""

    berkas = forms.FileField(
        label="Lembar yang sudah ditandatangani",
        help_text="Pindaian atau foto yang jelas: PDF, JPG atau PNG. Berkas bertanda tangan "
        "elektronik: PDF.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={
            "required": "Pilih berkasnya dulu.",
            "empty": "Berkas ini kosong.",
            "missing": "Pilih berkasnya dulu.",
        },
    )
    cara = forms.ChoiceField(
        label="Cara menandatangani",
        choices=[
            (cara.value, cara.label)
            for cara in (TandaTangan.Cara.BASAH, TandaTangan.Cara.ELEKTRONIK)
        ],
        initial=TandaTangan.Cara.BASAH,
        widget=forms.RadioSelect,
    )
    tanggal = DateField(label="Ditandatangani pada")
    orang = OrangField(
        label="Nama pada lembar ini",
        queryset=Personel.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Centang nama yang ada pada lembar ini.",
            "invalid_choice": "Salah satu nama baru saja menandatangani atau keluar dari roster. "
            "Periksa daftarnya.",
        },
    )

    def __init__(self, *args, daftar_orang, **kwargs):
        """`daftar_orang`: the people whose names may be ticked."""
        super().__init__(*args, **kwargs)
        self.fields["orang"].queryset = daftar_orang
        self.fields["tanggal"].initial = timezone.localdate


class CabutForm(FormulirMixin, forms.Form):
    alasan = forms.CharField(
        label="Alasan",
        max_length=300,
        help_text="Tersimpan bersama tanda tangannya. Jangan menulis nama orang.",
    )
