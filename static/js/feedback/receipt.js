// A button to print the receipt and, where the browser lets a page do so, one to copy its code.
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
