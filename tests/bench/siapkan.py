"""The product's side of a measurement, in a process of its own with that database:
`siapkan N` loads the invented ministry and counts statements, `ukur` measures what has no page."""

import csv
import io
import json
import os
import sys
import time
from pathlib import Path
from statistics import median

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "integritas.settings")
django.setup()

from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Count
from django.test import Client

from penilaian import skala
from penilaian.models import PerubahanPredikat
from satker import impor
from satker.models import (
    Instansi,
    JenisSatker,
    KantorWilayah,
    KedudukanSatker,
    Pengguna,
    Peran,
    SatuanKerja,
)
from tests.bench import siapkan_lke, siapkan_upacara
from tests.bench.buka import measure_buka
from tests.bench.kirim import PENGIRIM
from tests.bench.sasaran import CSV, HALAMAN, LKE, UNGGAH, UPACARA, Halaman

TAHUN = 5
BARIS_IMPOR = 1000


def load(jumlah: int) -> dict:
    """Tables, rows, and an administrator's session; addresses of the pages to ask."""
    call_command("migrate", verbosity=0)
    mulai = time.perf_counter()
    rinci = skala.load(jumlah, TAHUN)
    lama = time.perf_counter() - mulai
    lke = siapkan_lke.load_lke(jumlah)
    upacara = siapkan_upacara.load_upacara(siapkan_lke.pick_posisi().kanwil)
    pengguna = siapkan_lke.add_pengguna(
        "admin", Peran.ADMIN, instansi=Instansi.objects.get(kode="kemenkum")
    )
    # Administrators have a second factor, and every page asks for it.
    Authenticator.objects.create(user=pengguna, type=Authenticator.Type.TOTP, data={})
    siapkan_upacara.add_pengingat(Pengguna.objects.filter(email__endswith="@bench.invalid"))
    with connection.cursor() as kursor:
        kursor.execute("VACUUM ANALYZE")
    ramai = (
        PerubahanPredikat.objects.values("predikat__satker__kode")
        .annotate(banyak=Count("pk"))
        .order_by("-banyak", "predikat__satker__kode")
        .first()
    )
    isi = {"kanwil": "916-kanwil", "satker": ramai["predikat__satker__kode"]}
    return {
        "sesi": lke["sesi"] | {"admin": siapkan_lke.start_session(pengguna)},
        "isi": isi | lke["isi"] | upacara["isi"],
        "muat_detik": lama,
        "muat_lke_detik": lke["muat_detik"],
        "muat_upacara_detik": upacara["muat_detik"],
        "rinci": rinci | lke["rinci"] | upacara["rinci"],
    }


def count_sql(siap: dict, berkas: Path) -> dict[str, int]:
    """Statements of every page, counted by an execute wrapper and kept to be asked again bare. A
    page that is not there is named in `siap["tiada"]`."""
    pernyataan: dict[str, list[str]] = {}
    jumlah: dict[str, int] = {}
    siap["tiada"] = {}
    for halaman in [*HALAMAN, *LKE, *UPACARA, CSV, UNGGAH]:
        try:
            daftar = count_one(halaman, siap)
        except (TiadaError, KeyError) as error:
            siap["tiada"][halaman.nama] = str(error)
            continue
        jumlah[halaman.nama] = len(daftar)
        with connection.cursor() as kursor:
            polos = kursor.cursor
            # What changes something cannot be asked again.
            pernyataan[halaman.nama] = (
                [] if halaman.kirim else [polos.mogrify(*satu).decode() for satu in daftar]
            )
    # The two units that were opened for the count are not there to be opened again.
    siap["isi"]["tahun_buka"] += 2
    berkas.write_text(json.dumps(pernyataan))
    return jumlah


def count_one(halaman: Halaman, siap: dict) -> list[tuple]:
    client = Client(headers={"host": "127.0.0.1"})
    if halaman.masuk:
        client.cookies["sessionid"] = siap["sesi"][halaman.oleh]
    if not halaman.kirim:
        alamat = halaman.alamat.format(**siap["isi"])
        # The first answer of a session notes the time; the templates are read.
        get(client, alamat)
        return note_sql(lambda: get(client, alamat))
    pengirim = PENGIRIM[halaman.kirim](halaman, siap["isi"])
    pengirim.begin(lambda alamat: get(client, alamat))
    send(client, pengirim)
    return note_sql(lambda: send(client, pengirim))


def note_sql(langkah) -> list[tuple]:
    """Statements as the first reader of new facts causes them."""
    cache.clear()
    daftar: list[tuple] = []

    def note(execute, sql, params, many, context):
        daftar.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        langkah()
    return daftar


class TiadaError(Exception):
    """The page does not answer as it should."""


