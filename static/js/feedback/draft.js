// What is written outlives a reload, in this tab only. On a page without the form, the receipt,
// the draft has been sent and is wiped. The form's key belongs to it: where the answer was lost
// on the way, sending again finds the suggestion instead of registering a second one.
const PLACE = "suggestion";
const NAMES = ["submission_key", "topic", "role", "text", "reply_by", "email", "may_publish"];
const form = document.querySelector("form[data-draft]");
const fields = NAMES.map((name) => [name, form?.elements[name]]).filter(([, field]) => field);

// A browser may forbid pages to store anything; then there is no draft.
function stored(action) {
  try {
    return action(sessionStorage);
  } catch {
    return null;
  }
}

const wipe = () => stored((storage) => storage.removeItem(PLACE));
const property = (field) => (field.type === "checkbox" ? "checked" : "value");

function save() {
  const draft = Object.fromEntries(fields.map(([name, field]) => [name, field[property(field)]]));
  stored((storage) => storage.setItem(PLACE, JSON.stringify(draft)));
}

// Every form has a key of its own: it makes no draft.
function differs(draft, name, field) {
  return name !== "submission_key" && name in draft && draft[name] !== field[property(field)];
}

function restore() {
  const draft = stored((storage) => JSON.parse(storage.getItem(PLACE)));
  if (!draft || form.elements.text.value || !fields.some((pair) => differs(draft, ...pair))) return;
  for (const [name, field] of fields) {
    if (name in draft) field[property(field)] = draft[name];
  }
  form.querySelector("[data-draft-restored]").hidden = false;
  form.elements.text.dispatchEvent(new Event("input", { bubbles: true })); // it may want hints
}

function clear(event) {
  if (confirm(event.target.dataset.draftClear)) wipe();
  else event.preventDefault();
}

// Where the draft waits, another look may come in the same tab.
function stay() {
  for (const element of document.querySelectorAll(".accessible-version-switch [target]")) {
    element.removeAttribute("target");
  }
}

if (form) {
  // After going back a browser fills in what it remembers of the page, and that may be older.
  if (form.dataset.draft === "new") addEventListener("pageshow", restore);
  else save();
  form.addEventListener("input", save);
  if (stored((storage) => storage)) stay();
  form.querySelector("[data-draft-clear]").addEventListener("click", clear);
} else {
  wipe();
}
