// Rows of related data are ordered by buttons, too: the handle of the package needs a mouse.
const ROWS = ".inline-related.has_original";

function createButton(label, name, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  button.setAttribute("aria-label", `${label}: ${name}`);
  button.addEventListener("click", act);
  return button;
}

function number(group) {
  for (const [index, row] of group.querySelectorAll(ROWS).entries()) {
    row.querySelector("input._reorder_").value = index + 1;
  }
}

function move(row, isLater, button) {
  const rows = [...row.parentElement.querySelectorAll(ROWS)];
  const other = rows[rows.indexOf(row) + (isLater ? 1 : -1)];
  if (other) {
    other[isLater ? "after" : "before"](row);
    number(row.parentElement);
    button.focus();
    button.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

for (const row of document.querySelectorAll(`.inline-group ${ROWS}`)) {
  const heading = row.querySelector("h3:has(.sort)");
  if (heading) {
    const name = heading.querySelector(".inline_label").textContent.trim();
    const place = document.createElement("span");
    place.className = "row-order";
    const earlier = createButton("Выше", name, () => move(row, false, earlier));
    const later = createButton("Ниже", name, () => move(row, true, later));
    place.append(earlier, later);
    heading.append(place);
  }
}
