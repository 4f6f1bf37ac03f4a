// Answers save themselves. What was typed stays in this browser until the server has confirmed it,
// and is sent again when the line comes back. Without JavaScript each card has its own button.
const indeks = document.querySelector("[data-indeks]");
const awalan = `integritas:draf:${indeks ? indeks.dataset.pengguna : ""}:`;
const formulir = (elemen) => elemen.closest && elemen.closest("[data-simpan-sendiri]");
const kunci = (form) => awalan + form.getAttribute("action");
const keadaan = (form) => form.querySelector(".save");
const versi = (form) => form.querySelector("[name=versi_isi]");

function isi(form) {
  return [...new FormData(form)].filter(([nama]) => nama !== "csrfmiddlewaretoken" && nama !== "versi_isi");
}

function simpanDraf(form) {
  try {
    localStorage.setItem(kunci(form), JSON.stringify({ v: versi(form).value, i: isi(form) }));
  } catch { /* a full or closed store: the page still saves to the server */ }
}

function bacaDraf(form) {
  try {
    return JSON.parse(localStorage.getItem(kunci(form)));
  } catch {
    return null;
  }
}

const buangDraf = (form) => {
  try { localStorage.removeItem(kunci(form)); } catch { /* nothing was kept */ }
};

function katakan(form, simpan, teks, tombol) {
  const tanda = keadaan(form);
  const nomor = versi(form);
  tanda.dataset.simpan = simpan;
  tanda.replaceChildren(nomor, teks);
  if (tombol) {
    const ulang = document.createElement("button");
    ulang.type = "button";
    ulang.className = "linklike";
    ulang.textContent = tombol;
    ulang.addEventListener("click", () => kirim(form));
    tanda.append(" ", ulang);
  }
}

const kirim = (form) => window.htmx.trigger(form, "submit");

document.addEventListener("input", (event) => {
  const form = formulir(event.target);
  if (!form) return;
  form.dataset.belum = "";
  simpanDraf(form);
  katakan(form, "belum", "Belum tersimpan");
  tawarkanKosong(form);
});

function tawarkanKosong(form) {
  const kosongkan = form.querySelector("[data-kosongkan]");
  if (kosongkan) kosongkan.hidden = !form.querySelector(":checked");
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = formulir(event.target);
  if (!form) return;
  delete form.dataset.belum;
  katakan(form, "menyimpan", "Menyimpan …");
});

// The session has ended, or the server is not well: a page came instead of an answer.
document.addEventListener("htmx:beforeSwap", (event) => {
  const form = formulir(event.detail.requestConfig ? event.detail.requestConfig.elt : event.target);
  if (form && event.detail.xhr.status < 400 && !event.detail.serverResponse.includes("simpan-")) {
    event.detail.shouldSwap = false;
    katakan(form, "gagal", "Gagal menyimpan. Anda perlu masuk lagi; jawaban masih ada di peramban ini.", "Coba lagi");
  }
});

// Answers of two cards may come back in another order than they were saved in: the newer bar stays.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target, fragment } = event.detail;
  const bilah = target.id === "bilah" && fragment.querySelector("#bilah");
  if (bilah && Number(bilah.dataset.saat) < Number(target.dataset.saat)) event.detail.shouldSwap = false;
});

document.addEventListener("htmx:afterRequest", (event) => {
  const form = formulir(event.target);
  if (!form || !event.detail.xhr) return;
  const tersimpan = event.detail.successful && keadaan(form).dataset.simpan === "tersimpan";
  // Typed on while the answer was on its way: that is another draft.
  if (tersimpan && !("belum" in form.dataset)) buangDraf(form);
  else if (tersimpan) { simpanDraf(form); katakan(form, "belum", "Belum tersimpan"); }
  if (event.detail.xhr.status >= 500 || event.detail.xhr.status === 403 || event.detail.xhr.status === 0) gagal(form);
});
document.addEventListener("htmx:sendError", (event) => { const form = formulir(event.target); if (form) gagal(form); });
document.addEventListener("htmx:timeout", (event) => { const form = formulir(event.target); if (form) gagal(form); });

function gagal(form) {
  katakan(form, "gagal", "Gagal menyimpan. Jawaban masih ada di peramban ini.", "Coba lagi");
}

window.addEventListener("online", () => {
  document.querySelectorAll('[data-simpan-sendiri]').forEach((form) => {
    if (keadaan(form).dataset.simpan === "gagal") kirim(form);
  });
});

document.addEventListener("click", (event) => {
  const tombol = event.target.closest("[data-kosongkan], [data-paksa], [data-buang-draf]");
  if (!tombol) return;
  const form = formulir(tombol);
  if (!form) return;
  if ("buangDraf" in tombol.dataset) { buangDraf(form); return; }
  if ("paksa" in tombol.dataset) { versi(form).value = tombol.dataset.paksa; kirim(form); return; }
  form.querySelectorAll(":checked").forEach((satu) => { satu.checked = false; });
  tombol.hidden = true;
  form.dispatchEvent(new Event("input", { bubbles: true }));
});

// The number in the index takes the state of its card; another one only whether it must be mended.
const nomorIndeks = (nomor) => document.querySelector(`[data-indeks] a[href="#q${nomor}"]`);
function tandai(nomor, keadaanBaru) {
  nomor.dataset.keadaan = keadaanBaru;
  nomor.querySelector("span").textContent = ` ${keadaanBaru}`;
}
document.addEventListener("tersimpan", (event) => {
  const nomor = nomorIndeks(event.detail.nomor);
  if (nomor) tandai(nomor, event.detail.keadaan);
  for (const [lain, harus] of Object.entries(event.detail.lain)) {
    const satu = nomorIndeks(lain);
    if (satu && harus) tandai(satu, "temuan");
    else if (satu && satu.dataset.keadaan === "temuan") tandai(satu, "isi");
  }
});

// What an earlier visit could not send.
function pulihkan(form) {
  const draf = bacaDraf(form);
  if (!draf) return;
  if (JSON.stringify(draf.i) === JSON.stringify(isi(form))) { buangDraf(form); return; }
  form.querySelectorAll(":checked").forEach((satu) => { satu.checked = false; });
  for (const [nama, nilai] of draf.i) {
    const kolom = form.elements[nama];
    if (kolom) kolom.value = nilai;
  }
  // Somebody else may have saved since: the server tells by the number, and shows both.
  versi(form).value = draf.v;
  kirim(form);
}
window.addEventListener("load", () => document.querySelectorAll("[data-simpan-sendiri]").forEach((form) => {
  pulihkan(form);
  tawarkanKosong(form);
}));
