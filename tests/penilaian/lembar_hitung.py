"""A spreadsheet small enough for our form: works out every formula from the typed cells alone."""

import re

_TANDA = re.compile(
    r'\s*(?:(?P<teks>"[^"]*")|(?P<angka>\d+(?:\.\d+)?)|(?P<acuan>(?:Jawaban!)?\$?[A-Z]{1,2}\$?\d+'
    r"(?::[A-Z]{1,2}\d+)?)|(?P<nama>[A-Z]+)(?=\()|(?P<tanda><=|>=|<>|[-+*/=<>(),]))"
)


class GalatLembar(Exception):
    """#DIV/0! and the like."""


class Hitung:
    """`buku` is an openpyxl workbook with formulas; `get` gives a cell's value."""

    def __init__(self, buku):
        self.buku, self.ingatan = buku, {}

    def get(self, lembar, sel):
        kunci = lembar, sel
        if kunci not in self.ingatan:
            isi = self.buku[lembar][sel].value
            if isinstance(isi, str) and isi.startswith("=") and self._is_rumus(lembar, sel):
                isi = _Rumus(self, lembar, isi[1:]).compute()
            self.ingatan[kunci] = isi
        return self.ingatan[kunci]

    def _is_rumus(self, lembar, sel):
        return self.buku[lembar][sel].data_type == "f"

    def list_sel(self, lembar, acuan):
        nama, _, letak = acuan.rpartition("!")
        lembar, awal, _, akhir = nama or lembar, *letak.replace("$", "").partition(":")
        huruf, dari = re.fullmatch(r"([A-Z]+)(\d+)", awal).groups()
        sampai = re.search(r"\d+", akhir or awal)[0]
        return [self.get(lembar, f"{huruf}{n}") for n in range(int(dari), int(sampai) + 1)]


class _Rumus:
    def __init__(self, hitung, lembar, teks):
        self.hitung, self.lembar = hitung, lembar
        self.tanda = [(m.lastgroup, m[m.lastgroup]) for m in _TANDA.finditer(teks)]
        assert "".join(isi for _, isi in self.tanda) == teks.replace(" ", "") or '"' in teks
        self.pohon = None

    def compute(self):
        self.letak = 0
        pohon = self._compare()
        assert self.letak == len(self.tanda)
        return self._eval(pohon)

    # --- reading ---
    def _peek(self):
        return self.tanda[self.letak][1] if self.letak < len(self.tanda) else None

    def _take(self):
        self.letak += 1
        return self.tanda[self.letak - 1]

    def _binary(self, tanda, lebih_erat):
        kiri = lebih_erat()
        while self._peek() in tanda:
            _, op = self._take()
            kiri = ("op", op, kiri, lebih_erat())
        return kiri

    def _compare(self):
        return self._binary({"=", "<", ">", "<=", ">=", "<>"}, self._add)

    def _add(self):
        return self._binary({"+", "-"}, self._multiply)

    def _multiply(self):
        return self._binary({"*", "/"}, self._single)

    def _single(self):
        jenis, isi = self._take()
        if jenis == "teks":
            return ("nilai", isi[1:-1])
        if jenis == "angka":
            return ("nilai", float(isi))
        if jenis == "acuan":
            return ("acuan", isi)
        if jenis == "nama":
            self._take()
            argumen = [self._compare()]
            while self._peek() == ",":
                self._take()
                argumen.append(self._compare())
            assert self._take()[1] == ")"
            return ("fungsi", isi, argumen)
        assert isi == "("
        dalam = self._compare()
        assert self._take()[1] == ")"
        return dalam

    # --- counting ---
    def _eval(self, pohon):
        if pohon[0] == "nilai":
            return pohon[1]
        if pohon[0] == "acuan":
            [nilai] = self.hitung.list_sel(self.lembar, pohon[1])
            return nilai
        if pohon[0] == "op":
            return self._operate(pohon[1], self._eval(pohon[2]), self._eval(pohon[3]))
        return getattr(self, f"_{pohon[1].lower()}")(pohon[2])

    def _operate(self, op, kiri, kanan):
        if op in {"=", "<", ">", "<=", ">=", "<>"}:
            if kiri is None:
                kiri = "" if isinstance(kanan, str) else 0
            if isinstance(kiri, str) != isinstance(kanan, str):
                return op in {"<>", ">", ">="}  # text stands above numbers
            return {
                "=": kiri == kanan, "<": kiri < kanan, ">": kiri > kanan,
                "<=": kiri <= kanan, ">=": kiri >= kanan, "<>": kiri != kanan,
            }[op]  # fmt: skip
        if isinstance(kiri, str) or isinstance(kanan, str):
            raise GalatLembar("#VALUE!")
        kiri, kanan = kiri or 0, kanan or 0
        if op == "/" and not kanan:
            raise GalatLembar("#DIV/0!")
        return {"+": kiri + kanan, "-": kiri - kanan, "*": kiri * kanan}.get(
            op, kiri / kanan if op == "/" else None
        )

    def _list_angka(self, argumen):
        daftar = []
        for satu in argumen:
            isi = (
                self.hitung.list_sel(self.lembar, satu[1])
                if satu[0] == "acuan"
                else [self._eval(satu)]
            )
            daftar += [n for n in isi if isinstance(n, int | float)]
        return daftar

    def _if(self, argumen):
        return self._eval(argumen[1] if self._eval(argumen[0]) else argumen[2])

    def _iferror(self, argumen):
        try:
            return self._eval(argumen[0])
        except GalatLembar:
            return self._eval(argumen[1])

    def _average(self, argumen):
        daftar = self._list_angka(argumen)
        if not daftar:
            raise GalatLembar("#DIV/0!")
        return sum(daftar) / len(daftar)

    def _sum(self, argumen):
        return sum(self._list_angka(argumen))

    def _count(self, argumen):
        return len(self._list_angka(argumen))

    def _min(self, argumen):
        return min(self._list_angka(argumen))

    def _max(self, argumen):
        return max(self._list_angka(argumen))

    def _round(self, argumen):
        return round(self._eval(argumen[0]), int(self._eval(argumen[1])))
