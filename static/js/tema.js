// Light, dark or as the system says; remembered in this browser only.
const AKAR = document.documentElement;
const URUTAN = ["", "gelap", "terang"];
const NAMA = { "": "ikut perangkat", gelap: "gelap", terang: "terang" };

function apply(tema) {
  if (tema) AKAR.dataset.tema = tema;
  else delete AKAR.dataset.tema;
  for (const tombol of document.querySelectorAll("[data-ganti-tema]")) {
    tombol.hidden = false;
    tombol.textContent = `Tampilan: ${NAMA[tema]}`;
  }
}

let kini = localStorage.getItem("tema") || "";
apply(kini);
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-ganti-tema]")) return;
  kini = URUTAN[(URUTAN.indexOf(kini) + 1) % URUTAN.length];
  localStorage.setItem("tema", kini);
  apply(kini);
});
