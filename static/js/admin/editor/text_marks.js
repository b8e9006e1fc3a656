// Marks of words in the editor that may be misprints: seen while writing, no part of the HTML.
import { Extension, pm } from "django-prose-editor/editor";
import { startTextCheck } from "../text_check/text_check.js";

const { Plugin, PluginKey } = pm.state;
const { Decoration, DecorationSet } = pm.view;
const key = new PluginKey("textMarks");

// The word at the cursor is still being written.
function isBeingWritten(editor, { start, end }) {
  const { empty, head } = editor.state.selection;
  return empty && editor.isFocused && start <= head && head <= end;
}

// Show marks at these places: [{line, from, to}].
function show(editor, places) {
  const ranges = places
    .filter(({ line }) => line.editor === editor)
    .map(({ line, from, to }) => ({ start: line.from + from, end: line.from + to }))
    .filter((range) => !isBeingWritten(editor, range));
  const text = JSON.stringify(ranges);
  if (text !== editor.storage.textMarks.shown) {
    editor.storage.textMarks.shown = text;
    const marks = ranges.map(({ start, end }) =>
      Decoration.inline(start, end, { class: "unknown-word" }),
    );
    const { tr } = editor.state;
    editor.view.dispatch(tr.setMeta(key, marks).setMeta("addToHistory", false));
  }
}

export const TextMarks = Extension.create({
  name: "textMarks",

  addStorage() {
    return { shown: "[]" };
  },

  addProseMirrorPlugins() {
    return [
      new Plugin({
        key,
        state: {
          init: () => DecorationSet.empty,
          apply(transaction, marks) {
            const renewed = transaction.getMeta(key);
            return renewed
              ? DecorationSet.create(transaction.doc, renewed)
              : marks.map(transaction.mapping, transaction.doc);
          },
        },
        props: {
          decorations: (state) => key.getState(state),
        },
      }),
    ];
  },

  onCreate() {
    startTextCheck(this.editor, {
      showMarks: (places) => show(this.editor, places),
      closeHistory: pm.history.closeHistory,
    });
  },

  // The places that were shown last are no longer those of the text.
  onUpdate() {
    this.storage.shown = "";
  },
});
