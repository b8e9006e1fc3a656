// Show a button to print the receipt and, if the clipboard is available, one to copy its code.
const print = document.querySelector("[data-print]");
const copy = document.querySelector("[data-copy]");

print.hidden = false;
print.addEventListener("click", () => window.print());

if (navigator.clipboard) {
  copy.hidden = false;
  copy.setAttribute("aria-live", "polite");
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(copy.dataset.copy);
    copy.textContent = copy.dataset.done;
  });
}
