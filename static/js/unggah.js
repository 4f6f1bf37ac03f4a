// Evidence is picked, dropped or pasted and sent in pieces. A piece that is lost with the line is sent
// again from where the server says it broke, also after a reload, once the same file is picked again.
// Without JavaScript the card's form uploads as ever.
const indeks = document.querySelector("[data-indeks]");
const POTONG = Number(indeks && indeks.dataset.potong) || 1048576;
const SEKALIGUS = 2;
// Milliseconds without a sign of life after which a line counts as broken; the longest pause between tries.
const DIAM = 90000, JEDA_TERLAMA = 30000;
const awalan = `integritas:unggah:${indeks ? indeks.dataset.pengguna : ""}:`;
const daftar = new Set();
const antrean = [];
let berjalan = 0;
let rantai = Promise.resolve();

// What a page reader hears; it has to be there before anything is said in it.
const suara = document.createElement("p");
suara.className = "hidden";
suara.setAttribute("role", "status");
document.body.append(suara);

class Putus extends Error {}

// --- what this browser remembers of an upload ---------------------------------------------------
const buatKunci = (bukti, berkas) => `${awalan}${bukti.dataset.unggah}|${berkas.name}|${berkas.size}|${berkas.lastModified}`;
function ingat(satu) {
  try { localStorage.setItem(satu.kunci, JSON.stringify({ alamat: satu.alamat, unggah: satu.bukti.dataset.unggah, nama: satu.nama, ukuran: satu.ukuran })); } catch { /* it still goes on until the page closes */ }
}
function baca(kunci) {
  try { return JSON.parse(localStorage.getItem(kunci)); } catch { return null; }
}
function lupakan(satu) {
  satu.alamat = null;
  try { localStorage.removeItem(satu.kunci); } catch { /* nothing was kept */ }
}

// --- its row in the card --------------------------------------------------------------------------
function buat(nama, isi, sifat = {}) {
  const elemen = Object.assign(document.createElement(nama), sifat);
  elemen.append(...isi);
  return elemen;
}

const sebutUkuran = (byte) => (byte < 1048576 ? `${Math.ceil(byte / 1024)} KB` : `${(byte / 1048576).toLocaleString("id-ID", { maximumFractionDigits: 1 })} MB`);

function tambahBaris(bukti, berkas) {
  const satu = { bukti, nama: berkas.name, ukuran: berkas.size, sampai: 0 };
  satu.tanda = buat("span", ["↑"]);
  satu.tanda.setAttribute("aria-hidden", "true");
  satu.tombol = buat("span", [], { className: "inline small" });
  satu.maju = buat("progress", [], { max: satu.ukuran || 1, value: 0 });
  satu.maju.setAttribute("aria-label", `Unggahan ${satu.nama}`);
  satu.teks = buat("small", []);
  satu.baris = buat("li", [satu.tanda, buat("span", [satu.nama, " ", buat("span", [sebutUkuran(satu.ukuran)], { className: "soft angka" })]), satu.tombol, satu.maju, satu.teks]);
  let rumah = bukti.querySelector("[data-antrean]");
  if (!rumah) {
    rumah = buat("ul", [], { className: "files" });
    rumah.dataset.antrean = "";
    rumah.setAttribute("aria-label", "Unggahan");
    bukti.append(rumah);
  }
  rumah.append(satu.baris);
  daftar.add(satu);
  return satu;
}

const TANDA = { tersimpan: "✓", ditolak: "✕", dikenal: "○", gagal: "✕" };
const TOMBOL = { tersimpan: ["Tutup"], ditolak: ["Tutup"], dikenal: ["Tutup"], gagal: ["Coba lagi", "Batalkan"] };
const KERJA = { "Tutup": hapus, "Batalkan": batalkan, "Coba lagi": antrekan };
function katakan(satu, keadaan, teks) {
  if (satu.teks.textContent !== teks) satu.teks.textContent = teks;
  satu.maju.value = satu.sampai;
  if (satu.baris.dataset.keadaan === keadaan) return;
  satu.baris.dataset.keadaan = keadaan;
  satu.tanda.textContent = TANDA[keadaan] || "↑";
  satu.maju.hidden = keadaan in TANDA && keadaan !== "gagal";
  const fokus = satu.tombol.contains(document.activeElement);
  satu.tombol.replaceChildren(...(TOMBOL[keadaan] || ["Batalkan"]).map((nama) => {
    const tombol = buat("button", [nama, buat("span", [` ${satu.nama}`], { className: "hidden" })], { type: "button", className: "linklike" });
    tombol.addEventListener("click", () => KERJA[nama](satu));
    return tombol;
  }));
  if (fokus) satu.tombol.firstChild.focus();
  if (keadaan !== "mengunggah" && keadaan !== "antre") suara.textContent = `${satu.nama}: ${teks}`;
}

