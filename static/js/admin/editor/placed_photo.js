// A photograph of the post in its text: an element that holds the photograph's number alone.
import { Node } from "django-prose-editor/editor";

function findRow(number) {
  return document.querySelector(`.photos .photo[data-photo="${CSS.escape(number)}"]`);
}

function fill(figure, number) {
  const row = findRow(number);
  if (row) {
    const image = document.createElement("img");
    image.loading = "lazy";
    image.decoding = "async";
    image.src = row.querySelector("img").src;
    image.alt = row.querySelector("[data-field='caption']").value || "Фотография в тексте";
    figure.replaceChildren(image);
  } else {
    figure.textContent = "Этой фотографии у публикации нет: посетители здесь ничего не увидят.";
  }
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

// Behind the paragraph, list or table in which the cursor stands.
function insertPhotos(editor, numbers) {
  const placed = listPlaced(editor);
  const isRepeated = (number) => numbers.length > 1 && placed.has(number);
  const { $to } = editor.state.selection;
  const photos = numbers
    .filter((number) => !isRepeated(number))
    .map((number) => ({ type: "placedPhoto", attrs: { number } }));
  editor
    .chain()
    .focus()
    .insertContentAt($to.depth ? $to.after(1) : $to.pos, photos)
    .run();
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
    return ({ node }) => {
      const figure = document.createElement("figure");
      figure.className = "placed-photo";
      figure.dataset.number = node.attrs.number;
      fill(figure, node.attrs.number);
      return { dom: figure, ignoreMutation: () => true };
    };
  },

  onCreate() {
    document.addEventListener("photos:place", (event) => insertPhotos(this.editor, event.detail));
    document.addEventListener("photos:changed", () => {
      for (const figure of this.editor.view.dom.querySelectorAll(".placed-photo")) {
        fill(figure, figure.dataset.number);
      }
    });
  },
});
