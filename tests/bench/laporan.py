"""What a run found, in words: the table, and every goal that was missed."""

from tests.bench import sasaran
from tests.bench.sasaran import CSV, HALAMAN, LKE, UPACARA, Halaman

SEMUA: list[Halaman] = [*HALAMAN, *LKE, *UPACARA, CSV]


def find_missed(hasil: dict) -> list[str]:
    """Every goal that was not met, in words."""
    luput = []
    for ukuran, isi in hasil["ukuran"].items():
        for halaman in SEMUA:
            satu = isi["halaman"].get(halaman.nama)
            if satu is None:
                luput.append(f"{ukuran}: {halaman.nama}: tidak ada: {isi['tiada'][halaman.nama]}")
                continue
            if halaman.kb and satu["gzip"] > 1000 * halaman.kb:
                luput.append(
                    f"{ukuran}: {halaman.nama}: {satu['gzip'] / 1000:.1f} kB, paling besar "
                    f"{halaman.kb} kB"
                )
            if halaman.sql and satu["sql"] > halaman.sql:
                luput.append(
                    f"{ukuran}: {halaman.nama}: {satu['sql']} SQL, paling banyak {halaman.sql}"
                )
            if ukuran <= sasaran.UKURAN_SASARAN and halaman.b and satu["b"] > halaman.b:
                luput.append(
                    f"{ukuran}: {halaman.nama}: {satu['b']:.2f} b, paling lama {halaman.b} b"
                )
            if ukuran <= sasaran.UKURAN_SASARAN and halaman.ms and satu["p50_ms"] > halaman.ms:
                luput.append(
                    f"{ukuran}: {halaman.nama}: {satu['p50_ms']:.0f} ms, paling lama {halaman.ms} ms"
                )
        luput += _find_missed_rest(ukuran, isi)
    besar, dasar = hasil["ukuran"].get(10_000), hasil["ukuran"].get(1000)
    for halaman in SEMUA if besar and dasar else []:
        if not all(halaman.nama in satu["halaman"] for satu in (besar, dasar)):
            continue
        kali = besar["halaman"][halaman.nama]["b"] / dasar["halaman"][halaman.nama]["b"]
        if halaman.tumbuh and kali > halaman.tumbuh:
            luput.append(f"{halaman.nama}: tumbuh {kali:.2f} kali, paling banyak {halaman.tumbuh}")
    return luput + _find_missed_once(hasil)


def _find_missed_once(hasil: dict) -> list[str]:
    """Of what does not depend on the number of units."""
    hitung, paket, pesan = hasil["hitung"], hasil["paket"], hasil["pesan"]
    pasangan = [
        (hitung["skor_ms"] > sasaran.SKOR_MS, f"skor satu LKE {hitung['skor_ms']:.2f} ms"),
        (
            hitung["skor_seribu_ms"] > sasaran.SKOR_SERIBU_MS,
            f"skor seribu LKE {hitung['skor_seribu_ms']:.0f} ms",
        ),
        (hitung["jalan_ms"] > sasaran.JALAN_MS, f"jalan terpendek {hitung['jalan_ms']:.0f} ms"),
        (paket["mb"] > sasaran.PAKET_MB, f"paket bukti {paket['mb']:.0f} MB"),
        (pesan["detik"] > sasaran.PESAN_DETIK, f"sepuluh ribu pesan {pesan['detik']:.0f} detik"),
        (pesan["mb"] > sasaran.PESAN_MB, f"pekerja pesan bertambah {pesan['mb']:.0f} MB"),
        (pesan["ganda"] > 0, f"{pesan['ganda']} pesan terkirim ganda"),
    ]
    return [teks for luput, teks in pasangan if luput]


def _find_missed_rest(ukuran: int, isi: dict) -> list[str]:
    pasangan = [
        (isi["impor"]["sql"] > sasaran.IMPOR_SQL, f"impor {isi['impor']['sql']} SQL"),
        (isi["impor"]["kali"] > sasaran.IMPOR_KALI, f"impor {isi['impor']['kali']:.1f} kali polos"),
        (
            isi["memori_mb"]["sesudah"] > sasaran.MEMORI_MB,
            f"memori pekerja {isi['memori_mb']['sesudah']:.0f} MB",
        ),
        (
            isi["memori_mb"]["csv_tambah"] > sasaran.CSV_TAMBAH_MB,
            f"CSV menambah {isi['memori_mb']['csv_tambah']:.0f} MB",
        ),
        (
            isi["unggah"]["bagian"] < sasaran.UNGGAH_BAGIAN,
            f"unggah {isi['unggah']['bagian']:.2f} dari menulis dan menghitung sidik",
        ),
        (
            isi["unggah"]["sql"] > sasaran.UNGGAH.sql,
            f"unggah {isi['unggah']['sql']} SQL, paling banyak {sasaran.UNGGAH.sql}",
        ),
        (
            isi["unggah"]["mb"] > sasaran.UNGGAH_MB,
            f"unggah serentak menambah {isi['unggah']['mb']:.0f} MB",
        ),
        (isi["buka"]["sql"] > sasaran.BUKA_SQL, f"membuka tahun {isi['buka']['sql']} SQL"),
        (
            ukuran >= sasaran.UKURAN_SASARAN and isi["buka"]["kali"] > sasaran.BUKA_KALI,
            f"membuka tahun {isi['buka']['kali']:.2f} kali polos",
        ),
        (isi["laju"]["bagian"] < sasaran.LAJU, f"laju daftar {isi['laju']['bagian']:.2f} patokan"),
        (not isi["etag_304"], "/ tidak menjawab 304"),
        (
            isi["kunjungan_pertama_kb"] > sasaran.KUNJUNGAN_PERTAMA_KB,
            f"kunjungan pertama {isi['kunjungan_pertama_kb']:.1f} kB",
        ),
    ]
    return [f"{ukuran}: {teks}" for luput, teks in pasangan if luput]


