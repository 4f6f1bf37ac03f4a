// What a typed code can mean: the same as satker/kode.py, with its table handed over by the page.
export function bacaan(teks, { huruf, panjang, mirip }) {
  const bersih = [...teks.normalize("NFKC").toUpperCase()].filter((satu) => /[A-Z0-9]/.test(satu));
  if (bersih.length !== panjang) return [];
  let hasil = [""];
  for (const satu of bersih) {
    const pilihan = huruf.includes(satu) ? satu : mirip[satu] || "";
    hasil = hasil.flatMap((awal) => [...pilihan].map((lanjut) => awal + lanjut));
    if (hasil.length > 64) return [];
  }
  return hasil;
}

// The personal address that a QR holds: its secret part, or nothing.
export function token(teks) {
  const cocok = teks.match(/\/(?:u|pintu\/t)\/([\w-]{20,43})\/?\s*$/);
  return cocok ? cocok[1] : null;
}

// The list on this device knows an address by the beginning of its hash only.
export async function sidik(teks) {
  const isi = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(teks));
  return [...new Uint8Array(isi)].map((byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, 16);
}
