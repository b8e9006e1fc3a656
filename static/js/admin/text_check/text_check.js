// The panel «Проверить текст»: unknown words and changes of typography, each accepted or refused.
import { readLeftWords, storeLeftWords } from "./left_words.js";
import { accept, askAbout, forgetUnknown, listUnknown } from "./spelling.js";
import { renderFindings } from "./text_check_list.js";
import { editLines, listLines, showInText } from "./text_lines.js";
import { createTypograph, splitParts } from "./typography.js";

const PAUSE = 1500; // milliseconds without a key, after which the text is checked again
const OFFLINE = "Нет связи: проверим, когда она вернётся.";
const CHANGED = "Текст с\u00a0тех пор изменился: список обновлён, выберите ещё раз.";
const SLICE = 8; // milliseconds of work, after which keys have their turn

let typograph = null;

function loadTypograph(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", () => resolve(createTypograph(window.Typograf)));
    script.addEventListener("error", reject);
    document.head.append(script);
  });
}

const whenIdle = window.requestIdleCallback ?? setTimeout; // Safari has only the second
const takeBreath = () => new Promise((resolve) => setTimeout(resolve));

class TextCheck {
  constructor(editor, panel, { showMarks, closeHistory }) {
    Object.assign(this, { editor, panel, showMarks, closeHistory });
    this.status = panel.querySelector(".text-check__status");
    this.list = panel.querySelector(".text-check__found");
    this.user = panel.closest("form").elements.autosave?.dataset.user;
    this.left = readLeftWords(this.user); // words that the author leaves as they are
    this.refused = new Set(); // changes that the author does not want
    this.changesOfPart = new Map();
    this.isOpen = false;
    this.note = ""; // about the last click
    this.turn = 0;
    this.listen();
  }

  listen() {
    const later = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => whenIdle(() => this.run()), PAUSE);
    };
    this.editor.on("update", later);
    this.editor.view.dom.closest("form").addEventListener("input", later);
    const button = this.panel.querySelector("[data-act=check]");
    button.addEventListener("click", () => this.open());
    button.disabled = false; // a click before now would be lost
    later();
  }

  open() {
    this.isOpen = true;
    this.refused.clear();
    this.note = "";
    this.status.textContent = "Проверяем…";
    this.run(true);
  }

  // Check what is new since the last time; a run that is overtaken by the next one ends.
  async run(isAsked = false) {
    this.turn += 1;
    const turn = this.turn;
    let problem = "";
    try {
      await askAbout(listLines(this.editor), this.panel.dataset.spelling);
    } catch (error) {
      problem = error instanceof TypeError ? OFFLINE : error.message;
    }
    if (this.isOpen) {
      typograph ??= await loadTypograph(this.panel.dataset.typograf).catch(() => null);
      problem ||= typograph ? "" : OFFLINE;
      await this.readChanges(turn);
    }
    if (turn === this.turn && !this.editor.isDestroyed) {
      this.show(isAsked, problem);
    }
  }

  async readChanges(turn) {
    if (!typograph) {
      return;
    }
    const known = this.changesOfPart;
    this.changesOfPart = new Map();
    let start = performance.now();
    for (const { text } of listLines(this.editor).flatMap((line) => splitParts(line.text))) {
      this.changesOfPart.set(text, known.get(text) ?? typograph(text));
      if (performance.now() - start > SLICE) {
        await takeBreath();
        start = performance.now();
      }
      if (turn !== this.turn) {
        this.changesOfPart = new Map([...known, ...this.changesOfPart]);
        return;
      }
    }
  }

  // Words and changes in the text as it is now.
  find() {
    const lines = listLines(this.editor);
    const words = listUnknown(lines).filter(({ word }) => !this.left.has(word));
    const ofPart = (line, { start, text }) =>
      (this.changesOfPart.get(text) ?? []).map((change) => ({
        line,
        ...moveChange(change, start),
      }));
    const ofLine = (line) => splitParts(line.text).flatMap((part) => ofPart(line, part));
    const changes = this.isOpen ? lines.flatMap(ofLine) : [];
    return { words, changes: changes.filter((change) => !this.refused.has(nameChange(change))) };
  }

  show(isAsked = true, problem = "") {
    const { words, changes } = this.find();
    this.showMarks(words);
    if (this.isOpen) {
      this.tell(words, changes, problem, isAsked);
      renderFindings(this.list, words, changes, this.actions());
    }
  }

  // While somebody writes, the status changes in silence.
  tell(words, changes, problem, isAsked) {
    const count = new Set(words.map(({ word }) => word)).size;
    const parts = [this.note, count && `Незнакомых слов: ${count}.`];
    parts.push(changes.length && `Правок оформления: ${changes.length}.`);
    parts.push(problem && `Проверено не всё. ${problem}`);
    this.status.setAttribute("aria-live", isAsked ? "polite" : "off");
    this.status.textContent = parts.filter(Boolean).join(" ") || "Замечаний нет.";
  }

  actions() {
    return {
      mayAddWords: "mayAddWords" in this.panel.dataset,
      show: showInText,
      replace: (places, text) => {
        this.edit(places.map(({ line, from, to }) => ({ line, edits: [{ from, to, text }] })));
      },
      leave: (word) => {
        this.left.add(word);
        storeLeftWords(this.user, this.left);
        this.show();
      },
      add: (word) => this.addWord(word),
      accept: (changes) => this.edit(changes),
      refuse: (changes) => {
        for (const change of changes) {
          this.refused.add(nameChange(change));
        }
        this.show();
      },
    };
  }

  // The text may have been changed since it was listed: then it is only listed again.
  edit(changes) {
    const lines = listLines(this.editor);
    const isThere = ({ line }) =>
      lines.some(
        ({ text, from, field }) => text === line.text && from === line.from && field === line.field,
      );
    const present = changes.filter(isThere);
    editLines(present, this.closeHistory);
    this.note = present.length < changes.length ? CHANGED : "";
    this.run(true);
  }

  async addWord(word) {
    const response = await fetch(this.panel.dataset.dictionary, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ word }),
    }).catch(() => null);
    const answer = await response?.json().catch(() => ({}));
    if (response?.ok) {
      accept(word);
      forgetUnknown(); // other forms of the word are known now, too
      this.run(true);
    } else {
      this.status.textContent = answer?.message ?? "Нет связи: слово не добавлено.";
    }
  }
}

// A change of a part, counted from the beginning of its line.
function moveChange(change, start) {
  const move = (edit) => ({ ...edit, from: edit.from + start, to: edit.to + start });
  return { ...change, from: change.from + start, edits: change.edits.map(move) };
}

function nameChange({ before, after, line }) {
  return `${line.label}: ${before} → ${after}`;
}

export function startTextCheck(editor, tools) {
  const panel = editor.view.dom.closest("form")?.querySelector(".text-check");
  if (panel) {
    new TextCheck(editor, panel, tools);
  }
}
