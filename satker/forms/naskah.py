"""Forms of signing and closing; rules are in satker/alur/, here only shapes."""

from django import forms

from integritas.formulir import DateField, FormulirMixin
from satker.models import BerkasUpacara, Naskah, NaskahBaku


class BakuForm(FormulirMixin, forms.Form):
    """A text from a pattern."""

    baku = forms.ModelChoiceField(
        label="Naskah baku", queryset=NaskahBaku.objects.filter(aktif=True).order_by("judul", "pk")
    )


class NaskahForm(FormulirMixin, forms.Form):
    """The committee's own text, or one that is still being worked on."""

    judul = forms.CharField(label="Judul", max_length=200)
    jenis = forms.ChoiceField(label="Jenis", choices=NaskahBaku.Jenis.choices)
    teks = forms.CharField(
        label="Isi naskah",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Baris kosong memisahkan paragraf.",
    )
    persetujuan = forms.CharField(
        label="Kalimat persetujuan",
        max_length=400,
        help_text="Dicentang tiap penanda tangan, misalnya: Saya telah membaca dan menyetujui naskah ini.",
    )
    untuk = forms.ChoiceField(
        label="Ditandatangani oleh", choices=Naskah.Untuk.choices, initial=Naskah.Untuk.PERSONEL
    )
    awalan_jabatan = forms.CharField(
        label="Awal jabatan kepala dan pejabat",
        max_length=300,
        required=False,
        help_text="Hanya untuk naskah kepala dan pejabat: siapa yang jabatannya diawali kata ini, "
        "dipisah koma. Kosong berarti daftar biasa (Kepala, Plt. Kepala, Pejabat, …).",
    )


class _PindaianForm(FormulirMixin, forms.Form):
    """What a sheet and a certified file have in common."""

    tanggal = DateField(label="Tanggal tanda tangan")
    sesuai = forms.BooleanField(
        label="Lembar ini memuat naskah dan kalimat persetujuan yang sama",
        error_messages={
            "required": "Nyatakan bahwa lembar memuat naskah dan kalimat persetujuan yang sama."
        },
    )


class LembarForm(_PindaianForm):
    """A sheet that many have signed by hand."""

    peserta = forms.MultipleChoiceField(
        label="Yang menandatangani",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Centang nama yang menandatangani lembar ini.",
            "invalid_choice": "Di antara yang dicentang ada yang sudah menandatangani atau tidak "
            "terdaftar. Muat ulang halaman ini.",
        },
    )
    berkas = forms.FileField(
        label="Foto atau pindaian lembar",
        help_text="PDF atau gambar.",
        error_messages={"required": "Pilih foto atau pindaian lembarnya."},
    )
    field_order = ["peserta", "tanggal", "berkas", "sesuai"]

    def __init__(self, *args, daftar_orang, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["peserta"].choices = [(str(o.peserta_id), o.nama) for o in daftar_orang]


class ElektronikForm(_PindaianForm):
    """The certified file of one."""

    peserta = forms.ChoiceField(label="Yang menandatangani")
    berkas = forms.FileField(
        label="Berkas bertanda tangan elektronik",
        help_text="Berkas PDF dari penyelenggara sertifikat. Sidiknya disimpan; keabsahan "
        "sertifikatnya diperiksa di penyelenggara itu.",
        error_messages={"required": "Pilih berkas bertanda tangan elektronik."},
    )
    field_order = ["peserta", "tanggal", "berkas", "sesuai"]

    def __init__(self, *args, daftar_orang, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["peserta"].choices = [
            ("", "Pilih"),
            *((str(o.peserta_id), o.nama) for o in daftar_orang),
        ]


class AlasanForm(FormulirMixin, forms.Form):
    alasan = forms.CharField(
        label="Alasan", max_length=300, help_text="Tanda tangan tetap tersimpan dengan alasan ini."
    )


class TutupForm(FormulirMixin, forms.Form):
    susulan_sampai = DateField(
        label="Tanda tangan susulan diterima sampai",
        required=False,
        help_text="Yang tidak hadir menandatangani lewat tautannya sendiri sampai hari ini berakhir.",
    )


class SusulanForm(FormulirMixin, forms.Form):
    """An event that makes up for a closed one."""

    tanggal = DateField(label="Tanggal")
    jam = forms.TimeField(
        label="Mulai pukul",
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": "Jam tidak dikenal. Tulis seperti 09:00."},
    )
    tempat = forms.CharField(label="Tempat", max_length=200)


class BerkasForm(FormulirMixin, forms.Form):
    """Files of an event; how many come is the browser's matter."""

    jenis = forms.ChoiceField(
        label="Jenis",
        choices=[
            pilihan
            for pilihan in BerkasUpacara.Jenis.choices
            if pilihan[0] != BerkasUpacara.Jenis.PERS
        ],
    )
    keterangan = forms.CharField(label="Keterangan", max_length=200, required=False)


class TautanPersForm(FormulirMixin, forms.Form):
    tautan = forms.CharField(
        label="Alamat berita",
        max_length=2000,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        help_text="Dimulai dengan https://. Isinya tidak disimpan di sini.",
    )
    keterangan = forms.CharField(label="Nama media dan judul", max_length=200, required=False)


class SidikForm(FormulirMixin, forms.Form):
    """A file to compare, or its hash typed; one of them."""

    berkas = forms.FileField(label="Berkas PDF yang Anda pegang", required=False)
    sidik = forms.CharField(
        label="atau sidik SHA-256 berkas itu",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
