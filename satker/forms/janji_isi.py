"""Goals, indicators and activities on one page: rows that are added without a script, and a
summary of what is wrong that names the row."""

from collections.abc import Iterator

from django import forms
from django.forms import formset_factory
from django.forms.formsets import BaseFormSet

from integritas.formulir import AngkaField, FormulirMixin
from satker.alur.janji.draf import MAKS_INDIKATOR, MAKS_KEGIATAN, MAKS_SASARAN
from satker.janji import Isi, IsiIndikator, IsiKegiatan, IsiSasaran

TRIWULAN = ("b03", "b06", "b09", "b12")
ARAH = [("naik", "Makin tinggi"), ("turun", "Makin rendah")]


class BarisForm(FormulirMixin, forms.Form):
    """A row; one in which nothing was written is no row. `wajib` are asked for in any other."""

    wajib: dict[str, str] = {}
    penentu: tuple[str, ...] = ()

    def clean(self):
        data = super().clean()
        if self.is_kosong:
            return data
        for kolom, pesan in self.wajib.items():
            if data.get(kolom) in (None, "") and kolom not in self.errors:
                self.add_error(kolom, pesan)
        return data

    @property
    def is_kosong(self) -> bool:
        return not any(
            str(self.data.get(self.add_prefix(kolom)) or "").strip() for kolom in self.penentu
        )

    @property
    def is_dihapus(self) -> bool:
        return bool(self.data.get(self.add_prefix("DELETE")))


