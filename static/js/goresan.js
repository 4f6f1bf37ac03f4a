// A pad to sign on: strokes become an SVG path of whole numbers in the hidden field beside it.
// Without JavaScript the pad stays hidden and the form takes a typed word. See satker/goresan.py.
const LEBAR = 600, TINGGI = 200, MAKS_HURUF = 19000, JARAK = 2;

for (const pad of document.querySelectorAll("[data-goresan]")) {
  const kotak = pad.querySelector("svg");
  const gambar = kotak.querySelector("path");
  const isian = pad.querySelector("input");
  const urung = pad.querySelector("[data-goresan-urung]");
  const hapus = pad.querySelector("[data-goresan-hapus]");
  const kabar = pad.querySelector("[data-goresan-kabar]");
  // Kept after a refused answer.
  let goresan = isian.value.match(/M[^M]+/g) || [];
  let akhir = null;

  const show = () => {
    gambar.setAttribute("d", goresan.join(""));
    isian.value = goresan.filter((satu) => satu.includes("L")).join("");
    urung.disabled = hapus.disabled = !goresan.length;
  };
  const find = (event) => {
    const tepi = kotak.getBoundingClientRect();
    const jepit = (nilai, maks) => Math.round(Math.min(Math.max(nilai, 0), maks));
    return [
      jepit(((event.clientX - tepi.left) / tepi.width) * LEBAR, LEBAR),
      jepit(((event.clientY - tepi.top) / tepi.height) * TINGGI, TINGGI),
    ];
  };
  const draw = (event) => {
    for (const satu of event.getCoalescedEvents?.() || [event]) {
      const [x, y] = find(satu);
      if (Math.hypot(x - akhir[0], y - akhir[1]) < JARAK) continue;
      if (isian.value.length > MAKS_HURUF) {
        kabar.textContent = "Kotak sudah penuh. Hapus gambar bila ingin mengulang.";
        akhir = null;
        return;
      }
      goresan[goresan.length - 1] += `L${x} ${y}`;
      akhir = [x, y];
    }
    show();
  };

  kotak.addEventListener("pointerdown", (event) => {
    if (event.button || akhir) return;
    event.preventDefault();
    kotak.setPointerCapture(event.pointerId);
    akhir = find(event);
    // A dot is a stroke too.
    goresan.push(`M${akhir[0]} ${akhir[1]}L${akhir[0]} ${akhir[1]}`);
    show();
  });
  kotak.addEventListener("pointermove", (event) => akhir && draw(event));
  for (const nama of ["pointerup", "pointercancel", "lostpointercapture"]) {
    kotak.addEventListener(nama, () => { akhir = null; });
  }
  urung.addEventListener("click", () => { goresan.pop(); kabar.textContent = ""; show(); });
  hapus.addEventListener("click", () => { goresan = []; kabar.textContent = "Gambar dihapus."; show(); });
  pad.hidden = false;
  show();
}
