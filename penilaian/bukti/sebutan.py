"""Numbers of questions as people read them."""


def say_nomor(daftar: list[int]) -> str:
    """`nomor 3, 14 dan 72`."""
    teks = [str(satu) for satu in daftar]
    if len(teks) > 1:
        teks = [*teks[:-2], f"{teks[-2]} dan {teks[-1]}"]
    return f"nomor {', '.join(teks)}"
