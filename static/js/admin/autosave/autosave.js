// Sends what is entered into the form of a post to its slot while somebody writes. What cannot be
// sent stays in this browser and is sent later.
import { removeCopy, writeCopy } from "./autosave_copies.js";

const PAUSE = 2000; // milliseconds without a key, after which entries are sent
const LONGEST = 5000; // while somebody goes on typing
const PING = 30_000; // how often a visible page says that it is open
const RETRIES = [2000, 4000, 8000, 15_000, 30_000, 60_000];
const LEFT_OUT = /^(?:csrfmiddlewaretoken|autosave(?:_page|_saved)?)$/;

const slot = document.querySelector("input[name=autosave]");
const form = slot?.form;
const state = document.querySelector("[data-autosave-state]");
const announcement = document.querySelector("[data-autosave-announcement]");
const presence = document.querySelector(".post-presence");

let url = slot?.dataset.autosaveUrl;
let known = null; // the entries that the server has, as text
let isSending = false;
let isSubmitted = false;
let isRefused = false; // the server said that sending the same again is no use
let hasSlot = Boolean(slot?.dataset.seen);
let failures = 0;
let changedAt = 0;
let sentAt = 0;
let timer = null;
let asking = null;
let kind = "";

// Entries ------------------------------------------------------------------------------------------

function collect() {
  return [...new FormData(form)].filter(
    ([name, value]) => typeof value === "string" && !LEFT_OUT.test(name),
  );
}

function makeMessage(entries) {
  const { user, post, seen } = slot.dataset;
  return {
    user: Number(user),
    post: post ? Number(post) : null,
    page: form.elements.autosave_page.value,
    seen,
    ...(entries && { entries }),
  };
}

// Returns the entries if they differ from what the server has, and puts a copy in this browser.
function takeUnsent() {
  const entries = collect();
  if (JSON.stringify(entries) === known) {
    return null;
  }
  if (!writeCopy(slot.value, url, makeMessage(entries))) {
    slot.dataset.hasNoCopy = "";
  }
  return entries;
}

// Sending ------------------------------------------------------------------------------------------

function post(message, options) {
  return fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(message),
    ...options,
  });
}

async function send(entries) {
  isSending = true;
  sentAt = performance.now();
  const key = slot.value;
  try {
    const response = await post(makeMessage(entries));
    const answer = await response.json();
    handle(response.status, answer, entries, key);
  } catch {
    fail("offline"); // no network, or an error page that is no JSON
  } finally {
    isSending = false;
  }
}

function handle(status, answer, entries, key) {
  if (status === 200) {
    accept(answer, entries, key);
  } else if (status === 409 || status === 410) {
    changeSlot(answer, status === 410);
  } else if (status === 401) {
    fail("login");
  } else if (status >= 500) {
    fail("offline");
  } else {
    isRefused = true; // until something is changed
    show("refused", answer.message);
  }
}

function accept(answer, entries, key) {
  failures = 0;
  hasSlot = true;
  showPresence(answer.present);
  document.dispatchEvent(new CustomEvent("autosave:accepted", { detail: answer }));
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) {
    field.value = answer.token; // a login in another tab has made the old one invalid
  }
  if (entries) {
    known = JSON.stringify(entries);
    removeCopy(slot.dataset.user, key);
    const time = new Date().toLocaleTimeString("ru", { hour: "2-digit", minute: "2-digit" });
    show("saved", `Сохранено в черновике ${time}`);
  } else if (kind === "offline" || kind === "login") {
    show("", "Связь есть, всё сохранено в черновике");
  }
  check(); // what was typed meanwhile
}

// Another page writes to the slot, or its form was saved: this page gets a slot of its own.
function changeSlot({ key, message }, isSaved) {
  removeCopy(slot.dataset.user, slot.value);
  if (isSaved) {
    const saved = slot.cloneNode();
    saved.name = "autosave_saved"; // the form of a new post must not store it a second time
    slot.after(saved);
  }
  url = url.replace(slot.value, key);
  slot.value = key;
  document.dispatchEvent(new CustomEvent("slot:changed"));
  slot.dataset.autosaveUrl = url;
  slot.dataset.seen = "";
  known = null;
  hasSlot = false;
  show("other", message);
  check();
}

function fail(reason) {
  showFailure(reason);
  const pause = RETRIES[Math.min(failures, RETRIES.length - 1)];
  failures += 1;
  wait(pause);
}

// When to send -------------------------------------------------------------------------------------

function wait(pause) {
  clearTimeout(timer);
  timer = setTimeout(tick, pause);
}

function tick() {
  timer = null;
  if (isSending || isSubmitted) {
    return; // accept() or fail() goes on
  }
  const entries = takeUnsent();
  if (!entries && !failures) {
    return;
  }
  const now = performance.now();
  const rest = Math.min(changedAt + PAUSE, sentAt + LONGEST) - now;
  if (rest > 20 && !failures) {
    wait(Math.min(rest, PAUSE));
  } else {
    send(entries);
  }
}

