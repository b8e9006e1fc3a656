// The list of a post's photographs: each field is saved when it is left, each button acts at once.
const panel = document.querySelector(".photos");
const list = panel.querySelector(".photos__list");
const PAUSE = 3000; // milliseconds between two attempts without a network
let saving = 0;

async function ask(address, entries) {
  const body = new URLSearchParams(entries);
  const response = await fetch(`${panel.dataset.base}photos/${address}`, { method: "POST", body });
  const answer = await response.json().catch(() => ({ message: "Сервер не ответил." }));
  return { ...answer, isDone: response.ok, status: response.status };
}

function tell(row, text) {
  row.querySelector(".photo__note").textContent = text;
}

// The form of the post waits while requests run (photo_uploads.js).
async function askUntilAnswered(row, address, entries) {
  saving += 1;
  panel.toggleAttribute("data-saving", true);
  const answer = await repeatUntilAnswered(row, address, entries);
  saving -= 1;
  panel.toggleAttribute("data-saving", saving > 0);
  panel.dispatchEvent(new CustomEvent("photos:saved", { bubbles: true }));
  return answer;
}

// Repeat what failed for want of a network or a login; the entry stays in its field meanwhile.
async function repeatUntilAnswered(row, address, entries) {
  for (;;) {
    try {
      const answer = await ask(address, entries);
      if (![401, 502, 503, 504].includes(answer.status)) {
        tell(row, answer.isDone ? "" : (answer.message ?? ""));
        return answer;
      }
      tell(row, answer.message);
    } catch {
      tell(row, "Нет связи: сохраним, когда она вернётся.");
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

function readField(field) {
  return field.type === "checkbox" ? (field.checked ? "on" : "") : field.value;
}

async function saveField(field) {
  const row = field.closest(".photo");
  const name = field.dataset.field;
  const answer = await askUntilAnswered(row, `${row.dataset.photo}/`, { [name]: readField(field) });
  const problem = answer.problems?.[name] ?? "";
  field.setAttribute("aria-invalid", String(Boolean(problem)));
  tell(row, problem || (answer.isDone ? "Сохранено." : answer.message));
  if (name === "is_decorative") {
    row.querySelector("[data-field='alt']").disabled = field.checked;
  }
}

function saveForAll(field) {
  for (const other of list.querySelectorAll(`[data-field="${field.dataset.forAll}"]`)) {
    other.value = field.value;
    saveField(other);
  }
}

// What was given for all photographs reaches those that are stored later, too.
function fillFromFieldsForAll(row) {
  for (const field of panel.querySelectorAll("[data-for-all]")) {
    const own = row.querySelector(`[data-field="${field.dataset.forAll}"]`);
    if (field.value && !own.value) {
      own.value = field.value;
      saveField(own);
    }
  }
}

async function saveOrder() {
  const rows = [...list.children];
  for (const [index, row] of rows.entries()) {
    row.dataset.order = index + 1;
  }
  const numbers = rows.map((row) => ["photo", row.dataset.photo]);
  await askUntilAnswered(rows[0], "order/", numbers);
}

function move(row, other, place) {
  if (other) {
    other[place](row);
    saveOrder();
  }
}

function place(numbers) {
  document.dispatchEvent(new CustomEvent("photos:place", { detail: numbers }));
}

function replaceRow(row, answer) {
  if (answer.isDone) {
    row.insertAdjacentHTML("afterend", answer.row);
    const renewed = row.nextElementSibling;
    row.remove();
    return renewed;
  }
  return row;
}

const acts = {
  place: (row) => place([row.dataset.photo]),
  "place-all": () => place([...list.children].map((row) => row.dataset.photo)),
  earlier: (row) => move(row, row.previousElementSibling, "before"),
  later: (row) => move(row, row.nextElementSibling, "after"),

  async cover(row) {
    const answer = await askUntilAnswered(row, `${row.dataset.photo}/cover/`, {});
    if (answer.isDone) {
      for (const other of list.children) {
        other.querySelector(".photo__cover").hidden = other !== row;
      }
    }
  },

  async rotate(row) {
    const answer = await askUntilAnswered(row, `${row.dataset.photo}/rotate/`, {});
    const renewed = replaceRow(row, answer);
    renewed.querySelector("[data-act='rotate']").focus();
    document.dispatchEvent(new CustomEvent("photos:changed"));
  },

  async delete(row) {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    const answer = await askUntilAnswered(row, `${row.dataset.photo}/delete/`, {});
    if (answer.isDone) {
      row.remove();
      next?.querySelector("[data-act='delete']").focus();
      document.dispatchEvent(new CustomEvent("photos:changed"));
    }
  },
};

panel.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-act]");
  if (!button) {
    return;
  }
  await acts[button.dataset.act](button.closest(".photo"));
  if (button.isConnected && ["earlier", "later"].includes(button.dataset.act)) {
    button.focus();
  }
});
panel.addEventListener("change", (event) => {
  if (event.target.dataset.field) {
    saveField(event.target);
  } else if (event.target.dataset.forAll) {
    saveForAll(event.target);
  }
});
panel.addEventListener("photos:stored", (event) => fillFromFieldsForAll(event.target));
// Enter in a field of a photograph saves that field, not the post.
panel.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input:not([type=file])")) {
    event.preventDefault();
    event.target.dispatchEvent(new Event("change", { bubbles: true }));
  }
});

// A photograph is dragged by its picture: into the text, or to another place in the list.
let dragged = null;
list.addEventListener("dragstart", (event) => {
  dragged = event.target.closest(".photo");
  const figure = `<figure data-pm-slice="0 0 []" data-photo="${dragged.dataset.photo}"></figure>`;
  event.dataTransfer.setData("text/html", figure);
  event.dataTransfer.effectAllowed = "copyMove";
});
list.addEventListener("dragend", () => {
  dragged = null;
});
list.addEventListener("dragover", (event) => {
  if (dragged && event.target.closest(".photo")) {
    event.preventDefault();
  }
});
list.addEventListener("drop", (event) => {
  const row = event.target.closest(".photo");
  if (dragged && row && row !== dragged) {
    event.preventDefault();
    const isLater = dragged.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING;
    move(dragged, row, isLater ? "after" : "before");
  }
});
