import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("satker", "0006_perjanjian_kinerja_lanjutan"),
    ]

    operations = [
        migrations.AddField(
            model_name="realisasiindikator",
            name="diubah_oleh",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="realisasiindikator",
            name="diubah_pada",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
