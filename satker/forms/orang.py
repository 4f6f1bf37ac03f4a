"""Forms for people and their assignments; the steps of `satker.penugasan` decide again."""

import json
import re

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.urls import reverse
from django.utils import timezone

from integritas.formulir import DateField, FormulirMixin
from satker import sebutan
from satker.access import list_kelolaan, list_peran_diberikan
from satker.forms.masuk import explain_sandi
from satker.models import AREA_PERUBAHAN, LINGKUP_PERAN, KedudukanSatker, Penugasan, Peran

NAMA_LINGKUP = {"satker": "satuan kerja", "kanwil": "Kanwil", "instansi": "instansi"}


def search_satker(user, teks: str):
    """Today's units within reach of this person whose name matches."""
    posisi = KedudukanSatker.objects.at(timezone.localdate()).filter(satker__in=list_kelolaan(user))
    return posisi.search(teks).select_related("satker").order_by("urut", "pk")


class PenugasanForm(FormulirMixin, forms.Form):
    """A role on one node; which node it takes depends on the role."""

    KOLOM_LINGKUP = ("satker", "kanwil", "instansi")

    peran = forms.ChoiceField(label="Peran")
    satker = forms.CharField(
        label="Satuan kerja",
        required=False,
        help_text="Untuk operator dan kepala satker. Ketik nama, lalu pilih dari daftar.",
        widget=forms.TextInput(attrs={"list": "pilihan-satker", "autocomplete": "off"}),
    )
    kanwil = forms.ChoiceField(label="Kanwil", required=False, help_text="Untuk Tim Kanwil.")
    instansi = forms.ChoiceField(
        label="Instansi",
        required=False,
        help_text="Untuk admin, pimpinan, eselon I, dan TPI.",
    )
    jenis = forms.ChoiceField(
        label="Kedudukan",
        choices=Penugasan.Jenis.choices,
        initial=Penugasan.Jenis.DEFINITIF,
        help_text="Plt. dan Plh. menjalankan tugas sementara.",
    )
    berlaku_dari = DateField(label="Mulai")
    berlaku_sampai = DateField(
        label="Berakhir",
        required=False,
        help_text="Mulai hari itu akses tertutup. Kosongkan bila belum tahu.",
    )
    daftar_area = forms.MultipleChoiceField(
        label="Area perubahan",
        required=False,
        choices=[(kode, f"{kode} {nama}") for kode, nama in AREA_PERUBAHAN.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text="Untuk operator. Tidak dipilih berarti semua area.",
    )
    dasar = forms.CharField(
        label="Dasar penugasan",
        required=False,
        max_length=200,
        help_text="Nomor surat perintah atau SK, bila ada.",
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        daftar_peran = list_peran_diberikan(by)
        self.fields["peran"].choices = [(peran.value, peran.label) for peran in daftar_peran]
        self.fields["berlaku_dari"].initial = timezone.localdate
        self.fields["satker"].widget.attrs |= {
            "hx-get": reverse("orang_satker"),
            "hx-trigger": "input changed delay:250ms",
            "hx-target": "#pilihan-satker",
        }
        kosong = ("", "Pilih …")
        if any("kanwil" in LINGKUP_PERAN[peran] for peran in daftar_peran):
            self.fields["kanwil"].choices = [kosong, *sebutan.list_pilihan_kanwil()]
            self.fields["instansi"].choices = [kosong, *sebutan.list_pilihan_instansi()]
        else:
            del self.fields["kanwil"], self.fields["instansi"]

    def clean_satker(self):
        """A code in brackets as the list offers it, a bare code, or a name that only one has."""
        teks = self.cleaned_data["satker"].strip()
        if not teks:
            return None
        kode = re.search(r"\(([-\w]+)\)$|^([-\w]+)$", teks)
        if kode:
            dipilih = list_kelolaan(self.by).filter(kode=kode[1] or kode[2]).first()
            if dipilih is not None:
                return dipilih
        cocok = list(search_satker(self.by, teks)[:4])
        if len(cocok) == 1:
            return cocok[0].satker
        if not cocok:
            raise forms.ValidationError(
                f'Tidak ada satker bernama "{teks}" yang bisa Anda kelola. Coba nama kota atau '
                "jenis kantornya."
            )
        raise forms.ValidationError(
            f'Lebih dari satu satker cocok dengan "{teks}", misalnya '
            f"{cocok[0].nama} dan {cocok[1].nama}. Ketik lebih lengkap, atau pilih dari daftar."
        )

    def clean(self):
        data = super().clean()
        if "peran" not in data or "satker" in self.errors:
            return data
        boleh = LINGKUP_PERAN[Peran(data["peran"])]
        terisi = [nama for nama in boleh if data.get(nama)]
        sebut = " atau ".join(NAMA_LINGKUP[nama] for nama in boleh)
        if not terisi:
            self.add_error(boleh[0], f"Pilih {sebut} untuk peran {Peran(data['peran']).label}.")
            return data
        if len(terisi) > 1:
            self.add_error(terisi[1], f"Isi salah satu saja: {sebut}.")
            return data
        nilai = data[terisi[0]]
        data["lingkup"] = nilai if terisi[0] == "satker" else sebutan.get_lingkup(terisi[0], nilai)
        if data["peran"] != Peran.OPERATOR:
            data["daftar_area"] = []
        return data

    @property
    def lingkup_peran(self) -> str:
        """For static/js/lingkup.js: which scope fields each role takes."""
        lingkup = {
            peran: [*LINGKUP_PERAN[Peran(peran)], *(["area"] if peran == Peran.OPERATOR else [])]
            for peran, _ in self.fields["peran"].choices  # type: ignore[attr-defined]
        }
        return json.dumps(lingkup)

    @property
    def tugas(self) -> dict:
        """What `penugasan.assign` takes."""
        kolom = ("peran", "lingkup", "jenis", "berlaku_dari", "berlaku_sampai", "daftar_area")
        return {nama: self.cleaned_data[nama] for nama in (*kolom, "dasar")}


class UndanganForm(PenugasanForm):
    """A new person with the first assignment."""

    CARA = [("surel", "Kirim tautan lewat surel"), ("cetak", "Cetak tautan dan kode QR")]

    nama = forms.CharField(label="Nama lengkap", max_length=150)
    email = forms.EmailField(
        label="Alamat surel",
        max_length=254,
        help_text="Dipakai untuk masuk. Satu alamat untuk satu orang.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    cara = forms.ChoiceField(
        label="Cara menyampaikan undangan",
        choices=CARA,
        initial="surel",
        widget=forms.RadioSelect,
    )

    field_order = ["nama", "email"]


class AlasanForm(FormulirMixin, forms.Form):
    """Why a step is taken."""

    alasan = forms.CharField(label="Alasan", max_length=300)


class AkhiriForm(FormulirMixin, forms.Form):
    alasan = forms.CharField(
        label="Alasan", max_length=300, required=False, help_text="Misalnya mutasi atau pensiun."
    )


class SandiForm(FormulirMixin, forms.Form):
    """The first password, typed twice."""

    sandi = forms.CharField(
        label="Kata sandi baru",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    ulangi = forms.CharField(
        label="Ulangi kata sandi",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, pengguna, **kwargs):
        super().__init__(*args, **kwargs)
        self.pengguna = pengguna
        explain_sandi(self.fields["sandi"])

    def clean_sandi(self):
        validate_password(self.cleaned_data["sandi"], self.pengguna)
        return self.cleaned_data["sandi"]

    def clean_ulangi(self):
        sandi = self.cleaned_data.get("sandi")
        if sandi and sandi != self.cleaned_data["ulangi"]:
            raise forms.ValidationError("Kedua kata sandi berbeda. Ketik sekali lagi.")
        return self.cleaned_data["ulangi"]
