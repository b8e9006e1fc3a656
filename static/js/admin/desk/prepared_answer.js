// «Вставить» puts the chosen prepared answer into the words; without this script the server does.

function insert(button) {
  const { form } = button;
  const { words: text, decision } = form.elements.prepared.selectedOptions[0].dataset;
  if (!text) return;
  const { words } = form.elements;
  words.value = words.value.trim() ? `${words.value.trim()}\n\n${text}` : text;
  if (decision) form.elements.decision.value = decision;
  words.dispatchEvent(new Event("input", { bubbles: true }));
  words.focus();
}

for (const button of document.querySelectorAll("button[data-insert]")) {
  button.type = "button"; // Enter in another field no longer presses it
  button.addEventListener("click", () => insert(button));
}
