// The committee's page: Enter sends, the field is empty again at once, the answer is big. Works on
// without a line from the list that this device keeps. Without JavaScript the forms post by themselves.
import { ambil, CACHE, hapus, lupakan, taruh } from "./pintu-simpan.js";
import { bacaan, sidik, token } from "./pintu-kode.js";
import { buatAntrean } from "./pintu-antre.js";

const akar = document.querySelector("[data-pintu]");
const cari = (pilih) => akar.querySelector(pilih);
const { pengguna, nama: namaSaya, status } = akar.dataset;
const upacara = Number(akar.dataset.pintu);
const aturan = {
  huruf: akar.dataset.huruf,
  panjang: Number(akar.dataset.panjang),
  mirip: Object.fromEntries(akar.dataset.mirip.split(",").map((satu) => satu.split(":"))),
};
const SEGAR = 4000, SIMPAN = 3 * 86400000;
let orang = [], tersambung = true;

function buat(nama, isi, sifat = {}) {
  const elemen = Object.assign(document.createElement(nama), sifat);
  elemen.append(...isi);
  return elemen;
}

// --- the device ---------------------------------------------------------------------------------
function namaAlat() {
  try {
    let nama = localStorage.getItem("integritas:alat");
    if (!nama) {
      nama = `alat ${[...crypto.getRandomValues(new Uint8Array(2))].map((b) => b.toString(16).padStart(2, "0")).join("").toUpperCase()}`;
      localStorage.setItem("integritas:alat", nama);
    }
    return nama;
  } catch { return "alat"; }
}
const alat = namaAlat();

function sebutAlat() {
  const punya = orang.length ? `${orang.length} orang tersimpan di alat ini, dapat dipakai tanpa jaringan.` : "Daftar orang belum tersimpan di alat ini.";
  const teks = `${tersambung ? "Tersambung." : "Tanpa jaringan."} ${punya}`;
  const tempat = cari("[data-alat]");
  if (tempat.textContent !== teks) tempat.textContent = teks;
  akar.dataset.jaringan = tersambung ? "ada" : "putus";
}
function tandaiJaringan(ada) { tersambung = ada; sebutAlat(); }

// --- who is expected ----------------------------------------------------------------------------
const susun = ([pk, kode, nama, asal, hadir, tanda]) => ({ pk, kode, nama, asal, hadir, tanda });
async function muatOrang() {
  if (status !== "berlangsung") return;
  try {
    const jawaban = await fetch(akar.dataset.orang, { redirect: "manual" });
    if (!jawaban.ok) throw new Error("ditolak");
    const isi = (await jawaban.json()).orang;
    orang = isi.map(susun);
    await taruh("orang", { upacara, pengguna, disimpan: Date.now(), isi });
  } catch {
    const simpanan = await ambil("orang", upacara).catch(() => null);
    if (!simpanan || simpanan.pengguna !== pengguna) return;
    if (Date.now() - simpanan.disimpan > SIMPAN) { await hapus("orang", upacara); return; }
    orang = simpanan.isi.map(susun);
  } finally { sebutAlat(); }
}

async function temukan(teks) {
  const rahasia = token(teks);
  if (rahasia) {
    const tanda = crypto.subtle ? await sidik(rahasia) : "";
    return orang.find((satu) => satu.tanda === tanda);
  }
  const daftar = bacaan(teks, aturan);
  const cocok = orang.filter((satu) => daftar.includes(satu.kode));
  return cocok.length === 1 ? cocok[0] : undefined;
}

// --- the answer -----------------------------------------------------------------------------------
function tampilkan({ nada, judul, nama, asal, kode, kalimat }) {
  const isi = [buat("p", [judul], { className: "hasil-judul" })];
  if (nama) isi.push(buat("p", [nama], { className: "hasil-nama" }), ...(asal ? [buat("p", [asal])] : []));
  else isi.push(buat("p", [kode || ""], { className: "hasil-nama kunci" }));
  isi.push(buat("p", [kalimat]));
  const kotak = buat("div", isi, { className: "hasil" });
  kotak.dataset.nada = nada;
  cari("#hasil").replaceChildren(kotak);
}

function tampilkanSementara(satu, siapa) {
  const dasar = { nama: siapa && siapa.nama, asal: siapa && siapa.asal, kode: satu.label };
  if (tersambung) tampilkan({ ...dasar, nada: "tunggu", judul: "Mengirim …", kalimat: "Menunggu jawaban." });
  else if (!siapa) tampilkan({ ...dasar, nada: "masalah", judul: "Tidak ada di daftar", kalimat: "Tidak ada di daftar yang tersimpan di alat ini. Percobaannya disimpan dan dikirim nanti." });
  else if (siapa.hadir) tampilkan({ ...dasar, nada: "perhatian", judul: "Sudah hadir", kalimat: "Menurut daftar di alat ini sudah tercatat. Percobaannya dikirim nanti." });
  else tampilkan({ ...dasar, nada: "tunggu", judul: "Disimpan", kalimat: "Dikirim sendiri begitu ada jaringan." });
}

