"""An uploaded file, from the moment it arrives until it is stored; nothing here needs a table.

`jenis` what it really is and whether it is harmless, `clamd` an optional virus scan, `potongan`
pieces that arrive after a broken line, `penangan` an ordinary upload hashed while it arrives,
`simpan` the store by SHA-256, `alamat` what may be a link, `tautan` whether it still leads somewhere.
"""
