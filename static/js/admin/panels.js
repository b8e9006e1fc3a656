// Panels beside the form of a post: their buttons act without leaving it; texts are copied by a
// click. Without this script each button opens a page with the same panel.

async function copy(field) {
  field.focus();
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return document.execCommand("copy"); // where there is no clipboard, as over plain HTTP
  }
}

async function copyAndTell(button) {
  const field = document.getElementById(button.dataset.copy);
  const isCopied = await copy(field);
  if (isCopied) {
    button.focus();
  }
  button.textContent = isCopied ? "Скопировано" : "Выделено: нажмите Ctrl+C";
  const note = button.closest("form[data-panel]");
  if (isCopied && note) {
    await send(note).catch(() => {}); // the text is copied, it is only not noted
  }
}

async function send(form) {
  const body = new FormData(form);
  const name = form.dataset.panel;
  const response = await fetch(form.action, { method: "POST", body });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const panel = page.getElementById(name);
  if (!response.ok || !panel) {
    throw new Error(`The answer has no panel ${name}: ${response.status}`);
  }
  const pressed = document.activeElement?.dataset.copy;
  document.getElementById(name).replaceWith(panel);
  panel.querySelector(`[data-copy="${pressed}"]`)?.focus();
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-panel]");
  if (form) {
    event.preventDefault();
    send(form).catch(() => form.submit());
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-copy]");
  if (button) {
    copyAndTell(button);
  }
});
