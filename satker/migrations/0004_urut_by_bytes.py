"""The sort key of offices gives one order on every database."""

from django.db import migrations

from integritas.constraints import SortPlainly


class Migration(migrations.Migration):
    dependencies = [("satker", "0003_undangan_dikirim")]

    operations = [SortPlainly("satker_kedudukansatker", "urut", "varchar(200)")]
