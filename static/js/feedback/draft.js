// Store a draft of the form in this tab, so that it survives a reload. A page without the form,
// such as the receipt, deletes the draft. The draft contains the submission key: if the response
// was lost, submitting again finds the registered suggestion instead of creating a second one.
const STORAGE_KEY = "suggestion";
const NAMES = ["submission_key", "topic", "role", "text", "reply_by", "email", "may_publish"];
const form = document.querySelector("form[data-draft]");
const fields = NAMES.map((name) => [name, form?.elements[name]]).filter(([, field]) => field);

// Return action(sessionStorage), or null if the browser forbids storage.
function withStorage(action) {
  try {
    return action(sessionStorage);
  } catch {
    return null;
  }
}

const wipe = () => withStorage((storage) => storage.removeItem(STORAGE_KEY));
const property = (field) => (field.type === "checkbox" ? "checked" : "value");

function save() {
  const draft = Object.fromEntries(fields.map(([name, field]) => [name, field[property(field)]]));
  withStorage((storage) => storage.setItem(STORAGE_KEY, JSON.stringify(draft)));
}

// Every form has a different submission key, so the key alone is no draft.
function differs(draft, name, field) {
  return name !== "submission_key" && name in draft && draft[name] !== field[property(field)];
}

function restore() {
  const draft = withStorage((storage) => JSON.parse(storage.getItem(STORAGE_KEY)));
  if (!draft || form.elements.text.value || !fields.some((pair) => differs(draft, ...pair))) return;
  for (const [name, field] of fields) {
    if (name in draft) field[property(field)] = draft[name];
  }
  form.querySelector("[data-draft-restored]").hidden = false;
  form.elements.text.dispatchEvent(new Event("input", { bubbles: true })); // for hints.js
}

function clear(event) {
  if (confirm(event.target.dataset.draftClear)) wipe();
  else event.preventDefault();
}

// With a draft, the switch of the accessible version need not open a new tab.
function openSwitchInSameTab() {
  for (const element of document.querySelectorAll(".accessible-version-switch [target]")) {
    element.removeAttribute("target");
  }
}

if (form) {
  // After going back, browsers restore older field values than those of the draft.
  if (form.dataset.draft === "new") addEventListener("pageshow", restore);
  else save();
  form.addEventListener("input", save);
  if (withStorage((storage) => storage)) openSwitchInSameTab();
  form.querySelector("[data-draft-clear]").addEventListener("click", clear);
} else {
  wipe();
}
