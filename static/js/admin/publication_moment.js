// The button that saves names the stored moment of publication: once another one is in the fields,
// it says so. The calendar fills them in without an event, then gives them the focus.
const fields = [...document.querySelectorAll("input[name^=published_at_]")];
const saving = document.querySelector("[data-retimed]");
const label = saving?.value;

function relabel() {
  const isRetimed = fields.some((field) => field.value !== field.defaultValue);
  saving.value = isRetimed ? saving.dataset.retimed : label;
}

if (saving) {
  for (const field of fields) {
    for (const event of ["input", "focus"]) {
      field.addEventListener(event, relabel);
    }
  }
}