function hapus(satu) {
  const fokus = satu.baris.contains(document.activeElement);
  satu.baris.remove();
  daftar.delete(satu);
  if (fokus) satu.bukti.querySelector("input[type=file]").focus();
}

// The list of the card and its findings anew; what is typed or chosen in the card stays.
async function segarkan(bukti) {
  const jawaban = await fetch(bukti.dataset.bukti, { headers: { "HX-Request": "true" } });
  const dokumen = new DOMParser().parseFromString(await jawaban.text(), "text/html");
  const baru = dokumen.querySelector("[data-bukti]");
  if (!jawaban.ok || !baru) return false;
  for (const bagian of ["[data-hitungan]", "[data-daftar]"]) {
    const lama = bukti.querySelector(bagian);
    const fokus = lama.contains(document.activeElement) && document.activeElement.getAttribute("href");
    lama.replaceChildren(...baru.querySelector(bagian).childNodes);
    const tautan = fokus && [...lama.querySelectorAll("a")].find((a) => a.getAttribute("href") === fokus);
    if (tautan) tautan.focus();
  }
  const temuan = dokumen.querySelector(".findings");
  document.getElementById(temuan.id)?.replaceChildren(...temuan.childNodes);
  return true;
}
// One after the other, so that an older list never comes last.
function segarkanNanti(bukti) {
  rantai = rantai.then(() => segarkan(bukti)).catch(() => false);
  return rantai;
}

// --- talking to the server ------------------------------------------------------------------------
function token(bukti) {
  const kue = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/);
  return kue ? kue[1] : bukti.querySelector("[name=csrfmiddlewaretoken]").value;
}

function kirim(satu, metode, alamat, isi, kemajuan) {
  return new Promise((beri, tolak) => {
    const xhr = new XMLHttpRequest();
    let jam;
    const jaga = () => { clearTimeout(jam); jam = setTimeout(() => xhr.abort(), DIAM); };
    satu.xhr = xhr;
    xhr.open(metode, alamat);
    xhr.setRequestHeader("X-CSRFToken", token(satu.bukti));
    if (isi instanceof ArrayBuffer) xhr.setRequestHeader("Content-Type", "application/octet-stream");
    xhr.upload.addEventListener("progress", (event) => { jaga(); if (kemajuan) kemajuan(event.loaded); });
    xhr.addEventListener("loadend", () => {
      clearTimeout(jam);
      if (!xhr.status || xhr.status >= 500 || xhr.status === 429) { tolak(new Putus()); return; }
      let jawaban = null;
      try { jawaban = JSON.parse(xhr.responseText); } catch { /* a page, not an answer */ }
      beri({ status: xhr.status, isi: jawaban });
    });
    jaga();
    xhr.send(isi);
  });
}

// A pause that ends early when the line is back.
function tunggu(satu, lama) {
  return new Promise((beri) => {
    const jam = setTimeout(beri, lama);
    satu.bangun = () => { clearTimeout(jam); beri(); };
  });
}
window.addEventListener("online", () => daftar.forEach((satu) => satu.bangun && satu.bangun()));

function akhiri(satu, keadaan, teks) {
  if (keadaan !== "gagal") lupakan(satu);
  katakan(satu, keadaan, teks);
  return true;
}
const sesiHabis = (satu) => akhiri(satu, "gagal", "Belum terkirim. Anda perlu masuk lagi: masuk di tab lain, lalu coba lagi.");
// Gone on the server: begin anew.
const hilang = (satu) => { lupakan(satu); satu.selesai = false; return false; };

async function mulai(satu) {
  const { status, isi } = await kirim(satu, "POST", satu.bukti.dataset.unggah, new URLSearchParams({ nama: satu.nama, ukuran: satu.ukuran }));
  if (!isi) return sesiHabis(satu);
  if (status !== 201) return akhiri(satu, "ditolak", `Ditolak: ${isi.pesan}`);
  Object.assign(satu, { alamat: isi.alamat, sampai: 0, tahu: true });
  ingat(satu);
  return false;
}

async function tanya(satu) {
  const { status, isi } = await kirim(satu, "GET", satu.alamat.detail);
  if (status === 404) return hilang(satu);
  if (!isi) return sesiHabis(satu);
  Object.assign(satu, { sampai: isi.sampai, tahu: true });
  return false;
}

