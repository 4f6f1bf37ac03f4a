"""Forms of guided changes to offices; rules are in satker/alur/."""

from django import forms
from django.db.models import F, OuterRef, Subquery

from integritas.formulir import DateField, FormulirMixin
from satker.models import (
    Instansi,
    JenisSatker,
    KantorWilayah,
    KedudukanInstansi,
    KedudukanSatker,
    KelasSatker,
    SatuanKerja,
    Silsilah,
    ZonaWaktu,
)


class SatkerField(forms.CharField):
    """One or several units by code, separated by commas; works without a script."""

    def __init__(self, queryset=None, **kwargs):
        self.queryset = queryset
        super().__init__(**kwargs)

    def clean(self, value):
        teks = super().clean(value)
        daftar_kode = list(dict.fromkeys(teks.replace(",", " ").lower().split()))
        ada = {satker.kode: satker for satker in self.queryset.filter(kode__in=daftar_kode)}
        hilang = [kode for kode in daftar_kode if kode not in ada]
        if hilang:
            raise forms.ValidationError(f"Tidak ada satker berkode {', '.join(hilang)}.")
        return [ada[kode] for kode in daftar_kode]


class KanwilField(forms.ModelChoiceField):
    """A Kanwil by province and code."""

    def __init__(self, **kwargs):
        kwargs.setdefault(
            "queryset",
            KantorWilayah.objects.select_related("satker").order_by("kode_bps", "satker__kode"),
        )
        super().__init__(**kwargs)

    def label_from_instance(self, obj):
        return f"{obj.provinsi} ({obj.satker.kode})"


class InstansiField(forms.ModelChoiceField):
    """A ministry or directorate general by its name of today, or its last one."""

    def __init__(self, **kwargs):
        nama = (
            KedudukanInstansi.objects.filter(instansi=OuterRef("pk"))
            .order_by(F("berlaku_dari").desc(nulls_last=True))
            .values("nama")[:1]
        )
        queryset = Instansi.objects.annotate(nama=Subquery(nama)).order_by("contoh", "nama", "pk")
        super().__init__(queryset=queryset, **kwargs)

    def label_from_instance(self, obj):
        return obj.nama or obj.kode


class PerubahanForm(FormulirMixin, forms.Form):
    """What every change of an office asks: from when, where it is written, why."""

    mulai = DateField(label="Berlaku mulai")
    sumber = forms.CharField(
        label="Sumber", max_length=300, help_text="Nomor surat atau peraturan, atau berita."
    )
    alasan = forms.CharField(label="Keterangan", max_length=300, required=False)


class GantiNamaForm(PerubahanForm):
    nama = forms.CharField(label="Nama baru", max_length=200)
    tempat = forms.CharField(label="Kota atau kabupaten", max_length=120, required=False)
    field_order = ["nama", "tempat", "mulai", "sumber", "alasan"]


class PindahForm(PerubahanForm):
    kanwil = KanwilField(label="Kanwil baru")
    field_order = ["kanwil", "mulai", "sumber", "alasan"]


class GantiKelasForm(PerubahanForm):
    jenis = forms.ModelChoiceField(
        label="Jenis", queryset=JenisSatker.objects.filter(mandiri=True).order_by("urutan", "pk")
    )
    kelas = forms.ChoiceField(label="Kelas", required=False)
    nama = forms.CharField(
        label="Nama sesudah ganti kelas", max_length=200, help_text="Nama biasanya memuat kelas."
    )
    field_order = ["jenis", "kelas", "nama", "mulai", "sumber", "alasan"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kelas"].choices = list_kelas()


def list_kelas() -> list[tuple[str, str]]:
    """All classes there are; the step refuses one that the type does not know."""
    daftar = KelasSatker.objects.order_by("kelas").values_list("kelas", flat=True).distinct()
    return [("", "belum diketahui / tanpa kelas"), *((kelas, kelas) for kelas in daftar)]


class TutupForm(PerubahanForm):
    """Closing an office."""


class SatkerBaruForm(FormulirMixin, forms.Form):
    kode = forms.CharField(
        label="Kode", max_length=60, help_text="Misalnya 16-lapas-palembang; tidak bisa diganti."
    )
    nama = forms.CharField(label="Nama", max_length=200)
    jenis = forms.ModelChoiceField(
        label="Jenis",
        queryset=JenisSatker.objects.filter(mandiri=True)
        .exclude(kode="kanwil")
        .order_by("urutan", "pk"),
    )
    kelas = forms.ChoiceField(label="Kelas", required=False)
    kanwil = KanwilField(label="Kanwil")
    tempat = forms.CharField(label="Kota atau kabupaten", max_length=120, required=False)
    zona_waktu = forms.ChoiceField(label="Zona waktu", choices=ZonaWaktu.choices)
    mulai = DateField(
        label="Berdiri mulai", required=False, help_text="Kosong: sejak sebelum catatan."
    )
    sumber = forms.CharField(label="Sumber", max_length=300)

    def __init__(self, *args, kanwil_set=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kelas"].choices = list_kelas()
        if kanwil_set is not None:
            self.fields["kanwil"].queryset = kanwil_set


class KanwilBaruForm(FormulirMixin, forms.Form):
    kode = forms.CharField(
        label="Kode", max_length=60, help_text="Misalnya 16-kanwil-ditjenpas; tidak bisa diganti."
    )
    nama = forms.CharField(label="Nama resmi", max_length=200)
    instansi = InstansiField(label="Di bawah")
    provinsi = forms.CharField(label="Provinsi", max_length=80)
    kode_bps = forms.CharField(
        label="Kode BPS provinsi", max_length=4, help_text="Dua angka, misalnya 16."
    )
    tempat = forms.CharField(label="Kota kedudukan", max_length=120, required=False)
    zona_waktu = forms.ChoiceField(label="Zona waktu", choices=ZonaWaktu.choices)
    mulai = DateField(
        label="Berdiri mulai", required=False, help_text="Kosong: sejak sebelum catatan."
    )
    sumber = forms.CharField(label="Sumber", max_length=300)


class SilsilahForm(FormulirMixin, forms.Form):
    jenis = forms.ChoiceField(label="Apa yang terjadi", choices=Silsilah.Jenis.choices)
    asal = SatkerField(
        label="Satker asal", help_text="Kode satker; beberapa dipisah koma.", max_length=2000
    )
    hasil = SatkerField(
        label="Satker hasil",
        help_text="Kode satker; beberapa dipisah koma. Satker baru dibuat lebih dulu.",
        max_length=2000,
    )
    tanggal = DateField(label="Berlaku mulai")
    tutup_asal = forms.BooleanField(
        label="Tutup satker asal mulai tanggal itu", required=False, initial=True
    )
    dasar = forms.CharField(label="Dasar", max_length=300, required=False)
    sumber = forms.CharField(label="Sumber", max_length=300)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for nama in ("asal", "hasil"):
            self.fields[nama].queryset = SatuanKerja.objects.order_by("kode")


def build_awal(posisi: KedudukanSatker) -> dict:
    """What a change form shows at first: the facts as they stand."""
    return {
        "nama": posisi.nama,
        "tempat": posisi.tempat,
        "jenis": posisi.jenis_id,
        "kelas": posisi.kelas,
        "kanwil": posisi.kanwil_id,
    }
