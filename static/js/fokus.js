// After a refused form the summary of errors takes the focus, on load and after a swap.
function focusErrors(akar) {
  const ringkasan = akar.querySelector("[data-galat]");
  if (ringkasan) ringkasan.focus();
}
focusErrors(document);
document.addEventListener("htmx:afterSwap", (event) => focusErrors(event.target));
// A strip that scrolls sideways begins with its current item in view.
for (const kini of document.querySelectorAll(".nav [aria-current], .tabs [aria-current]")) {
  const jalur = kini.parentElement;
  jalur.scrollLeft += kini.getBoundingClientRect().left - jalur.getBoundingClientRect().left - 16;
}
