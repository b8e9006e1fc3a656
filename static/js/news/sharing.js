// Show a button to copy the URL of the post if the clipboard is available.
const button = document.querySelector(".sharing button");

async function copy() {
  await navigator.clipboard.writeText(location.origin + location.pathname);
  button.textContent = button.dataset.done;
}

if (button && navigator.clipboard) {
  button.parentElement.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", copy);
}
