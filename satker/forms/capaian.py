"""Forms of quarterly values and of their limits; rules are in satker/alur/."""

import datetime

from django import forms
from django.core import signing

from integritas.alur import AlurError
from integritas.berkas.alamat import tidy_tautan
from integritas.berkas.masuk import Masuk, receive
from integritas.berkas.tolak import BerkasDitolakError
from integritas.formulir import AngkaField, DateField, FormulirMixin
from satker.alur.capaian import KETERANGAN_TERPANJANG, Isian
from satker.kinerja import Baris
from satker.models import Periode

# A file that came with a form that was refused waits in the store; its row is made on saving.
GARAM = "satker.capaian.titipan"
UMUR = datetime.timedelta(hours=12)


class LaporanForm(FormulirMixin, forms.Form):
    """A quarter of one agreement: value, words, file and link of each indicator. `oleh` is whose
    waiting files it gives back."""

    sidik = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args, daftar_baris: list[Baris], periode: str, oleh: int, **kwargs):
        self.daftar_baris, self.oleh = daftar_baris, oleh
        nomor = list(Periode.values).index(periode)
        self.realisasi = {
            baris.indikator.pk: baris.daftar_sel[nomor].realisasi for baris in daftar_baris
        }
        awal = kwargs.setdefault("initial", {})
        for pk, satu in self.realisasi.items():
            if satu is not None:
                awal[f"nilai_{pk}"] = satu.nilai
                awal[f"keterangan_{pk}"] = satu.keterangan
                awal[f"tautan_{pk}"] = satu.tautan or ""
        super().__init__(*args, **kwargs)
        for baris in daftar_baris:
            self._add_fields(baris)
        # Class and widget attributes of the fields that were added just now.
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxInput):
                field.widget.attrs.setdefault("class", "input")
        self.titipan: dict[int, Masuk] = {}

    def _add_fields(self, baris: Baris) -> None:
        pk, awal = baris.indikator.pk, f"Indikator {baris.nomor}"
        self.fields[f"nilai_{pk}"] = AngkaField(label=f"{awal}, realisasi", required=False)
        self.fields[f"keterangan_{pk}"] = forms.CharField(
            label=f"{awal}, keterangan",
            required=False,
            max_length=KETERANGAN_TERPANJANG,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.fields[f"berkas_{pk}"] = forms.FileField(
            label=f"{awal}, berkas bukti",
            required=False,
            max_length=1000,
            allow_empty_file=True,
            widget=forms.FileInput,
        )
        self.fields[f"tautan_{pk}"] = forms.CharField(
            label=f"{awal}, tautan bukti",
            required=False,
            max_length=4000,
            widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        )
        self.fields[f"titipan_{pk}"] = forms.CharField(required=False, widget=forms.HiddenInput)
        if (satu := self.realisasi[pk]) is not None and satu.berkas_id:
            self.fields[f"lepas_{pk}"] = forms.BooleanField(
                label=f"{awal}, lepas berkas", required=False
            )

    def clean(self):
        isi = super().clean()
        for baris in self.daftar_baris:
            self._take(baris.indikator.pk)
            self._check_tautan(f"tautan_{baris.indikator.pk}")
        return isi

    def _check_tautan(self, nama: str) -> None:
        if (teks := self.cleaned_data.get(nama, "").strip()) == "":
            return
        try:
            self.cleaned_data[nama] = tidy_tautan(teks)
        except AlurError as error:
            self.add_error(nama, str(error))

    def _take(self, pk: int) -> None:
        """The file that came now, or the one that waits since an earlier try."""
        if berkas := self.files.get(self.add_prefix(f"berkas_{pk}")):
            try:
                self.titipan[pk] = receive(berkas, berkas.name or "")
            except BerkasDitolakError as error:
                self.add_error(f"berkas_{pk}", str(error))
            return
        if tanda := self.data.get(self.add_prefix(f"titipan_{pk}"), ""):
            try:
                oleh, *isi = signing.loads(tanda, salt=GARAM, max_age=UMUR)
            except signing.BadSignature:
                self.add_error(
                    f"berkas_{pk}", "Berkas yang tadi dikirim sudah dilepas. Pilih lagi."
                )
                return
            if oleh == self.oleh:
                self.titipan[pk] = Masuk(*isi)

    def list_isian(self) -> dict[int, Isian]:
        """What was typed, by indicator."""
        isi = self.cleaned_data
        return {
            pk: Isian(
                isi[f"nilai_{pk}"],
                isi[f"keterangan_{pk}"],
                isi[f"tautan_{pk}"],
                self.titipan.get(pk),
                isi.get(f"lepas_{pk}", False),
            )
            for pk in self.realisasi
        }

    def list_kotak(self) -> list[dict]:
        """The fields of each indicator, for its row; a file that came is handed back as a token."""
        return [
            {
                "baris": baris,
                "realisasi": self.realisasi[pk],
                "nilai": self[f"nilai_{pk}"],
                "keterangan": self[f"keterangan_{pk}"],
                "berkas": self[f"berkas_{pk}"],
                "tautan": self[f"tautan_{pk}"],
                "lepas": self[f"lepas_{pk}"] if f"lepas_{pk}" in self.fields else None,
                "titipan": self._sign(pk),
                "nama_isian_titipan": self.add_prefix(f"titipan_{pk}"),
                "nama_titipan": self.titipan[pk].nama if pk in self.titipan else "",
            }
            for baris in self.daftar_baris
            for pk in [baris.indikator.pk]
        ]

    def _sign(self, pk: int) -> str:
        if pk not in self.titipan:
            return ""
        return signing.dumps([self.oleh, *self.titipan[pk]], salt=GARAM)


class BatasForm(FormulirMixin, forms.Form):
    """By when each quarter of a year is to be reported."""

    b03 = DateField(label="Batas B03 (Januari sampai Maret)", required=False)
    b06 = DateField(label="Batas B06 (April sampai Juni)", required=False)
    b09 = DateField(label="Batas B09 (Juli sampai September)", required=False)
    b12 = DateField(label="Batas B12 (Oktober sampai Desember)", required=False)
    dasar = forms.CharField(
        label="Dasar",
        max_length=200,
        help_text="Surat atau aturan yang menetapkannya, misalnya nomor surat edaran.",
    )
