// Show only the scope fields that the chosen role takes; without JavaScript the hints say it.
const form = document.querySelector("[data-lingkup-peran]");
const lingkupPeran = JSON.parse(form.dataset.lingkupPeran);
const peran = form.elements.peran;

function apply() {
  const boleh = lingkupPeran[peran.value] || [];
  for (const bagian of form.querySelectorAll("[data-lingkup]")) {
    bagian.hidden = !boleh.includes(bagian.dataset.lingkup);
  }
}

peran.addEventListener("change", apply);
apply();
