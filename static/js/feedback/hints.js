// While the text is written, the server is asked what may help: similar answers, personal data,
// help lines. It stores nothing; without this script the same stands on the page of the check.
const PAUSE = 900; // milliseconds without a key
const SHORTEST = 15;
const place = document.querySelector("[data-hints]");
const form = place.closest("form");
const text = form.elements.text;
let timer, asked;

async function ask() {
  const entries = { text: text.value, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value };
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(place.dataset.hints, {
      method: "POST",
      body: new URLSearchParams(entries),
      signal: asked.signal,
    });
    const hints = answer.ok ? (await answer.text()).trim() : "";
    if (hints !== place.dataset.shown) place.innerHTML = hints;
    place.dataset.shown = hints;
  } catch {
    // Hints are no more than help: the check page has them, too.
  }
}

function wait() {
  clearTimeout(timer);
  if (text.value.trim().length >= SHORTEST) timer = setTimeout(ask, PAUSE);
  else place.replaceChildren();
}

text.addEventListener("input", wait);
wait();
