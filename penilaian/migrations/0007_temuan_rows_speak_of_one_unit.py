"""What speaks of another unit is built for its reader and was never a row."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("penilaian", "0006_rekap_papan")]

    operations = [migrations.RemoveField("temuan", "rahasia")]
