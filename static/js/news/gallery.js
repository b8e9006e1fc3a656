// Show the photographs of a post in a dialog; without this script they are plain links.
const links = [...document.querySelectorAll(":is(.post__cover, .gallery) a:has(picture)")];
const photos = links.filter((link) => link.closest(".gallery"));
const SWIPE = 48; // the minimum length of a swipe in CSS pixels
const enlarged = new Map();
let current = 0;

// A copy of the thumbnail's <picture> with the sizes of the dialog; loads immediately.
function picture(link) {
  if (!enlarged.has(link)) {
    const copy = link.querySelector("picture").cloneNode(true);
    const image = copy.querySelector("img");
    const sizes = `min(100vw, calc(75vh * ${image.width / image.height || 1.5}))`;
    for (const element of copy.querySelectorAll("[sizes]")) element.sizes = sizes;
    image.loading = "eager";
    enlarged.set(link, copy);
  }
  return enlarged.get(link);
}

function control(label, sign, action) {
  const button = document.createElement("button");
  button.type = "button";
  button.ariaLabel = label;
  button.textContent = sign;
  button.addEventListener("click", action);
  return button;
}

const dialog = document.createElement("dialog");
const [controls, stage, counter, caption] = ["div", "div", "p", "p"].map((name) =>
  document.createElement(name),
);
dialog.className = "viewer no-print";
dialog.ariaLabel = "Просмотр фотографий";
controls.className = "viewer__controls";
stage.className = "viewer__stage";
counter.className = "viewer__counter";
counter.setAttribute("aria-live", "polite");
caption.className = "viewer__caption";
const close = control("Закрыть", "✕", () => dialog.close());
close.autofocus = true;
controls.append(counter, close);
if (links.length > 1) {
  counter.before(control("Предыдущий снимок", "←", () => show(current - 1)));
  counter.after(control("Следующий снимок", "→", () => show(current + 1)));
}
dialog.append(controls, stage, caption);

// Numbered like the gallery on the page, which does not contain the cover.
function position(link) {
  const number = photos.indexOf(link) + 1;
  return number ? `${number} из ${photos.length}` : "Обложка";
}

function show(index) {
  current = (index + links.length) % links.length;
  const link = links[current];
  stage.replaceChildren(picture(link));
  counter.textContent = position(link);
  caption.textContent = link.closest("figure").querySelector("figcaption")?.textContent ?? "";
  for (const step of [1, -1]) picture(links.at((current + step) % links.length));
}

const KEYS = {
  ArrowLeft: () => show(current - 1),
  ArrowRight: () => show(current + 1),
  Home: () => show(0),
  End: () => show(links.length - 1),
};

dialog.addEventListener("keydown", (event) => {
  if (!(event.key in KEYS) || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  KEYS[event.key]();
});

let start = null;
stage.addEventListener("touchstart", ({ touches }) => {
  start = touches.length === 1 ? touches[0] : null; // two fingers zoom the page
});
stage.addEventListener("touchend", ({ changedTouches: [end] }) => {
  const dx = start ? end.clientX - start.clientX : 0;
  const dy = start ? end.clientY - start.clientY : 0;
  if (Math.abs(dx) > Math.max(SWIPE, Math.abs(dy))) show(current - Math.sign(dx));
  start = null;
});

stage.addEventListener("click", ({ target }) => {
  if (target === stage) dialog.close();
});
dialog.addEventListener("close", () => links[current].focus());

document.body.append(dialog);
for (const [index, link] of links.entries()) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a new tab, as for any link
    event.preventDefault();
    show(index);
    dialog.showModal();
  });
}
