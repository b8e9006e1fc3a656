// A second quick click on a button that saves would save once more: only the first one is sent.
const PATIENCE = 20_000; // milliseconds, after which somebody may try once more

for (const form of document.querySelectorAll("form[method=post]")) {
  let sentAt = -PATIENCE;
  form.addEventListener("submit", (event) => {
    if (performance.now() - sentAt < PATIENCE) {
      event.preventDefault();
    } else if (!event.defaultPrevented) {
      sentAt = performance.now();
    }
  });
  window.addEventListener("pageshow", () => {
    sentAt = -PATIENCE; // back from the next page
  });
}
