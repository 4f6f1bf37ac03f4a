"""The board is sorted by an index: the year stands beside the scores."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill_tahun(apps, schema_editor):
    rekap = apps.get_model("penilaian", "Rekap").objects
    penilaian = apps.get_model("penilaian", "Penilaian").objects.filter(pk=OuterRef("penilaian"))
    rekap.update(tahun=Subquery(penilaian.values("tahun")))


class Migration(migrations.Migration):
    # PostgreSQL does not alter a table whose rows were changed in the same transaction.
    atomic = False

    dependencies = [("penilaian", "0005_versi_frozen")]

    operations = [
        migrations.AddField("rekap", "tahun", models.PositiveSmallIntegerField(null=True)),
        migrations.RunPython(fill_tahun, migrations.RunPython.noop),
        migrations.AlterField("rekap", "tahun", models.PositiveSmallIntegerField()),
        migrations.AddIndex(
            "rekap",
            models.Index(
                models.F("tahun"),
                models.F("lapis"),
                models.OrderBy(models.F("jumlah_gagal"), descending=True),
                models.F("jumlah_terisi"),
                models.F("penilaian"),
                name="rekap_papan",
            ),
        ),
    ]
