from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("integritas", "0001_berkas_for_every_app"),
        ("penilaian", "0008_berkas_of_every_app"),
    ]

    operations = [migrations.AlterModelTable("berkas", None)]
