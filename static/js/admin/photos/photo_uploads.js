// Photographs are uploaded one by one while the form of their post stays usable. Each file is sent
// again by itself after a lost network; the server recognises one that it has stored already.
const PARALLEL = 3; // two are decoded while the third is on its way
const PAUSE = 2000; // milliseconds between two attempts without a network
const KNOWN = /\.(?:jpe?g|png|webp|hei[cf])$/i;

const panel = document.querySelector(".photos");
const list = panel.querySelector(".photos__list");
const queue = panel.querySelector(".photos__queue");
const uploads = [];
let lastOrder = Math.max(0, ...[...list.children].map((row) => Number(row.dataset.order)));

function megabytes(bytes) {
  return `${(bytes / 2 ** 20).toFixed(1).replace(".", ",")} МБ`;
}

function findProblem(file) {
  const most = Number(panel.dataset.mostBytes);
  if (file.size > most) {
    return `занимает ${megabytes(file.size)}, а принимаются до ${megabytes(most)}. Уменьшите снимок.`;
  }
  if (file.size === 0) {
    return "пустой файл. Скопируйте снимок с телефона ещё раз.";
  }
  if (!file.type.startsWith("image/") && !KNOWN.test(file.name)) {
    return "это не фотография. Принимаются JPEG, PNG, WebP и HEIC.";
  }
  return "";
}

function createButton(label, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  button.addEventListener("click", act);
  return button;
}

function show(upload) {
  upload.row.replaceChildren();
  const text = document.createElement("span");
  text.textContent = upload.problem ? `${upload.file.name}: ${upload.problem}` : upload.file.name;
  upload.row.append(text);
  upload.row.classList.toggle("photos__problem", Boolean(upload.problem));
  if (upload.state === "sending") {
    const progress = document.createElement("progress");
    progress.max = 1;
    progress.value = upload.part;
    progress.setAttribute("aria-label", `Загрузка: ${upload.file.name}`);
    upload.row.append(progress);
  }
  if (upload.state === "failed" && upload.canRetry) {
    upload.row.append(createButton("Повторить", () => restart(upload)));
  }
  const label = upload.state === "failed" ? "Убрать из списка" : "Отменить";
  upload.row.append(createButton(label, () => cancel(upload)));
}

function showProgress() {
  const counted = uploads.filter((upload) => upload.state !== "cancelled");
  const stored = counted.filter((upload) => upload.state === "stored").length;
  const failed = counted.filter((upload) => upload.state === "failed").length;
  const bar = panel.querySelector(".photos__progress");
  const parts = counted.map((upload) => (upload.state === "stored" ? 1 : upload.part));
  bar.value = parts.reduce((sum, part) => sum + part, 0) / Math.max(1, counted.length);
  bar.hidden = !hasPending();
  const words = [`Загружено ${stored} из ${counted.length}.`];
  if (failed) {
    words.push(`Не загружено: ${failed}, причины ниже.`);
  }
  setStatus(counted.length ? words.join(" ") : "");
}

function setStatus(text) {
  const status = panel.querySelector(".photos__status");
  if (status.textContent !== text) {
    status.textContent = text;
  }
}

function hasPending() {
  return uploads.some((upload) => upload.state === "waiting" || upload.state === "sending");
}

function restart(upload) {
  upload.state = "waiting";
  upload.problem = "";
  show(upload);
  sendNext();
}

function cancel(upload) {
  upload.state = "cancelled";
  upload.request?.abort();
  upload.row.remove();
  showProgress();
  sendNext();
}

function fail(upload, problem, canRetry) {
  upload.state = "failed";
  upload.problem = problem;
  upload.canRetry = canRetry;
  show(upload);
}

function insertRow(upload, answer) {
  list.querySelector(`[data-photo="${answer.number}"]`)?.remove();
  const template = document.createElement("template");
  template.innerHTML = answer.row;
  const row = template.content.querySelector("li");
  const order = Number(row.dataset.order);
  lastOrder = Math.max(lastOrder, order);
  const next = [...list.children].find((other) => Number(other.dataset.order) > order);
  list.insertBefore(row, next ?? null);
  row.querySelector(".photo__notice").textContent = answer.notes.length
    ? `${upload.file.name}: ${answer.notes.join(", ")}.`
    : "";
  panel.querySelector(".photos__all").hidden = false;
  row.dispatchEvent(new CustomEvent("photos:stored", { bubbles: true }));
}

function readAnswer(request) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return { message: `сервер ответил кодом ${request.status}.` };
  }
}

