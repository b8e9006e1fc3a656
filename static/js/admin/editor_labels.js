// The rich-text editor in Russian where it does not ask Django's catalogue, and a name for its
// editing area, which would otherwise be a nameless text box to a screen reader.
const labels = new Map([
  ["paragraph", "Абзац или заголовок"],
  ["unordered list", "Список"],
  ["ordered list", "Нумерованный список"],
  ["blockquote", "Цитата"],
  ["bold", "Полужирный"],
  ["italic", "Курсив"],
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

// The editor builds itself after this script has run: wait for each one once.
const waiting = new MutationObserver(() => {
  for (const editor of document.querySelectorAll(".prose-editor:not([data-labelled])")) {
    if (editor.querySelector(".prose-menubar") && editor.querySelector("[contenteditable]")) {
      editor.dataset.labelled = "";
      translate(editor);
    }
  }
});
waiting.observe(document.documentElement, { childList: true, subtree: true });
