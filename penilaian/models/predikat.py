"""The predicate as a legal fact: granted, clarified, revoked, raised or ended, each with its letter.

What is in force on a day is derived from the dated changes (`penilaian/masa.py`) and kept in
`MasaPredikat`, the whole timeline of every unit: one row in force per unit and day, so that a
count of any date and the rows behind it come from the same query.
"""

import datetime
from collections import defaultdict

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from integritas.constraints import both_or_neither
from penilaian import masa
from satker.models import Pengguna, SatuanKerja


class JenisPredikat(models.TextChoices):
    WBK = "WBK", "WBK"
    WBBM = "WBBM", "WBBM"


class Nilai(models.TextChoices):
    """What is known of a unit on a day; no row at all means unknown."""

    WBK = "WBK", "WBK"
    WBBM = "WBBM", "WBBM"
    TANPA = "TANPA", "Tanpa predikat"


class Keadaan(models.TextChoices):
    AKTIF = "AKTIF", "Aktif"
    DALAM_KLARIFIKASI = "DALAM_KLARIFIKASI", "Dalam klarifikasi"
    DICABUT = "DICABUT", "Dicabut"
    NAIK_KE_WBBM = "NAIK_KE_WBBM", "Naik ke WBBM"
    BERAKHIR = "BERAKHIR", "Berakhir"


class JenisPerubahan(models.TextChoices):
    DITETAPKAN = "DITETAPKAN", "Ditetapkan"
    KLARIFIKASI_DIBUKA = "KLARIFIKASI_DIBUKA", "Klarifikasi dibuka"
    KLARIFIKASI_SELESAI = "KLARIFIKASI_SELESAI", "Klarifikasi selesai"
    DICABUT = "DICABUT", "Dicabut"
    NAIK_KE_WBBM = "NAIK_KE_WBBM", "Naik ke WBBM"
    BERAKHIR = "BERAKHIR", "Berakhir"


class Ketelitian(models.TextChoices):
    """How well the beginning is known."""

    TANGGAL = "tanggal", "tanggal SK"
    TAHUN = "tahun", "tahun saja"
    DISEBUT = "disebut", "tanggal tidak diketahui"


class Dasar(models.TextChoices):
    TPN = "tpn", "Penilaian Tim Penilai Nasional"
    MANDIRI = "mandiri", "WBK mandiri"
    TIDAK_DIKETAHUI = "", "Tidak disebut sumber"


class PredikatQuerySet(models.QuerySet):
    def valid(self):
        """Records that were not cancelled as wrong."""
        return self.filter(dibatalkan_pada__isnull=True)

    def in_force(self, pada: datetime.date):
        """Predicates held on that day. See also penilaian/masa.py."""
        return self.valid().filter(
            Q(berlaku_sampai__isnull=True) | Q(berlaku_sampai__gt=pada), berlaku_dari__lte=pada
        )


