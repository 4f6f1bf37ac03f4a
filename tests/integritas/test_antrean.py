"""The queue of one computer after a program was killed while it wrote."""

import pytest
from kombu import Connection

from integritas import antrean


@pytest.fixture
def sambungan(tmp_path):
    folder = {
        nama: str(tmp_path / nama.split("_")[-1]) for nama in ("data_folder_in", "control_folder")
    }
    pilihan = folder | {"data_folder_out": folder["data_folder_in"]}
    for satu in folder.values():
        (tmp_path / satu).mkdir()
    with Connection(f"{antrean.SKEMA}://", transport_options=pilihan) as sambungan:
        yield sambungan


def test_half_a_message_and_half_a_table_stop_nobody(sambungan, tmp_path):
    pesan = tmp_path / "in"
    (pesan / "0_mati.kerja.msg").write_bytes(b"")
    (pesan / "1_mati.kerja.msg").write_bytes(b'{"body": "se')
    (tmp_path / "folder" / "kerja.exchange").write_bytes(b"")
    antre = sambungan.SimpleQueue("kerja")

    antre.put({"isi": 1})

    assert antre.get(timeout=1).payload == {"isi": 1}
    with pytest.raises(antre.Empty):
        antre.get(block=False)
    antre.close()


def test_a_message_that_is_being_written_is_not_there_yet(sambungan, tmp_path):
    (tmp_path / "in" / "0_x.lain.msg.baru").write_bytes(b"{")
    antre = sambungan.SimpleQueue("lain")

    with pytest.raises(antre.Empty):
        antre.get(block=False)

    antre.put("utuh")
    assert antre.get(timeout=1).payload == "utuh"
    antre.close()
