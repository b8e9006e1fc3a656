// A video of RuTube or VK Video in the text: an element with the address of its page and a title.
import { Node, pm } from "django-prose-editor/editor";

const LIKELY =
  /^\s*(?:<iframe\b[^>]*\bsrc=["'])?(?:https?:)?\/\/(?:[a-z]+\.)?(?:rutube\.ru|vkvideo\.ru|vk\.com|vk\.ru)\/\S/i;
const LONGEST = 2000;
const LONGEST_TITLE = 150;
const OFFLINE = "Нет связи: повторите, когда она вернётся.";

let dialogs = 0;

function findUrl(editor) {
  return editor.view.dom.closest("form")?.querySelector(".text-check")?.dataset.video;
}

// What the server makes of an address: {address} of the video's page, or {message}.
async function readAddress(url, address) {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ address: address.trim() }),
    });
    const answer = await response.json();
    return response.ok ? answer : { message: answer.message ?? OFFLINE };
  } catch {
    return { message: OFFLINE };
  }
}

// The video that is selected in the text, or undefined.
function findSelected(editor) {
  const { node } = editor.state.selection;
  return node?.type.name === "placedVideo" ? node.attrs : undefined;
}

// In place of an empty paragraph, otherwise behind the paragraph, list or table with the cursor.
function insertVideo(editor, address, title = "") {
  const { $to } = editor.state.selection;
  const isEmptyLine = $to.depth === 1 && $to.parent.content.size === 0;
  const after = $to.depth ? $to.after(1) : $to.pos;
  const from = isEmptyLine ? $to.before(1) : after;
  const video = { type: "placedVideo", attrs: { address, title } };
  editor
    .chain()
    .insertContentAt({ from, to: after }, [video, { type: "paragraph" }])
    .setTextSelection(from + 2) // in the new paragraph
    .focus()
    .run();
}

function makeElement(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

function makeInput(name, properties, value = "") {
  const id = `video-${name}-${dialogs}`;
  return makeElement("input", { id, type: "text", value, ...properties });
}

function makeField(name, hint, input) {
  const label = makeElement("label", { htmlFor: input.id }, name);
  const help = makeElement("span", { className: "prose-editor-help" }, hint);
  return makeElement("div", { className: "prose-editor-dialog-field" }, label, help, input);
}

function askForVideo(editor, url) {
  dialogs += 1;
  const selected = findSelected(editor);
  const problemId = `video-problem-${dialogs}`;
  const input = makeInput("address", { maxLength: LONGEST, inputMode: "url" }, selected?.address);
  const title = makeInput("title", { maxLength: LONGEST_TITLE }, selected?.title);
  input.setAttribute("aria-describedby", problemId);
  const problem = makeElement("p", { id: problemId, className: "errornote" });
  problem.setAttribute("role", "alert");
  problem.hidden = true;
  const hint = "Со страницы видео на RuTube или VK Видео, или код для вставки";
  const titleHint = "Что на видео. Без названия на странице будет заголовок публикации";
  const verb = selected ? "Изменить видео" : "Вставить видео";
  const insert = makeElement("button", { type: "submit" }, verb);
  const cancel = makeElement("button", { type: "button" }, "Отмена");
  const heading = makeElement("h3", { className: "prose-editor-dialog-title" }, "Видео в тексте");
  const fields = [
    makeField("Адрес видео", hint, input),
    makeField("Название видео", titleHint, title),
  ];
  const buttons = makeElement("div", { className: "prose-editor-dialog-buttons" }, insert, cancel);
  const form = makeElement("form", {}, heading, ...fields, problem, buttons);
  const dialog = makeElement("dialog", { className: "prose-editor-dialog" }, form);
  dialog.setAttribute("aria-label", "Видео в тексте");
  dialog.dataset.labelled = "";

  cancel.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    editor.commands.focus();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { address, message } = await readAddress(url, input.value);
    if (address) {
      dialog.close();
      const attrs = { address, title: title.value.trim() };
      if (selected) {
        editor.chain().updateAttributes("placedVideo", attrs).focus().run();
      } else {
        insertVideo(editor, attrs.address, attrs.title);
      }
    } else {
      problem.textContent = message;
      problem.hidden = false;
      input.setAttribute("aria-invalid", "true");
      input.focus();
    }
  });
  document.body.append(dialog);
  dialog.showModal();
}

// An address that is pasted into an empty paragraph, and nothing else, is shown as a video.
function pasteVideo(editor, text) {
  const url = findUrl(editor);
  const { empty, $from } = editor.state.selection;
  const isEmptyLine = empty && $from.depth === 1 && $from.parent.content.size === 0;
  const isAlone = LIKELY.test(text) && !/\n\s*\S/.test(text.trim()) && text.length <= LONGEST;
  if (!url || !isEmptyLine || !isAlone) {
    return false;
  }
  readAddress(url, text).then(({ address }) => {
    if (address) {
      insertVideo(editor, address);
    } else {
      editor.commands.insertContent({ type: "text", text: text.trim() });
    }
  });
  return true;
}

export const PlacedVideo = Node.create({
  name: "placedVideo",
  group: "block",
  atom: true,
  draggable: true,

  addAttributes() {
    return {
      address: {
        parseHTML: (element) => element.dataset.video,
        renderHTML: ({ address }) => ({ "data-video": address }),
      },
      title: {
        default: "",
        parseHTML: (element) => element.dataset.title ?? "",
        renderHTML: ({ title }) => (title ? { "data-title": title } : {}),
      },
    };
  },

  parseHTML() {
    return [{ tag: "figure[data-video]" }];
  },

  renderHTML({ HTMLAttributes }) {
    return ["figure", HTMLAttributes];
  },

  addNodeView() {
    return ({ node }) => {
      const figure = makeElement("figure", { className: "placed-video" });
      figure.append(
        makeElement("strong", {}, `▶ ${node.attrs.title || "Видео"}`),
        makeElement("span", {}, node.attrs.address.replace(/^https:\/\//, "")),
      );
      return { dom: figure, ignoreMutation: () => true };
    };
  },

  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "placedVideo",
      groups: "media",
      button: buttons.material("smart_display", "Видео"),
      command: (editor) => {
        const url = findUrl(editor);
        if (url) {
          askForVideo(editor, url);
        }
      },
    });
  },

  addProseMirrorPlugins() {
    const { editor } = this;
    return [
      new pm.state.Plugin({
        props: {
          handlePaste: (_view, event) =>
            pasteVideo(editor, event.clipboardData?.getData("text/plain") ?? ""),
        },
      }),
    ];
  },
});
