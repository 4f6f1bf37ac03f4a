"""Forms of the predicate's life; rules are in penilaian/alur/, here only shapes."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from integritas.formulir import DateField, FormulirMixin
from penilaian.models import JenisPredikat, LaporanPemantauan
from penilaian.models.predikat import Dasar

PINDAIAN_PALING_BESAR = 10 * 1024 * 1024
# Kind of a scan by its first bytes, never by its name.
PINDAIAN_TANDA = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}


def detect_pindaian(awal: bytes) -> str | None:
    """`pdf`, `jpg` or `png` by the magic bytes; None for anything else."""
    return next((jenis for tanda, jenis in PINDAIAN_TANDA.items() if awal.startswith(tanda)), None)


class PindaianField(forms.FileField):
    """An optional scan of a decree or letter: PDF, JPEG or PNG up to 10 MB."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", "Pindaian surat")
        kwargs.setdefault("help_text", "PDF, JPEG atau PNG, paling besar 10 MB.")
        super().__init__(required=False, max_length=150, **kwargs)
        self.widget.attrs["accept"] = ".pdf,.jpg,.jpeg,.png"

    def clean(self, data, initial=None):
        berkas = super().clean(data, initial)
        if not berkas:
            return None
        if berkas.size > PINDAIAN_PALING_BESAR:
            raise ValidationError("Berkas lebih besar dari 10 MB.")
        awal = berkas.read(16)
        berkas.seek(0)
        if detect_pindaian(awal) is None:
            raise ValidationError("Isi berkas bukan PDF, JPEG atau PNG, apa pun akhiran namanya.")
        return berkas


class PenetapanForm(FormulirMixin, forms.Form):
    """What is known of a grant; one of the three dates must be there (checked by the step)."""

    jenis = forms.ChoiceField(label="Predikat", choices=JenisPredikat.choices)
    nomor_sk = forms.CharField(label="Nomor SK", max_length=120, required=False)
    tanggal_sk = DateField(label="Tanggal SK", required=False)
    tahun = forms.IntegerField(
        label="Tahun predikat",
        required=False,
        min_value=2012,
        max_value=2100,
        help_text="Bila hanya tahunnya yang diketahui.",
    )
    disebut_pada = DateField(
        label="Disebut sumber pada",
        required=False,
        help_text="Bila tanggal SK tidak diketahui: tanggal sumber menyebut predikat ini ada.",
    )
    dasar = forms.ChoiceField(label="Dasar", choices=Dasar.choices, required=False)
    sumber = forms.CharField(
        label="Sumber", max_length=300, help_text="SK, surat, atau berita beserta tanggalnya."
    )
    keyakinan = forms.CharField(
        label="Catatan keyakinan",
        max_length=300,
        required=False,
        help_text="Misalnya: dua sumber; tahun dari sumber kedua.",
    )
    alasan_tanpa_wbk = forms.CharField(
        label="Alasan bila WBBM tanpa WBK tercatat", max_length=300, required=False
    )

    def clean_tahun(self):
        tahun = self.cleaned_data["tahun"]
        if tahun is not None and tahun > timezone.localdate().year:
            raise ValidationError(f"Tahun {tahun} belum tiba.")
        return tahun


class CatatForm(PenetapanForm):
    """The same with a scan, for those who record."""

    pindaian = PindaianField()


class PerubahanForm(FormulirMixin, forms.Form):
    """A dated change with its letter."""

    tanggal = DateField(label="Berlaku mulai")
    nomor_surat = forms.CharField(label="Nomor surat", max_length=120, required=False)
    tanggal_surat = DateField(label="Tanggal surat", required=False)
    sumber = forms.CharField(label="Sumber", max_length=300)
    keterangan = forms.CharField(
        label="Keterangan", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    pindaian = PindaianField()


class CabutForm(PerubahanForm):
    """A revocation is confirmed by typing the unit's name."""

    nama = forms.CharField(label="Ketik nama satker untuk melanjutkan", max_length=200)

    def __init__(self, *args, nama_satker: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.nama_satker = nama_satker
        self.fields["nama"].help_text = nama_satker
        self.fields["nama"].widget.attrs["data-ketik"] = nama_satker

    def clean_nama(self):
        nama = " ".join(self.cleaned_data["nama"].split())
        if nama.casefold() != self.nama_satker.casefold():
            raise ValidationError(f"Tidak sama dengan {self.nama_satker}.")
        return nama


class LengkapiForm(FormulirMixin, forms.Form):
    """Decree details found later."""

    nomor_sk = forms.CharField(label="Nomor SK", max_length=120, required=False)
    tanggal_sk = DateField(label="Tanggal SK", required=False)
    tahun = forms.IntegerField(
        label="Tahun predikat", required=False, min_value=2012, max_value=2100
    )
    dasar = forms.ChoiceField(label="Dasar", choices=Dasar.choices, required=False)
    sumber = forms.CharField(label="Sumber tambahan", max_length=300)


class AlasanForm(FormulirMixin, forms.Form):
    """Why something is taken back or turned down."""

    alasan = forms.CharField(
        label="Alasan", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class TanpaForm(FormulirMixin, forms.Form):
    """A source's saying that the unit holds nothing."""

    pada = DateField(label="Disebut sumber pada")
    sumber = forms.CharField(label="Sumber", max_length=300)
    keyakinan = forms.CharField(label="Catatan keyakinan", max_length=300, required=False)


class LaporanForm(FormulirMixin, forms.Form):
    """The inspectors' two-yearly report."""

    tanggal = DateField(label="Tanggal laporan")
    nomor_surat = forms.CharField(label="Nomor surat", max_length=120)
    hasil = forms.ChoiceField(label="Hasil", choices=LaporanPemantauan.Hasil.choices)
    catatan = forms.CharField(label="Catatan", max_length=500, required=False)


class AturanForm(FormulirMixin, forms.Form):
    """A new value of a rule from a day on."""

    nilai = forms.IntegerField(label="Nilai baru", min_value=0, max_value=240)
    berlaku_dari = DateField(label="Berlaku mulai")
    sumber = forms.CharField(label="Sumber", max_length=300)


class KonfirmasiForm(FormulirMixin, forms.Form):
    """Somebody answers for a Kanwil's facts as of a day."""

    pada = DateField(label="Data benar per tanggal")
    alasan = forms.CharField(
        label="Dasar konfirmasi",
        max_length=300,
        help_text="Misalnya: daftar satker dicocokkan dengan surat Kanwil nomor …",
    )
