// «Взять из прежних»: photographs of other posts are chosen in a dialog, which shows the page of
// all photographs. What is chosen stays chosen on its other pages and in other searches.
const panel = document.querySelector(".photos");
const opener = panel.querySelector("[data-library]");
const chosen = new Set();
let dialog = null;

function createButton(label, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  button.addEventListener("click", act);
  return button;
}

function createDialog() {
  dialog = document.createElement("dialog");
  dialog.className = "library-dialog";
  dialog.setAttribute("aria-label", "Взять из прежних фотографий");
  const content = document.createElement("div");
  content.className = "library-dialog__content";
  const status = document.createElement("span");
  status.className = "library-dialog__status";
  status.setAttribute("role", "status");
  const bar = document.createElement("div");
  bar.className = "library-dialog__bar";
  bar.append(createButton("Добавить к публикации", take), createButton("Закрыть", close), status);
  dialog.append(content, bar);
  dialog.addEventListener("close", () => opener.focus());
  dialog.addEventListener("submit", search);
  dialog.addEventListener("click", turnPage);
  dialog.addEventListener("change", choose);
  document.body.append(dialog);
}

function close() {
  dialog.close();
}

function tell(text) {
  dialog.querySelector(".library-dialog__status").textContent = text;
}

function tellCount() {
  tell(`Выбрано: ${chosen.size}`);
}

async function load(query) {
  const response = await fetch(`${opener.dataset.library}?${query}`).catch(() => null);
  const text = response?.ok ? await response.text() : "";
  const page = new DOMParser().parseFromString(text, "text/html").querySelector(".library");
  if (!page) {
    tell("Фотографии не открылись: нет связи или закончился вход. Попробуйте ещё раз.");
    return;
  }
  for (const box of page.querySelectorAll("input[type=checkbox]")) {
    box.checked = chosen.has(box.value);
  }
  dialog.querySelector(".library-dialog__content").replaceChildren(page);
  dialog.querySelector(".library-dialog__content").scrollTop = 0;
  tellCount();
}

async function open() {
  if (!dialog) {
    createDialog();
  }
  chosen.clear();
  dialog.showModal();
  await load("choose=1");
  dialog.querySelector("input[type=search]")?.focus();
}

function search(event) {
  event.preventDefault();
  load(new URLSearchParams(new FormData(event.target)));
}

async function turnPage(event) {
  const link = event.target.closest(".library__pages a");
  if (link) {
    event.preventDefault();
    await load(new URL(link.href).searchParams);
    dialog.querySelector(".library__list input")?.focus();
  }
}

function choose(event) {
  if (event.target.type === "checkbox") {
    chosen[event.target.checked ? "add" : "delete"](event.target.value);
    tellCount();
  }
}

async function take() {
  if (!chosen.size) {
    tell("Отметьте хотя бы один снимок.");
    return;
  }
  tell("Добавляем…");
  const key = panel.closest("form").elements.autosave.value;
  const body = new URLSearchParams([...chosen].map((number) => ["photo", number]));
  body.append("post", panel.dataset.post);
  const address = `${panel.dataset.base}autosave/${key}/photos/reuse/`;
  const response = await fetch(address, { method: "POST", body }).catch(() => null);
  const answer = (await response?.json().catch(() => null)) ?? { message: "Нет связи." };
  if (!response?.ok) {
    tell(answer.message);
    return;
  }
  const rows = answer.rows.filter((row) => row.row);
  const problems = answer.rows.filter((row) => row.message).map((row) => row.message);
  panel.dispatchEvent(new CustomEvent("photos:taken", { detail: rows }));
  if (problems.length) {
    tell(problems.join(". "));
  } else {
    close();
  }
}

opener.addEventListener("click", open);
