from django.db import migrations, models


class Migration(migrations.Migration):
    """When a message is tried again; states are counted without reading the table."""

    dependencies = [("satker", "0011_naskah_untuk")]

    operations = [
        migrations.AddField(
            model_name="kiriman",
            name="coba_lagi_pada",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="kiriman",
            index=models.Index(fields=["status", "kirim_pada"], name="kiriman_status"),
        ),
    ]
