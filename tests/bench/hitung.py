"""What is computed in the process, without a database: scores, and the shortest way.

`python -m tests.bench.hitung` prints them as JSON."""

import json
import random
import time
from collections.abc import Callable
from statistics import median

from penilaian import skor
from penilaian.instrumen import load_bawaan
from penilaian.jalan import find_jalan
from penilaian.jawaban import read_semua
from tests.penilaian.isian_acak import fill, make_sulit

BANYAK_JALAN, BANYAK_SKOR, ULANG = 30, 1000, 300


def measure(langkah: Callable[[], object]) -> float:
    """Milliseconds of the processor: nothing here waits, and other programs are not counted."""
    mulai = time.process_time()
    langkah()
    return 1000 * (time.process_time() - mulai)


def measure_skor() -> dict[str, float]:
    """Both results of a whole LKE from read answers: one, and a thousand different ones."""
    instrumen = load_bawaan()
    daftar = [
        read_semua(instrumen, fill(random.Random(benih), 1, utuh=True))
        for benih in range(BANYAK_SKOR)
    ]
    skor.compute_dua(instrumen, daftar[0])
    satu = [measure(lambda: skor.compute_dua(instrumen, daftar[0])) for _ in range(ULANG)]
    seribu = measure(lambda: [skor.compute_dua(instrumen, jawaban) for jawaban in daftar])
    return {"skor_ms": median(satu), "skor_seribu_ms": seribu}


def measure_jalan() -> dict[str, float]:
    """The longest of thirty searches."""
    instrumen = load_bawaan()
    lama = []
    for benih in range(BANYAK_JALAN):
        jawaban, jangkauan, upaya = make_sulit(instrumen, benih)
        for target in instrumen.ambang:
            lama.append(
                measure(lambda: find_jalan(instrumen, jawaban, target, upaya, jangkauan))  # noqa: B023
            )
    return {"jalan_ms": max(lama), "jalan_tengah_ms": median(lama)}


if __name__ == "__main__":
    print(json.dumps(measure_skor() | measure_jalan()))
