"""The row of a stored file belongs to no app alone: it moves here from `penilaian`, with its table."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [("penilaian", "0007_temuan_rows_speak_of_one_unit")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Berkas",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64, unique=True)),
                        ("ukuran", models.PositiveBigIntegerField()),
                        ("jenis", models.CharField(max_length=8)),
                        ("mime", models.CharField(max_length=100)),
                        (
                            "disimpan_pada",
                            models.DateTimeField(default=django.utils.timezone.now),
                        ),
                    ],
                    options={
                        "verbose_name": "berkas",
                        "verbose_name_plural": "berkas",
                        "db_table": "penilaian_berkas",
                    },
                )
            ]
        )
    ]
