"""Assessments for a measurement, and who asks for them. Imported by siapkan.py, which has set Django
up."""

import datetime
import io
import time
from base64 import b64encode
from collections import Counter
from dataclasses import replace

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from penilaian import skala, skala_lke
from penilaian.lembar.ekspor import build_isi
from penilaian.lembar.tulis import write_lembar
from penilaian.models import Penilaian, VersiInstrumen
from penilaian.versi import get_terpakai
from satker.models import KedudukanSatker, Pengguna, Penugasan, Peran
from tests.bench.sasaran import TAHUN_LKE, TAHUN_LKE_BESAR, UKURAN_SASARAN

SEJAK = datetime.date(2020, 1, 1)


def start_session(pengguna: Pengguna) -> str:
    sesi = SessionStore()
    sesi[SESSION_KEY] = str(pengguna.pk)
    sesi[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    sesi[HASH_SESSION_KEY] = pengguna.get_session_auth_hash()
    sesi.save()
    return sesi.session_key


def add_pengguna(nama: str, peran: Peran, **lingkup) -> Pengguna:
    pengguna = Pengguna.objects.create(email=f"{nama}@bench.invalid", nama=f"{nama} bench")
    Penugasan.objects.create(pengguna=pengguna, peran=peran, berlaku_dari=SEJAK, **lingkup)
    return pengguna


def load_lke(jumlah: int) -> dict:
    """An LKE of each unit and year; sessions of an operator and of the unit's Kanwil, and what the
    addresses are filled with."""
    banyak = TAHUN_LKE if jumlah <= UKURAN_SASARAN else TAHUN_LKE_BESAR
    akhir = skala.AKHIR.year
    mulai = time.perf_counter()
    rinci = skala_lke.load(list(range(akhir - banyak + 1, akhir + 1)))
    lama = time.perf_counter() - mulai
    posisi = pick_posisi()
    penilaian = Penilaian.objects.get(satker=posisi.satker, tahun=akhir)
    operator = add_pengguna("operator", Peran.OPERATOR, satker=posisi.satker)
    kanwil = add_pengguna("kanwil", Peran.TIM_KANWIL, kanwil=posisi.kanwil)
    isi = penilaian.versi.bawaan
    area = max(isi.daftar_area, key=lambda satu: len(isi.pertanyaan_area[satu.kode])).kode
    soal = next(satu for satu in isi.pertanyaan_area[area] if satu.is_pilihan)
    kecil = min(isi.daftar_area, key=lambda satu: len(isi.pertanyaan_area[satu.kode])).kode
    calon = (
        KedudukanSatker.objects.at(timezone.localdate())
        .filter(kanwil=posisi.kanwil, jenis__mandiri=True)
        .order_by("satker__kode")
    )
    return {
        "sesi": {"operator": start_session(operator), "kanwil": start_session(kanwil)},
        "isi": {
            "lke": penilaian.pk,
            "area": area,
            "soal": soal.kode,
            # In another area, whose page is not measured.
            "soal_unggah": isi.pertanyaan_area[kecil][0].kode,
            "opsi": [soal.opsi[0].kode, soal.opsi[1].kode],
            "tahun": akhir,
            # Years that nobody has opened yet.
            "tahun_buka": akhir + 1,
            "versi": VersiInstrumen.objects.latest("pk").pk,
            "calon": list(calon.values_list("satker__kode", flat=True)),
            "lembar": b64encode(build_lembar(penilaian)).decode(),
        },
        "muat_detik": lama,
        "rinci": rinci,
    }


def build_lembar(penilaian: Penilaian) -> bytes:
    """The workbook of an assessment, with the answers of another one."""
    terpakai = get_terpakai(penilaian.versi)
    nomor = (penilaian.satker_id + penilaian.tahun + 1) % skala_lke.POLA
    lain = skala_lke.build_pola(nomor, terpakai.isi.daftar_pertanyaan)
    keluaran = io.BytesIO()
    isi = build_isi(penilaian, terpakai, "")
    write_lembar(keluaran, terpakai.isi, replace(isi, jawaban=lain))
    return keluaran.getvalue()


def pick_posisi() -> KedudukanSatker:
    """The first unit of the Kanwil that has most, itself left out."""
    daftar = (
        KedudukanSatker.objects.at(timezone.localdate())
        .filter(jenis__mandiri=True, kanwil__isnull=False, berlaku_dari=None)
        .exclude(jenis__kode="kanwil")
    )
    terbanyak = Counter(daftar.values_list("kanwil", flat=True)).most_common(1)[0][0]
    return (
        daftar.filter(kanwil=terbanyak).select_related("satker", "kanwil").order_by("satker__kode")
    )[0]