let terakhir = "";
const antrean = buatAntrean({
  upacara, pengguna, alamat: akar.dataset.catatKe,
  csrf: cari("[name=csrfmiddlewaretoken]")?.value || "",
  async terjawab(satu, data) {
    tandaiJaringan(true);
    const siapa = orang.find((isi) => isi.pk === data.peserta);
    if (siapa && (data.hasil === "diterima" || data.hasil === "ganda")) siapa.hadir = true;
    // An answer to an older attempt does not cover that of the one on the screen.
    if (satu.kunci === terakhir || !terakhir) tampilkan(data);
    if ("hadir" in data) document.getElementById("hadir").textContent = data.hadir.toLocaleString("id-ID");
    segarkanNanti();
  },
  berubah: tampilkanAntrean,
});

// --- what waits -------------------------------------------------------------------------------------
function tampilkanAntrean(semua, sebab) {
  const saya = semua.filter((satu) => satu.pengguna === pengguna);
  const tempat = cari("[data-antre]");
  tempat.hidden = !saya.length || (!sebab && saya.length === 1 && !saya[0].tolak && tersambung);
  cari("[data-antre-judul]").textContent = saya.length ? `${saya.length} menunggu dikirim` : "";
  cari("[data-antre-sebab]").textContent = sebab;
  if (sebab && sebab.startsWith("Tanpa")) tandaiJaringan(false);
  cari("[data-antre-daftar]").replaceChildren(...saya.map((satu) => {
    const jam = new Date(satu.dipindai).toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit" });
    const baris = buat("li", [
      buat("span", [satu.nama || satu.label], { className: "percobaan-siapa" }),
      buat("span", [satu.tolak || "Menunggu"], { className: "small" }),
      buat("span", [jam], { className: "soft small" }),
    ]);
    if (satu.tolak) {
      const tombol = buat("button", ["Buang"], { type: "button", className: "linklike" });
      tombol.addEventListener("click", () => antrean.buang(satu.kunci));
      baris.append(tombol);
    }
    return baris;
  }));
  const masuk = cari("[data-masuk-lagi]");
  masuk.hidden = !antrean.perluMasuk();
  masuk.href = akar.dataset.masuk;
  tampilkanLain(semua.filter((satu) => satu.pengguna !== pengguna));
}

// Somebody else took these down on this device: they do not go out under another name by themselves.
function tampilkanLain(daftar) {
  const tempat = cari("[data-lain]");
  tempat.hidden = !daftar.length;
  if (!daftar.length) { tempat.replaceChildren(); return; }
  const siapa = [...new Set(daftar.map((satu) => satu.oleh))].join(", ");
  const tombol = buat("button", [`Kirim atas nama ${namaSaya}`], { type: "button", className: "button" });
  tombol.addEventListener("click", () => antrean.ambilAlih());
  tempat.replaceChildren(
    buat("h2", [`${daftar.length} catatan buatan ${siapa} masih di alat ini`]),
    buat("p", [`Terkirim sendiri bila ${siapa} masuk lagi di alat ini.`], { className: "small" }),
    buat("p", [tombol], { className: "inline" }),
  );
}
cari("[data-kirim]").addEventListener("click", () => antrean.kirim());

// --- taking down ------------------------------------------------------------------------------------
async function catat(isi, siapa) {
  const label = isi.teks ? (token(isi.teks) ? "Kode QR" : isi.teks) : "";
  // A personal address signs: where the list knows it, only its code is kept until it is sent.
  const teks = siapa && isi.cara === "pindai" ? siapa.kode : isi.teks;
  tampilkanSementara({ label }, siapa);
  const satu = await antrean.tambah({ ...isi, teks, label, nama: siapa && siapa.nama, oleh: namaSaya, alat });
  terakhir = satu.kunci;
  if (siapa && !tersambung) siapa.hadir = true;
}

const formulir = cari("[data-catat]");
formulir?.addEventListener("submit", (event) => {
  const kolom = formulir.elements.teks;
  const teks = kolom.value.trim();
  event.preventDefault();
  kolom.focus();
  if (kolomCari.value) { kolomCari.value = ""; tampilkanTemuan(); }
  if (!teks) { tampilkan({ nada: "masalah", judul: "Kosong", kode: "", kalimat: "Ketik kode pada undangan, atau cari namanya." }); return; }
  kolom.value = "";
  temukan(teks).then((siapa) => catat({ teks, cara: token(teks) ? "pindai" : "kode" }, siapa));
});

