"""Forms of an assessment's life; rules are in penilaian/alur/, here only shapes."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from integritas.formulir import DateField, FormulirMixin
from penilaian.models import JenisPredikat, VersiInstrumen

SEMUA, TERPILIH = "semua", "terpilih"


class BukaForm(FormulirMixin, forms.Form):
    """Opening a year. `calon` are the units that may be opened, by code; the template draws the
    boxes of `satker`, since a unit that cannot be ticked says why."""

    target = forms.ChoiceField(label="Target", choices=JenisPredikat.choices)
    versi = forms.ModelChoiceField(
        label="Instrumen", queryset=VersiInstrumen.objects.none(), empty_label=None
    )
    buka_pada = DateField(label="Pengisian dibuka")
    tutup_pada = DateField(label="Pengisian ditutup", help_text="Hari itu masih boleh mengisi.")
    untuk = forms.ChoiceField(
        label="Dibuka untuk",
        widget=forms.RadioSelect,
        choices=[
            (TERPILIH, "Satuan kerja yang dicentang di bawah"),
            (SEMUA, "Semua yang belum dibuka"),
        ],
    )
    satker = forms.MultipleChoiceField(label="Satuan kerja", required=False)

    def __init__(self, *args, calon, **kwargs):
        hari = timezone.localdate()
        versi = VersiInstrumen.objects.defer("teks").order_by("-dimuat_pada", "-pk")
        kwargs["initial"] = {
            "target": JenisPredikat.WBK,
            "versi": versi.first(),
            "buka_pada": hari,
            "untuk": TERPILIH,
        }
        super().__init__(*args, **kwargs)
        self.calon = calon
        self.fields["versi"].queryset = versi
        self.fields["satker"].choices = [(kode, kode) for kode in calon]
        self.fields["satker"].error_messages["invalid_choice"] = (
            "%(value)s tidak ada dalam daftar yang dapat dibuka."
        )

    @property
    def tercentang(self) -> set[str]:
        """What is ticked when the page comes back."""
        return set(self.data.getlist("satker")) if self.is_bound else set()  # type: ignore[attr-defined]

    def clean(self):
        isi = super().clean()
        if self.errors:
            return isi
        if isi["tutup_pada"] < isi["buka_pada"]:
            raise ValidationError({"tutup_pada": "Tanggal tutup mendahului tanggal buka."})
        daftar_kode = list(self.calon) if isi.pop("untuk") == SEMUA else isi["satker"]
        if not self.calon:
            raise ValidationError("Tidak ada satuan kerja yang belum dibuka.")
        if not daftar_kode:
            raise ValidationError({"satker": "Centang paling sedikit satu satuan kerja."})
        isi["satker"] = [self.calon[kode] for kode in daftar_kode]
        return isi


class AlasanForm(FormulirMixin, forms.Form):
    """Why a step is taken; the history keeps it."""

    alasan = forms.CharField(
        label="Alasan", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class TerimaForm(AlasanForm):
    """Accepting a finding; `tanda` names the facts that were read."""

    tanda = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)


class PerpanjangForm(AlasanForm):
    tutup_pada = DateField(label="Pengisian ditutup", help_text="Hari itu masih boleh mengisi.")
    field_order = ["tutup_pada", "alasan"]


class BukaKembaliForm(AlasanForm):
    """`area` are pairs of code and name; all are ticked beforehand."""

    daftar_area = forms.MultipleChoiceField(
        label="Area yang dibuka", widget=forms.CheckboxSelectMultiple
    )
    tutup_pada = DateField(
        label="Tanggal tutup baru", required=False, help_text="Kosong: tetap seperti sekarang."
    )
    field_order = ["daftar_area", "tutup_pada", "alasan"]

    def __init__(self, *args, area, **kwargs):
        kwargs["initial"] = {"daftar_area": [kode for kode, _ in area]}
        super().__init__(*args, **kwargs)
        self.fields["daftar_area"].choices = area


class TargetForm(AlasanForm):
    target = forms.ChoiceField(label="Target", choices=JenisPredikat.choices)
    field_order = ["target", "alasan"]


class TugaskanForm(FormulirMixin, forms.Form):
    """`calon` are the people who may fill the area today."""

    daftar_petugas = forms.MultipleChoiceField(
        label="Petugas", required=False, widget=forms.CheckboxSelectMultiple
    )
    tenggat = DateField(label="Batas pengisian", required=False)

    def __init__(self, *args, calon, **kwargs):
        super().__init__(*args, **kwargs)
        self.calon = {str(satu.pk): satu for satu in calon}
        self.fields["daftar_petugas"].choices = [
            (kunci, satu.nama) for kunci, satu in self.calon.items()
        ]
        self.fields["daftar_petugas"].error_messages["invalid_choice"] = (
            "Salah satu orang tidak bertugas untuk area ini hari ini."
        )

    def clean_daftar_petugas(self):
        return [self.calon[kunci] for kunci in self.cleaned_data["daftar_petugas"]]


class AjukanForm(FormulirMixin, forms.Form):
    """The tick under a checklist, and which state of it was seen."""

    tanda = forms.CharField(max_length=32)
    setuju_kosong = forms.BooleanField(required=False)
