"""Forms of the Perjanjian Kinerja; rules are in satker/alur/janji/, here only shapes."""

from typing import Any

from django import forms
from django.utils import timezone

from integritas.formulir import DateField, FormulirMixin
from integritas.teks import format_tanggal
from satker.alur.janji.draf import PilihanPihak
from satker.models import Penugasan, PerjanjianKinerja

DI_LUAR = "luar"


class DipaForm(FormulirMixin, forms.Form):
    tanggal = DateField(
        label="Tanggal pengesahan DIPA",
        help_text="Perjanjian kinerja ditandatangani paling lambat satu bulan sesudahnya.",
    )
    nomor = forms.CharField(label="Nomor DIPA", required=False, max_length=60)


class DipaBanyakForm(FormulirMixin, forms.Form):
    """One day for many units; `calon` are those that may be chosen, by code."""

    tanggal = DateField(label="Tanggal pengesahan DIPA")
    satker = forms.MultipleChoiceField(
        label="Satuan kerja",
        error_messages={
            "required": "Pilih satuan kerja lebih dulu.",
            "invalid_choice": "Satuan kerja “%(value)s” tidak dapat dipilih lagi.",
        },
    )

    def __init__(self, *args, calon, **kwargs):
        super().__init__(*args, **kwargs)
        self.calon = calon
        field: Any = self.fields["satker"]
        field.choices = [(kode, kode) for kode in calon]

    def clean_satker(self):
        return [self.calon[kode] for kode in self.cleaned_data["satker"]]

    @property
    def tercentang(self) -> set[str]:
        """Everything is ticked until somebody says otherwise."""
        data: Any = self.data
        return set(data.getlist("satker")) if self.is_bound else set(self.calon)


class PihakForm(FormulirMixin, forms.Form):
    """Two parties: an assignment, or somebody outside the system by name and title."""

    tugas_pertama = forms.ChoiceField(label="Siapa yang menjabat")
    nama_pertama = forms.CharField(
        label="Nama, bila di luar sistem", required=False, max_length=150
    )
    jabatan_pertama = forms.CharField(
        label="Jabatan",
        required=False,
        max_length=200,
        help_text="Tanpa Plt. atau Plh.: awalan itu ditambahkan dari penugasan.",
    )
    nomor_pertama = forms.CharField(label="NIP", required=False, max_length=40)
    tugas_kedua = forms.ChoiceField(label="Siapa yang menjabat")
    nama_kedua = forms.CharField(label="Nama, bila di luar sistem", required=False, max_length=150)
    jabatan_kedua = forms.CharField(label="Jabatan", required=False, max_length=200)
    nomor_kedua = forms.CharField(label="NIP", required=False, max_length=40)
    tempat = forms.CharField(label="Tempat penandatanganan", required=False, max_length=120)

    def __init__(self, *args, perjanjian: PerjanjianKinerja, calon, **kwargs):
        """`calon` has a list of assignments for `pertama` and for `kedua`."""
        awal = {"tempat": perjanjian.tempat}
        for yang in calon:
            tugas = getattr(perjanjian, f"pihak_{yang}_id")
            awal[f"tugas_{yang}"] = str(tugas or DI_LUAR)
            awal[f"nama_{yang}"] = "" if tugas else getattr(perjanjian, f"nama_{yang}")
            for kolom in ("jabatan", "nomor"):
                awal[f"{kolom}_{yang}"] = getattr(perjanjian, f"{kolom}_{yang}")
        super().__init__(*args, initial=awal, **kwargs)
        self.tugas = {
            yang: {str(satu.pk): satu for satu in daftar} for yang, daftar in calon.items()
        }
        for yang, daftar in calon.items():
            field: Any = self.fields[f"tugas_{yang}"]
            field.choices = [
                *((str(satu.pk), name_tugas(satu)) for satu in daftar),
                (DI_LUAR, "Pejabat di luar sistem"),
            ]

    def clean(self):
        data = super().clean()
        for yang in ("pertama", "kedua"):
            luar = data.get(f"tugas_{yang}") == DI_LUAR
            if luar and data.get(f"jabatan_{yang}") and not data.get(f"nama_{yang}"):
                self.add_error(f"nama_{yang}", f"Tulis nama pihak {yang}, atau pilih dari daftar.")
            if (data.get(f"nama_{yang}") or not luar) and not data.get(f"jabatan_{yang}"):
                self.add_error(f"jabatan_{yang}", f"Tulis jabatan pihak {yang}.")
        return data

    def get_pilihan(self, yang: str) -> PilihanPihak:
        isi = self.cleaned_data
        tugas = self.tugas[yang].get(isi[f"tugas_{yang}"])
        nama = "" if tugas else isi[f"nama_{yang}"]
        jabatan = isi[f"jabatan_{yang}"]
        return PilihanPihak(tugas, nama, jabatan, isi[f"nomor_{yang}"])


def name_tugas(tugas: Penugasan) -> str:
    """`Nama (Plt., sejak 1 Januari 2026)`."""
    bagian = [] if tugas.jenis == "definitif" else [tugas.get_jenis_display()]
    bagian.append(f"sejak {format_tanggal(tugas.berlaku_dari)}")
    if tugas.berlaku_sampai:
        bagian.append(f"sampai {format_tanggal(tugas.berlaku_sampai)}")
    return f"{tugas.pengguna.nama} ({', '.join(bagian)})"


class TandaTanganForm(FormulirMixin, forms.Form):
    tanggal = DateField(
        label="Tanggal penandatanganan", help_text="Seperti tertulis pada lembar perjanjian."
    )
    cara = forms.ChoiceField(
        label="Cara penandatanganan",
        choices=PerjanjianKinerja.Cara.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih cara penandatanganan."},
    )
    berkas = forms.FileField(
        label="Perjanjian yang sudah ditandatangani",
        help_text="Pindaian lembar bertanda tangan basah (PDF atau foto), atau berkas PDF bertanda tangan elektronik. Inilah salinan sahnya.",
        error_messages={
            "required": "Lampirkan perjanjian yang sudah ditandatangani.",
            "empty": "Berkas ini kosong. Pilih berkas lain.",
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tanggal"].initial = timezone.localdate


class VersiForm(FormulirMixin, forms.Form):
    alasan = forms.ChoiceField(
        label="Mengapa versi baru",
        choices=PerjanjianKinerja.Alasan.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih alasan versi baru."},
    )
    keterangan = forms.CharField(
        label="Keterangan",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Misalnya: serah terima jabatan 2 Maret 2026, atau revisi DIPA ke-1.",
    )


class BatalForm(FormulirMixin, forms.Form):
    alasan = forms.CharField(label="Alasan", required=False, max_length=300)