class SasaranForm(BarisForm):
    nama = forms.CharField(
        label="Sasaran",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    penentu = ("nama",)


class IndikatorForm(BarisForm):
    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    nama = forms.CharField(
        label="Indikator",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    arah = forms.ChoiceField(label="Lebih baik bila", choices=ARAH, required=False)
    satuan = forms.CharField(label="Satuan", required=False, max_length=40)
    target = AngkaField(label="Target setahun", required=False)
    b03 = AngkaField(label="B03", required=False)
    b06 = AngkaField(label="B06", required=False)
    b09 = AngkaField(label="B09", required=False)
    b12 = AngkaField(label="B12", required=False)
    penentu = ("nama", "satuan", "target", *TRIWULAN)
    wajib = {
        "nama": "Tulis nama indikator.",
        "satuan": "Tulis satuan ukuran, misalnya persen.",
        "target": "Tulis target setahun.",
    }

    def get_isi(self) -> IsiIndikator:
        data = self.cleaned_data
        return IsiIndikator(
            " ".join(data["nama"].split()),
            data["satuan"],
            data["arah"] or "naik",
            data["target"],
            tuple(data[satu] for satu in TRIWULAN),
            data["id"],
        )


class KegiatanForm(BarisForm):
    nama = forms.CharField(label="Kegiatan", required=False, max_length=500)
    anggaran = AngkaField(label="Anggaran (Rp)", desimal=2, required=False)
    penentu = ("nama", "anggaran")
    wajib = {"nama": "Tulis nama kegiatan."}


def _build_set(form, maks: int):
    return formset_factory(
        form,
        formset=BaseFormSet,
        extra=0,
        can_delete=True,
        max_num=maks,
        absolute_max=maks,
        validate_max=True,
    )


SasaranSet = _build_set(SasaranForm, MAKS_SASARAN)
IndikatorSet = _build_set(IndikatorForm, MAKS_INDIKATOR)
KegiatanSet = _build_set(KegiatanForm, MAKS_KEGIATAN)
LANGSUNG = {"form_kwargs": {"empty_permitted": False}}


class IsiForm:
    """All rows of a draft. Made from POST data, or from the content with a blank row where the next
    one is written."""

    def __init__(self, data=None, *, isi: Isi | None = None):
        self.is_bound = data is not None
        self.pesan: list[str] = []
        if data is None:
            assert isi is not None
            self._fill(isi)
        else:
            self._bind(data)
        self._name_rows()

    def _fill(self, isi: Isi) -> None:
        daftar = isi.daftar_sasaran or (IsiSasaran("", ()),)
        self.sasaran = SasaranSet(
            prefix="s", initial=[{"nama": satu.nama} for satu in daftar], **LANGSUNG
        )
        for nomor, (form, satu) in enumerate(zip(self.sasaran, daftar, strict=True)):
            awal = [_to_awal(indikator) for indikator in satu.daftar_indikator]
            awal += [{}] * (1 if awal else 3)
            form.indikator = IndikatorSet(prefix=f"i{nomor}", initial=awal, **LANGSUNG)
        awal = [{"nama": satu.nama, "anggaran": satu.anggaran} for satu in isi.daftar_kegiatan]
        awal += [{}] * (1 if awal else 2)
        self.kegiatan = KegiatanSet(prefix="k", initial=awal, **LANGSUNG)

    def _bind(self, data) -> None:
        self.sasaran = SasaranSet(data, prefix="s", **LANGSUNG)
        for nomor, form in enumerate(self.sasaran):
            form.indikator = IndikatorSet(data, prefix=f"i{nomor}", **LANGSUNG)
        self.kegiatan = KegiatanSet(data, prefix="k", **LANGSUNG)

    def _name_rows(self) -> None:
        """The heading of a column says little to who hears one field at a time."""
        for n, form in enumerate(self.sasaran, 1):
            _name_fields(form, f"Sasaran {n}")
            for m, satu in enumerate(form.indikator, 1):
                _name_fields(satu, f"Sasaran {n}, indikator {m}")
        for n, form in enumerate(self.kegiatan, 1):
            _name_fields(form, f"Kegiatan {n}")

    # --- rows ---
    def _list_berlaku(self) -> Iterator:
        """Goals that were not ticked away."""
        return (form for form in self.sasaran if not form.is_dihapus)

    def _list_set(self) -> Iterator[BaseFormSet]:
        yield self.sasaran
        for form in self._list_berlaku():
            yield form.indikator
        yield self.kegiatan

    def hide_errors(self) -> None:
        """A row was only added: nobody has said that the others are finished."""
        for formset in [self.sasaran, self.kegiatan, *(form.indikator for form in self.sasaran)]:
            formset._errors, formset._non_form_errors = [], formset.error_class()
            for form in formset:
                form._errors, form.cleaned_data = {}, {}

    def is_valid(self) -> bool:
        # Every one is asked, so that everything wrong is said at once.
        hasil = [formset.is_valid() for formset in self._list_set()]
        for form in self._list_berlaku():
            berisi = any(not satu.is_kosong and not satu.is_dihapus for satu in form.indikator)
            if form.is_kosong and berisi:
                form.add_error("nama", "Tulis sasaran untuk indikator di bawahnya.")
                hasil.append(False)
        return all(hasil)

    def refuse(self, pesan: str) -> None:
        self.pesan.append(pesan)

    def get_isi(self) -> Isi:
        return Isi(
            tuple(
                IsiSasaran(
                    " ".join(form.cleaned_data["nama"].split()),
                    tuple(satu.get_isi() for satu in _list_terisi(form.indikator)),
                )
                for form in _list_terisi(self.sasaran)
            ),
            tuple(
                IsiKegiatan(satu.cleaned_data["nama"], satu.cleaned_data["anggaran"])
                for satu in _list_terisi(self.kegiatan)
            ),
        )

    def list_galat(self) -> list[tuple[str, str]]:
        """Address on the page and sentence of everything that is wrong."""
        galat = [("", pesan) for pesan in self.pesan]
        for formset in self._list_set():
            galat += [("", str(satu)) for satu in formset.non_form_errors()]
        for n, form in enumerate(self.sasaran, 1):
            if form.is_dihapus:
                continue
            galat += _list_galat(form, f"Sasaran {n}")
            for m, satu in enumerate(form.indikator, 1):
                if not satu.is_dihapus:
                    galat += _list_galat(satu, f"Sasaran {n}, indikator {m}")
        for n, form in enumerate(self.kegiatan, 1):
            if not form.is_dihapus:
                galat += _list_galat(form, f"Kegiatan {n}")
        return galat


def _name_fields(form, awalan: str) -> None:
    for nama, field in form.fields.items():
        label = "hapus" if nama == "DELETE" else str(field.label).lower()
        field.widget.attrs["aria-label"] = f"{awalan}: {label}"


def _list_terisi(formset) -> list:
    return [form for form in formset if not form.is_kosong and not form.is_dihapus]


def _list_galat(form, awalan: str) -> list[tuple[str, str]]:
    return [
        (form[kolom].auto_id, f"{awalan}, {form.fields[kolom].label.lower()}: {pesan}")
        for kolom, daftar in form.errors.items()
        for pesan in daftar
    ]


def _to_awal(satu: IsiIndikator) -> dict:
    return {
        "id": satu.id,
        "nama": satu.nama,
        "arah": satu.arah,
        "satuan": satu.satuan,
        "target": satu.target,
        **dict(zip(TRIWULAN, satu.triwulan, strict=True)),
    }


def add_row(data, pilihan: str):
    """The POST data with one more row: `s` a goal, `i<n>` an indicator of a goal, `k` an activity."""
    data = data.copy()

    def grow(prefix: str, tambah: int, maks: int) -> int:
        teks = data.get(f"{prefix}-TOTAL_FORMS", "")
        jumlah = int(teks) if teks.isdecimal() and len(teks) < 6 else 0
        baru = min(jumlah + tambah, maks)
        data[f"{prefix}-TOTAL_FORMS"] = str(baru)
        return jumlah

    if pilihan == "k":
        grow("k", 2, MAKS_KEGIATAN)
    elif pilihan == "s":
        nomor = grow("s", 1, MAKS_SASARAN)
        if nomor < MAKS_SASARAN:
            data[f"i{nomor}-TOTAL_FORMS"], data[f"i{nomor}-INITIAL_FORMS"] = "2", "0"
    elif pilihan[:1] == "i" and pilihan[1:].isdecimal():
        grow(pilihan, 2, MAKS_INDIKATOR)
    return data
