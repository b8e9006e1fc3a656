// Sends what an earlier page could not send, as soon as any page of posts is open again, and
// offers it there: the server has not known of it while it rendered the page.
import { listCopies, removeCopy, removeExpiredCopies } from "./autosave_copies.js";

const place = document.querySelector("[data-unsent-of]");
const ownKey = document.querySelector("input[name=autosave]")?.value;

async function sendCopy({ key, url, message, at }) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(message),
  });
  if (response.status === 409) {
    const { key: otherKey } = await response.json(); // another page has written there since
    await sendCopy({ key: otherKey, url: url.replace(key, otherKey), message, at });
  } else if (response.ok) {
    offer(key, message, at);
  }
  return response.ok || response.status === 409 || response.status === 410; // 410: it was saved
}

function offer(key, { post, entries }, at) {
  if (document.querySelector(`.post-offers a[href$="autosave=${CSS.escape(key)}"]`)) {
    return; // the server offers the slot already, now with these entries
  }
  const title = entries.find(([name]) => name === "title")?.[1].trim() || "Без заголовка";
  const link = document.createElement("a");
  const { addUrl, changeUrl } = place.dataset;
  link.href = `${post ? changeUrl.replace("/0/", `/${post}/`) : addUrl}?autosave=${key}`;
  link.className = "button";
  link.textContent = "Вернуть";
  const time = new Date(at).toLocaleString("ru", { dateStyle: "short", timeStyle: "short" });
  const line = document.createElement("p");
  line.append(`В этом браузере осталось несохранённое, ${time}: «${title}» `, link);
  place.append(line);
}

async function sendCopies() {
  removeExpiredCopies();
  for (const copy of listCopies(place.dataset.unsentOf)) {
    if (copy.key !== ownKey && copy.message && (await sendCopy(copy))) {
      removeCopy(place.dataset.unsentOf, copy.key);
    }
  }
}

if (place) {
  sendCopies().catch(() => {}); // no network: they remain
}