def show(hasil: dict) -> None:
    sasaran_b = {halaman.nama: halaman for halaman in SEMUA}
    for ukuran, isi in hasil["ukuran"].items():
        print(
            f"\n{ukuran} satker x 5 tahun, {isi['rinci']['LKE']} LKE dengan "
            f"{isi['rinci']['jawaban']} jawaban, {isi['rinci']['personel']} personel, "
            f"{isi['rinci']['putaran']} putaran, b = {isi['b_ms']:.2f} ms"
        )
        print(
            f"{'':30}{'p50 ms':>8}{'p95 ms':>8}{'b':>7}{'batas':>7}{'b cpu':>7}{'SQL':>5}{'batas':>7}"
            f"{'SQL ms':>8}{'kB gzip':>9}"
        )
        for nama, satu in isi["halaman"].items():
            halaman = sasaran_b[nama]
            batas = f"{halaman.ms} ms" if halaman.ms else halaman.b or ""
            print(
                f"{nama:30}{satu['p50_ms']:8.1f}{satu['p95_ms']:8.1f}{satu['b']:7.2f}"
                f"{batas:>7}{satu['b_prosesor']:7.2f}{satu['sql']:5}{halaman.sql or '':>7}{satu['sql_ms']:8.1f}"
                f"{satu['gzip'] / 1000:9.1f}"
            )
        for nama, alasan in isi["tiada"].items():
            print(f"{nama:30}tidak ada: {alasan}")
        impor, memori, laju = isi["impor"], isi["memori_mb"], isi["laju"]
        print(
            f"impor {impor['baris']} satker: {impor['impor_ms']:.0f} ms, {impor['kali']:.1f} kali "
            f"polos ({impor['polos_ms']:.0f} ms), {impor['sql']} SQL; "
            f"pratinjau {impor['rencana_ms']:.0f} ms"
        )
        print(
            f"memori pekerja {memori['sesudah']:.0f} MB (awal {memori['awal']:.0f}, CSV menambah "
            f"{memori['csv_tambah']:.1f}); laju daftar {laju['daftar']:.0f}/detik = "
            f"{laju['bagian']:.2f} patokan ({laju['patokan']:.0f}/detik)"
        )
        unggah, buka = isi["unggah"], isi["buka"]
        print(
            f"unggah 10 MiB {unggah['unggah_ms']:.0f} ms = {unggah['bagian']:.2f} dari menulis dan "
            f"menghitung sidik ({unggah['polos_ms']:.0f} ms), {unggah['sql']} SQL; 8 x 100 MB "
            f"serentak menambah {unggah['mb']:.0f} MB, {unggah['serentak_detik']:.0f} detik"
        )
        print(
            f"membuka tahun untuk {buka['satker']} satker: {buka['buka_ms']:.0f} ms, "
            f"{buka['kali']:.2f} kali polos ({buka['polos_ms']:.0f} ms), {buka['sql']} SQL"
        )
        print(
            f"kunjungan pertama {isi['kunjungan_pertama_kb']:.1f} kB; "
            f"304 {'ya' if isi['etag_304'] else 'tidak'}; memuat data {isi['muat_detik']:.1f} detik, "
            f"LKE {isi['muat_lke_detik']:.1f} detik, upacara {isi['muat_upacara_detik']:.1f} detik"
        )
    hitung, paket, pesan = hasil["hitung"], hasil["paket"], hasil["pesan"]
    print(
        f"\nskor satu LKE {hitung['skor_ms']:.2f} ms, seribu {hitung['skor_seribu_ms']:.0f} ms; jalan "
        f"terpendek paling lama {hitung['jalan_ms']:.0f} ms (tengah {hitung['jalan_tengah_ms']:.0f})"
    )
    print(
        f"paket bukti {paket['ukuran_mb']:.0f} MB: {paket['detik']:.1f} detik, menambah "
        f"{paket['mb']:.0f} MB"
    )
    print(
        f"sepuluh ribu pesan oleh dua pekerja: {pesan['detik']:.0f} detik, "
        f"{pesan['prosesor_ms']:.1f} ms prosesor tiap pesan, menambah {pesan['mb']:.0f} MB"
    )
    print("\nLuput dari sasaran:" if hasil["luput"] else "\nSemua sasaran tercapai.")
    for satu in hasil["luput"]:
        print(f"- {satu}")