class Predikat(models.Model):
    """One predicate of one unit, from its grant (or first attestation) until it was lost."""

    satker = models.ForeignKey(SatuanKerja, models.CASCADE)
    jenis = models.CharField(max_length=4, choices=JenisPredikat.choices)
    dasar = models.CharField(max_length=8, choices=Dasar.choices, blank=True)
    nomor_sk = models.CharField("nomor SK", max_length=120, blank=True)
    tanggal_sk = models.DateField("tanggal SK", null=True, blank=True)
    tahun = models.PositiveSmallIntegerField(null=True, blank=True)
    disebut_pada = models.DateField(null=True, blank=True)
    ketelitian = models.CharField(max_length=8, choices=Ketelitian.choices)
    # In force on [berlaku_dari, berlaku_sampai): counted from the first day that is certain.
    berlaku_dari = models.DateField()
    berlaku_sampai = models.DateField(null=True, blank=True)
    sumber = models.CharField(max_length=300)
    keyakinan = models.CharField(max_length=300, blank=True)
    # Why a WBBM without a known WBK was recorded all the same.
    alasan_tanpa_wbk = models.CharField(max_length=300, blank=True)
    dicatat_pada = models.DateTimeField(default=timezone.now)
    dicatat_oleh = models.ForeignKey(
        Pengguna, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    dilengkapi_pada = models.DateTimeField(null=True, blank=True)
    dibatalkan_pada = models.DateTimeField(null=True, blank=True)
    alasan_batal = models.CharField(max_length=300, null=True, blank=True)

    objects = PredikatQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "predikat"
        constraints = [
            both_or_neither("dibatalkan_pada", "alasan_batal", "predikat_batal_beralasan"),
            models.CheckConstraint(
                condition=Q(berlaku_sampai__isnull=True) | Q(berlaku_sampai__gt=F("berlaku_dari")),
                name="predikat_tanggal_urut",
            ),
            models.CheckConstraint(
                condition=Q(ketelitian="tanggal", tanggal_sk__isnull=False)
                | Q(ketelitian="tahun", tanggal_sk__isnull=True, tahun__isnull=False)
                | Q(
                    ketelitian="disebut",
                    tanggal_sk__isnull=True,
                    tahun__isnull=True,
                    disebut_pada__isnull=False,
                ),
                name="predikat_ketelitian_sesuai",
            ),
        ]

    def __str__(self):
        return f"{self.jenis} {self.satker_id}"

    @property
    def objek(self) -> str:
        """How the history names this record."""
        return f"predikat:{self.pk}"


class PerubahanPredikatQuerySet(models.QuerySet):
    def valid(self):
        return self.filter(dibatalkan_pada__isnull=True)


class PerubahanPredikat(models.Model):
    """One dated change of a predicate with its letter. A wrong one is cancelled, never removed."""

    predikat = models.ForeignKey(Predikat, models.CASCADE)
    jenis = models.CharField(max_length=20, choices=JenisPerubahan.choices)
    tanggal = models.DateField()
    nomor_surat = models.CharField(max_length=120, blank=True)
    tanggal_surat = models.DateField(null=True, blank=True)
    keterangan = models.CharField(max_length=500, blank=True)
    sumber = models.CharField(max_length=300)
    pindaian = models.FileField(upload_to="predikat/", null=True, blank=True)
    nama_pindaian = models.CharField(max_length=150, blank=True)
    # The WBBM that a WBK rose to; cancelling the one reopens the other.
    kelanjutan = models.ForeignKey(
        Predikat, models.CASCADE, null=True, blank=True, related_name="kenaikan_set"
    )
    dicatat_pada = models.DateTimeField(default=timezone.now)
    dicatat_oleh = models.ForeignKey(
        Pengguna, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    dibatalkan_pada = models.DateTimeField(null=True, blank=True)
    alasan_batal = models.CharField(max_length=300, null=True, blank=True)

    objects = PerubahanPredikatQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "perubahan predikat"
        constraints = [
            both_or_neither("dibatalkan_pada", "alasan_batal", "perubahan_batal_beralasan"),
            models.UniqueConstraint(
                fields=["predikat"],
                condition=Q(jenis="DITETAPKAN"),
                name="perubahan_ditetapkan_sekali",
            ),
        ]

    def __str__(self):
        return f"{self.predikat_id} {self.jenis} {self.tanggal}"


class PernyataanTanpa(models.Model):
    """A source said on a date that the unit holds no predicate; silence is not such a saying."""

    satker = models.ForeignKey(SatuanKerja, models.CASCADE)
    pada = models.DateField()
    sumber = models.CharField(max_length=300)
    keyakinan = models.CharField(max_length=300, blank=True)
    dicatat_pada = models.DateTimeField(default=timezone.now)
    dicatat_oleh = models.ForeignKey(
        Pengguna, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    dibatalkan_pada = models.DateTimeField(null=True, blank=True)
    alasan_batal = models.CharField(max_length=300, null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "pernyataan tanpa predikat"
        constraints = [
            both_or_neither("dibatalkan_pada", "alasan_batal", "pernyataan_batal_beralasan"),
            models.UniqueConstraint(
                fields=["satker", "pada", "sumber"],
                condition=Q(dibatalkan_pada__isnull=True),
                name="pernyataan_tanpa_sekali",
            ),
        ]

    def __str__(self):
        return f"{self.satker_id} tanpa {self.pada}"


class MasaPredikatQuerySet(models.QuerySet["MasaPredikat"]):
    def at(self, pada: datetime.date):
        """What is known on that day: at most one row per unit."""
        return self.filter(Q(sampai__isnull=True) | Q(sampai__gt=pada), dari__lte=pada)

    def derive(self, daftar_satker_id=None) -> dict[int, list[masa.Masa]]:
        """Timelines computed afresh from the dated changes, per unit; all units when None."""
        catatan: dict[int, list[masa.CatatanPredikat]] = defaultdict(list)
        tanpa: dict[int, list[datetime.date]] = defaultdict(list)
        predikat = Predikat.objects.valid()
        pernyataan = PernyataanTanpa.objects.filter(dibatalkan_pada__isnull=True)
        perubahan = PerubahanPredikat.objects.valid().exclude(jenis=JenisPerubahan.DITETAPKAN)
        if daftar_satker_id is not None:
            predikat = predikat.filter(satker__in=daftar_satker_id)
            pernyataan = pernyataan.filter(satker__in=daftar_satker_id)
            perubahan = perubahan.filter(predikat__satker__in=daftar_satker_id)
        langkah: dict[int, list[masa.Perubahan]] = defaultdict(list)
        for predikat_id, jenis, tanggal in perubahan.order_by("tanggal", "pk").values_list(
            "predikat", "jenis", "tanggal"
        ):
            langkah[predikat_id].append(masa.Perubahan(jenis, tanggal))
        for pk, satker_id, jenis, dari in predikat.order_by("pk").values_list(
            "pk", "satker", "jenis", "berlaku_dari"
        ):
            catatan[satker_id].append(
                masa.CatatanPredikat(pk, jenis, dari, tuple(langkah.get(pk, ())))
            )
        for satker_id, pada in pernyataan.order_by("pk").values_list("satker", "pada"):
            tanpa[satker_id].append(pada)
        return {
            satker_id: masa.derive_masa(catatan.get(satker_id, ()), tanpa.get(satker_id, ()))
            for satker_id in catatan.keys() | tanpa.keys()
        }

    def rebuild(self, daftar_satker_id=None) -> None:
        """Write the timelines of these units (all when None) anew; call it in the transaction
        that changed them, with the units locked."""
        baru = self.derive(daftar_satker_id)
        lama = self.all() if daftar_satker_id is None else self.filter(satker__in=daftar_satker_id)
        lama.delete()
        self.bulk_create(
            [
                self.model(
                    satker_id=satker_id,
                    nilai=satu.nilai,
                    keadaan=satu.keadaan,
                    predikat_id=satu.predikat,
                    dari=satu.dari,
                    sampai=satu.sampai,
                )
                for satker_id, daftar_masa in sorted(baru.items())
                for satu in daftar_masa
            ],
            batch_size=2000,
        )

    def find_selisih(self) -> set[int]:
        """Units whose stored timeline differs from the derived one; empty is sound."""
        tersimpan: dict[int, list[masa.Masa]] = defaultdict(list)
        for satu in self.order_by("satker", "dari"):
            tersimpan[satu.satker_id].append(
                masa.Masa(satu.dari, satu.sampai, satu.nilai, satu.keadaan, satu.predikat_id)
            )
        baru = self.derive()
        return {
            satker_id
            for satker_id in baru.keys() | tersimpan.keys()
            if baru.get(satker_id, []) != tersimpan.get(satker_id, [])
        }


class MasaPredikat(models.Model):
    """Derived timeline of a unit, rebuilt in the transaction of every change; never edited."""

    satker = models.ForeignKey(SatuanKerja, models.CASCADE)
    nilai = models.CharField(max_length=5, choices=Nilai.choices)
    keadaan = models.CharField(max_length=20, choices=Keadaan.choices, blank=True)
    predikat = models.ForeignKey(Predikat, models.CASCADE, null=True, blank=True)
    dari = models.DateField()
    sampai = models.DateField(null=True, blank=True)

    objects = MasaPredikatQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "masa predikat"
        constraints = [
            models.CheckConstraint(
                condition=Q(sampai__isnull=True) | Q(sampai__gt=F("dari")), name="masa_tanggal_urut"
            ),
            models.CheckConstraint(
                condition=Q(nilai="TANPA", predikat__isnull=True, keadaan="")
                | (~Q(nilai="TANPA") & Q(predikat__isnull=False) & ~Q(keadaan="")),
                name="masa_nilai_sesuai",
            ),
        ]

    def __str__(self):
        return f"{self.satker_id} {self.nilai} {self.dari}"


class LaporanPemantauan(models.Model):
    """The inspectors' report on a holder, due every two years (PermenPANRB 90/2021)."""

    class Hasil(models.TextChoices):
        MEMENUHI = "memenuhi", "Masih memenuhi"
        TIDAK = "tidak", "Tidak lagi memenuhi"

    predikat = models.ForeignKey(Predikat, models.CASCADE)
    tanggal = models.DateField()
    nomor_surat = models.CharField(max_length=120)
    hasil = models.CharField(max_length=10, choices=Hasil.choices)
    catatan = models.CharField(max_length=500, blank=True)
    dicatat_pada = models.DateTimeField(default=timezone.now)
    dicatat_oleh = models.ForeignKey(
        Pengguna, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "laporan pemantauan"
        constraints = [
            models.UniqueConstraint(
                fields=["predikat", "tanggal", "nomor_surat"], name="laporan_pemantauan_sekali"
            )
        ]

    def __str__(self):
        return f"{self.predikat_id} {self.tanggal}"


class AturanPredikatQuerySet(models.QuerySet["AturanPredikat"]):
    def get_nilai(self, kode: str, pada: datetime.date) -> int:
        """The rule's value on that day; the newest that had begun, else the oldest."""
        return choose_nilai(list(self.order_by("berlaku_dari", "pk")), kode, pada)


def choose_nilai(daftar_aturan, kode: str, pada: datetime.date) -> int:
    """`get_nilai` of rules at hand, in order of date."""
    daftar = [aturan for aturan in daftar_aturan if aturan.kode == kode]
    if not daftar:
        raise LookupError(f"Aturan {kode} belum dimuat; jalankan load_fakta.")
    berlaku = [aturan for aturan in daftar if aturan.berlaku_dari <= pada]
    return (berlaku or daftar[:1])[-1].nilai


class AturanPredikat(models.Model):
    """A number of the rules on predicates that varies by year: data, not code."""

    kode = models.SlugField(max_length=60)
    nama = models.CharField(max_length=200)
    nilai = models.PositiveSmallIntegerField()
    satuan = models.CharField(max_length=20)
    berlaku_dari = models.DateField()
    sumber = models.CharField(max_length=300)
    keyakinan = models.CharField(max_length=300, blank=True)

    objects = AturanPredikatQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "aturan predikat"
        constraints = [
            models.UniqueConstraint(fields=["kode", "berlaku_dari"], name="aturan_predikat_sekali")
        ]

    def __str__(self):
        return f"{self.kode} {self.nilai} {self.satuan}"
