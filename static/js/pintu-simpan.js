// What a device at the door keeps in IndexedDB: attempts that wait (`antre`) and the expected people
// of an event (`orang`). Pages under /pintu/ are kept in the cache of the same name.
const NAMA = "integritas-pintu";
export const CACHE = "pintu-1";
let janji;

const tunggu = (minta) => new Promise((beri, tolak) => {
  minta.onsuccess = () => beri(minta.result);
  minta.onerror = () => tolak(minta.error);
});

function buka() {
  janji ??= new Promise((beri, tolak) => {
    const minta = indexedDB.open(NAMA, 1);
    minta.onupgradeneeded = () => {
      minta.result.createObjectStore("antre", { keyPath: "kunci" });
      minta.result.createObjectStore("orang", { keyPath: "upacara" });
    };
    minta.onsuccess = () => beri(minta.result);
    minta.onerror = () => tolak(minta.error);
  });
  return janji;
}

async function pakai(toko, cara, kerja) {
  const basis = await buka();
  return tunggu(kerja(basis.transaction(toko, cara).objectStore(toko)));
}

export const taruh = (toko, isi) => pakai(toko, "readwrite", (satu) => satu.put(isi));
export const ambil = (toko, kunci) => pakai(toko, "readonly", (satu) => satu.get(kunci));
export const ambilSemua = (toko) => pakai(toko, "readonly", (satu) => satu.getAll());
export const hapus = (toko, kunci) => pakai(toko, "readwrite", (satu) => satu.delete(kunci));

// Names leave the device, those of one event or all; what waits to be sent stays.
export async function lupakan(upacara) {
  await pakai("orang", "readwrite", (satu) => (upacara ? satu.delete(upacara) : satu.clear()));
  if (!("caches" in self)) return;
  const simpanan = await caches.open(CACHE);
  const awal = upacara ? `/pintu/${upacara}/` : "/pintu/";
  for (const minta of await simpanan.keys()) {
    if (new URL(minta.url).pathname.startsWith(awal)) await simpanan.delete(minta);
  }
}
