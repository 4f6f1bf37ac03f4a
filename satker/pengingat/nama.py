"""Names of Detak: the beat's last look that a worker began, and the last one that came to its end."""

DETAK_MULAI, DETAK_SELESAI = "beat", "kirim"
