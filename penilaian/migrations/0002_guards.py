"""Rules the database keeps: one predicate in force per unit and day, changes in their order."""

from django.db import migrations

from integritas.constraints import DatesInOrder, NoOverlap

BERLAKU = "{row}.dibatalkan_pada IS NULL"


class Migration(migrations.Migration):
    dependencies = [("penilaian", "0001_predikat")]

    operations = [
        NoOverlap(
            "predikat_satu_berlaku",
            "penilaian_predikat",
            "satker_id",
            "berlaku_dari",
            "berlaku_sampai",
            BERLAKU,
        ),
        NoOverlap(
            "masa_satu_berlaku",
            "penilaian_masapredikat",
            "satker_id",
            "dari",
            "sampai",
        ),
        DatesInOrder(
            "perubahan_urut",
            "penilaian_perubahanpredikat",
            "predikat_id",
            "tanggal",
            BERLAKU,
        ),
    ]
