// The choices that are searched while one types bear the names of their fields: Select2 names them
// after what is chosen, so an empty one has none.
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

// jQuery calls in the order of asking: the admin has asked for its choices by now.
addEventListener("load", () => django.jQuery(nameChoices));
