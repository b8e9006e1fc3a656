// Request hints from the server while the user types: similar answers, personal data, help lines.
// The server stores nothing; without this script the check page shows the same hints.
const DELAY = 900; // milliseconds after the last input
const MIN_LENGTH = 15;
const place = document.querySelector("[data-hints]");
const form = place.closest("form");
const text = form.elements.text;
let timer, controller;
let shown = "";

// Leave unchanged hints untouched: a screen reader would read them out again.
function show(hints) {
  if (hints !== shown) place.innerHTML = hints;
  shown = hints;
}

async function requestHints() {
  const entries = {
    text: text.value,
    csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
  };
  controller = new AbortController();
  try {
    const response = await fetch(place.dataset.hints, {
      method: "POST",
      body: new URLSearchParams(entries),
      signal: controller.signal,
    });
    if (response.ok) show((await response.text()).trim());
  } catch {
    // Ignore failures: the check page shows the hints, too.
  }
}

function schedule() {
  clearTimeout(timer);
  controller?.abort();
  if (text.value.trim().length >= MIN_LENGTH) timer = setTimeout(requestHints, DELAY);
  else show("");
}

text.addEventListener("input", schedule);
schedule();
