"""Forms of what an admin sets on a version; rules are in penilaian/alur/pengaturan.py."""

from collections.abc import Iterable

from django import forms

from integritas.formulir import FormulirMixin
from penilaian.alur.pengaturan import IsiDokumen
from penilaian.models import DokumenDiminta

BARIS_BARU = 2
URUTAN_TERBESAR = 999


class DokumenForm(FormulirMixin, forms.Form):
    """One row; `dokumen` is the one that stands there, None a new one."""

    nama = forms.CharField(label="Dokumen baru", required=False, max_length=200)
    wajib = forms.BooleanField(label="Wajib", required=False)
    berkala = forms.ChoiceField(label="Berapa kali", choices=DokumenDiminta.Berkala.choices)
    urutan = forms.IntegerField(
        label="Urutan",
        min_value=1,
        max_value=URUTAN_TERBESAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 3, "autocomplete": "off"}),
        error_messages={
            "invalid": "Urutan harus bilangan bulat.",
            "min_value": "Urutan paling kecil 1.",
            "max_value": f"Urutan paling besar {URUTAN_TERBESAR}.",
        },
    )
    ditarik = forms.BooleanField(label="Ditarik", required=False)

    def __init__(self, *args, urutan: int, dokumen: DokumenDiminta | None = None, **kwargs):
        self.dokumen = dokumen
        awal = dokumen or DokumenDiminta()
        kwargs["initial"] = {
            "wajib": awal.wajib,
            "berkala": awal.berkala,
            "ditarik": awal.ditarik,
            "urutan": urutan,
        }
        super().__init__(*args, **kwargs)

    @property
    def is_asked(self) -> bool:
        """The row was sent, and stands there or got a name."""
        if not self.is_bound:
            return False
        return self.dokumen is not None or bool(self.data.get(self.add_prefix("nama"), "").strip())

    def read_isi(self) -> IsiDokumen:
        isi = self.cleaned_data
        if self.dokumen is None:
            return IsiDokumen(isi["nama"], isi["wajib"], isi["berkala"], isi["urutan"])
        return IsiDokumen(
            self.dokumen.nama,
            isi["wajib"],
            isi["berkala"],
            isi["urutan"],
            isi["ditarik"],
            self.dokumen.pk,
        )


def build_daftar(data, daftar_dokumen: Iterable[DokumenDiminta]) -> list[DokumenForm]:
    """A form for each document, and a few empty ones behind; `urutan` counts from one. A document
    that somebody else has added meanwhile was not in what is sent, and shows as it is."""
    awalan = [(f"d{satu.pk}", satu) for satu in daftar_dokumen]
    baru = [(f"baru{nomor}", None) for nomor in range(1, BARIS_BARU + 1)]
    return [
        DokumenForm(
            data if data is not None and f"{prefix}-urutan" in data else None,
            prefix=prefix,
            urutan=urutan,
            dokumen=dokumen,
        )
        for urutan, (prefix, dokumen) in enumerate([*awalan, *baru], 1)
    ]


class PengaturanForm(FormulirMixin, forms.Form):
    """Which state of the settings the person saw."""

    pengaturan = forms.IntegerField(min_value=0, max_value=10**9, widget=forms.HiddenInput)


class PenyebutNolForm(FormulirMixin, forms.Form):
    """Another worth of a base of zero; `tanda` names what the person saw."""

    nilai = forms.DecimalField(
        label="Nilai bila pembagi nol",
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 5, "autocomplete": "off"}),
        help_text="0 sampai 1, paling banyak dua desimal.",
        error_messages={"invalid": "Tulis angka, misalnya 0,5."},
    )
    alasan = forms.CharField(
        label="Alasan", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    setuju = forms.BooleanField(
        label="Saya tahu nilai LKE di atas dihitung ulang",
        error_messages={"required": "Centang bahwa nilai LKE itu dihitung ulang."},
    )
    tanda = forms.CharField(max_length=24, widget=forms.HiddenInput)

    def __init__(self, data=None, *args, jumlah: int, **kwargs):
        """Nothing to agree to when the scores of no assessment (`jumlah`) change."""
        if data is not None:
            # An Indonesian decimal comma is as good as a point.
            data = data.copy()
            data["nilai"] = data.get("nilai", "").replace(",", ".")
        super().__init__(data, *args, **kwargs)
        if not jumlah:
            del self.fields["setuju"]
