// Copy a link to the clipboard and say so.
document.addEventListener("click", async (event) => {
  const tombol = event.target.closest("[data-salin]");
  if (!tombol) return;
  await navigator.clipboard.writeText(tombol.dataset.salin);
  tombol.textContent = "Tersalin";
});