function finish(upload) {
  const { request } = upload;
  if (upload.state === "cancelled") {
    return;
  }
  if (request.status === 200) {
    upload.state = "stored";
    upload.row.remove();
    const answer = readAnswer(request);
    upload.number = answer.number;
    insertRow(upload, answer);
    if (upload.key !== currentKey()) {
      adopt([upload]);
    }
    document.dispatchEvent(new CustomEvent("photos:saved"));
  } else if ([0, 401, 502, 503, 504].includes(request.status)) {
    waitAndRepeat(upload, request.status);
  } else {
    fail(upload, readAnswer(request).message, true);
  }
  showProgress();
  sendNext();
}

function waitAndRepeat(upload, status) {
  upload.state = "pausing";
  upload.part = 0;
  upload.problem =
    status === 401
      ? readAnswer(upload.request).message
      : status
        ? "сервер занят, отправим ещё раз."
        : "нет связи, отправим, когда она вернётся.";
  show(upload);
  setTimeout(() => {
    if (upload.state === "pausing") {
      restart(upload);
    }
  }, PAUSE);
}

function send(upload) {
  const body = new FormData();
  body.append("file", upload.file);
  body.append("order", upload.order);
  body.append("post", panel.dataset.post);
  upload.key = currentKey();
  upload.state = "sending";
  upload.part = 0;
  upload.request = new XMLHttpRequest();
  upload.request.open("POST", `${panel.dataset.base}autosave/${upload.key}/photos/`);
  upload.request.upload.addEventListener("progress", (event) => {
    upload.part = event.loaded / Math.max(1, event.total);
    const bar = upload.row.querySelector("progress");
    if (bar) {
      bar.value = upload.part;
    }
  });
  upload.request.addEventListener("loadend", () => finish(upload));
  upload.request.send(body);
  show(upload);
}

function currentKey() {
  return panel.closest("form").elements.autosave.value;
}

// This page has another slot than when it sent them: they move there, or a page that goes on with
// the former slot would take them along.
function adopt(moved) {
  const numbers = moved.filter((upload) => upload.number).map((upload) => ["photo", upload.number]);
  if (numbers.length) {
    const body = new URLSearchParams([...numbers, ["post", panel.dataset.post]]);
    const address = `${panel.dataset.base}autosave/${currentKey()}/photos/adopt/`;
    fetch(address, { method: "POST", body }).catch(() => setTimeout(() => adopt(moved), PAUSE));
  }
}

function sendNext() {
  const running = uploads.filter((upload) => upload.state === "sending").length;
  const waiting = uploads.filter((upload) => upload.state === "waiting");
  for (const upload of waiting.slice(0, PARALLEL - running)) {
    send(upload);
  }
  if (!isPending()) {
    panel.dispatchEvent(new CustomEvent("photos:settled"));
  }
}

function add(files) {
  for (const file of files) {
    const row = document.createElement("li");
    const upload = { file, row, state: "waiting", part: 0, problem: "", order: ++lastOrder };
    uploads.push(upload);
    queue.append(row);
    const problem = findProblem(file);
    if (problem) {
      fail(upload, problem, false);
    } else {
      show(upload);
    }
  }
  showProgress();
  sendNext();
}

function isPending() {
  return (
    hasPending() ||
    uploads.some((upload) => upload.state === "pausing") ||
    panel.hasAttribute("data-saving")
  );
}

// A form that is sent too early waits for its photographs and what is written about them.
function holdForm(event) {
  if (!isPending()) {
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  const { submitter, target } = event;
  setStatus("Сохраним, как только загрузятся фотографии и подписи к ним.");
  panel.addEventListener("photos:settled", () => target.requestSubmit(submitter), { once: true });
}

panel.querySelector(".photos__input").addEventListener("change", (event) => {
  add(event.target.files);
  event.target.value = "";
});
panel.addEventListener("dragover", (event) => {
  if (event.dataTransfer.types.includes("Files")) {
    event.preventDefault();
    panel.classList.add("photos--over");
  }
});
panel.addEventListener("dragleave", () => panel.classList.remove("photos--over"));
panel.addEventListener("drop", (event) => {
  panel.classList.remove("photos--over");
  if (event.dataTransfer.files.length) {
    event.preventDefault();
    add(event.dataTransfer.files);
  }
});
panel.addEventListener("photos:saved", sendNext);
document.addEventListener("slot:changed", () => adopt(uploads));
// Photographs of other posts that were chosen in photo_library.js.
panel.addEventListener("photos:taken", (event) => {
  for (const answer of event.detail) {
    insertRow({ file: { name: "Из прежних" } }, answer);
  }
});
panel.closest("form").addEventListener("submit", holdForm, { capture: true });
window.addEventListener("online", () => {
  for (const upload of uploads.filter((each) => each.state === "pausing")) {
    restart(upload);
  }
});
window.addEventListener("beforeunload", (event) => {
  if (isPending()) {
    event.preventDefault();
  }
});
