// A photograph of the post in its text: an element that holds the photograph's number alone. The
// list of photographs below the text has a button for each, and each can be dragged into the text.
import { Node } from "django-prose-editor/editor";

const LIST = "#photos-group";

function findThumbnail(number) {
  return document.querySelector(`${LIST} img[data-photo="${CSS.escape(number)}"]`);
}

function findCaption(thumbnail) {
  return thumbnail.closest(".inline-related").querySelector("input[name$='-caption']")?.value ?? "";
}

function showPhoto(number) {
  const figure = document.createElement("figure");
  figure.className = "placed-photo";
  const thumbnail = findThumbnail(number);
  if (thumbnail) {
    const image = document.createElement("img");
    image.src = thumbnail.src;
    image.alt = findCaption(thumbnail) || "Фотография в тексте";
    figure.append(image);
  } else {
    figure.textContent = "Этой фотографии у публикации нет: посетители здесь ничего не увидят.";
  }
  return figure;
}

function listPlaced(editor) {
  const numbers = new Set();
  editor.state.doc.descendants((node) => {
    if (node.type.name === "placedPhoto") {
      numbers.add(node.attrs.number);
    }
  });
  return numbers;
}

function createButton(label, insert) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button place-photo";
  button.textContent = label;
  button.addEventListener("click", insert);
  return button;
}

// Behind the paragraph, list or table in which the cursor stands.
function insertPhotos(editor, numbers) {
  const { $to } = editor.state.selection;
  const place = $to.depth ? $to.after(1) : $to.pos;
  const photos = numbers.map((number) => ({ type: "placedPhoto", attrs: { number } }));
  editor.chain().focus().insertContentAt(place, photos).run();
}

function addButtons(editor) {
  const list = document.querySelector(LIST);
  const thumbnails = [...(list?.querySelectorAll("img[data-photo]") ?? [])];
  for (const thumbnail of thumbnails) {
    const { photo } = thumbnail.dataset;
    thumbnail.after(createButton("Вставить в текст", () => insertPhotos(editor, [photo])));
    thumbnail.addEventListener("dragstart", (event) => {
      const figure = `<figure data-pm-slice="0 0 []" data-photo="${photo}"></figure>`;
      event.dataTransfer.setData("text/html", figure);
    });
  }
  if (thumbnails.length > 1) {
    const insertRest = () => {
      const placed = listPlaced(editor);
      const numbers = thumbnails.map((thumbnail) => thumbnail.dataset.photo);
      insertPhotos(
        editor,
        numbers.filter((number) => !placed.has(number)),
      );
    };
    list.querySelector("h2")?.after(createButton("Вставить в текст все остальные", insertRest));
  }
}

export const PlacedPhoto = Node.create({
  name: "placedPhoto",
  group: "block",
  atom: true,
  draggable: true,

  addAttributes() {
    return {
      number: {
        parseHTML: (element) => element.dataset.photo,
        renderHTML: ({ number }) => ({ "data-photo": number }),
      },
    };
  },

  parseHTML() {
    return [{ tag: "figure[data-photo]" }];
  },

  renderHTML({ HTMLAttributes }) {
    return ["figure", HTMLAttributes];
  },

  addNodeView() {
    return ({ node }) => ({ dom: showPhoto(node.attrs.number) });
  },

  onCreate() {
    addButtons(this.editor);
  },
});
