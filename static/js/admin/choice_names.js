// Label Select2 widgets by their fields: Select2 labels them only by the selected value, which may
// be empty.
function nameChoices() {
  for (const choice of document.querySelectorAll(".select2-selection[role=combobox]")) {
    const field = choice.closest(".select2").previousElementSibling;
    const label = document.querySelector(`label[for="${field.id}"]`);
    if (!label) continue;
    label.id = `${field.id}_label`;
    const chosen = choice.querySelector(".select2-selection__rendered");
    choice.setAttribute("aria-labelledby", `${label.id} ${chosen.id}`);
    chosen.setAttribute("aria-labelledby", label.id);
  }
}

// jQuery calls handlers in the order of registration: the admin's own one creates the widgets.
addEventListener("load", () => django.jQuery(nameChoices));
