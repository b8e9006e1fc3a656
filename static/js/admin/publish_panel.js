// The publish panel lies above the page: the page ends above it, and no focused field is under it.
// On a telephone it shows the main buttons; one more button shows the rest.
const panel = document.querySelector("[data-publish]");
const toggle = panel?.querySelector(".publish__toggle");

function measure() {
  const height = getComputedStyle(panel).position === "fixed" ? panel.offsetHeight : 0;
  document.documentElement.style.setProperty("--publish-height", `${height}px`);
}

function show(isOpen) {
  panel.classList.toggle("publish--open", isOpen);
  toggle.setAttribute("aria-expanded", String(isOpen));
}

if (panel) {
  toggle.hidden = false;
  toggle.addEventListener("click", () => show(toggle.getAttribute("aria-expanded") === "false"));
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel.classList.contains("publish--open")) {
      show(false);
      toggle.focus();
    }
  });
  // What a link of the panel leads to would be under the open panel.
  panel.addEventListener("click", (event) => event.target.closest("a") && show(false));
  new ResizeObserver(measure).observe(panel);
  window.addEventListener("resize", measure);
}