const kolomCari = cari("#cari");
function tampilkanTemuan() {
  const kata = kolomCari.value.toLowerCase().split(/\s+/).filter(Boolean);
  const tempat = cari("#temu");
  if (kata.join("").length < 2) { tempat.replaceChildren(); return; }
  const cocok = orang.filter((satu) => kata.every((isi) => satu.nama.toLowerCase().includes(isi)));
  const baris = cocok.slice(0, 12).map((satu) => {
    const tombol = buat("button", ["Catat hadir", buat("span", [` ${satu.nama}`], { className: "hidden" })], { type: "button", className: "button" });
    tombol.addEventListener("click", () => {
      catat({ peserta: satu.pk, cara: "cari", teks: "" }, satu);
      kolomCari.value = "";
      tempat.replaceChildren();
      formulir.elements.teks.focus();
    });
    const kanan = satu.hadir ? buat("span", ["sudah hadir"], { className: "soft small" }) : tombol;
    return buat("li", [buat("span", [buat("b", [satu.nama]), buat("small", [satu.asal])]), kanan]);
  });
  const lebih = cocok.length > 12 ? [buat("p", [`dan ${cocok.length - 12} lagi; ketik lebih banyak huruf.`], { className: "small soft" })] : [];
  tempat.replaceChildren(...(baris.length ? [buat("ul", baris, { className: "temu" }), ...lebih] : [buat("p", [`Tidak ada “${kolomCari.value}” di antara orang yang diharapkan hadir.`], { className: "small soft" })]));
}
kolomCari?.addEventListener("input", () => { if (orang.length) tampilkanTemuan(); });
cari("[data-cari]")?.addEventListener("submit", (event) => {
  if (!orang.length) return;
  event.preventDefault();
  tampilkanTemuan();
});

// --- the counter, live on every device --------------------------------------------------------------
async function segarkan() {
  const tempat = cari("#hitung");
  let jawaban;
  try {
    jawaban = await fetch(akar.dataset.hitung, { redirect: "manual", headers: { "If-None-Match": `"${tempat.dataset.sidik}"` }, signal: AbortSignal.timeout(8000) });
  } catch { tandaiJaringan(false); return; }
  const dulu = tersambung;
  if (jawaban.ok || jawaban.status === 304) tandaiJaringan(true);
  if (!dulu && tersambung) antrean.kirim();
  if (!jawaban.ok) return;
  const baru = new DOMParser().parseFromString(await jawaban.text(), "text/html").querySelector("#hitung");
  if (!baru) return;
  const lama = cari("#hitung");
  if (baru.dataset.harap !== lama.dataset.harap) muatOrang();
  Object.assign(lama.dataset, baru.dataset);
  lama.replaceChildren(...baru.childNodes);
  for (const nama of ["hadir", "harap"]) document.getElementById(nama).textContent = baru.dataset[nama];
  if (baru.dataset.keadaan !== status) { await lupakan(upacara); location.reload(); }
}
// A long queue that is sent asks once.
let nanti;
function segarkanNanti() { clearTimeout(nanti); nanti = setTimeout(segarkan, 300); }
setInterval(() => { if (!document.hidden) segarkan(); }, SEGAR);
document.addEventListener("visibilitychange", () => { if (!document.hidden) segarkan(); });
window.addEventListener("offline", () => tandaiJaringan(false));
window.addEventListener("online", segarkan);

// --- the page itself, for a door without a line -------------------------------------------------------
async function simpanHalaman() {
  if (!("serviceWorker" in navigator) || status !== "berlangsung") return;
  await navigator.serviceWorker.register(akar.dataset.sw, { scope: "/pintu/" });
  const simpanan = await caches.open(CACHE);
  const aset = performance.getEntriesByType("resource").map((satu) => satu.name)
    .filter((nama) => nama.startsWith(`${location.origin}/static/`));
  const ada = new Set((await simpanan.keys()).map((minta) => minta.url));
  for (const nama of new Set(aset)) if (!ada.has(nama)) await simpanan.add(nama);
  // The first visit went past the service worker.
  const polos = location.origin + location.pathname;
  if (!ada.has(polos)) await simpanan.add(polos);
  akar.dataset.siap = "";
}

if (status !== "berlangsung") lupakan(upacara).catch(() => null);
sebutAlat();
muatOrang().then(() => simpanHalaman()).catch(() => null);
antrean.kirim();
