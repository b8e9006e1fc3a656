// Single letters open the acts of a suggestion, unless something is being written. Each of them is
// reached by Tab, too, and they can be switched off for people who speak to their computer.
const OFF = "desk-keys-off";
const list = document.querySelector("[data-keys]");
const acts = document.querySelector("[data-open]");
const places = [...document.querySelectorAll("[data-key]")];

function isOff() {
  try {
    return localStorage.getItem(OFF) !== null;
  } catch {
    return false;
  }
}

function switchKeys({ target }) {
  try {
    if (target.checked) {
      localStorage.removeItem(OFF);
    } else {
      localStorage.setItem(OFF, "");
    }
  } catch {
    target.checked = true; // the browser forbids storage
  }
}

const isWriting = (element) => element.matches("input, textarea, select, [contenteditable]");

function press(event) {
  const act = event.target.closest?.("details.act");
  if (act && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    act.querySelector("form").requestSubmit(act.querySelector("[data-send]"));
  } else if (act?.open && event.key === "Escape") {
    act.open = false;
    act.querySelector("summary").focus();
  } else if (!isWriting(event.target) && !event.ctrlKey && !event.altKey && !event.metaKey) {
    pressLetter(event);
  }
}

// By the place of the key, so that the Russian layout needs no switching.
function pressLetter(event) {
  if (isOff() || event.repeat) {
    return;
  }
  if (event.key === "?") {
    list.open = !list.open;
    list.querySelector("summary").focus();
    return;
  }
  const place = places.find(({ dataset }) => event.code === `Key${dataset.key}`);
  if (place) {
    event.preventDefault();
    place.click();
  }
}

// What is wrong comes first, then the letter that was asked for, then the first field.
const FIRST = [
  "[aria-invalid=true]",
  "[data-letter]",
  "textarea, select, input:not([type=hidden]), [data-send]",
];

function focusFirst(act) {
  if (act?.open) {
    const found = FIRST.flatMap((places) => [...act.querySelectorAll(places)]);
    found.find((place) => place.checkVisibility()).focus();
  }
}

// Only once the browser has gone to the place in the address, which takes the focus away.
function focusOpened(act) {
  if (document.readyState === "complete") {
    requestAnimationFrame(() => focusFirst(act));
  } else {
    addEventListener("load", () => focusOpened(act), { once: true });
  }
}

if (list) {
  document.addEventListener("keydown", press);
  for (const act of document.querySelectorAll("details.act")) {
    act.querySelector("summary").addEventListener("click", () => {
      act.addEventListener("toggle", () => focusFirst(act), { once: true });
    });
  }
  focusOpened(document.querySelector(`[data-act="${acts?.dataset.open}"]`));
  const box = list.querySelector("[data-keys-switch]");
  box.checked = !isOff();
  box.addEventListener("change", switchKeys);
  list.dataset.isReady = "";
}
