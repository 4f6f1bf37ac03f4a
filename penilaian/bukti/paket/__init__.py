"""The evidence pack of an assessment: one ZIP that explains and proves itself.

`langkah` asks for a pack, claims it, finishes it; `buat` does the work; `isi` what goes in and where,
`nama` names that every system can unpack, `indeks` the page to read first, `arsip` the ZIP itself,
`periksa` the verifier that travels along and knows nothing of us.
"""
