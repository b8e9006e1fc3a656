// The checklist of a post: each task leads into its field, and the list follows what is autosaved.
const FIELDS =
  "input:not([type=hidden]), select:not(.select2-hidden-accessible), textarea, [contenteditable=true], .select2-selection";

// The field itself, or the visible one in its place: the editor, a choice that searches.
function findField(target) {
  if (target.matches(FIELDS) && target.checkVisibility()) {
    return target;
  }
  const row = target.closest(".form-row, .photos") ?? target;
  return [...row.querySelectorAll(FIELDS)].find((field) => field.checkVisibility()) ?? target;
}

function lead(event) {
  const target = document.getElementById(event.target.hash?.slice(1));
  if (!target) {
    return;
  }
  event.preventDefault();
  const closed = target.closest("details:not([open])");
  if (closed) {
    closed.open = true;
  }
  const field = findField(target);
  field.scrollIntoView({ block: "center" });
  field.focus({ preventScroll: true });
}

function replace(html) {
  const checklist = document.getElementById("checklist");
  const template = document.createElement("template");
  template.innerHTML = html;
  const renewed = template.content.querySelector(".checklist");
  if (!checklist || !renewed || checklist.isEqualNode(renewed)) {
    return;
  }
  const focused = checklist.contains(document.activeElement) ? document.activeElement.hash : null;
  checklist.replaceWith(renewed);
  document.querySelector(".publish__check").textContent = renewed.dataset.summary;
  if (focused !== null) {
    (renewed.querySelector(`[href="${focused}"]`) ?? renewed).focus();
  }
}

document.addEventListener("click", (event) => {
  if (event.target.closest(".checklist a, .publish__check")) {
    lead(event);
  }
});
document.addEventListener("autosave:accepted", (event) => replace(event.detail.checklist));
