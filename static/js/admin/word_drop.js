// A Word file that is dropped on the page goes into the form which makes a draft of it.
// The form works without this; with it, a file that is too large is refused before it is sent.
const form = document.querySelector("[data-word-form]");
const input = form?.querySelector("input[type=file]");
const button = form?.querySelector("input[type=submit]");
const status = form?.querySelector("[role=status]");
// Also what the server refuses: it says what to do.
const DOCUMENT = /\.(?:docx?|docm|dotx?|odt|rtf|pages|pdf)$/i;
// While a file is dragged, its name is unknown, and where Word is missing its type, too.
const DOCUMENT_TYPE = /^$|word|opendocument\.text|rtf|pdf/;

function mayBeDocument({ target, dataTransfer }) {
  const [item, ...others] = dataTransfer?.items ?? [];
  const isAlone = item?.kind === "file" && others.length === 0;
  return isAlone && DOCUMENT_TYPE.test(item.type) && !target.closest?.("input[type=file]");
}

function megabytes(bytes) {
  return Math.round(bytes / 2 ** 20);
}

// Whether the file may be sent; says why not.
function isAccepted(file) {
  const limit = Number(input.dataset.limit);
  if (file.size <= limit) {
    return true;
  }
  input.value = "";
  status.textContent =
    `${file.name}: ${megabytes(file.size)} МБ, а принимаются документы до ${megabytes(limit)} МБ. ` +
    "Сожмите рисунки в Word (Формат рисунка → Сжать рисунки) или добавьте фотографии отдельно.";
  return false;
}

function isChanged(field) {
  return field.type === "checkbox"
    ? field.checked !== field.defaultChecked
    : field.value !== field.defaultValue;
}

// Whether something is written in the form of a new post, which another page would wipe out.
function isWritten() {
  const fields = document.querySelectorAll("#post_form :is(input:not([type=hidden]), textarea)");
  const editors = document.querySelectorAll("#post_form [contenteditable]");
  return (
    [...fields].some(isChanged) || [...editors].some((editor) => editor.textContent.trim() !== "")
  );
}

function take(files) {
  form.hidden = false;
  if (!isAccepted(files[0])) {
    return;
  }
  input.files = files;
  if (isWritten()) {
    form.target = "_blank";
    status.textContent =
      "В форме уже есть текст, поэтому черновик из файла откроется в новой вкладке.";
    button.focus();
  } else {
    form.requestSubmit();
  }
}

function hide() {
  delete form.dataset.over;
  form.hidden = form.dataset.wasHidden === "true" && !input.files.length;
}

if (form) {
  form.dataset.wasHidden = form.hidden;
  document.addEventListener(
    "dragover",
    (event) => {
      if (mayBeDocument(event)) {
        event.preventDefault();
        event.stopPropagation();
        form.hidden = false;
        form.dataset.over = "";
        status.textContent = "Отпустите файл Word: из него получится черновик.";
      }
    },
    true,
  );
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget && "over" in form.dataset) {
      status.textContent = "";
      hide();
    }
  });
  document.addEventListener(
    "drop",
    (event) => {
      const files = event.dataTransfer?.files ?? [];
      if (files.length === 1 && DOCUMENT.test(files[0].name) && mayBeDocument(event)) {
        event.preventDefault();
        event.stopPropagation();
        take(event.dataTransfer.files);
      } else if ("over" in form.dataset) {
        status.textContent = "";
        hide();
      }
      delete form.dataset.over;
    },
    true,
  );
  input.addEventListener("change", () => {
    status.textContent = "";
    if (input.files.length) {
      isAccepted(input.files[0]);
    }
  });
  form.addEventListener("submit", (event) => {
    if (!event.defaultPrevented && input.files.length) {
      status.textContent = `Читаем «${input.files[0].name}». Десять больших фотографий занимают несколько секунд.`;
      button.disabled = form.target !== "_blank";
    }
  });
  window.addEventListener("pageshow", () => {
    button.disabled = false;
  });
}