def get(client: Client, alamat: str) -> bytes:
    jawaban = client.get(alamat)
    if jawaban.status_code != 200:
        raise TiadaError(f"{alamat} menjawab {jawaban.status_code}")
    return b"".join(jawaban.streaming_content) if jawaban.streaming else jawaban.content


def send(client: Client, pengirim) -> None:
    kiriman = pengirim.build()
    jawaban = client.post(
        kiriman.alamat, kiriman.isi, content_type=kiriman.jenis, headers=kiriman.kepala
    )
    if jawaban.status_code not in pengirim.berhasil:
        raise TiadaError(f"{kiriman.alamat} menjawab {jawaban.status_code}")
    pengirim.check(jawaban.status_code, jawaban.content)
    if pengirim.ikuti:
        get(client, jawaban["Location"])


# --- import ---------------------------------------------------------------------------------------
def build_csv(jumlah: int, awalan: str) -> bytes:
    """New units as an office would list them."""
    keluaran = io.StringIO()
    tulis = csv.writer(keluaran)
    tulis.writerow(["kode", "nama", "jenis", "kelas", "kota_kabupaten", "induk", "sumber"])
    kanwil = list(KantorWilayah.objects.order_by("pk").values_list("satker__kode", flat=True))
    for nomor in range(jumlah):
        tempat = f"Kota {awalan.upper()}{nomor:04}"
        tulis.writerow(
            [
                f"{awalan}-{nomor:05}",
                f"Lapas Kelas IIA {tempat}",
                "Lapas",
                "IIA",
                tempat,
                kanwil[nomor % len(kanwil)],
                "daftar bench",
            ]
        )
    return keluaran.getvalue().encode()


def import_bare(isi: bytes) -> None:
    """The floor: read, look up type and parent, refuse doubled codes, and two bulk inserts."""
    jenis = {satu.singkatan: satu for satu in JenisSatker.objects.all()}
    kanwil = {satu.satker.kode: satu for satu in KantorWilayah.objects.select_related("satker")}
    ada = set(SatuanKerja.objects.values_list("kode", flat=True))
    daftar, posisi = [], []
    for baris in csv.DictReader(io.StringIO(isi.decode())):
        if baris["kode"] in ada:
            raise ValueError(baris["kode"])
        ada.add(baris["kode"])
        satker = SatuanKerja(kode=baris["kode"])
        daftar.append(satker)
        posisi.append(
            KedudukanSatker(
                satker=satker,
                nama=baris["nama"],
                jenis=jenis[baris["jenis"]],
                kelas=baris["kelas"],
                kanwil=kanwil[baris["induk"]],
                tempat=baris["kota_kabupaten"],
                zona_waktu="WIB",
                sumber=baris["sumber"],
            )
        )
    SatuanKerja.objects.bulk_create(daftar)
    KedudukanSatker.objects.bulk_create(posisi)


def measure_import(putaran: int = 5) -> dict:
    """Bare and real, one after the other, each taken back; medians in milliseconds."""
    by = Pengguna.objects.get(email="admin@bench.invalid")
    polos, lengkap, rencana, sql = [], [], [], 0
    for nomor in range(putaran + 1):
        isi = build_csv(BARIS_IMPOR, f"impor{chr(97 + nomor)}")
        waktu_polos, _ = run_rolled_back(lambda isi=isi: import_bare(isi))
        waktu_rencana, hasil = run_rolled_back(lambda isi=isi: impor.plan("bench.csv", isi, by=by))
        daftar_sql: list = []
        waktu, hasil = run_rolled_back(
            lambda isi=isi: impor.apply("bench.csv", isi, by=by), daftar_sql
        )
        if nomor:
            polos.append(waktu_polos)
            lengkap.append(waktu)
            rencana.append(waktu_rencana)
        sql = len([satu for satu in daftar_sql if not satu.startswith(("SAVEPOINT", "RELEASE"))])
        assert hasil is not None
    return {
        "baris": BARIS_IMPOR,
        "polos_ms": 1000 * median(polos),
        "rencana_ms": 1000 * median(rencana),
        "impor_ms": 1000 * median(lengkap),
        "sql": sql,
    }


def run_rolled_back(langkah, daftar_sql: list | None = None) -> tuple[float, object]:
    def note(execute, sql, params, many, context):
        if daftar_sql is not None:
            daftar_sql.append(sql)
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(note):
        mulai = time.perf_counter()
        hasil = langkah()
        lama = time.perf_counter() - mulai
        transaction.set_rollback(True)
    return lama, hasil


def main(argumen: list[str]) -> None:
    if argumen[0] == "siapkan":
        siap = load(int(argumen[1]))
        siap["sql"] = count_sql(siap, Path(argumen[2]))
        print(json.dumps(siap))
    else:
        print(json.dumps({"impor": measure_import(), "buka": measure_buka()}))


if __name__ == "__main__":
    main(sys.argv[1:])
