// The rich-text editor in Russian where it does not ask Django's catalogue, and a name for its
// editing area, which would otherwise be a nameless text box to a screen reader.
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

// A table begins with a row of headings unless somebody says no: without it, readers of tables hear
// cells that nothing names.
function prepare(dialog) {
  for (const option of dialog.querySelectorAll("option")) {
    option.value = option.textContent;
    option.textContent = labels.get(option.value) ?? option.value;
  }
  const heading = dialog.querySelector("[name=withHeaderRow]");
  if (heading) {
    heading.value = "Yes";
  }
}

// The editor builds itself after this script has run, a dialog when it opens: wait for each once.
const waiting = new MutationObserver(() => {
  for (const dialog of document.querySelectorAll(".prose-editor-dialog:not([data-labelled])")) {
    dialog.dataset.labelled = "";
    prepare(dialog);
  }
  for (const editor of document.querySelectorAll(".prose-editor:not([data-labelled])")) {
    if (editor.querySelector(".prose-menubar") && editor.querySelector("[contenteditable]")) {
      editor.dataset.labelled = "";
      translate(editor);
    }
  }
});
waiting.observe(document.documentElement, { childList: true, subtree: true });
