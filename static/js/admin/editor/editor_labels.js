// Give the controls of the rich-text editor Russian names and states for screen readers: most are
// in no catalogue of translations.
const labels = new Map([
  ["paragraph", "Абзац"],
  ["heading 2", "Заголовок"],
  ["heading 3", "Подзаголовок"],
  ["unordered list", "Список"],
  ["ordered list", "Нумерованный список"],
  ["blockquote", "Цитата"],
  ["bold", "Полужирный"],
  ["italic", "Курсив"],
  ["superscript", "Верхний индекс"],
  ["subscript", "Нижний индекс"],
  ["insert link", "Ссылка: сначала выделите слова"],
  ["remove link", "Убрать ссылку"],
  ["Insert table", "Таблица"],
  ["Add column", "Добавить столбец"],
  ["Delete column", "Удалить столбец"],
  ["Add row", "Добавить строку"],
  ["Delete row", "Удалить строку"],
  ["Merge cells", "Объединить ячейки"],
  ["Split cell", "Разделить ячейку"],
  ["Toggle header cell", "Ячейка-заголовок"],
  ["Delete table", "Удалить таблицу"],
  ["undo", "Отменить"],
  ["redo", "Вернуть"],
  ["Yes", "Да"],
  ["No", "Нет"],
]);

function showState(button) {
  button.setAttribute("aria-pressed", String(button.classList.contains("active")));
  button.setAttribute("aria-disabled", String(button.classList.contains("disabled")));
}

const states = new MutationObserver((changes) => {
  for (const { target } of changes) {
    showState(target);
  }
});

function translate(editor) {
  for (const button of editor.querySelectorAll(".prose-menubar button")) {
    const label = labels.get(button.title);
    if (label) {
      button.title = label;
      button.setAttribute("aria-label", label);
    }
    showState(button);
    states.observe(button, { attributes: true, attributeFilter: ["class"] });
  }
  const area = editor.querySelector("[contenteditable]");
  const field = editor.querySelector("textarea");
  area.setAttribute("role", "textbox");
  area.setAttribute("aria-multiline", "true");
  area.setAttribute("aria-label", field?.labels?.[0]?.textContent.replace(":", "") ?? "Текст");
}

// Name and translate the dialog and preselect a header row for new tables, which screen readers need.
function prepareDialog(dialog) {
  for (const option of dialog.querySelectorAll("option")) {
    option.value = option.textContent;
    option.textContent = labels.get(option.value) ?? option.value;
  }
  dialog.setAttribute("aria-label", dialog.querySelector("h3")?.textContent ?? "");
  const heading = dialog.querySelector("[name=withHeaderRow]");
  if (heading) {
    heading.value = "Yes";
  }
}

// The editor is created after this script has run, a dialog when it opens.
const observer = new MutationObserver(() => {
  for (const dialog of document.querySelectorAll(".prose-editor-dialog:not([data-labelled])")) {
    dialog.dataset.labelled = "";
    prepareDialog(dialog);
  }
  for (const editor of document.querySelectorAll(".prose-editor:not([data-labelled])")) {
    if (editor.querySelector(".prose-menubar") && editor.querySelector("[contenteditable]")) {
      editor.dataset.labelled = "";
      translate(editor);
    }
  }
});
observer.observe(document.documentElement, { childList: true, subtree: true });
