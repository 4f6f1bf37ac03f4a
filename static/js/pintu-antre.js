// Attempts go through a queue on this device, with or without a line, and leave it when the server has
// answered. Each has its own key: sent twice, it is one attempt and gets one answer. Order is kept.
import { ambilSemua, hapus, taruh } from "./pintu-simpan.js";

const JEDA_TERPENDEK = 2000, JEDA_TERLAMA = 30000, BATAS = 15000;
export const SEBAB = {
  jaringan: "Tanpa jaringan. Dikirim sendiri begitu jaringan kembali.",
  server: "Server belum menjawab. Dikirim lagi sendiri sebentar lagi.",
  sesi: "Masa masuk Anda berakhir. Masuk lagi dengan akun yang sama; catatan menunggu di alat ini.",
  izin: "Server menolak: Anda tidak lagi bertugas pada upacara ini. Catatan tetap di alat ini.",
};

export function buatKunci() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const byte = crypto.getRandomValues(new Uint8Array(16));
  return [...byte].map((satu) => satu.toString(16).padStart(2, "0")).join("");
}

function kue(nama) {
  const cocok = document.cookie.match(new RegExp(`(?:^|; )${nama}=([^;]*)`));
  return cocok ? cocok[1] : "";
}

async function kirimSatu(alamat, satu, csrf) {
  const isi = new URLSearchParams({
    kunci: satu.kunci, teks: satu.teks, cara: satu.cara, alat: satu.alat,
    pencatat: satu.ambil || satu.pengguna, dipindai: satu.dipindai, dikirim: Date.now(),
  });
  if (satu.peserta) isi.set("peserta", satu.peserta);
  if (satu.ambil) isi.set("ambil", "ya");
  let jawaban;
  try {
    jawaban = await fetch(alamat, {
      method: "POST", body: isi, redirect: "manual", signal: AbortSignal.timeout(BATAS),
      headers: { Accept: "application/json", "X-CSRFToken": kue("csrftoken") || csrf },
    });
  } catch {
    return { sebab: "jaringan" };
  }
  if (jawaban.type === "opaqueredirect" || jawaban.status === 401) return { sebab: "sesi" };
  if (jawaban.status === 403 || jawaban.status === 404) return { sebab: "izin" };
  let data = null;
  try { data = await jawaban.json(); } catch { /* a page of a proxy, not an answer */ }
  if (!data) return { sebab: "server" };
  if (jawaban.status === 409) return { sebab: "akun", pesan: data.pesan };
  if (jawaban.status === 422) return { tolak: data.pesan };
  return jawaban.ok ? { data } : { sebab: "server" };
}

// `terjawab(satu, data)` for each that got its answer, `berubah(menunggu, sebab)` after every change.
export function buatAntrean({ upacara, pengguna, alamat, csrf, terjawab, berubah }) {
  let sibuk = false, lagi = false, gagal = 0, jam, sebab = "", adaTolak = false;

  const urut = (daftar) => daftar.sort((a, b) => a.dipindai - b.dipindai || (a.nomor || 0) - (b.nomor || 0));
  const semua = async () => urut((await ambilSemua("antre")).filter((satu) => satu.upacara === upacara));
  const milik = async () => (await semua()).filter((satu) => satu.pengguna === pengguna);
  const lapor = async () => berubah(await semua(), sebab);

  async function kirim() {
    if (sibuk) { lagi = true; return; }
    sibuk = true;
    clearTimeout(jam);
    try {
      do {
        lagi = false;
        await kuras();
      } while (lagi);
    } finally {
      sibuk = false;
      await lapor();
    }
  }

  async function kuras() {
    for (const satu of (await milik()).filter((isi) => !isi.tolak)) {
      const hasil = await kirimSatu(alamat, satu, csrf);
      if (hasil.sebab) {
        sebab = hasil.pesan || SEBAB[hasil.sebab];
        adaTolak = hasil.sebab === "sesi" || hasil.sebab === "akun";
        gagal += 1;
        jam = setTimeout(kirim, Math.min(JEDA_TERPENDEK * 2 ** (gagal - 1), JEDA_TERLAMA));
        return;
      }
      gagal = 0;
      sebab = "";
      adaTolak = false;
      if (hasil.tolak) await taruh("antre", { ...satu, tolak: hasil.tolak });
      else await hapus("antre", satu.kunci);
      await terjawab(satu, hasil.data || { nada: "masalah", judul: "Ditolak", kode: satu.teks, kalimat: hasil.tolak });
      await lapor();
    }
  }

  async function tambah(isi) {
    const satu = { kunci: buatKunci(), upacara, pengguna, dipindai: Date.now(), nomor: performance.now(), teks: "", ...isi };
    await taruh("antre", satu);
    await lapor();
    kirim();
    return satu;
  }

  const buang = async (kunci) => { await hapus("antre", kunci); await lapor(); };

  async function ambilAlih() {
    for (const satu of await semua()) {
      if (satu.pengguna !== pengguna) await taruh("antre", { ...satu, ambil: satu.pengguna, pengguna });
    }
    await kirim();
  }

  window.addEventListener("online", kirim);
  return { tambah, kirim, buang, ambilAlih, lapor, perluMasuk: () => adaTolak };
}
