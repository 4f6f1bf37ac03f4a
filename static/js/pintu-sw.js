// Keeps the committee's page and what it loads for a door without a line. Served at /pintu/sw.js, so
// that it sees pages under /pintu/ only. The page is asked for anew whenever there is a line.
const CACHE = "pintu-1";
const HALAMAN = /^\/pintu\/\d+\/$/;
// Named after its content: it never changes.
const TETAP = /\.[0-9a-f]{12}\.\w+$/;
const SABAR = 6000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const nama of await caches.keys()) if (nama.startsWith("pintu-") && nama !== CACHE) await caches.delete(nama);
  await self.clients.claim();
})()));

self.addEventListener("fetch", (event) => {
  const alamat = new URL(event.request.url);
  if (event.request.method !== "GET" || alamat.origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && HALAMAN.test(alamat.pathname)) event.respondWith(bukaHalaman(event.request, alamat));
  else if (alamat.pathname.startsWith("/static/")) event.respondWith(bukaAset(event.request));
});

const batas = (lama) => new Promise((_, tolak) => { setTimeout(() => tolak(new Error("lama")), lama); });

async function bukaHalaman(minta, alamat) {
  const simpanan = await caches.open(CACHE);
  const polos = alamat.origin + alamat.pathname;
  try {
    const jawaban = await Promise.race([fetch(minta), batas(SABAR)]);
    if (jawaban.status >= 500) return (await simpanan.match(polos)) || jawaban;
    if (jawaban.status === 403 || jawaban.status === 404) await simpanan.delete(polos);
    else if (jawaban.ok && !alamat.search) await simpanan.put(polos, jawaban.clone());
    return jawaban;
  } catch {
    return (await simpanan.match(polos)) || new Response(
      "Tanpa jaringan, dan halaman ini belum pernah dibuka di alat ini.",
      { status: 503, headers: { "Content-Type": "text/plain; charset=utf-8" } },
    );
  }
}

async function bukaAset(minta) {
  const simpanan = await caches.open(CACHE);
  const ada = await simpanan.match(minta.url);
  if (ada && TETAP.test(new URL(minta.url).pathname)) return ada;
  try {
    const jawaban = await fetch(minta);
    if (jawaban.ok) await simpanan.put(minta.url, jawaban.clone());
    return jawaban;
  } catch {
    return ada || Response.error();
  }
}
