"""Invented files for the demo, made here: small, valid, and each says on its face that it is none."""

import io
import json
import zipfile

import typst
import xlsxwriter

TANDA = "Contoh, dikarang untuk percobaan"
# A page for each pair of title and text.
HALAMAN = """
#let isi = json("isi.json")
#set document(title: isi.judul, date: none)
#set page(width: eval(isi.lebar), height: eval(isi.tinggi), margin: 1.5cm,
  header: align(right, text(8pt, isi.tanda)), footer: text(8pt, isi.judul))
#set text(font: "Libertinus Serif", size: 11pt, lang: "id")
#for (nomor, bagian) in isi.bagian.enumerate() {
  if nomor > 0 { pagebreak() }
  heading(bagian.at(0))
  v(1em)
  bagian.at(1)
  v(1em)
  emph(isi.tanda + ". Tidak ada kantor, orang, atau kegiatan nyata di dalamnya.")
}
"""
SKEMA = "http://schemas.openxmlformats.org"
TIPE = f"""<Types xmlns="{SKEMA}/package/2006/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" \
ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>\
</Types>"""
KAIT = f"""<Relationships xmlns="{SKEMA}/package/2006/relationships"><Relationship Id="r1" \
Type="{SKEMA}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>\
</Relationships>"""
NASKAH = (
    f'<w:document xmlns:w="{SKEMA}/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'
)
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def build_pdf(judul: str, bagian: list[tuple[str, str]]) -> bytes:
    """A page for each part, its heading and its text."""
    return _print(judul, bagian, "pdf", "210mm", "297mm")


def build_png(judul: str, teks: str) -> bytes:
    """A card with words, where a photograph would be."""
    return _print(judul, [(judul, teks)], "png", "120mm", "80mm")


def _print(
    judul: str, bagian: list[tuple[str, str]], bentuk: str, lebar: str, tinggi: str
) -> bytes:
    isi = {"judul": judul, "bagian": bagian, "tanda": TANDA, "lebar": lebar, "tinggi": tinggi}
    # Files by name are taken in the place of a path; its type hints do not know it.
    return typst.compile(  # type: ignore[call-overload]
        {"main.typ": HALAMAN.encode(), "isi.json": json.dumps(isi).encode()},
        format=bentuk,
        ignore_system_fonts=True,
    )


def build_docx(judul: str, daftar_alinea: list[str]) -> bytes:
    """A text of plain paragraphs; titles and texts are our own and need no escaping."""
    alinea = "".join(
        f"<w:p><w:r><w:t>{teks}</w:t></w:r></w:p>" for teks in [TANDA, judul, *daftar_alinea]
    )
    keluaran = io.BytesIO()
    with zipfile.ZipFile(keluaran, "w", zipfile.ZIP_DEFLATED) as arsip:
        arsip.writestr("[Content_Types].xml", XML + TIPE)
        arsip.writestr("_rels/.rels", XML + KAIT)
        arsip.writestr("word/document.xml", XML + NASKAH % alinea)
    return keluaran.getvalue()


def build_xlsx(judul: str, kepala: list[str], baris: list[list]) -> bytes:
    """A sheet with one table."""
    keluaran = io.BytesIO()
    with xlsxwriter.Workbook(keluaran, {"in_memory": True}) as buku:
        lembar = buku.add_worksheet("Rekap")
        lembar.set_column(0, len(kepala), 18)
        for nomor, isi in enumerate([[TANDA], [judul], [], kepala, *baris]):
            lembar.write_row(nomor, 0, isi)
    return keluaran.getvalue()
