"""Where an assessment stands against every floor, the shortest way there, and why a score is so."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from integritas.htmx import wants_partial
from penilaian import gerbang, halaman, izin, lke
from penilaian.alur.upaya import UpayaError, save_upaya
from penilaian.instrumen import Pertanyaan, Simpul
from penilaian.izin import PEMBACA, PENGISI
from penilaian.jalan import UPAYA_BAWAAN, Jalan, Langkah
from penilaian.kalimat_skor import say_butir, say_simpul
from penilaian.penjelasan import Penjelasan, explain, find_induk
from penilaian.skor import Kosong
from penilaian.versi import InstrumenTerpakai, get_terpakai
from penilaian.views.lke import get_penilaian, get_rekap
from satker.access import role_required


@require_safe
@vary_on_headers("HX-Request")
@role_required(*PEMBACA)
def gerbang_detail(request, pk):
    """Both targets, the assessment's own first. `?jalan=WBK` adds the shortest way to that target;
    htmx asks for that part alone."""
    penilaian = get_penilaian(request, pk)
    terpakai = get_terpakai(penilaian.versi)
    konteks = {"penilaian": penilaian, "tab": "gerbang"}
    if tujuan := request.GET.get("jalan"):
        if tujuan not in terpakai.isi.ambang:
            raise Http404
        konteks |= _build_jalan(request, penilaian, terpakai, tujuan)
        if wants_partial(request):
            return render(request, "penilaian/gerbang_detail.html#jalan", konteks)
    rekap = get_rekap(penilaian)
    daftar_target = sorted(terpakai.isi.ambang, key=lambda target: target != penilaian.target)
    daftar_panel = [gerbang.build_panel(rekap, terpakai.isi, target) for target in daftar_target]
    konteks |= {
        "rekap": rekap,
        "judul_lke": daftar_panel[0].judul,
        "keterangan_lke": (
            "Yang kosong dihitung nol; di sampingnya nilai menurut lembar resmi, yang mengabaikan "
            f"yang kosong. Terjawab {rekap.jumlah_terisi} dari {rekap.jumlah_pertanyaan} "
            "pertanyaan. Predikat tetap diputuskan orang, bukan angka."
        ),
        "daftar_panel": daftar_panel,
        "kunci_versi": terpakai.kunci,
        "masa": halaman.read_masa(penilaian),
    }
    return render(request, "penilaian/gerbang_detail.html", konteks)


@dataclass(frozen=True)
class BarisLangkah:
    """One step as the page tells it."""

    langkah: Langkah
    pertanyaan: Pertanyaan
    dari: str
    ke: str


def _build_jalan(request, penilaian, terpakai: InstrumenTerpakai, tujuan: str) -> dict:
    jalan = gerbang.find_jalan(penilaian, terpakai, tujuan)
    pertanyaan = terpakai.isi.pertanyaan
    return {
        "jalan": jalan,
        "daftar_langkah": [
            BarisLangkah(
                langkah,
                pertanyaan[langkah.kode],
                lke.describe_jawab(langkah.dari, pertanyaan[langkah.kode]),
                lke.describe_jawab(langkah.ke, pertanyaan[langkah.kode]),
            )
            for langkah in jalan.langkah
        ],
        "daftar_buntu": _list_buntu(jalan, terpakai),
        "daftar_tujuan": list(terpakai.isi.ambang),
        "bisa_atur": izin.get_izin(request.user, penilaian).area != frozenset(),
    }


def _list_buntu(jalan: Jalan, terpakai: InstrumenTerpakai) -> list[tuple]:
    """Floors that fail even at the best: the floor, and the score then."""
    if jalan.tercapai:
        return []
    return [
        (satu, jalan.terbaik.nilai[satu.simpul])
        for satu in terpakai.isi.ambang[jalan.target].daftar_gerbang
        if satu.kode in jalan.gagal
    ]


# --- effort -------------------------------------------------------------------------------------
@dataclass
class BarisUpaya:
    """One question of the table: what stands there now, and what was typed."""

    pertanyaan: Pertanyaan
    kini: str
    upaya: str
    daftar_isi: list[tuple]
    galat: str = ""


@require_http_methods(["GET", "POST"])
@role_required(*PENGISI)
def upaya_edit(request, pk):
    """Effort of every question and what is within reach, saved in one go."""
    penilaian = get_penilaian(request, pk)
    terpakai = get_terpakai(penilaian.versi)
    galat: dict[str, str] = {}
    if request.method == "POST":
        upaya, jangkauan = _read_upaya(request.POST, terpakai)
        try:
            jumlah = save_upaya(penilaian, upaya, jangkauan, by=request.user)
        except UpayaError as error:
            galat = error.galat
        else:
            messages.success(
                request,
                f"Tersimpan: {jumlah} pertanyaan berubah." if jumlah else "Tidak ada yang berubah.",
            )
            return redirect("gerbang_detail", pk)
    konteks = {
        "penilaian": penilaian,
        "tab": "gerbang",
        "judul_lke": "Upaya tiap pertanyaan",
        "keterangan_lke": (
            "Untuk jalan terpendek: seberapa berat memperbaiki tiap pertanyaan (1 ringan sampai 9 "
            "berat), dan angka persen atau indeks yang menurut Anda dapat dijangkau. Ini rencana, "
            "bukan jawaban; nilai tidak berubah karenanya."
        ),
        "daftar_area": _list_baris(request, penilaian, terpakai, galat),
        "daftar_galat": [(terpakai.isi.pertanyaan[kode], pesan) for kode, pesan in galat.items()],
    }
    return render(request, "penilaian/upaya_edit.html", konteks, status=422 if galat else 200)


def _read_upaya(data, terpakai: InstrumenTerpakai) -> tuple[dict, dict]:
    """What was typed, by question; a question that the form did not carry stays as it is."""
    upaya, jangkauan = {}, {}
    for satu in terpakai.isi.daftar_pertanyaan:
        if (teks := data.get(f"upaya-{satu.kode}")) is not None:
            upaya[satu.kode] = teks
        ada = {
            m.kode: data[nama].strip().replace(",", ".")
            for m in satu.daftar_isian
            if (nama := f"jangkauan-{satu.kode}-{m.kode}") in data
        }
        if ada:
            jangkauan[satu.kode] = ada
    return upaya, jangkauan


def _list_baris(request, penilaian, terpakai, galat) -> list[tuple[Simpul, list[BarisUpaya]]]:
    jawaban = gerbang.read_jawaban(penilaian, terpakai)
    tersimpan = gerbang.read_upaya(penilaian, terpakai)
    daftar = []
    for area in terpakai.isi.daftar_area:
        daftar_baris = []
        for satu in terpakai.isi.pertanyaan_area[area.kode]:
            lama = tersimpan.get(satu.kode)
            upaya = str(lama.upaya if lama else UPAYA_BAWAAN)
            jangkau = (lama.jangkau if lama else None) or {}
            daftar_baris.append(
                BarisUpaya(
                    pertanyaan=satu,
                    kini=lke.describe_jawab(jawaban.get(satu.kode), satu),
                    upaya=request.POST.get(f"upaya-{satu.kode}", upaya),
                    daftar_isi=[
                        (
                            m,
                            request.POST.get(
                                f"jangkauan-{satu.kode}-{m.kode}",
                                lke.format_isian(jangkau.get(m.kode)),
                            ),
                        )
                        for m in satu.daftar_isian
                    ],
                    galat=galat.get(satu.kode, ""),
                )
            )
        daftar.append((area, daftar_baris))
    return daftar


# --- why ----------------------------------------------------------------------------------------
@require_safe
@role_required(*PEMBACA)
def skor_explain(request, pk, simpul):
    """From an answer to a score: one node, its parts with theirs, and the way up."""
    penilaian = get_penilaian(request, pk)
    terpakai = get_terpakai(penilaian.versi)
    kosong = request.GET.get("kosong", Kosong.NOL)
    if simpul not in terpakai.isi.simpul or kosong not in list(Kosong):
        raise Http404
    jawaban = gerbang.read_jawaban(penilaian, terpakai)
    satu = explain(terpakai.isi, jawaban, simpul, Kosong(kosong))
    return render(
        request,
        "penilaian/skor_explain.html",
        {
            "penilaian": penilaian,
            "instrumen": terpakai.isi,
            "versi_instrumen": terpakai.versi,
            "satu": satu,
            "nol": satu.kosong == Kosong.NOL,
            "hitungan": say_simpul(satu),
            "daftar_bagian": [(bagian, say_simpul(bagian)) for bagian in satu.bagian],
            "daftar_butir": [(butir, say_butir(butir)) for butir in satu.daftar_butir],
            "daftar_lintas": _list_lintas(terpakai, satu),
            "daftar_induk": find_induk(terpakai.isi, simpul),
            "kueri": "" if satu.kosong == Kosong.NOL else f"?kosong={satu.kosong}",
        },
    )


def _list_lintas(terpakai: InstrumenTerpakai, satu: Penjelasan) -> list[Simpul]:
    """Pemenuhan and reform of all areas, told from the node that they cut across."""
    return [
        simpul
        for simpul in terpakai.isi.daftar_simpul
        if simpul.level == "aspek_gabungan"
        and find_induk(terpakai.isi, simpul.kode)[-1] == satu.simpul
    ]