function note(event) {
  changedAt = performance.now();
  isRefused = false;
  if (event.type === "input") {
    isSubmitted = false; // the page is still here: its submission was stopped
  }
  if (timer === null && !isSending) {
    wait(PAUSE);
  }
}

function check() {
  if (timer === null && !isRefused && JSON.stringify(collect()) !== known) {
    wait(PAUSE);
  }
}

function retry() {
  if (failures && !isSending) {
    wait(0);
  }
}

function ping() {
  if (slot.dataset.post && !isSending && !isSubmitted && !failures && !document.hidden) {
    send(null);
  }
}

// What is saved by itself, as a photograph, changes the checklist that comes with the answer.
function ask() {
  clearTimeout(asking);
  asking = setTimeout(() => {
    if (!isSending && !isSubmitted && !failures) {
      send(takeUnsent());
    }
  }, PAUSE);
}

// Leaving ------------------------------------------------------------------------------------------

// A browser takes about 60 kB from a page that is closing; the copy stays for more.
function sendLast(isLeft) {
  const entries = isSubmitted ? null : takeUnsent();
  if (!entries && !(isLeft && hasSlot && !isSubmitted)) {
    return;
  }
  const key = slot.value;
  const text = entries && JSON.stringify(entries);
  post({ ...makeMessage(entries), ...(isLeft && { left: true }) }, { keepalive: true })
    .then((response) => {
      if (response.ok && text) {
        known = text;
        hasSlot = true;
        removeCopy(slot.dataset.user, key);
      }
    })
    .catch(() => {});
}

function warn(event) {
  if (!isSubmitted && JSON.stringify(collect()) !== known) {
    sendLast(false);
    event.preventDefault();
  }
}

// The form may never arrive: its entries stay here until the server says that they are saved.
function submit(event) {
  takeUnsent();
  isSubmitted = true;
  setTimeout(() => {
    isSubmitted &&= !event.defaultPrevented;
  });
}

function comeBack() {
  isSubmitted = false;
  check();
  ping();
}

// Words --------------------------------------------------------------------------------------------

const place = () =>
  "hasNoCopy" in slot.dataset ? "не закрывайте страницу" : "текст хранится в этом браузере";

function showFailure(reason) {
  if (reason === "offline") {
    show(reason, `Нет связи: ${place()}, отправим, когда связь вернётся`);
    return;
  }
  const link = document.createElement("a");
  link.href = slot.dataset.loginUrl;
  link.target = "_blank";
  link.textContent = "войдите в другой вкладке";
  show(reason, "Вход закончился: ", link, ` и вернитесь сюда, ${place()}`);
}

// Screen readers hear a new kind of message, not every time of saving.
function show(newKind, ...words) {
  state.replaceChildren(...words);
  if (newKind !== kind) {
    announcement.textContent = state.textContent;
    kind = newKind;
  }
}

const withoutTime = (sentence) => sentence.replace(/\s\([^(]*$/, "");

function showPresence(sentences = []) {
  const earlier = [...presence.children].map((line) => withoutTime(line.textContent));
  presence.replaceChildren(
    ...sentences.map((sentence) => {
      const line = document.createElement("p");
      line.textContent = sentence;
      return line;
    }),
  );
  const added = sentences.filter((sentence) => !earlier.includes(withoutTime(sentence)));
  if (added.length) {
    announcement.textContent = added.join(" ");
  }
}

// Start --------------------------------------------------------------------------------------------

// The entries as rendered, before anything is changed; of a form that came back with errors, the
// server has rendered what it may not have in the slot.
function start() {
  if (known === null) {
    known = "isUnsaved" in slot.dataset ? "" : JSON.stringify(collect());
    check();
  }
}

if (form && state) {
  for (const event of ["focusin", "pointerdown", "keydown"]) {
    document.addEventListener(event, start, { capture: true, once: true });
  }
  window.addEventListener("load", () => {
    start();
    ping();
  });
  for (const event of ["input", "change", "click", "drop", "focusin"]) {
    form.addEventListener(event, note);
  }
  form.addEventListener("submit", submit);
  window.addEventListener("beforeunload", warn);
  window.addEventListener("pagehide", () => sendLast(true));
  window.addEventListener("pageshow", (event) => event.persisted && comeBack());
  window.addEventListener("online", retry);
  window.addEventListener("focus", retry);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      sendLast(false);
    } else {
      retry();
      ping();
    }
  });
  document.addEventListener("photos:saved", ask);
  setInterval(ping, PING);
  setInterval(check, LONGEST); // scripts of Django change fields without an event
}
