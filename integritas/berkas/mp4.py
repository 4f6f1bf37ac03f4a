"""Video in the MP4 container: boxes that add up, and nothing that is no box."""

from typing import BinaryIO

from integritas.berkas.baca import BACA, read_at
from integritas.berkas.batas import Batas
from integritas.berkas.ekor import refuse_naskah
from integritas.berkas.tolak import BerkasDitolakError

MAKS_KOTAK = 200_000
MEREK = {
    *(b"isom", b"avc1", b"mp41", b"mp42", b"mp71", b"M4V ", b"M4VH", b"M4VP", b"MSNV", b"dash"),
    *(b"f4v ", b"F4V ", b"XAVC", b"mmp4", b"MP4 ", b"NDSC", b"NDSM", b"cmfc", b"cmfs"),
    *(f"iso{angka}".encode() for angka in range(2, 10)),
    *(f"3g{huruf}{angka}".encode() for huruf in "pg" for angka in range(1, 10)),
    *(b"3g2a", b"3g2b", b"3g2c", b"isml"),
}
QUICKTIME = b"qt  "
BUKAN_MP4 = {
    QUICKTIME: "video QuickTime (.mov); simpan sebagai MP4, lalu unggah lagi",
    b"M4A ": "rekaman suara (.m4a), bukan video",
    b"M4B ": "rekaman suara (.m4b), bukan video",
    b"avif": "gambar AVIF; simpan sebagai JPEG atau PNG, lalu unggah lagi",
    b"avis": "gambar AVIF; simpan sebagai JPEG atau PNG, lalu unggah lagi",
    b"crx ": "foto mentah kamera; simpan sebagai JPEG, lalu unggah lagi",
} | dict.fromkeys(
    (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"),
    "foto HEIC; simpan sebagai JPEG, lalu unggah lagi",
)
KOTAK = {
    *(b"ftyp", b"styp", b"moov", b"mdat", b"moof", b"mfra", b"free", b"skip", b"wide", b"uuid"),
    *(b"sidx", b"ssix", b"meta", b"udta", b"pdin", b"emsg", b"prft", b"pnot", b"sefd", b"mpvd"),
}
# Boxes of notes and of nothing.
KETERANGAN = {b"free", b"skip", b"uuid", b"meta", b"udta", b"emsg"}


def check(berkas: BinaryIO, ukuran: int, batas: Batas) -> str:
    """Refuse anything but a whole MP4."""
    check_bagian(berkas, 0, ukuran)
    return "mp4"


def check_bagian(berkas: BinaryIO, mulai: int, akhir: int) -> None:
    """Refuse unless the bytes from `mulai` up to `akhir` are one whole MP4."""
    ada: set[bytes] = set()
    tempat, jumlah = mulai, 0
    while tempat < akhir:
        panjang, kotak = _read_kepala(berkas, tempat, akhir)
        jumlah += 1
        if tempat == mulai:
            _check_merek(berkas, tempat, panjang, kotak)
        if kotak not in KOTAK:
            raise BerkasDitolakError("ada data yang tidak dikenal di dalam atau di belakang video.")
        if tempat + panjang > akhir or jumlah > MAKS_KOTAK:
            raise BerkasDitolakError("videonya terpotong atau rusak. Unggah berkas aslinya.")
        if kotak in KETERANGAN:
            refuse_naskah(read_at(berkas, tempat + 8, min(panjang, BACA)), "video")
        ada.add(kotak)
        tempat += panjang
    if b"moov" not in ada or not ada & {b"mdat", b"moof"}:
        raise BerkasDitolakError("videonya tidak lengkap. Unggah berkas aslinya.")


def _read_kepala(berkas: BinaryIO, tempat: int, akhir: int) -> tuple[int, bytes]:
    """How long the box is and what it is called."""
    kepala = read_at(berkas, tempat, 16)
    if len(kepala) < 8 or tempat + 8 > akhir:
        raise BerkasDitolakError("ada data yang tidak dikenal di belakang video.")
    panjang, kotak, paling_kecil = int.from_bytes(kepala[:4], "big"), kepala[4:8], 8
    if panjang == 1:
        panjang, paling_kecil = int.from_bytes(kepala[8:16], "big"), 16
    elif panjang == 0 and kotak == b"mdat":
        # To the end of the file, as the standard allows for the last one.
        panjang = akhir - tempat
    if panjang < paling_kecil:
        raise BerkasDitolakError("videonya rusak. Unggah berkas aslinya.")
    return panjang, kotak


def _check_merek(berkas: BinaryIO, tempat: int, panjang: int, kotak: bytes) -> None:
    if kotak != b"ftyp" or not 16 <= panjang <= 4096:
        raise BerkasDitolakError("videonya rusak. Unggah berkas aslinya.")
    isi = read_at(berkas, tempat + 8, panjang - 8)
    merek, lain = isi[:4], {isi[i : i + 4] for i in range(8, len(isi), 4)}
    if merek in BUKAN_MP4 and not (merek == QUICKTIME and lain & MEREK):
        raise BerkasDitolakError(f"isinya {BUKAN_MP4[merek]}.")
    if merek not in MEREK and not lain & MEREK:
        raise BerkasDitolakError("isinya bukan video MP4 yang dikenal. Simpan ulang sebagai MP4.")
