"""Only the state: the key still points at the same table."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("integritas", "0001_berkas_for_every_app"),
        ("penilaian", "0007_temuan_rows_speak_of_one_unit"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    "revisibukti",
                    "berkas",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="integritas.berkas",
                    ),
                ),
                migrations.DeleteModel("Berkas"),
            ]
        )
    ]
