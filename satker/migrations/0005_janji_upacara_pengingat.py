import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import satker.models.pengingat
import satker.models.personel
import satker.models.peserta


class Migration(migrations.Migration):
    dependencies = [
        ("integritas", "0002_berkas_own_table"),
        ("satker", "0004_urut_by_bytes"),
    ]

    operations = [
        migrations.CreateModel(
            name="AturanPengingat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kode", models.SlugField(max_length=60, unique=True)),
                ("sumber", models.SlugField(max_length=40)),
                ("nama", models.CharField(max_length=150)),
                ("aktif", models.BooleanField(default=True)),
            ],
            options={
                "verbose_name": "aturan pengingat",
                "verbose_name_plural": "aturan pengingat",
            },
        ),
        migrations.CreateModel(
            name="BatasTriwulan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tahun", models.PositiveSmallIntegerField()),
                (
                    "periode",
                    models.CharField(
                        choices=[("b03", "B03"), ("b06", "B06"), ("b09", "B09"), ("b12", "B12")],
                        max_length=3,
                    ),
                ),
                ("tanggal", models.DateField()),
                ("dasar", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "verbose_name": "batas triwulan",
                "verbose_name_plural": "batas triwulan",
                "constraints": [
                    models.UniqueConstraint(fields=("tahun", "periode"), name="batas_triwulan_satu")
                ],
            },
        ),
        migrations.CreateModel(
            name="CakupanPakta",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "satker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="satker.satuankerja"
                    ),
                ),
                ("tahun", models.PositiveSmallIntegerField()),
                ("jumlah_personel", models.PositiveIntegerField(default=0)),
                ("jumlah_pakta", models.PositiveIntegerField(default=0)),
                ("dihitung_pada", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "cakupan pakta",
                "verbose_name_plural": "cakupan pakta",
                "constraints": [
                    models.UniqueConstraint(fields=("satker", "tahun"), name="cakupan_pakta_satu"),
                    models.CheckConstraint(
                        condition=models.Q(("jumlah_pakta__lte", models.F("jumlah_personel"))),
                        name="cakupan_pakta_wajar",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Detak",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nama", models.SlugField(max_length=40, unique=True)),
                ("pada", models.DateTimeField()),
            ],
            options={
                "verbose_name": "detak",
                "verbose_name_plural": "detak",
            },
        ),
        migrations.CreateModel(
            name="Dipa",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "satker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="satker.satuankerja"
                    ),
                ),
                ("tahun", models.PositiveSmallIntegerField()),
                ("tanggal", models.DateField()),
                ("nomor", models.CharField(blank=True, max_length=60)),
                ("dicatat_pada", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "dicatat_oleh",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "dipa",
                "verbose_name_plural": "dipa",
                "constraints": [
                    models.UniqueConstraint(fields=("satker", "tahun"), name="dipa_satu")
                ],
            },
        ),
        migrations.CreateModel(
            name="HariLibur",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tanggal", models.DateField(unique=True)),
                ("nama", models.CharField(max_length=150)),
                ("sumber", models.CharField(max_length=200)),
            ],
            options={
                "verbose_name": "hari libur",
                "verbose_name_plural": "hari libur",
            },
        ),
        migrations.CreateModel(
            name="JenisAcara",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kode", models.SlugField(max_length=40, unique=True)),
                ("nama", models.CharField(max_length=150)),
                ("urutan", models.PositiveSmallIntegerField(default=99)),
                ("deklarasi", models.BooleanField(default=False)),
                ("sumber", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "verbose_name": "jenis acara",
                "verbose_name_plural": "jenis acara",
            },
        ),
        migrations.CreateModel(
            name="Kiriman",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("jenis", models.SlugField(max_length=30)),
                ("kunci", models.CharField(max_length=120)),
                (
                    "pengguna",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("alamat", models.CharField(blank=True, max_length=254)),
                (
                    "saluran",
                    models.CharField(
                        choices=[("surel", "Surel"), ("gerbang", "Gerbang pesan")], max_length=8
                    ),
                ),
                ("isi", models.JSONField(default=dict)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("antre", "Menunggu"),
                            ("terkirim", "Terkirim"),
                            ("gagal", "Gagal"),
                            ("terlewat", "Terlewat"),
                            ("ditarik", "Ditarik"),
                        ],
                        default="antre",
                        max_length=10,
                    ),
                ),
                (
                    "message_id",
                    models.CharField(
                        default=satker.models.pengingat.make_message_id, max_length=80, unique=True
                    ),
                ),
                ("kirim_pada", models.DateTimeField()),
                ("coba_lagi_pada", models.DateTimeField(blank=True, null=True)),
                ("berguna_sampai", models.DateTimeField(blank=True, null=True)),
                ("sewa_sampai", models.DateTimeField(blank=True, null=True)),
                ("sewa_oleh", models.UUIDField(blank=True, null=True)),
                ("percobaan", models.PositiveSmallIntegerField(default=0)),
                ("galat", models.CharField(blank=True, max_length=300)),
                ("terkirim_pada", models.DateTimeField(blank=True, null=True)),
                ("dibuat_pada", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "kiriman",
                "verbose_name_plural": "kiriman",
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "antre")),
                        fields=["kirim_pada", "id"],
                        name="kiriman_antre",
                    ),
                    models.Index(fields=["status", "kirim_pada"], name="kiriman_status"),
                    models.Index(fields=["kunci"], name="kiriman_kunci"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("pengguna__isnull", True)),
                        fields=("alamat", "saluran", "kunci"),
                        name="kiriman_alamat_sekali",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pengguna__isnull", False),
                            models.Q(("alamat", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="kiriman_beralamat",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("pengguna__isnull", False)),
                        fields=("pengguna", "saluran", "kunci"),
                        name="kiriman_pengguna_sekali",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "terkirim"), _negated=True),
                            ("terkirim_pada__isnull", False),
                            _connector="OR",
                        ),
                        name="kiriman_terkirim_pada",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sewa_oleh__isnull", True), ("sewa_sampai__isnull", True)),
                            models.Q(("sewa_oleh__isnull", False), ("sewa_sampai__isnull", False)),
                            _connector="OR",
                        ),
                        name="kiriman_sewa_lengkap",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Langganan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "pengguna",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "kanwil",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="satker.kantorwilayah",
                    ),
                ),
                (
                    "token",
                    models.CharField(
                        default=satker.models.personel.make_token, max_length=43, unique=True
                    ),
                ),
                ("dibuat_pada", models.DateTimeField(default=django.utils.timezone.now)),
                ("diperbarui_pada", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "langganan",
                "verbose_name_plural": "langganan",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kanwil__isnull", True), ("pengguna__isnull", False)),
                            models.Q(("kanwil__isnull", False), ("pengguna__isnull", True)),
                            _connector="OR",
                        ),
                        name="langganan_satu_pemilik",
                    ),
                    models.UniqueConstraint(fields=("pengguna",), name="langganan_pengguna_satu"),
                    models.UniqueConstraint(fields=("kanwil",), name="langganan_kanwil_satu"),
                ],
            },
        ),
        migrations.CreateModel(
            name="NaskahBaku",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kode", models.SlugField(max_length=60, unique=True)),
                (
                    "jenis",
                    models.CharField(
                        choices=[
                            ("pakta", "Pakta Integritas"),
                            ("komitmen", "Komitmen Bersama"),
                            ("deklarasi", "Deklarasi Janji Kinerja"),
                            ("lain", "Naskah lain"),
                        ],
                        max_length=10,
                    ),
                ),
                ("judul", models.CharField(max_length=200)),
                ("teks", models.TextField()),
                (
                    "persetujuan",
                    models.CharField(max_length=400, verbose_name="kalimat persetujuan"),
                ),
                ("sumber", models.CharField(blank=True, max_length=300)),
                ("aktif", models.BooleanField(default=True)),
            ],
            options={
                "verbose_name": "naskah baku",
                "verbose_name_plural": "naskah baku",
            },
        ),
        migrations.CreateModel(
            name="PerjanjianKinerja",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "satker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="satker.satuankerja"
                    ),
                ),
                ("tahun", models.PositiveSmallIntegerField()),
                ("versi", models.PositiveSmallIntegerField(default=1)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draf", "Draf"),
                            ("berlaku", "Berlaku"),
                            ("digantikan", "Digantikan"),
                            ("dibatalkan", "Dibatalkan"),
                        ],
                        default="draf",
                        max_length=12,
                    ),
                ),
                (
                    "alasan",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("pejabat", "Pergantian pejabat"),
                            ("strategi", "Perubahan strategi (program, kegiatan, anggaran)"),
                            ("prioritas", "Perubahan prioritas atau asumsi"),
                        ],
                        max_length=12,
                        null=True,
                    ),
                ),
                ("keterangan_alasan", models.TextField(blank=True)),
                (
                    "turunan_dari",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="turunan_set",
                        to="satker.perjanjiankinerja",
                    ),
                ),
                (
                    "pihak_pertama",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="pk_pertama_set",
                        to="satker.penugasan",
                    ),
                ),
                (
                    "nama_pertama",
                    models.CharField(blank=True, max_length=150, verbose_name="nama pihak pertama"),
                ),
                (
                    "jabatan_pertama",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="jabatan pihak pertama"
                    ),
                ),
                (
                    "nomor_pertama",
                    models.CharField(blank=True, max_length=40, verbose_name="NIP pihak pertama"),
                ),
                (
                    "pihak_kedua",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="pk_kedua_set",
                        to="satker.penugasan",
                    ),
                ),
                (
                    "nama_kedua",
                    models.CharField(blank=True, max_length=150, verbose_name="nama pihak kedua"),
                ),
                (
                    "jabatan_kedua",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="jabatan pihak kedua"
                    ),
                ),
                (
                    "nomor_kedua",
                    models.CharField(blank=True, max_length=40, verbose_name="NIP pihak kedua"),
                ),
                ("tempat", models.CharField(blank=True, max_length=120)),
                (
                    "tanggal",
                    models.DateField(blank=True, null=True, verbose_name="tanggal penandatanganan"),
                ),
                (
                    "cara",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("basah", "Tanda tangan basah (pindaian)"),
                            ("elektronik", "Berkas bertanda tangan elektronik"),
                        ],
                        max_length=12,
                        null=True,
                    ),
                ),
                ("sidik", models.CharField(blank=True, max_length=64)),
                (
                    "berkas",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="integritas.berkas",
                    ),
                ),
                ("nama_berkas", models.CharField(blank=True, max_length=200)),
                ("dibuat_pada", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "dibuat_oleh",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "perjanjian kinerja",
                "verbose_name_plural": "perjanjian kinerja",
                "indexes": [
                    models.Index(fields=["tahun", "satker"], name="perjanjian_kinerja_tahun")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "dibatalkan"), _negated=True),
                        fields=("satker", "tahun", "versi"),
                        name="perjanjian_kinerja_versi_satu",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "berlaku")),
                        fields=("satker", "tahun"),
                        name="perjanjian_kinerja_satu_berlaku",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "draf")),
                        fields=("satker", "tahun"),
                        name="perjanjian_kinerja_satu_draf",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("alasan__isnull", True), ("versi", 1)),
                            models.Q(("alasan__isnull", False), ("versi__gt", 1)),
                            _connector="OR",
                        ),
                        name="perjanjian_kinerja_versi_beralasan",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draf", "dibatalkan"]),
                            models.Q(
                                ("berkas__isnull", False),
                                ("cara__isnull", False),
                                ("tanggal__isnull", False),
                                models.Q(("sidik", ""), _negated=True),
                                models.Q(("nama_pertama", ""), _negated=True),
                                models.Q(("nama_kedua", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="perjanjian_kinerja_berlaku_lengkap",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cara__isnull", True), ("tanggal__isnull", True)),
                            models.Q(("cara__isnull", False), ("tanggal__isnull", False)),
                            _connector="OR",
                        ),
                        name="perjanjian_kinerja_tanggal_dan_cara",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Personel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "satker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="satker.satuankerja"
                    ),
                ),
                ("nama", models.CharField(max_length=150)),
                (
                    "jenis",
                    models.CharField(
                        choices=[
                            ("asn", "ASN"),
                            ("ppnpn", "PPNPN"),
                            ("pengamanan", "Petugas pengamanan"),
                            ("kebersihan", "Petugas kebersihan"),
                            ("taman", "Petugas taman"),
                            ("parkir", "Petugas parkir"),
                            ("lain", "Lainnya"),
                        ],
                        max_length=12,
                    ),
                ),
                ("jabatan", models.CharField(max_length=150)),
                ("berlaku_dari", models.DateField(blank=True, null=True)),
                ("berlaku_sampai", models.DateField(blank=True, null=True)),
                (
                    "nomor",
                    models.CharField(
                        blank=True, max_length=40, null=True, verbose_name="nomor pegawai"
                    ),
                ),
                ("kontak", models.CharField(blank=True, max_length=254, null=True)),
                (
                    "guna_kontak",
                    models.CharField(
                        blank=True, max_length=200, null=True, verbose_name="guna kontak"
                    ),
                ),
                (
                    "kontak_sampai",
                    models.DateField(blank=True, null=True, verbose_name="kontak dihapus pada"),
                ),
                (
                    "pengguna",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "token",
                    models.CharField(
                        default=satker.models.personel.make_token,
                        editable=False,
                        max_length=43,
                        unique=True,
                    ),
                ),
                ("kunci", models.CharField(editable=False, max_length=310)),
                ("dihapus_pada", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "dibuat_pada",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("contoh", models.BooleanField(default=False, editable=False)),
            ],
            options={
                "verbose_name": "personel",
                "verbose_name_plural": "personel",
                "indexes": [models.Index(fields=["satker", "kunci", "id"], name="personel_satker")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("berlaku_dari__isnull", True),
                            ("berlaku_sampai__isnull", True),
                            ("berlaku_sampai__gte", models.F("berlaku_dari")),
                            _connector="OR",
                        ),
                        name="personel_tanggal_urut",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("nomor", ""), _negated=True),
                        name="personel_nomor_terisi",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("guna_kontak__isnull", True),
                                ("kontak__isnull", True),
                                ("kontak_sampai__isnull", True),
                            ),
                            models.Q(
                                ("guna_kontak__isnull", False),
                                ("kontak__isnull", False),
                                ("kontak_sampai__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="personel_kontak_bertujuan",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("berlaku_sampai__isnull", True)),
                        fields=("satker", "nomor"),
                        name="personel_nomor_satu",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("berlaku_sampai__isnull", True),
                            ("dihapus_pada__isnull", True),
                            ("nomor__isnull", True),
                        ),
                        fields=("satker", "kunci"),
                        name="personel_nama_jabatan_satu",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PilihanSaluran",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "pengguna",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("surel", models.BooleanField(default=True)),
                ("gerbang", models.BooleanField(default=False)),
                ("alamat_gerbang", models.CharField(blank=True, max_length=60, null=True)),
                ("tenang_dari", models.TimeField(blank=True, null=True)),
                ("tenang_sampai", models.TimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "pilihan saluran",
                "verbose_name_plural": "pilihan saluran",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("gerbang", False), ("alamat_gerbang__isnull", False), _connector="OR"
                        ),
                        name="pilihan_saluran_gerbang_beralamat",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("tenang_dari__isnull", True), ("tenang_sampai__isnull", True)
                            ),
                            models.Q(
                                ("tenang_dari__isnull", False),
                                ("tenang_sampai__isnull", False),
                                models.Q(("tenang_dari", models.F("tenang_sampai")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="pilihan_saluran_jam_tenang",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Putaran",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kode", models.SlugField(max_length=80, unique=True)),
                (
                    "kanwil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="satker.kantorwilayah"
                    ),
                ),
                ("nama", models.CharField(max_length=200)),
                ("tahun", models.PositiveSmallIntegerField()),
                ("tahun_dugaan", models.BooleanField(default=False)),
                ("alasan_dugaan", models.CharField(blank=True, max_length=400)),
                ("lengkap", models.BooleanField(default=True)),
                ("sumber", models.CharField(blank=True, max_length=300)),
                ("ditutup_pada", models.DateTimeField(blank=True, null=True)),
                (
                    "ditutup_oleh",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("diterbitkan_pada", models.DateTimeField(blank=True, null=True)),
                ("dibuat_pada", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "dibuat_oleh",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "putaran",
                "verbose_name_plural": "putaran",
                "indexes": [models.Index(fields=["kanwil", "-tahun"], name="putaran_kanwil")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tahun_dugaan", False),
                            models.Q(("alasan_dugaan", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="putaran_dugaan_beralasan",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Halangan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "personel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="satker.personel"
                    ),
                ),
                (
                    "jenis",
                    models.CharField(
                        choices=[
                            ("cuti", "Cuti"),
                            ("dinas", "Dinas luar"),
                            ("sakit", "Sakit"),
                            ("lain", "Lainnya"),
                        ],
                        max_length=8,
                    ),
                ),
                ("dari", models.DateField()),
                ("sampai", models.DateField()),
                ("keterangan", models.CharField(blank=True, max_length=200)),
                ("dicatat_pada", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "dicatat_oleh",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "halangan",
                "verbose_name_plural": "halangan",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sampai__gte", models.F("dari"))),
                        name="halangan_tanggal_urut",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Kegiatan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "perjanjian",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="satker.perjanjiankinerja"
                    ),
                ),
                ("urutan", models.PositiveSmallIntegerField()),
                ("nama", models.CharField(max_length=500)),
                (
                    "anggaran",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True),
                ),
            ],
            options={
                "verbose_name": "kegiatan",
                "verbose_name_plural": "kegiatan",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("perjanjian", "urutan"), name="kegiatan_urutan_satu"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("anggaran__isnull", True), ("anggaran__gte", 0), _connector="OR"
                        ),
                        name="kegiatan_anggaran",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LangkahPengingat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "aturan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="satker.aturanpengingat"
                    ),
                ),
                ("geser", models.SmallIntegerField()),
                (
                    "satuan",
                    models.CharField(
                        choices=[("kalender", "hari kalender"), ("kerja", "hari kerja")],
                        default="kalender",
                        max_length=8,
                    ),
                ),
                ("daftar_peran", models.JSONField(default=list)),
                ("pesan", models.CharField(max_length=300)),
                ("mendesak", models.BooleanField(default=False)),
                ("bagian", models.SlugField(blank=True, max_length=40)),
                ("berguna_hari", models.PositiveSmallIntegerField(default=3)),
                ("aktif", models.BooleanField(default=True)),
            ],
            options={
                "verbose_name": "langkah pengingat",
                "verbose_name_plural": "langkah pengingat",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("aturan", "geser", "satuan", "bagian"),
                        name="langkah_pengingat_satu",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PutaranSatker",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "putaran",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="satker.putaran"
                    ),
                ),
                (
                    "satker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="satker.satuankerja"
                    ),
                ),
                ("gugus", models.CharField(blank=True, max_length=120, verbose_name="gugus")),
            ],
            options={
                "verbose_name": "satker putaran",
                "verbose_name_plural": "satker putaran",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("putaran", "satker"), name="putaran_satker_satu"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Sasaran",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "perjanjian",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="satker.perjanjiankinerja"
                    ),
                ),
                ("urutan", models.PositiveSmallIntegerField()),
                ("nama", models.CharField(max_length=500)),
            ],
            options={
                "verbose_name": "sasaran",
                "verbose_name_plural": "sasaran",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("perjanjian", "urutan"), name="sasaran_urutan_satu"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Upacara",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kode", models.SlugField(max_length=80, unique=True)),
                (
                    "putaran",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="satker.putaran",
                    ),
                ),
                ("nama", models.CharField(max_length=200)),
                (
                    "tuan_rumah",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="satker.satuankerja"
                    ),
                ),
                ("tempat", models.CharField(max_length=200)),
                ("alamat_daring", models.URLField(blank=True, max_length=500, null=True)),
                ("tanggal", models.DateField()),
                ("mulai_pada", models.DateTimeField(blank=True, null=True)),
                ("selesai_pada", models.DateTimeField(blank=True, null=True)),
                (
                    "zona_waktu",
                    models.CharField(
                        choices=[("WIB", "WIB"), ("WITA", "WITA"), ("WIT", "WIT")], max_length=4
                    ),
                ),
                ("tahun_dugaan", models.BooleanField(default=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("rencana", "Rencana"),
                            ("terjadwal", "Terjadwal"),
                            ("berlangsung", "Berlangsung"),
                            ("ditutup", "Ditutup"),
                            ("dibatalkan", "Dibatalkan"),
                            ("tercatat", "Tercatat dari sumber"),
                        ],
                        default="rencana",
                        max_length=12,
                    ),
                ),
                ("uid", models.CharField(max_length=120, unique=True)),
                ("urutan", models.PositiveIntegerField(default=0)),
                (
                    "susulan_dari",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="susulan_set",
                        to="satker.upacara",
                    ),
                ),
                ("catatan", models.TextField(blank=True)),
                ("sumber", models.CharField(blank=True, max_length=300)),
                ("keyakinan", models.CharField(blank=True, max_length=300)),
                ("dibuka_pada", models.DateTimeField(blank=True, null=True)),
                ("ditutup_pada", models.DateTimeField(blank=True, null=True)),
                ("susulan_sampai", models.DateField(blank=True, null=True)),
                ("diubah_pada", models.DateTimeField(default=django.utils.timezone.now)),
                ("dibuat_pada", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "dibuat_oleh",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "upacara",
                "verbose_name_plural": "upacara",
                "indexes": [
                    models.Index(fields=["putaran", "tanggal"], name="upacara_putaran"),
                    models.Index(fields=["tanggal", "id"], name="upacara_tanggal"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("selesai_pada__isnull", True),
                            models.Q(
                                ("mulai_pada__isnull", False),
                                ("selesai_pada__gt", models.F("mulai_pada")),
                            ),
                            _connector="OR",
                        ),
                        name="upacara_jam_urut",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "tercatat"),
                            models.Q(("mulai_pada__isnull", False), ("tahun_dugaan", False)),
                            _connector="OR",
                        ),
                        name="upacara_direncanakan_berjam",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "tercatat"), _negated=True),
                            models.Q(("sumber", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="upacara_tercatat_bersumber",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "ditutup"), _negated=True),
                            ("ditutup_pada__isnull", False),
                            _connector="OR",
                        ),
                        name="upacara_ditutup_pada",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Acara",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "upacara",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="satker.upacara"
                    ),
                ),
                (
                    "jenis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="satker.jenisacara"
                    ),
                ),
                ("urutan", models.PositiveSmallIntegerField()),
                ("keterangan", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "verbose_name": "acara",
                "verbose_name_plural": "acara",
                "constraints": [
                    models.UniqueConstraint(fields=("upacara", "urutan"), name="acara_urutan_satu")
                ],
            },
        ),
        migrations.CreateModel(
            name="BeritaAcara",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "upacara",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="satker.upacara"
                    ),
                ),
                ("versi", models.PositiveSmallIntegerField(default=1)),
                ("kode_periksa", models.CharField(max_length=32, unique=True)),
                (
                    "berita",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="berita_acara_set",
                        to="integritas.berkas",
                    ),
                ),
                (
                    "daftar_hadir",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="daftar_hadir_set",
                        to="integritas.berkas",
                    ),
                ),
                ("ringkasan", models.JSONField(default=dict)),
                ("dibuat_pada", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "dibuat_oleh",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("diterbitkan_pada", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "berita acara",
                "verbose_name_plural": "berita acara",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("upacara", "versi"), name="berita_acara_versi_satu"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BerkasUpacara",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "upacara",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="satker.upacara"
                    ),
                ),
                (
                    "jenis",
                    models.CharField(
                        choices=[
                            ("foto", "Foto"),
                            ("pers", "Tautan pers"),
                            ("pindaian", "Pindaian naskah"),
                            ("undangan", "Undangan"),
                            ("lain", "Lainnya"),
                        ],
                        max_length=10,
                    ),
                ),
                ("keterangan", models.CharField(blank=True, max_length=200)),
                (
                    "berkas",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="integritas.berkas",
                    ),
                ),
                ("nama_berkas", models.CharField(blank=True, max_length=200)),
                ("tautan", models.URLField(blank=True, max_length=2000, null=True)),
                ("ditambah_pada", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "ditambah_oleh",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "berkas upacara",
                "verbose_name_plural": "berkas upacara",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("berkas__isnull", False), ("tautan__isnull", True)),
                            models.Q(("berkas__isnull", True), ("tautan__isnull", False)),
                            _connector="OR",
                        ),
                        name="berkas_upacara_berkas_atau_tautan",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DokumenUpacara",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "upacara",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="satker.upacara"
                    ),
                ),
                ("nama", models.CharField(max_length=200)),
                ("siap_pada", models.DateTimeField(blank=True, null=True)),
                (
                    "siap_oleh",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "dokumen upacara",
                "verbose_name_plural": "dokumen upacara",
                "constraints": [
                    models.UniqueConstraint(fields=("upacara", "nama"), name="dokumen_upacara_satu")
                ],
            },
        ),
        migrations.CreateModel(
            name="IndikatorKinerja",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sasaran",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="satker.sasaran"
                    ),
                ),
                ("urutan", models.PositiveSmallIntegerField()),
                ("nama", models.CharField(max_length=500)),
                ("satuan", models.CharField(max_length=40, verbose_name="satuan ukuran")),
                (
                    "arah",
                    models.CharField(
                        choices=[
                            ("naik", "Makin tinggi makin baik"),
                            ("turun", "Makin rendah makin baik"),
                        ],
                        default="naik",
                        max_length=5,
                    ),
                ),
                ("target", models.DecimalField(decimal_places=4, max_digits=18)),
                (
                    "target_b03",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True),
                ),
                (
                    "target_b06",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True),
                ),
                (
                    "target_b09",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True),
                ),
                (
                    "target_b12",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True),
                ),
                (
                    "turunan_dari",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="turunan_set",
                        to="satker.indikatorkinerja",
                    ),
                ),
                (
                    "lanjutan_dari",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="lanjutan_set",
                        to="satker.indikatorkinerja",
                    ),
                ),
            ],
            options={
                "verbose_name": "indikator kinerja",
                "verbose_name_plural": "indikator kinerja",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sasaran", "urutan"), name="indikator_kinerja_urutan_satu"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("satuan", ""), _negated=True),
                        name="indikator_kinerja_bersatuan",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("target__gte", 0)), name="indikator_kinerja_target"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Naskah",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "jenis",
                    models.CharField(
                        choices=[
                            ("pakta", "Pakta Integritas"),
                            ("komitmen", "Komitmen Bersama"),
                            ("deklarasi", "Deklarasi Janji Kinerja"),
                            ("lain", "Naskah lain"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "upacara",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="satker.upacara",
                    ),
                ),
                (
                    "satker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="satker.satuankerja",
                    ),
                ),
                ("tahun", models.PositiveSmallIntegerField()),
                ("judul", models.CharField(max_length=200)),
                ("teks", models.TextField()),
                (
                    "persetujuan",
                    models.CharField(max_length=400, verbose_name="kalimat persetujuan"),
                ),
                (
                    "untuk",
                    models.CharField(
                        choices=[
                            ("semua", "Semua personel dan saksi"),
                            ("personel", "Semua personel"),
                            ("kepala", "Kepala dan pejabat"),
                            ("saksi", "Saksi"),
                        ],
                        default="personel",
                        max_length=8,
                    ),
                ),
                ("awalan_jabatan", models.CharField(blank=True, max_length=300)),
                ("sidik", models.CharField(blank=True, max_length=64)),
                ("dibekukan_pada", models.DateTimeField(blank=True, null=True)),
                ("dibuat_pada", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "naskah",
                "verbose_name_plural": "naskah",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("satker__isnull", True), ("upacara__isnull", False)),
                            models.Q(("satker__isnull", False), ("upacara__isnull", True)),
                            _connector="OR",
                        ),
                        name="naskah_satu_pemilik",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dibekukan_pada__isnull", True), ("sidik", "")),
                            models.Q(
                                models.Q(("sidik", ""), _negated=True),
                                ("dibekukan_pada__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="naskah_beku_bersidik",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pengingat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "langkah",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="satker.langkahpengingat"
                    ),
                ),
                ("objek", models.CharField(max_length=120)),
                ("acuan", models.DateField()),
                (
                    "pengguna",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "satker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="satker.satuankerja",
                    ),
                ),
                ("judul", models.CharField(max_length=300)),
                ("pesan", models.CharField(max_length=300)),
                ("url", models.CharField(max_length=300)),
                ("tanggal", models.DateField()),
                ("jatuh_pada", models.DateTimeField()),
                ("berguna_sampai", models.DateTimeField()),
                ("mendesak", models.BooleanField(default=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("menunggu", "Menunggu"),
                            ("terkirim", "Terkirim"),
                            ("selesai", "Sudah dikerjakan"),
                            ("ditarik", "Ditarik"),
                            ("terlewat", "Terlewat"),
                        ],
                        default="menunggu",
                        max_length=10,
                    ),
                ),
                ("ditunda_sampai", models.DateField(blank=True, null=True)),
                ("dinyatakan_pada", models.DateTimeField(blank=True, null=True)),
                ("usang", models.BooleanField(default=False)),
                ("dibaca_pada", models.DateTimeField(blank=True, null=True)),
                ("dibuat_pada", models.DateTimeField(default=django.utils.timezone.now)),
                ("diubah_pada", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "pengingat",
                "verbose_name_plural": "pengingat",
                "indexes": [
                    models.Index(fields=["status", "jatuh_pada"], name="pengingat_jatuh"),
                    models.Index(
                        fields=["pengguna", "status", "-jatuh_pada"], name="pengingat_pengguna"
                    ),
                    models.Index(fields=["objek", "acuan"], name="pengingat_objek"),
                    models.Index(fields=["satker", "-jatuh_pada"], name="pengingat_satker"),
                    models.Index(
                        condition=models.Q(
                            ("status__in", ["menunggu", "terkirim"]),
                            ("usang", False),
                            ("dibaca_pada__isnull", True),
                        ),
                        fields=["pengguna", "jatuh_pada"],
                        name="pengingat_belum_dibaca",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("langkah", "objek", "acuan", "pengguna"), name="pengingat_sekali"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PesertaSatker",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "upacara",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="satker.upacara"
                    ),
                ),
                (
                    "satker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="satker.satuankerja"
                    ),
                ),
                ("hadir", models.BooleanField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "satker peserta",
                "verbose_name_plural": "satker peserta",
                "indexes": [
                    models.Index(fields=["satker", "upacara"], name="peserta_satker_satker")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("upacara", "satker"), name="peserta_satker_satu"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Saksi",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "upacara",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="satker.upacara"
                    ),
                ),
                ("lembaga", models.CharField(max_length=150)),
                ("nama", models.CharField(blank=True, max_length=150)),
                ("jabatan", models.CharField(blank=True, max_length=150)),
                (
                    "email",
                    models.EmailField(
                        blank=True, max_length=254, null=True, verbose_name="alamat surel"
                    ),
                ),
                ("dikonfirmasi_pada", models.DateTimeField(blank=True, null=True)),
                ("keterangan", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "verbose_name": "saksi",
                "verbose_name_plural": "saksi",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("upacara", "lembaga", "nama"), name="saksi_satu"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TindakLanjut",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "upacara",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="satker.upacara"
                    ),
                ),
                (
                    "satker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="satker.satuankerja"
                    ),
                ),
                ("tanggal", models.DateField()),
                ("perihal", models.CharField(max_length=200)),
                ("sumber", models.CharField(blank=True, max_length=200)),
                ("selesai_pada", models.DateTimeField(blank=True, null=True)),
                (
                    "selesai_oleh",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "tindak lanjut",
                "verbose_name_plural": "tindak lanjut",
                "indexes": [
                    models.Index(fields=["satker", "tanggal"], name="tindak_lanjut_satker")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("upacara", "satker", "tanggal", "perihal"),
                        name="tindak_lanjut_satu",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IsiKiriman",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kiriman",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="satker.kiriman"
                    ),
                ),
                (
                    "pengingat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="satker.pengingat"
                    ),
                ),
            ],
            options={
                "verbose_name": "isi kiriman",
                "verbose_name_plural": "isi kiriman",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kiriman", "pengingat"), name="isi_kiriman_sekali"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Peserta",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "upacara",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="satker.upacara"
                    ),
                ),
                (
                    "personel",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="satker.personel",
                    ),
                ),
                (
                    "saksi",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="satker.saksi",
                    ),
                ),
                (
                    "satker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="satker.satuankerja",
                    ),
                ),
                ("kode", models.CharField(default=satker.models.peserta.make_kode, max_length=6)),
                (
                    "token",
                    models.CharField(
                        default=satker.models.personel.make_token, max_length=43, unique=True
                    ),
                ),
                ("hadir_pada", models.DateTimeField(blank=True, null=True)),
                (
                    "cara_hadir",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("pindai", "Kode QR"),
                            ("kode", "Kode diketik"),
                            ("cari", "Dicari menurut nama"),
                            ("daftar", "Dari daftar cetak"),
                        ],
                        max_length=8,
                        null=True,
                    ),
                ),
                (
                    "dicatat_oleh",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("diundang_urutan", models.PositiveIntegerField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "peserta",
                "verbose_name_plural": "peserta",
                "indexes": [
                    models.Index(fields=["upacara", "satker", "id"], name="peserta_upacara"),
                    models.Index(
                        condition=models.Q(("hadir_pada__isnull", False)),
                        fields=["upacara"],
                        name="peserta_hadir",
                    ),
                    models.Index(fields=["kode"], name="peserta_kode"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("personel__isnull", False), ("saksi__isnull", True)),
                            models.Q(("personel__isnull", True), ("saksi__isnull", False)),
                            _connector="OR",
                        ),
                        name="peserta_personel_atau_saksi",
                    ),
                    models.UniqueConstraint(
                        fields=("upacara", "personel"), name="peserta_personel_satu"
                    ),
                    models.UniqueConstraint(fields=("upacara", "saksi"), name="peserta_saksi_satu"),
                    models.UniqueConstraint(fields=("upacara", "kode"), name="peserta_kode_satu"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cara_hadir__isnull", True), ("hadir_pada__isnull", True)),
                            models.Q(("cara_hadir__isnull", False), ("hadir_pada__isnull", False)),
                            _connector="OR",
                        ),
                        name="peserta_hadir_bercara",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("personel__isnull", True), ("satker__isnull", False), _connector="OR"
                        ),
                        name="peserta_personel_bersatker",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RealisasiIndikator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "indikator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="satker.indikatorkinerja"
                    ),
                ),
                (
                    "periode",
                    models.CharField(
                        choices=[("b03", "B03"), ("b06", "B06"), ("b09", "B09"), ("b12", "B12")],
                        max_length=3,
                    ),
                ),
                ("nilai", models.DecimalField(decimal_places=4, max_digits=18)),
                ("keterangan", models.TextField(blank=True)),
                (
                    "berkas",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="integritas.berkas",
                    ),
                ),
                ("nama_berkas", models.CharField(blank=True, max_length=200)),
                ("tautan", models.URLField(blank=True, max_length=2000, null=True)),
                ("dilaporkan_pada", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "dilaporkan_oleh",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("diubah_pada", models.DateTimeField(blank=True, null=True)),
                (
                    "diubah_oleh",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "realisasi indikator",
                "verbose_name_plural": "realisasi indikator",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("indikator", "periode"), name="realisasi_indikator_satu"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("nilai__gte", 0)),
                        name="realisasi_indikator_tidak_negatif",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TandaTangan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "naskah",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="satker.naskah"
                    ),
                ),
                (
                    "personel",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="satker.personel",
                    ),
                ),
                (
                    "saksi",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="satker.saksi",
                    ),
                ),
                ("nama", models.CharField(max_length=150)),
                ("jabatan", models.CharField(max_length=200)),
                (
                    "cara",
                    models.CharField(
                        choices=[
                            ("akun", "Akun"),
                            ("tautan", "Tautan pribadi"),
                            ("layar", "Tanda tangan di layar"),
                            ("basah", "Tanda tangan basah (pindaian)"),
                            ("elektronik", "Berkas bertanda tangan elektronik"),
                        ],
                        max_length=10,
                    ),
                ),
                ("persetujuan", models.CharField(max_length=400)),
                ("sidik_naskah", models.CharField(max_length=64)),
                ("goresan", models.TextField(blank=True)),
                (
                    "berkas",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="integritas.berkas",
                    ),
                ),
                ("nama_berkas", models.CharField(blank=True, max_length=200)),
                ("tanggal", models.DateField()),
                ("ditandatangani_pada", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "dicatat_oleh",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("dicabut_pada", models.DateTimeField(blank=True, null=True)),
                ("alasan_cabut", models.CharField(blank=True, max_length=300)),
                ("dihapus_pada", models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                "verbose_name": "tanda tangan",
                "verbose_name_plural": "tanda tangan",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("personel__isnull", False), ("saksi__isnull", True)),
                            models.Q(("personel__isnull", True), ("saksi__isnull", False)),
                            _connector="OR",
                        ),
                        name="tanda_tangan_personel_atau_saksi",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("dicabut_pada__isnull", True)),
                        fields=("naskah", "personel"),
                        name="tanda_tangan_personel_satu",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("dicabut_pada__isnull", True)),
                        fields=("naskah", "saksi"),
                        name="tanda_tangan_saksi_satu",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("persetujuan", ""), _negated=True),
                            models.Q(("sidik_naskah", ""), _negated=True),
                        ),
                        name="tanda_tangan_disetujui",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cara__in", ["basah", "elektronik"]), _negated=True),
                            ("berkas__isnull", False),
                            ("dihapus_pada__isnull", False),
                            _connector="OR",
                        ),
                        name="tanda_tangan_berberkas",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cara", "layar"), _negated=True),
                            models.Q(("goresan", ""), _negated=True),
                            ("dihapus_pada__isnull", False),
                            _connector="OR",
                        ),
                        name="tanda_tangan_bergores",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaktaIntegritas",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "personel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="satker.personel"
                    ),
                ),
                ("tahun", models.PositiveSmallIntegerField()),
                ("tanggal", models.DateField()),
                (
                    "tanda_tangan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, to="satker.tandatangan"
                    ),
                ),
            ],
            options={
                "verbose_name": "pakta integritas",
                "verbose_name_plural": "pakta integritas",
                "indexes": [
                    models.Index(fields=["tahun", "personel"], name="pakta_integritas_tahun")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("personel", "tahun"), name="pakta_integritas_sekali"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Pindaian",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "upacara",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="satker.upacara"
                    ),
                ),
                ("kunci", models.UUIDField(unique=True)),
                ("kode", models.CharField(max_length=64)),
                (
                    "peserta",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="satker.peserta",
                    ),
                ),
                (
                    "cara",
                    models.CharField(
                        choices=[
                            ("pindai", "Kode QR"),
                            ("kode", "Kode diketik"),
                            ("cari", "Dicari menurut nama"),
                            ("daftar", "Dari daftar cetak"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "hasil",
                    models.CharField(
                        choices=[
                            ("diterima", "Diterima"),
                            ("ganda", "Sudah tercatat hadir"),
                            ("asing", "Kode tidak dikenal pada upacara ini"),
                            ("ditutup", "Upacara tidak sedang dibuka"),
                        ],
                        max_length=10,
                    ),
                ),
                ("keterangan", models.CharField(blank=True, max_length=300)),
                ("dipindai_pada", models.DateTimeField()),
                ("jam_diragukan", models.BooleanField(default=False)),
                ("diterima_pada", models.DateTimeField(default=django.utils.timezone.now)),
                ("alat", models.CharField(blank=True, max_length=80)),
                (
                    "oleh",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("dibatalkan_pada", models.DateTimeField(blank=True, null=True)),
                (
                    "dibatalkan_oleh",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("alasan_batal", models.CharField(blank=True, max_length=300, null=True)),
            ],
            options={
                "verbose_name": "pindaian",
                "verbose_name_plural": "pindaian",
                "indexes": [models.Index(fields=["upacara", "-id"], name="pindaian_upacara")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("dibatalkan_pada__isnull", True), ("hasil", "diterima")
                        ),
                        fields=("peserta",),
                        name="pindaian_diterima_satu",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("hasil__in", ["diterima", "ganda"]), _negated=True),
                            ("peserta__isnull", False),
                            _connector="OR",
                        ),
                        name="pindaian_berpeserta",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("alasan_batal__isnull", True), ("dibatalkan_pada__isnull", True)
                            ),
                            models.Q(
                                ("alasan_batal__isnull", False), ("dibatalkan_pada__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="pindaian_batal_beralasan",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="riwayat",
            index=models.Index(
                condition=models.Q(("kejadian", "LKE dibuka kembali")),
                fields=["waktu"],
                name="riwayat_dibuka_kembali",
            ),
        ),
    ]
