"""Forms around reminders: putting one off, being reached, a rule's step, a holiday."""

from django import forms

from integritas.formulir import DateField, FormulirMixin
from satker.alur.aturan_pengingat import (
    BERGUNA_TERLAMA,
    GESER_TERJAUH,
    PERAN_DIINGATKAN,
    IsiLangkah,
)
from satker.models import LangkahPengingat


class TundaForm(FormulirMixin, forms.Form):
    sampai = DateField(label="Tunda sampai", error_messages={"required": "Pilih tanggalnya."})


class JamField(forms.TimeField):
    """An hour; the browser sends `21:00`, people without a picker may type `21.00`."""

    def __init__(self, **kwargs):
        super().__init__(
            input_formats=["%H:%M", "%H:%M:%S", "%H.%M"],
            widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            error_messages={"invalid": "Jam tidak dikenal. Tulis seperti 21.00."},
            **kwargs,
        )


class SaluranForm(FormulirMixin, forms.Form):
    surel = forms.BooleanField(label="Surel", required=False)
    gerbang = forms.BooleanField(label="Gerbang pesan (misalnya WhatsApp)", required=False)
    alamat_gerbang = forms.CharField(
        label="Nomor atau nama di gerbang pesan",
        required=False,
        max_length=60,
        empty_value=None,
        help_text="Misalnya nomor telepon dengan kode negara. Hanya dipakai untuk mengingatkan Anda.",
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )
    tenang_dari = JamField(
        label="Jam tenang mulai",
        required=False,
    )
    tenang_sampai = JamField(label="Jam tenang sampai", required=False)

    def clean(self):
        data = super().clean()
        if data.get("gerbang") and not data.get("alamat_gerbang"):
            self.add_error("alamat_gerbang", "Isi nomornya, atau jangan pilih gerbang pesan.")
        dari, sampai = data.get("tenang_dari"), data.get("tenang_sampai")
        if "tenang_dari" in self.errors or "tenang_sampai" in self.errors:
            return data
        if (dari is None) != (sampai is None):
            kosong = "tenang_dari" if dari is None else "tenang_sampai"
            self.add_error(kosong, "Isi kedua jam, atau kosongkan keduanya.")
        elif dari is not None and dari == sampai:
            self.add_error("tenang_sampai", "Jam tenang harus berakhir pada jam yang lain.")
        return data


class LangkahForm(FormulirMixin, forms.Form):
    """A step, with the offset as people say it: so many days before or after."""

    SEBELUM, SESUDAH = "sebelum", "sesudah"

    bagian = forms.ChoiceField(label="Tentang", required=False)
    jumlah = forms.IntegerField(
        label="Berapa hari",
        min_value=0,
        max_value=GESER_TERJAUH,
        help_text="0 berarti pada harinya.",
    )
    arah = forms.ChoiceField(
        label="Kapan",
        choices=[(SEBELUM, "sebelum tanggalnya"), (SESUDAH, "sesudah tanggalnya")],
        help_text="Dihitung dari tanggal perkaranya.",
    )
    satuan = forms.ChoiceField(label="Hitungan", choices=LangkahPengingat.Satuan.choices)
    daftar_peran = forms.MultipleChoiceField(
        label="Siapa yang diingatkan",
        choices=[(peran.value, peran.label) for peran in PERAN_DIINGATKAN],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Pilih paling sedikit satu peran."},
        help_text="Orang yang memegang peran itu untuk satker yang bersangkutan pada hari itu.",
    )
    pesan = forms.CharField(
        label="Pesan",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Satu atau dua kalimat: apa yang perlu dikerjakan.",
    )
    berguna_hari = forms.IntegerField(
        label="Masih berguna selama (hari)",
        min_value=0,
        max_value=BERGUNA_TERLAMA,
        initial=3,
        help_text="Bila tidak sempat dikirim pada harinya, sampai kapan masih layak dikirim.",
    )
    mendesak = forms.BooleanField(
        label="Kirim sendiri, jangan menunggu ringkasan harian", required=False
    )
    aktif = forms.BooleanField(label="Langkah ini dipakai", required=False, initial=True)

    def __init__(self, *args, sumber, langkah: LangkahPengingat | None = None, **kwargs):
        if langkah is not None:
            kwargs["initial"] = {
                "bagian": langkah.bagian,
                "jumlah": abs(langkah.geser),
                "arah": self.SESUDAH if langkah.geser > 0 else self.SEBELUM,
                **{
                    nama: getattr(langkah, nama)
                    for nama in (
                        *("satuan", "daftar_peran", "pesan"),
                        *("berguna_hari", "mendesak", "aktif"),
                    )
                },
            }
        super().__init__(*args, **kwargs)
        bagian = dict(sumber.daftar_bagian) if sumber is not None else {}
        if langkah is not None and langkah.bagian:
            bagian.setdefault(langkah.bagian, langkah.bagian)
        if bagian:
            self.fields["bagian"].choices = list(bagian.items())  # type: ignore[attr-defined]
            self.fields["bagian"].required = True
        else:
            del self.fields["bagian"]

    @property
    def isi(self) -> IsiLangkah:
        data = dict(self.cleaned_data)
        jumlah, arah = data.pop("jumlah"), data.pop("arah")
        return IsiLangkah(geser=jumlah if arah == self.SESUDAH else -jumlah, **data)


class LiburForm(FormulirMixin, forms.Form):
    tanggal = DateField(label="Tanggal")
    nama = forms.CharField(label="Nama", max_length=150)
    sumber = forms.CharField(
        label="Sumber", max_length=200, help_text="Misalnya nomor keputusan bersama tiga menteri."
    )