async function potong(satu) {
  const dari = satu.sampai;
  const sebut = (sampai) => katakan(satu, "mengunggah", `Mengunggah ${Math.floor(sampai * 100 / satu.ukuran)}%`);
  let data;
  try {
    data = await satu.berkas.slice(dari, dari + POTONG).arrayBuffer();
  } catch {
    return akhiri(satu, "ditolak", "Ditolak: berkas di komputer ini berubah atau tidak dapat dibaca. Pilih lagi.");
  }
  if (satu.batal) return true;
  sebut(dari);
  satu.tahu = false;
  const { status, isi } = await kirim(satu, "PUT", `${satu.alamat.append}?mulai=${dari}`, data, (byte) => {
    satu.sampai = Math.min(dari + byte, satu.ukuran);
    sebut(satu.sampai);
  });
  if (status === 404) return hilang(satu);
  if (!isi) return sesiHabis(satu);
  if (isi.sibuk) throw new Putus();
  if (isi.sampai === undefined) return akhiri(satu, "ditolak", `Ditolak: ${isi.pesan}`);
  Object.assign(satu, { sampai: isi.sampai, tahu: true });
  return false;
}

async function selesaikan(satu) {
  katakan(satu, "memeriksa", "Memeriksa …");
  satu.selesai = true;
  const { status, isi } = await kirim(satu, "POST", satu.alamat.complete, new URLSearchParams({ dokumen: satu.dokumen }));
  if (status === 404) {
    segarkanNanti(satu.bukti);
    hilang(satu);
    return akhiri(satu, "gagal", "Hasilnya tidak diketahui. Bila belum ada di daftar, coba lagi.");
  }
  if (!isi) return sesiHabis(satu);
  if (isi.sibuk) throw new Putus("Memeriksa …");
  if (status === 409) { satu.sampai = isi.sampai; satu.selesai = false; return false; }
  if (isi.tetap) return akhiri(satu, "gagal", isi.pesan);
  if (isi.tersimpan) {
    segarkanNanti(satu.bukti);
    return akhiri(satu, "tersimpan", isi.pesan.includes("sama ada") ? isi.pesan : "Tersimpan");
  }
  if (!isi.formulir) return akhiri(satu, "ditolak", `Ditolak: ${isi.pesan}`);
  satu.teks.insertAdjacentHTML("afterend", isi.formulir);
  return akhiri(satu, "dikenal", isi.pesan);
}

// The next step of an upload; true when there is none.
function langkah(satu) {
  if (!satu.alamat) return mulai(satu);
  if (satu.selesai) return selesaikan(satu);
  if (!satu.tahu) return tanya(satu);
  return satu.sampai < satu.ukuran ? potong(satu) : selesaikan(satu);
}

async function jalankan(satu) {
  let jeda = 1000;
  for (let usai = false; !usai && !satu.batal;) {
    try {
      usai = await langkah(satu);
      jeda = 1000;
    } catch (galat) {
      if (satu.batal) return;
      if (!(galat instanceof Putus)) { akhiri(satu, "gagal", "Belum terkirim. Coba lagi."); throw galat; }
      katakan(satu, "menunggu", galat.message || "Menunggu sambungan …");
      await tunggu(satu, jeda);
      jeda = Math.min(jeda * 2, JEDA_TERLAMA);
    }
  }
}

function lanjut() {
  while (berjalan < SEKALIGUS && antrean.length) {
    berjalan += 1;
    jalankan(antrean.shift()).finally(() => { berjalan -= 1; lanjut(); });
  }
}

function antrekan(satu) {
  satu.tahu = false;
  katakan(satu, "antre", "Menunggu giliran");
  antrean.push(satu);
  lanjut();
}

function batalkan(satu) {
  satu.batal = true;
  if (antrean.includes(satu)) antrean.splice(antrean.indexOf(satu), 1);
  if (satu.xhr) satu.xhr.abort();
  if (satu.bangun) satu.bangun();
  // What does not hear this is swept up after some days.
  if (satu.alamat) kirim(satu, "POST", satu.alamat.cancel).catch(() => null);
  lupakan(satu);
  suara.textContent = `${satu.nama}: dibatalkan`;
  hapus(satu);
}

// --- picked, dropped, pasted ----------------------------------------------------------------------
function terima(bukti, berkas) {
  const pilihan = bukti.querySelector("[name=dokumen]");
  // What is saved stands in the list above by now.
  for (const satu of daftar) if (satu.bukti === bukti && satu.baris.dataset.keadaan === "tersimpan") hapus(satu);
  for (const satuBerkas of berkas) {
    const kunci = buatKunci(bukti, satuBerkas);
    const ada = [...daftar].find((satu) => satu.kunci === kunci);
    // Already on its way.
    if (ada && ada.berkas && !(ada.baris.dataset.keadaan in TANDA)) continue;
    if (ada) hapus(ada);
    const ingatan = baca(kunci);
    const satu = tambahBaris(bukti, satuBerkas);
    antrekan(Object.assign(satu, { kunci, berkas: satuBerkas, dokumen: pilihan ? pilihan.value : "", alamat: ingatan && ingatan.alamat }));
  }
  if (pilihan) pilihan.value = "";
}

