// The save button contains the stored publication time; change its label when the fields change.
const fields = [...document.querySelectorAll("input[name^=published_at_]")];
const saveButton = document.querySelector("[data-retimed]");
const label = saveButton?.value;

function relabel() {
  const isRetimed = fields.some((field) => field.value !== field.defaultValue);
  saveButton.value = isRetimed ? saveButton.dataset.retimed : label;
}

if (saveButton) {
  for (const field of fields) {
    field.addEventListener("input", relabel);
  }
}

// A date or a time that is only begun would be sent as an empty one: the form waits for the rest.
function holdIncomplete(event) {
  const begun = [...event.target.elements].find((field) => field.validity?.badInput);
  if (begun) {
    event.preventDefault();
    event.stopImmediatePropagation();
    begun.reportValidity();
  }
}

document.querySelector("#post_form")?.addEventListener("submit", holdIncomplete, { capture: true });
