// Sends what is written into the acts of a suggestion to its draft on the server, and tells who
// else has the page open. What cannot be sent stays in this tab and is sent later.
import { readCopies, removeCopy, writeCopy } from "./tab_copies.js";

const PAUSE = 1500; // milliseconds without a key, after which words are sent
const PING = 30_000; // how often a visible page says that it is open
const RETRIES = [2000, 4000, 8000, 15_000, 30_000];

const acts = document.querySelector("[data-draft-url]");
const presence = document.querySelector("[data-presence]");
const done = document.querySelector("[data-done-act]")?.dataset;
const { draftUrl, loginUrl, suggestion } = acts?.dataset ?? {};
const user = document.querySelector("[data-user]")?.dataset.user;
const forms = [...(acts?.querySelectorAll("details.act > form") ?? [])].filter(
  (form) => form.elements.words,
);

const changed = new Set(); // the names of acts that the server does not have as they are
let isSending = false;
let failures = 0;
let timer = null;

const nameOf = (form) => form.parentElement.dataset.act;
const formOf = (act) => forms.find((form) => nameOf(form) === act);
const stateOf = (form) => form.querySelector("[data-draft-state]");

// {field: value} of the form of an act, null without words.
function collect(form) {
  const fields = [...form.elements].filter(
    ({ name, type }) => name && !/^(?:hidden|file|submit|checkbox|radio)$/.test(type),
  );
  const entries = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
  return entries.words.trim() ? entries : null;
}

function makeMessage(names, left = false) {
  const entries = Object.fromEntries(names.map((name) => [name, collect(formOf(name))]));
  const act = acts.querySelector("details.act[open]")?.dataset.act ?? "";
  return { user: Number(user), act, left, entries };
}

// Sending ------------------------------------------------------------------------------------------

function post(message, options) {
  return fetch(draftUrl, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(message),
    ...options,
  });
}

async function send() {
  if (isSending) {
    wait(PAUSE);
    return;
  }
  isSending = true;
  const message = makeMessage([...changed]);
  try {
    const response = await post(message);
    handle(response.status, await response.json(), message.entries);
  } catch {
    fail("Нет связи: написанное хранится в этой вкладке, отправим, когда связь вернётся.");
  } finally {
    isSending = false;
  }
}

function handle(status, answer, entries) {
  if (status === 200) {
    accept(answer, entries);
  } else if (status === 401) {
    const link = document.createElement("a");
    link.href = loginUrl;
    link.target = "_blank";
    link.textContent = "Войдите в другой вкладке";
    fail("Вход закончился: написанное хранится здесь. ", link, " и вернитесь сюда.");
  } else if (status >= 500) {
    fail("Сайт не ответил: написанное хранится в этой вкладке, попробуем ещё раз.");
  } else {
    show(answer.message); // sending the same again is no use
  }
}

function accept({ present, token }, entries) {
  failures = 0;
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) {
    field.value = token; // a login in another tab has made the old one invalid
  }
  for (const [act, sent] of Object.entries(entries)) {
    if (JSON.stringify(collect(formOf(act))) === JSON.stringify(sent)) {
      changed.delete(act);
      removeCopy(user, suggestion, act);
      stateOf(formOf(act)).textContent = sent ? "Сохранено, не отправлено." : "";
    }
  }
  showPresence(present);
  if (changed.size) {
    wait(PAUSE);
  }
}

function fail(...words) {
  show(...words);
  wait(RETRIES[Math.min(failures, RETRIES.length - 1)]);
  failures += 1;
}

function show(...words) {
  for (const act of changed) {
    stateOf(formOf(act)).replaceChildren(...words.map((word) => word.cloneNode?.(true) ?? word));
  }
}

function showPresence(sentences) {
  presence.replaceChildren(
    ...sentences.map((sentence) => {
      const line = document.createElement("p");
      line.textContent = sentence;
      return line;
    }),
  );
}

// When to send -------------------------------------------------------------------------------------

function wait(pause) {
  clearTimeout(timer);
  timer = setTimeout(send, pause);
}

function note(form) {
  changed.add(nameOf(form));
  writeCopy(user, suggestion, nameOf(form), collect(form));
  wait(PAUSE);
}

function ping() {
  if (!document.hidden && !isSending && !failures) {
    send();
  }
}

function sendLast() {
  const message = makeMessage([...changed], true);
  post(message, { keepalive: true }).catch(() => {}); // the copy stays in the tab
}

// What could not be sent before this page was loaded again.
function restore() {
  for (const [act, entries] of Object.entries(readCopies(user, suggestion))) {
    const form = formOf(act);
    if (form && entries) {
      for (const [name, value] of Object.entries(entries)) {
        if (form.elements[name]) {
          form.elements[name].value = value;
        }
      }
      form.parentElement.open = true;
      changed.add(act);
    }
  }
}

if (done) {
  removeCopy(user, done.doneSuggestion, done.doneAct); // it was sent, nothing is left to write
}
if (acts) {
  restore();
  for (const form of forms) {
    form.addEventListener("input", () => note(form));
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      changed.clear(); // the copy in the tab stays until the server says that it is done
    });
    form.parentElement.addEventListener("toggle", () => wait(100));
  }
  window.addEventListener("pagehide", sendLast);
  window.addEventListener("online", () => wait(0));
  window.addEventListener("focus", () => failures && wait(0));
  setInterval(ping, PING);
  wait(0);
  acts.dataset.isReady = "";
}
