"""What Prometheus may ask: gauges read from the database when it asks, the same from every copy."""

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from satker.pengingat.keadaan import read_keadaan

__all__ = ["CONTENT_TYPE_LATEST", "write_metrik"]


class _Kolektor(Collector):
    def collect(self):
        """Ages in seconds are missing where there is nothing to be old."""
        keadaan = read_keadaan()
        yield _gauge("baik", "1 when all checks of /sehat/rinci/ pass.", keadaan.baik)
        periksa = GaugeMetricFamily(
            "integritas_periksa", "1 when this check passes.", labels=["periksa"]
        )
        for satu in keadaan.daftar_periksa:
            periksa.add_metric([satu.kode], satu.baik)
        yield periksa
        for nama, teks, isi in (
            ("kiriman", "Messages by state.", keadaan.kiriman),
            ("pengingat", "Reminders by state.", keadaan.pengingat),
        ):
            jumlah = GaugeMetricFamily(f"integritas_{nama}", teks, labels=["status"])
            for status, banyak in isi.items():
                jumlah.add_metric([status], banyak)
            yield jumlah
        for nama, teks, saat in (
            ("beat_umur_detik", "Age of the beat's last look.", keadaan.beat),
            ("kirim_umur_detik", "Age of the last look that ended.", keadaan.kirim),
            ("antre_umur_detik", "How long the oldest due message waits.", keadaan.antre_terlama),
        ):
            if saat is not None:
                yield _gauge(nama, teks, (keadaan.pada - saat).total_seconds())
        yield _gauge("disk_bebas_byte", "Free bytes of INTEGRITAS_VAR.", keadaan.disk_bebas)
        yield _gauge("disk_byte", "Bytes of the disk of INTEGRITAS_VAR.", keadaan.disk_jumlah)


def _gauge(nama: str, teks: str, nilai: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"integritas_{nama}", teks, value=float(nilai))


def write_metrik() -> bytes:
    registry = CollectorRegistry()
    registry.register(_Kolektor())
    return generate_latest(registry)
