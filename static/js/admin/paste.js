// What is pasted from Word, Google Docs, Excel, LibreOffice or a messenger becomes elements of the
// editor. The page's CSP hides styles from a parser, so they are read as attributes, as text.
import { Extension } from "django-prose-editor/editor";

// Deleted revisions, comments, list numbers that are typed: Word's own names.
const UNWANTED = [
  "del, template, noscript, script, title, [hidden], .MsoDel, .msoDel",
  "a[href^='#cmnt'], .MsoCommentReference, .msocomtxt, .msocomanchor, .msocomoff, .Apple-interchange-newline",
].join(", ");
const HEADINGS = { H1: "h2", H4: "h3", H5: "h3", H6: "h3" };
const DOMAIN = /^(?:www\.|[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.\p{L}{2,}(?:[/?#:]|$))/u;
const NUMBER = /^(?:\d+|[a-zа-яё]|[ivxlcdm]+)[.)]/i;

function readStyle(element) {
  const rules = (element.dataset.style ?? "").split(";").map((rule) => rule.split(":"));
  return new Map(
    rules.map(([name, ...value]) => [name.trim().toLowerCase(), value.join(":").trim()]),
  );
}

function isHidden(style) {
  return (
    style.get("display") === "none" ||
    style.get("visibility") === "hidden" ||
    /^(?:all|screen)$/.test(style.get("mso-hide") ?? "") ||
    /^comment/.test(style.get("mso-element") ?? "") ||
    style.has("mso-comment-reference") ||
    style.get("mso-special-character") === "comment"
  );
}

function removeUnwanted(body) {
  // Comments of a Google document: each in a block of its own at the end, and its anchor.
  for (const comment of body.querySelectorAll("a[href^='#cmnt_ref']")) {
    comment.closest("div, p")?.remove();
  }
  for (const element of body.querySelectorAll(UNWANTED)) {
    element.remove();
  }
  for (const element of body.querySelectorAll("[data-style]")) {
    if (isHidden(readStyle(element))) {
      element.remove();
    }
  }
}

function rename(element, name) {
  const renamed = element.ownerDocument.createElement(name);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
  return renamed;
}

function unwrap(element) {
  element.replaceWith(...element.childNodes);
}

function wrapContent(element, name) {
  const wrapper = element.ownerDocument.createElement(name);
  wrapper.append(...element.childNodes);
  element.append(wrapper);
}

// «font-weight: 700» becomes <strong>; <b style="font-weight:normal"> of Google Docs is no bold.
function turnStylesIntoElements(body) {
  for (const element of body.querySelectorAll("[data-style]")) {
    const style = readStyle(element);
    const weight = style.get("font-weight") ?? "";
    const slant = style.get("font-style") ?? "";
    const inHeading = element.closest("h1, h2, h3, h4, h5, h6, th");
    const hasInline = !element.querySelector("p, div, ul, ol, table, h1, h2, h3, h4, h5, h6");
    if (hasInline && !inHeading && (/^bold/.test(weight) || Number(weight) >= 600)) {
      wrapContent(element, "strong");
    }
    if (hasInline && /^(?:italic|oblique)/.test(slant)) {
      wrapContent(element, "em");
    }
    const position = { super: "sup", sub: "sub" }[style.get("vertical-align")];
    if (hasInline && position) {
      wrapContent(element, position);
    }
    const isRegular = /^(?:normal|[1-5]00)$/.test(weight);
    const isUpright = slant === "normal";
    if ((element.matches("b, strong") && isRegular) || (element.matches("i, em") && isUpright)) {
      unwrap(element);
    }
  }
}

function turnNamesIntoHeadings(body) {
  for (const element of body.querySelectorAll("p, div, h1, h4, h5, h6")) {
    const names = element.className;
    const level = Number(readStyle(element).get("mso-outline-level"));
    const named = /(?:^|\s)Mso(?:Title|Subtitle|Heading\s*(\d))(?:\s|$)/.exec(names);
    if (HEADINGS[element.tagName]) {
      rename(element, HEADINGS[element.tagName]);
    } else if (named) {
      rename(element, /Subtitle/.test(named[0]) || Number(named[1]) > 2 ? "h3" : "h2");
    } else if (level && element.tagName === "P") {
      rename(element, level > 2 ? "h3" : "h2");
    }
  }
}

// A paragraph of Word's lists: how deep it lies, and its number or bullet, which leaves the text.
function readListItem(element) {
  const level = /\blevel(\d+)/.exec(readStyle(element).get("mso-list") ?? "");
  const markers = [...element.querySelectorAll("[data-style]")].filter((child) =>
    /^ignore/i.test(readStyle(child).get("mso-list") ?? ""),
  );
  if (element.tagName !== "P" || (!level && !markers.length)) {
    return null;
  }
  const marker = markers
    .map((child) => child.textContent)
    .join("")
    .trim();
  for (const child of markers) {
    child.remove();
  }
  return { element, level: level ? Number(level[1]) : 1, isOrdered: NUMBER.test(marker), marker };
}

function makeList(document, { isOrdered, marker }) {
  const list = document.createElement(isOrdered ? "ol" : "ul");
  if (isOrdered && Number.parseInt(marker, 10) > 1) {
    list.setAttribute("start", Number.parseInt(marker, 10));
  }
  return list;
}

function turnParagraphsIntoLists(body) {
  let open = []; // the lists around the previous item, the outermost first
  let previous = null;
  for (const element of body.querySelectorAll("p")) {
    const item = readListItem(element);
    if (!item) {
      continue;
    }
    const follows = previous?.parentNode && element.previousElementSibling === previous;
    open = follows ? open.filter(({ level }) => level <= item.level) : [];
    let current = open.at(-1);
    const changesKind = current?.level === item.level && current.isOrdered !== item.isOrdered;
    if (!current || current.level < item.level || changesKind) {
      const list = makeList(body.ownerDocument, item);
      if (changesKind) {
        open.pop();
      }
      const around = open.at(-1)?.list.lastElementChild;
      if (around) {
        around.append(list);
      } else {
        element.before(list);
        previous = list;
      }
      current = { list, level: item.level, isOrdered: item.isOrdered };
      open.push(current);
    }
    const entry = body.ownerDocument.createElement("li");
    current.list.append(entry);
    entry.append(element);
  }
}

// An address without a scheme gets https; what leads into a file or nowhere is no link.
function correctLinks(body) {
  for (const link of body.querySelectorAll("a")) {
    const address = (link.getAttribute("href") ?? "").trim();
    if (DOMAIN.test(address)) {
      link.setAttribute("href", encodeURI(decodeLeniently(`https://${address}`)));
    } else if (/^https?:\/\//i.test(address)) {
      link.setAttribute("href", address.replace(/\s/g, "%20"));
    } else if (!/^(?:mailto|tel):/i.test(address)) {
      unwrap(link);
    }
  }
}

function decodeLeniently(address) {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

// Smileys are pictures with their sign as alternative text; the others cannot come along.
function removePictures(body) {
  let count = 0;
  for (const picture of body.querySelectorAll("img, svg, video, object, canvas")) {
    const sign = picture.getAttribute("alt") ?? "";
    if (/^\p{Emoji}{1,8}$/u.test(sign) && !/\d/.test(sign)) {
      picture.replaceWith(sign);
      continue;
    }
    picture.remove();
    count += picture.getAttribute("width") === "1" ? 0 : 1;
  }
  return count;
}

export function cleanPasted(html) {
  const readable = html
    .replace(/<style[\s\S]*?<\/style>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="));
  const { body } = new DOMParser().parseFromString(readable, "text/html");
  removeUnwanted(body);
  const pictures = removePictures(body);
  turnParagraphsIntoLists(body);
  turnNamesIntoHeadings(body);
  turnStylesIntoElements(body);
  correctLinks(body);
  return { html: body.innerHTML, pictures };
}

function announcePictures(editor, count) {
  const area = editor.closest(".prose-editor");
  area.parentNode.querySelector(".paste-note")?.remove();
  if (count) {
    const note = document.createElement("p");
    note.className = "paste-note help";
    note.setAttribute("role", "status");
    note.textContent = `Рисунков не вставлено: ${count}. Сохраните каждый как файл и добавьте к публикации.`;
    area.after(note);
  }
}

export const PastedText = Extension.create({
  name: "pastedText",

  transformPastedHTML(html) {
    if (/\sdata-pm-slice=/.test(html)) {
      return html; // from this editor
    }
    const cleaned = cleanPasted(html);
    announcePictures(this.editor.view.dom, cleaned.pictures);
    return cleaned.html;
  },
});
