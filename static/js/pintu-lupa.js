// Signing out, or being asked to sign in again: names of expected people do not stay on the device.
// Attempts that wait to be sent do; they are sent when the same person signs in again.
import { lupakan } from "./pintu-simpan.js";

async function bersihkan() {
  try {
    const ada = indexedDB.databases ? await indexedDB.databases() : [{ name: "integritas-pintu" }];
    if (ada.some((satu) => satu.name === "integritas-pintu")) await lupakan();
  } catch { /* a closed store keeps nothing */ }
}

const keluar = document.querySelector("form[data-keluar]");
if (!keluar) bersihkan();
else {
  keluar.addEventListener("submit", async (event) => {
    if (keluar.dataset.bersih) return;
    event.preventDefault();
    await bersihkan();
    keluar.dataset.bersih = "ya";
    keluar.requestSubmit();
  });
}
