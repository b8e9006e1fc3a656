// The lines of a post's texts: of its editor and of the fields for title, lead, place and captions.
const FIELDS = [
  "[name=title]",
  "[name=lead]",
  "[name=place]",
  "input[name$='-title']:not([name*=__prefix__])",
  ".photos [data-field=caption]",
  ".photos [data-field=alt]",
].join(", ");
const OF_NODE = new WeakMap(); // nodes of the editor never change

function splitLines(text) {
  const lines = [];
  let start = 0;
  for (const line of text.split(/[\n\ufffc]/)) {
    lines.push({ start, text: line });
    start += line.length + 1;
  }
  return lines.filter((line) => line.text.trim());
}

function listNodeLines(node) {
  if (!OF_NODE.has(node)) {
    OF_NODE.set(node, splitLines(node.textBetween(0, node.content.size, "", "\ufffc")));
  }
  return OF_NODE.get(node);
}

function listEditorLines(editor) {
  const lines = [];
  editor.state.doc.descendants((node, position) => {
    if (node.isTextblock) {
      for (const line of listNodeLines(node)) {
        lines.push({ editor, text: line.text, from: position + 1 + line.start, label: "Текст" });
      }
    }
    return !node.isTextblock;
  });
  return lines;
}

function nameField(field) {
  const label = field.labels?.[0]?.textContent ?? field.getAttribute("aria-label") ?? "";
  return label.trim().split(/\s*[:\n]/)[0];
}

function listFieldLines(field) {
  return splitLines(field.value).map(({ start, text }) => ({
    field,
    text,
    from: start,
    label: nameField(field),
  }));
}

// [{editor or field, text, from: its place there, label}], as they follow each other in the form.
export function listLines(editor) {
  const fields = [...editor.view.dom.closest("form").querySelectorAll(FIELDS)].filter(
    (field) => !field.disabled,
  );
  const isBefore = (field) =>
    field.compareDocumentPosition(editor.view.dom) & Node.DOCUMENT_POSITION_FOLLOWING;
  return [
    ...fields.filter(isBefore).flatMap(listFieldLines),
    ...listEditorLines(editor),
    ...fields.filter((field) => !isBefore(field)).flatMap(listFieldLines),
  ];
}

// Edits ------------------------------------------------------------------------------------------

const fromLast = (edits) => edits.toSorted((a, b) => b.from - a.from);

function moveEdits({ from }, edits) {
  return edits.map((edit) => ({ ...edit, from: from + edit.from, to: from + edit.to }));
}

// One step of the editor's history.
function editText(editor, edits, closeHistory) {
  const transaction = editor.state.tr;
  for (const { from, to, text } of fromLast(edits)) {
    if (text) {
      transaction.insertText(text, from, to);
    } else {
      transaction.delete(from, to);
    }
  }
  editor.view.dispatch(closeHistory(transaction));
}

// What the browser inserts itself can be undone by the keyboard.
function editField(field, edits) {
  const focused = document.activeElement;
  field.focus({ preventScroll: true });
  for (const { from, to, text } of fromLast(edits)) {
    field.setSelectionRange(from, to);
    if (!document.execCommand(text ? "insertText" : "delete", false, text)) {
      field.setRangeText(text, from, to);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  focused.focus({ preventScroll: true });
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

// Make edits of lines, [{line, edits}], whose places are counted from the beginnings of the lines.
export function editLines(changes, closeHistory) {
  const byPlace = Map.groupBy(changes, ({ line }) => line.field ?? line.editor);
  for (const [place, changesOfPlace] of byPlace) {
    const edits = changesOfPlace.flatMap(({ line, edits }) => moveEdits(line, edits));
    if (place instanceof HTMLElement) {
      editField(place, edits);
    } else {
      editText(place, edits, closeHistory);
    }
  }
}

export function showInText({ line, from, to }) {
  const [start, end] = [line.from + from, line.from + to];
  if (line.field) {
    line.field.focus();
    line.field.setSelectionRange(start, end);
  } else {
    line.editor.chain().setTextSelection({ from: start, to: end }).focus().scrollIntoView().run();
  }
}
