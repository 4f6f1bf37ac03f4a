"""Rules the database keeps: one position per unit and day, and a history nobody edits."""

from django.db import migrations

from integritas.constraints import AppendOnly, NoOverlap


class Migration(migrations.Migration):
    dependencies = [("satker", "0001_organisasi_akun_riwayat")]

    operations = [
        NoOverlap("kedudukan_satker_tanpa_tumpang", "satker_kedudukansatker", "satker_id"),
        NoOverlap("kedudukan_instansi_tanpa_tumpang", "satker_kedudukaninstansi", "instansi_id"),
        AppendOnly("riwayat_hanya_tambah", "satker_riwayat"),
    ]
