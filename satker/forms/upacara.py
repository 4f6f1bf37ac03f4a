"""Forms of rounds and events; rules are in satker/alur/."""

from django import forms
from django.utils import timezone

from integritas.formulir import DateField, FormulirMixin
from satker import sebutan
from satker.alur.upacara import Jadwal
from satker.fakta_upacara import list_lazim
from satker.forms.organisasi import SatkerField
from satker.models import JenisAcara, KantorWilayah, KedudukanSatker, Personel, SatuanKerja


class TimeField(forms.TimeField):
    """An hour; the browser sends `09:00`, people may type `09.00`."""

    def __init__(self, **kwargs):
        kwargs.setdefault("input_formats", ["%H:%M", "%H.%M", "%H:%M:%S"])
        kwargs.setdefault("widget", forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
        super().__init__(**kwargs)
        self.error_messages["invalid"] = "Jam tidak dikenal. Tulis seperti 09:00."


class PilihSatkerField(forms.TypedMultipleChoiceField):
    """Units from a list of `(id, name)`, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(coerce=int, **kwargs)


class PutaranForm(FormulirMixin, forms.Form):
    kanwil = forms.ChoiceField(label="Kanwil")
    nama = forms.CharField(
        label="Nama putaran", max_length=200, initial="Deklarasi Janji Kinerja dan Pencanangan ZI"
    )
    tahun = forms.IntegerField(label="Tahun")
    lengkap = forms.TypedChoiceField(
        label="Siapa menyatakan satker mana ikut",
        choices=[
            ("ya", "Kanwil sendiri: satker tanpa jadwal ditulis “belum”"),
            ("tidak", "Hanya menurut sumber: satker yang tidak disebut ditulis “tidak diketahui”"),
        ],
        coerce=lambda nilai: nilai == "ya",
        initial="ya",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, kanwil_set, **kwargs):
        super().__init__(*args, **kwargs)
        self.kanwil_set = {satu.satker.kode: satu for satu in kanwil_set}
        self.fields["tahun"].initial = timezone.localdate().year
        nama = dict(sebutan.list_pilihan_kanwil())
        pilihan = [(kode, nama.get(kode, kode)) for kode in self.kanwil_set]
        self.fields["kanwil"].choices = pilihan
        if len(pilihan) == 1:
            self.fields["kanwil"].initial = pilihan[0][0]

    def clean_kanwil(self):
        return self.kanwil_set[self.cleaned_data["kanwil"]]


class PutaranUbahForm(FormulirMixin, forms.Form):
    nama = PutaranForm.base_fields["nama"]
    lengkap = PutaranForm.base_fields["lengkap"]


def list_kanwil(user):
    """The Kanwil whose rounds this person may make."""
    return (
        KantorWilayah.objects.filter(satker__in=SatuanKerja.objects.visible_to(user))
        .select_related("satker")
        .order_by("kode_bps", "satker__kode")
    )


def list_pilihan_satker(posisi) -> list[tuple[int, str]]:
    """`(id, name)` of the units at these positions, by type and name."""
    return list(posisi.order_by("urut", "pk").values_list("satker_id", "nama"))


def name_satker(daftar_id, pada) -> list[tuple[int, str]]:
    """The same for units known by id, on a day; one that stands nowhere then has its code."""
    nama = dict(list_pilihan_satker(KedudukanSatker.objects.at(pada).filter(satker__in=daftar_id)))
    sisa = SatuanKerja.objects.filter(pk__in=set(daftar_id) - set(nama)).order_by("kode")
    return [*nama.items(), *sisa.values_list("pk", "kode")]


class JadwalForm(FormulirMixin, forms.Form):
    """Name, host, place, day and hours of an event; units and acts when it is new."""

    nama = forms.CharField(label="Nama upacara", max_length=200)
    tuan_rumah = forms.TypedChoiceField(label="Tuan rumah", coerce=int)
    tempat = forms.CharField(
        label="Tempat", max_length=200, help_text="Gedung atau ruang, lalu kotanya."
    )
    tanggal = DateField(label="Tanggal")
    mulai = TimeField(label="Jam mulai", help_text="Menurut jam di tempat tuan rumah.")
    selesai = TimeField(label="Jam selesai", required=False)
    alamat_daring = forms.URLField(
        label="Alamat siaran daring",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="Bila ada satker yang ikut dari jauh.",
    )

    def __init__(self, *args, pilihan_satker, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tuan_rumah"].choices = [("", "Pilih"), *pilihan_satker]

    def clean(self):
        data = super().clean()
        if not self.errors:
            isi = {kolom: data[kolom] for kolom in JadwalForm.base_fields if kolom != "tuan_rumah"}
            rumah = SatuanKerja.objects.get(pk=data["tuan_rumah"])
            data["jadwal"] = Jadwal(tuan_rumah=rumah, **isi)
        return data


class AcaraPilihan(forms.Form):
    """The acts of a new event, in their usual order."""

    daftar_jenis = forms.ModelMultipleChoiceField(
        label="Acara",
        queryset=JenisAcara.objects.order_by("urutan", "pk"),
        widget=forms.CheckboxSelectMultiple,
        help_text="Urutan dapat diubah sesudahnya.",
        error_messages={"required": "Pilih sedikitnya satu acara."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        lazim = JenisAcara.objects.filter(kode__in=list_lazim())
        self.fields["daftar_jenis"].initial = list(lazim.values_list("pk", flat=True))


class UpacaraBaruForm(AcaraPilihan, JadwalForm):
    satker = PilihSatkerField(label="Satker peserta", required=False)

    def __init__(self, *args, pilihan_satker, **kwargs):
        super().__init__(*args, pilihan_satker=pilihan_satker, **kwargs)
        self.fields["satker"].choices = pilihan_satker
        self.order_fields([*JadwalForm.base_fields, "daftar_jenis", "satker"])

    def clean_satker(self):
        return list(SatuanKerja.objects.filter(pk__in=self.cleaned_data["satker"]).order_by("kode"))


class RencanaForm(FormulirMixin, AcaraPilihan):
    """What the events of a plan share."""

    nama = forms.CharField(
        label="Nama upacara", max_length=150, help_text="Nama gugus ditambahkan di belakangnya."
    )
    field_order = ["nama", "daftar_jenis"]


class GugusForm(FormulirMixin, forms.Form):
    """Place and time of one cluster; left empty it is planned later."""

    tuan_rumah = forms.TypedChoiceField(
        label="Tuan rumah", coerce=int, required=False, empty_value=None
    )
    tempat = forms.CharField(label="Tempat", max_length=200, required=False)
    tanggal = DateField(label="Tanggal", required=False)
    mulai = TimeField(label="Jam mulai", required=False)
    selesai = TimeField(label="Jam selesai", required=False)

    def __init__(self, *args, pilihan_satker, gugus, jumlah, **kwargs):
        super().__init__(*args, **kwargs)
        self.gugus, self.jumlah = gugus, jumlah
        self.fields["tuan_rumah"].choices = [("", "Pilih"), *pilihan_satker]

    def clean(self):
        data = super().clean()
        if self.has_changed():
            for kolom in ("tuan_rumah", "tempat", "tanggal", "mulai"):
                if not data.get(kolom) and kolom not in self.errors:
                    self.add_error(kolom, "Belum diisi untuk gugus ini.")
        return data


class BatalForm(FormulirMixin, forms.Form):
    alasan = forms.CharField(
        label="Alasan", max_length=300, help_text="Dibaca semua yang diundang."
    )


class TamuForm(FormulirMixin, forms.Form):
    """Units into an event: of the Kanwil by a tick, guests by code."""

    satker = PilihSatkerField(label="Satker Kanwil ini yang belum ikut", required=False)
    tamu = SatkerField(
        label="Tamu dari Kanwil lain",
        required=False,
        max_length=2000,
        help_text="Kode satker, beberapa dipisah koma. Tamu tidak dihitung di papan putaran.",
    )

    def __init__(self, *args, pilihan_satker, contoh, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["satker"].choices = pilihan_satker
        self.fields["tamu"].queryset = SatuanKerja.objects.filter(contoh=contoh)
        if not pilihan_satker:
            del self.fields["satker"]

    def clean(self):
        data = super().clean()
        dipilih = SatuanKerja.objects.filter(pk__in=data.get("satker") or []).order_by("kode")
        data["daftar_satker"] = [*dipilih, *(data.get("tamu") or [])]
        return data


class AcaraForm(FormulirMixin, forms.Form):
    jenis = forms.ModelChoiceField(
        label="Acara", queryset=JenisAcara.objects.order_by("urutan", "pk")
    )
    keterangan = forms.CharField(label="Keterangan", max_length=300, required=False)


class DokumenForm(FormulirMixin, forms.Form):
    nama = forms.CharField(label="Nama dokumen", max_length=200)


class SaksiForm(FormulirMixin, forms.Form):
    lembaga = forms.CharField(
        label="Lembaga",
        max_length=150,
        help_text="Misalnya Ombudsman RI Perwakilan, BPK, kejaksaan, atau universitas.",
    )
    nama = forms.CharField(
        label="Nama orang", max_length=150, required=False, help_text="Dapat menyusul."
    )
    jabatan = forms.CharField(label="Jabatan", max_length=150, required=False)
    email = forms.EmailField(
        label="Alamat surel", max_length=254, required=False, help_text="Untuk undangan."
    )
    keterangan = forms.CharField(label="Keterangan", max_length=300, required=False)


class PesertaForm(FormulirMixin, forms.Form):
    """People of rosters, by unit and kind of staff."""

    satker = PilihSatkerField(
        label="Satker", error_messages={"required": "Pilih sedikitnya satu satker."}
    )
    daftar_jenis = forms.MultipleChoiceField(
        label="Jenis personel",
        required=False,
        choices=Personel.Jenis.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tidak dipilih berarti semua, juga pengamanan, kebersihan, taman, dan parkir.",
    )

    def __init__(self, *args, pilihan_satker, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["satker"].choices = pilihan_satker
        self.fields["satker"].initial = [kunci for kunci, _ in pilihan_satker]
