// Shortcuts, only while the focus is inside a card and only while they are switched on (WCAG 2.1.4).
const panel = document.querySelector("[data-pintasan]");
const saklar = document.querySelector("[data-pintasan-aktif]");
const nomor = document.querySelector("[data-ke-nomor]");
const KUNCI = "integritas:pintasan";

if (panel) {
  panel.hidden = false;
  saklar.checked = localStorage.getItem(KUNCI) !== "mati";
  saklar.addEventListener("change", () => localStorage.setItem(KUNCI, saklar.checked ? "hidup" : "mati"));
  nomor.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const kartu = document.getElementById(`q${nomor.value.trim()}`);
    if (kartu) tuju(kartu);
    else if (/^\d+$/.test(nomor.value.trim())) location.href = `${document.querySelector("[data-semua]").dataset.semua}#q${nomor.value.trim()}`;
  });
}

function tuju(kartu) {
  kartu.scrollIntoView({ block: "start" });
  kartu.focus({ preventScroll: true });
}

function geser(kartu, langkah) {
  const daftar = [...document.querySelectorAll("[data-kartu]")];
  const lain = daftar[daftar.indexOf(kartu) + langkah];
  if (lain) tuju(lain);
}

function pilih(kartu, huruf) {
  const kotak = [...kartu.querySelectorAll("input[type=radio]:not(:disabled)")];
  const satu = kotak.find((k) => k.value.charAt(0).toUpperCase() === huruf && !k.matches("fieldset:disabled *"));
  if (!satu) return false;
  satu.focus();
  if (!satu.checked) {
    satu.checked = true;
    satu.dispatchEvent(new Event("input", { bubbles: true }));
  } else setujui(kartu);
  return true;
}

// A draft of last year still holds: its own button says so.
function setujui(kartu) {
  const tombol = kartu.querySelector("[data-masih-berlaku]");
  if (tombol) tombol.click();
  return Boolean(tombol);
}

// The button goes once the answer is saved; the focus stays in its card.
document.addEventListener("click", (event) => {
  const tombol = event.target.closest("[data-masih-berlaku]");
  if (tombol) tombol.closest("[data-kartu]").focus({ preventScroll: true });
});

document.addEventListener("keydown", (event) => {
  if (!saklar || !saklar.checked || event.ctrlKey || event.altKey || event.metaKey) return;
  const kartu = event.target.closest("[data-kartu]");
  if (!kartu) return;
  const mengetik = event.target.matches("textarea, select, input:not([type=radio]):not([type=checkbox]):not([type=file])");
  if (mengetik) {
    if (event.key === "Escape") kartu.focus({ preventScroll: true });
    return;
  }
  const huruf = event.key.toUpperCase();
  let dipakai = true;
  if (huruf === "N") geser(kartu, 1);
  else if (huruf === "P") geser(kartu, -1);
  else if (huruf === "G") { panel.open = true; nomor.value = ""; nomor.focus(); }
  else if (huruf === "U") { const unggah = kartu.querySelector("input[type=file]"); if (unggah) { unggah.focus(); unggah.click(); } }
  else if (huruf === "S") dipakai = setujui(kartu);
  else if (event.key === "?") { panel.open = true; panel.querySelector("summary").focus(); }
  else if (/^[ABCDEYT]$/.test(huruf)) dipakai = pilih(kartu, huruf);
  else dipakai = false;
  if (dipakai) event.preventDefault();
});

// Arriving by address: the card takes the focus, so that the keys work at once.
function tiba() {
  const kartu = /^#q\d+$/.test(location.hash) && document.querySelector(location.hash);
  if (kartu) tuju(kartu);
}
window.addEventListener("load", tiba);
window.addEventListener("hashchange", tiba);
