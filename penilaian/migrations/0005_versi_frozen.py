"""Rules the database keeps: a loaded version of the instrument, and its questions, stay as they are."""

from django.db import migrations

from integritas.constraints import Frozen


class Migration(migrations.Migration):
    dependencies = [("penilaian", "0004_lke")]

    operations = [
        Frozen(
            "versi_instrumen_beku",
            "penilaian_versiinstrumen",
            "kode",
            "versi",
            "judul",
            "teks",
            "sha256",
        ),
        Frozen(
            "pertanyaan_beku",
            "penilaian_pertanyaan",
            "versi_id",
            "kode",
            "urutan",
            "area",
        ),
    ]
