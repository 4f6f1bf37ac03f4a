"""Forms of the roster; the steps of `satker/alur/personel.py` decide again."""

from django import forms
from django.db.models import Exists, OuterRef
from django.utils import timezone

from integritas.formulir import DateField, FormulirMixin
from satker.models import Halangan, Pengguna, Penugasan, Personel
from satker.roster import find_kurang, fold_nomor


class AkunField(forms.ModelChoiceField):
    """An account that works for the unit, by name and address."""

    def label_from_instance(self, obj):
        return f"{obj.nama} ({obj.email})"


class PersonelForm(FormulirMixin, forms.Form):
    """Somebody on the roster. The end of the time is set when it is known, by a step of its own."""

    nama = forms.CharField(label="Nama", max_length=150)
    jenis = forms.ChoiceField(label="Jenis", choices=[("", "Pilih"), *Personel.Jenis.choices])
    jabatan = forms.CharField(
        label="Jabatan atau tugas",
        max_length=150,
        help_text="Seperti Pengelola data atau Petugas pintu utama.",
    )
    nomor = forms.CharField(
        label="Nomor pegawai",
        max_length=40,
        required=False,
        help_text="Hanya orang satker ini yang melihatnya utuh; yang lain melihat empat angka "
        "terakhir.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    berlaku_dari = DateField(label="Mulai", required=False)
    berlaku_sampai = DateField(
        label="Berakhir",
        required=False,
        help_text="Mulai hari itu tidak lagi di roster. Kosongkan bila belum tahu.",
    )
    kontak = forms.CharField(
        label="Kontak",
        max_length=254,
        required=False,
        help_text="Satu alamat surel atau nomor telepon. Tanpa kontak, tautan pribadinya dicetak "
        "sebagai slip.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    guna_kontak = forms.CharField(
        label="Guna kontak",
        max_length=200,
        required=False,
        help_text="Wajib bila kontak diisi, seperti: mengirim tautan Pakta Integritas.",
    )
    kontak_sampai = DateField(
        label="Kontak dihapus pada",
        required=False,
        help_text="Wajib bila kontak diisi. Pada hari itu kontaknya dihapus sendiri.",
    )
    pengguna = AkunField(
        label="Akun Integritas",
        queryset=Pengguna.objects.none(),
        required=False,
        empty_label="Tidak terhubung",
        help_text="Bila orang ini punya akun, ia dapat menandatangani dengan masuk.",
    )

    def __init__(self, *args, satker, personel: Personel | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        tugas = Penugasan.objects.active().filter(pengguna=OuterRef("pk"), satker=satker)
        akun = self.fields["pengguna"]
        akun.queryset = Pengguna.objects.filter(Exists(tugas)).order_by("nama", "pk")  # type: ignore[attr-defined]
        akun.empty_label = "Tidak terhubung"  # type: ignore[attr-defined]
        if personel is not None:
            # Its own step says since when somebody is gone.
            del self.fields["berlaku_sampai"]
            self.initial = {nama: getattr(personel, nama) for nama in self.fields}
            self.kontak_lama = tuple(getattr(personel, nama) for nama in self.KONTAK)

    KONTAK = ("kontak", "guna_kontak", "kontak_sampai")
    kontak_lama: tuple = ()

    def clean_nomor(self):
        return fold_nomor(self.cleaned_data["nomor"])

    def clean_kontak(self):
        return self.cleaned_data["kontak"] or None

    def clean_guna_kontak(self):
        return self.cleaned_data["guna_kontak"] or None

    def clean(self):
        data = super().clean()
        dari, sampai = data.get("berlaku_dari"), data.get("berlaku_sampai")
        if dari and sampai and sampai < dari:
            self.add_error("berlaku_sampai", "Berakhir mendahului mulainya.")
        if any(nama in self.errors for nama in self.KONTAK):
            return data
        baru = tuple(data.get(nama) for nama in self.KONTAK)
        if baru != self.kontak_lama:
            for nama, pesan in find_kurang(*baru, kini=timezone.localdate()):
                self.add_error(nama, pesan)
        return data


class PersonelAkhiriForm(FormulirMixin, forms.Form):
    sampai = DateField(
        label="Tidak lagi di roster mulai",
        help_text="Hari sebelumnya adalah hari kerja terakhirnya di sini.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sampai"].initial = timezone.localdate


class HalanganForm(FormulirMixin, forms.Form):
    """Why somebody is away; both days belong to it."""

    jenis = forms.ChoiceField(
        label="Sebab", choices=Halangan.Jenis.choices, widget=forms.RadioSelect
    )
    dari = DateField(label="Hari pertama")
    sampai = DateField(label="Hari terakhir")
    keterangan = forms.CharField(
        label="Keterangan",
        max_length=200,
        required=False,
        help_text="Jangan menulis keadaan kesehatan.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["dari"].initial = timezone.localdate


class HalanganAkhiriForm(FormulirMixin, forms.Form):
    sampai = DateField(
        label="Hari terakhir berhalangan",
        help_text="Sebelum hari pertamanya berarti halangan ini batal.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sampai"].initial = timezone.localdate


class KosongForm(FormulirMixin, forms.Form):
    """A step that asks for nothing but the button."""
