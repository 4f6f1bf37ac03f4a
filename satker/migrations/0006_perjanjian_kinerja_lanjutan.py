import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("integritas", "0002_berkas_own_table"),
        ("satker", "0005_janji_upacara_pengingat"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="perjanjiankinerja",
            name="perjanjian_kinerja_versi_satu",
        ),
        migrations.AddField(
            model_name="indikatorkinerja",
            name="lanjutan_dari",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="lanjutan_set",
                to="satker.indikatorkinerja",
            ),
        ),
        migrations.AddConstraint(
            model_name="perjanjiankinerja",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "dibatalkan"), _negated=True),
                fields=("satker", "tahun", "versi"),
                name="perjanjian_kinerja_versi_satu",
            ),
        ),
    ]
