"""Evidence of a unit: added, linked to questions, revised, shown, checked, handed out as one pack.

`langkah` the steps that change it, `terima` a file on its way into the store, `unggahan` one that comes
in pieces, `tempat` where a known file is used, `kartu` what a question card shows, `sebutan` periods and
names in words.
"""
