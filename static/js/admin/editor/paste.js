// What is pasted from Word, Google Docs, R7, LibreOffice, a page or a messenger becomes elements of
// the editor. The page's CSP hides styles from a parser and reports event handlers, so both become
// other attributes in the text.
import { Link as EditorLink, Extension } from "django-prose-editor/editor";

// Deleted revisions, comments, list numbers that are typed: Word's own names.
const UNWANTED = [
  "del, template, noscript, script, title, button, select, textarea, [hidden], .MsoDel, .msoDel",
  "a[href^='#cmnt'], .MsoCommentReference, .msocomtxt, .msocomanchor, .msocomoff, .Apple-interchange-newline",
].join(", ");
const LONGEST_HEADING = 200;
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

function readSize(element) {
  return Number.parseFloat(readStyle(element).get("font-size")) || 0;
}

// R7 copies no headings: they are paragraphs in larger letters than those of most of the text.
function turnLargeLettersIntoHeadings(body) {
  if (!body.querySelector("[class^='docData;']")) {
    return;
  }
  const lengths = new Map();
  for (const run of body.querySelectorAll("span[data-style*='font-size']")) {
    lengths.set(readSize(run), (lengths.get(readSize(run)) ?? 0) + run.textContent.length);
  }
  const [usual] = [...lengths].toSorted(([, one], [, other]) => other - one)[0] ?? [0];
  for (const paragraph of body.querySelectorAll("p:not(li p, td p, th p)")) {
    const sizes = [...paragraph.querySelectorAll("span")].map(readSize).filter(Boolean);
    const least = Math.min(...sizes) / usual;
    if (sizes.length && least > 1.15 && paragraph.textContent.length < LONGEST_HEADING) {
      const heading = rename(paragraph, least > 1.3 ? "h2" : "h3");
      for (const bold of heading.querySelectorAll("b, strong")) {
        unwrap(bold);
      }
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
    link.removeAttribute("rel");
    link.removeAttribute("title");
    if (DOMAIN.test(address)) {
      link.setAttribute("href", encodeURI(decodeLeniently(`https://${address}`)));
    } else if (/^https?:\/\//i.test(address)) {
      link.setAttribute("href", address.replace(/\s/g, "%20"));
    } else if (!/^(?:mailto|tel):/i.test(address)) {
      unwrap(link);
    }
  }
}

function removeEmptyParagraphs(body) {
  for (const paragraph of body.querySelectorAll("p:not(li p, td p, th p)")) {
    if (!paragraph.textContent.trim()) {
      paragraph.remove();
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
    .replace(/<[a-z][^>]*>/gi, (tag) =>
      tag.replace(/\sstyle\s*=/gi, " data-style=").replace(/\son[a-z]+\s*=/gi, " data-handler="),
    );
  const { body } = new DOMParser().parseFromString(readable, "text/html");
  removeUnwanted(body);
  const pictures = removePictures(body);
  turnParagraphsIntoLists(body);
  turnNamesIntoHeadings(body);
  turnLargeLettersIntoHeadings(body);
  turnStylesIntoElements(body);
  correctLinks(body);
  removeEmptyParagraphs(body);
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

// A link keeps its address, although its words look like another one.
export const Link = EditorLink.extend({
  addPasteRules() {
    const isLinked = ({ state, range }) => state.doc.rangeHasMark(range.from, range.to, this.type);
    return this.parent().map((rule) => {
      const { handler } = rule;
      rule.handler = (found) => (isLinked(found) ? null : handler(found));
      return rule;
    });
  },
});

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
