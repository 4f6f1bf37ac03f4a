"""Every component in every state, for whoever changes the look; mounted only with DEBUG."""

import datetime

from django import forms
from django.shortcuts import render
from django.views.decorators.http import require_safe

from integritas.formulir import DateField, FormulirMixin
from penilaian.hitung import Hitungan
from penilaian.simpul import PETA, Ubin
from satker.access import public


class ContohForm(FormulirMixin, forms.Form):
    """One field of each kind; bound empty it shows every error."""

    nama = forms.CharField(label="Nama satuan kerja", help_text="Sebagaimana tertulis di papan.")
    mulai = DateField(label="Berlaku mulai")
    jenis = forms.ChoiceField(label="Jenis", choices=[("", "Pilih"), ("lapas", "Lapas")])
    alasan = forms.CharField(label="Alasan", widget=forms.Textarea(attrs={"rows": 3}))
    berkas = forms.FileField(label="Pindaian surat", required=False)
    setuju = forms.BooleanField(label="Tutup satker asal mulai tanggal itu", required=False)


@require_safe
@public
def gaya(request):
    salah = ContohForm({})
    salah.is_valid()
    hari = [datetime.date(tahun, 12, 31) for tahun in range(2017, 2022)]
    tren = [Hitungan(0, 0, 0, 27), Hitungan(0, 0, 3, 27), Hitungan(2, 0, 25, 27),
            Hitungan(3, 1, 23, 27), Hitungan(4, 2, 21, 27)]  # fmt: skip
    peta = [
        Ubin(letak["huruf"], int(letak["baris"]), int(letak["kolom"]), letak["huruf"], kode,
             "4+1" if kode == "16" else "7+4" if kode == "35" else "", "contoh",
             kode in {"16", "35"}, kode == "16")
        for kode, letak in PETA.items()
    ]  # fmt: skip
    return render(
        request,
        "penilaian/gaya.html",
        {
            "form": ContohForm(auto_id="polos_%s"),
            "salah": salah,
            "penuh": Hitungan(4, 1, 22, 27),
            "sebagian": Hitungan(4, 1, 2, 27),
            "gelap": Hitungan(0, 0, 0, 64),
            "daftar_tren": list(zip(hari, tren, strict=True)),
            "daftar_peta": peta,
        },
    )
