"""How much a file may hold. The numbers of an installation come from its settings."""

from dataclasses import dataclass

MEGA = 1024 * 1024


@dataclass(frozen=True)
class Batas:
    """Bytes of a file and of a video, pixels of an image, and what a zip may unpack to. Phones of
    today take photos of 200 million pixels."""

    berkas: int = 100 * MEGA
    video: int = 500 * MEGA
    piksel: int = 200_000_000
    anggota: int = 10_000
    mekar: int = 600 * MEGA
    # Many times its own size is allowed to a small file only.
    nisbah: int = 200
    nisbah_bebas: int = 20 * MEGA
