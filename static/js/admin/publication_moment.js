// The save button contains the stored publication time; change its label when the fields change.
// The calendar widget sets the fields without an input event, but focuses them afterwards.
const fields = [...document.querySelectorAll("input[name^=published_at_]")];
const saveButton = document.querySelector("[data-retimed]");
const label = saveButton?.value;

function relabel() {
  const isRetimed = fields.some((field) => field.value !== field.defaultValue);
  saveButton.value = isRetimed ? saveButton.dataset.retimed : label;
}

if (saveButton) {
  for (const field of fields) {
    for (const event of ["input", "focus"]) {
      field.addEventListener(event, relabel);
    }
  }
}