const cariBukti = (elemen) => {
  const kartu = elemen.closest && elemen.closest("[data-kartu]");
  return kartu && kartu.querySelector("[data-unggah]");
};

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-unggah] input[type=file]")) return;
  terima(event.target.closest("[data-unggah]"), [...event.target.files]);
  event.target.value = "";
});

const tandaiSeret = (bukti) => document.querySelectorAll("[data-unggah]").forEach((satu) => satu.toggleAttribute("data-seret", satu === bukti));
document.addEventListener("dragover", (event) => {
  if (!event.dataTransfer.types.includes("Files")) return;
  const bukti = cariBukti(event.target);
  // Beside a card nothing happens: the page with all that is typed in it stays.
  event.preventDefault();
  event.dataTransfer.dropEffect = bukti ? "copy" : "none";
  tandaiSeret(bukti);
});
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) tandaiSeret(null); });
document.addEventListener("drop", (event) => {
  if (!event.dataTransfer.types.includes("Files")) return;
  event.preventDefault();
  tandaiSeret(null);
  const bukti = cariBukti(event.target);
  if (bukti) terima(bukti, [...event.dataTransfer.files]);
});

document.addEventListener("paste", (event) => {
  const bukti = cariBukti(event.target);
  const berkas = [...event.clipboardData.files];
  // Text that comes with a picture of itself is text where text is typed.
  const teks = event.target.matches("textarea, input") && event.clipboardData.types.includes("text/plain");
  if (!bukti || !berkas.length || teks) return;
  event.preventDefault();
  const cap = new Date().toLocaleString("sv").replace(/:/g, ".");
  // A picture of the screen has no name of its own.
  terima(bukti, berkas.map((satu) => (satu.name === "image.png" ? new File([satu], `Tempelan ${cap}.png`) : satu)));
});

// The form of a file that the unit has already; when in doubt it is sent as any form.
document.addEventListener("submit", async (event) => {
  const baris = event.target.closest("[data-antrean] > li");
  if (!baris) return;
  event.preventDefault();
  const satu = [...daftar].find((lain) => lain.baris === baris);
  const jawaban = await fetch(event.target.action, { method: "POST", body: new URLSearchParams(new FormData(event.target)), redirect: "manual" }).catch(() => null);
  if (!jawaban) { suara.textContent = satu.teks.textContent = "Belum terkirim: sambungan terputus. Coba lagi."; return; }
  if (jawaban.type !== "opaqueredirect" || !await segarkanNanti(satu.bukti)) { event.target.submit(); return; }
  event.target.remove();
  akhiri(satu, "tersimpan", "Bukti yang sudah ada dipakai di sini");
});

window.addEventListener("beforeunload", (event) => {
  if (!berjalan) return;
  event.preventDefault();
  event.returnValue = "";
});

// --- at the start ---------------------------------------------------------------------------------
for (const form of document.querySelectorAll("[data-unggah] .drop")) {
  form.querySelector(".button").hidden = true;
  form.querySelector("[data-cara]").hidden = false;
}

// What an earlier visit could not finish: it needs its file again, or goes.
async function tawarkan(kunci) {
  const ingatan = baca(kunci);
  const bukti = ingatan && document.querySelector(`[data-unggah="${ingatan.unggah}"]`);
  if (!bukti) return;
  const jawaban = await fetch(ingatan.alamat.detail);
  if (jawaban.status === 404) { localStorage.removeItem(kunci); return; }
  if (!jawaban.ok || jawaban.redirected || [...daftar].some((satu) => satu.kunci === kunci)) return;
  const { sampai } = await jawaban.json();
  const satu = tambahBaris(bukti, { name: ingatan.nama, size: ingatan.ukuran });
  Object.assign(satu, { kunci, alamat: ingatan.alamat, sampai });
  katakan(satu, "jeda", `Belum selesai, ${Math.floor(sampai * 100 / satu.ukuran)}% sudah terkirim. Pilih berkas yang sama untuk melanjutkan.`);
}
try {
  Object.keys(localStorage).filter((kunci) => kunci.startsWith(awalan)).forEach((kunci) => tawarkan(kunci).catch(() => null));
} catch { /* a closed store remembers nothing */ }
