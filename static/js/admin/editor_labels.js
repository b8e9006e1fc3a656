// Translate the labels of the rich-text editor that are not in Django's catalogue, and label its
// editing area for screen readers.
const labels = new Map([
  ["paragraph", "Абзац или заголовок"],
  ["unordered list", "Список"],
  ["ordered list", "Нумерованный список"],
  ["blockquote", "Цитата"],
  ["bold", "Полужирный"],
  ["italic", "Курсив"],
  ["superscript", "Верхний индекс"],
  ["subscript", "Нижний индекс"],
  ["insert link", "Ссылка"],
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
  ["Heading 2", "Заголовок"],
  ["Heading 3", "Подзаголовок"],
  ["Paragraph", "Абзац"],
  ["Yes", "Да"],
  ["No", "Нет"],
]);

function translate(editor) {
  for (const button of editor.querySelectorAll(".prose-menubar [title]")) {
    const label = labels.get(button.title);
    if (label) {
      button.title = label;
      button.setAttribute("aria-label", label);
    }
  }
  for (const option of editor.querySelectorAll(".prose-menubar__option :is(h2, h3, p)")) {
    option.textContent = labels.get(option.textContent) ?? option.textContent;
  }
  const area = editor.querySelector("[contenteditable]");
  const field = editor.querySelector("textarea");
  area.setAttribute("role", "textbox");
  area.setAttribute("aria-multiline", "true");
  area.setAttribute("aria-label", field?.labels?.[0]?.textContent.replace(":", "") ?? "Текст");
}

// Translate the dialog and preselect a header row for new tables, which screen readers need.
function prepareDialog(dialog) {
  for (const option of dialog.querySelectorAll("option")) {
    option.value = option.textContent;
    option.textContent = labels.get(option.value) ?? option.value;
  }
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
