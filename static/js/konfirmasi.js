// A dangerous button wakes when the name has been typed; without JavaScript the server checks.
document.addEventListener("input", (event) => {
  const kolom = event.target.closest("[data-ketik]");
  if (!kolom) return;
  const tombol = kolom.form.querySelector("[data-bahaya]");
  tombol.disabled = kolom.value.trim() !== kolom.dataset.ketik;
});
