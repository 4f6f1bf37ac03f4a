// After a refused form the summary of errors takes the focus, on load and after a swap.
function focusErrors(akar) {
  const ringkasan = akar.querySelector("[data-galat]");
  if (ringkasan) ringkasan.focus();
}
focusErrors(document);
document.addEventListener("htmx:afterSwap", (event) => focusErrors(event.target));
