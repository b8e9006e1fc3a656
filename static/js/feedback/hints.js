// While the text is written, the server is asked what may help: similar answers, personal data,
// help lines. It stores nothing; without this script the same stands on the page of the check.
const PAUSE = 900; // milliseconds without a key
const SHORTEST = 15;
const place = document.querySelector("[data-hints]");
const form = place.closest("form");
const text = form.elements.text;
let timer, asked;
let shown = "";

// What already stands there stays untouched: a screen reader would read it out once more.
function show(hints) {
  if (hints !== shown) place.innerHTML = hints;
  shown = hints;
}

async function ask() {
  const entries = {
    text: text.value,
    csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
  };
  asked = new AbortController();
  try {
    const answer = await fetch(place.dataset.hints, {
      method: "POST",
      body: new URLSearchParams(entries),
      signal: asked.signal,
    });
    if (answer.ok) show((await answer.text()).trim());
  } catch {
    // Hints are no more than help: the check page has them, too.
  }
}

function wait() {
  clearTimeout(timer);
  asked?.abort();
  if (text.value.trim().length >= SHORTEST) timer = setTimeout(ask, PAUSE);
  else show("");
}

text.addEventListener("input", wait);
wait();
