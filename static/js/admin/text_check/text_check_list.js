// The list of the panel «Проверить текст»: unknown words first, then changes by kind.
const KINDS = new Map([
  ["quotes", "Кавычки"],
  ["dashes", "Тире"],
  ["ellipses", "Многоточия"],
  ["spaces", "Пробелы"],
  ["nbsp", "Неразрывные пробелы"],
]);
const MOST = 50; // items of one kind
const NBSP = "\u00a0";

function make(name, className, ...content) {
  const element = document.createElement(name);
  element.className = className;
  element.append(...content);
  return element;
}

function makeButton(text, name, act) {
  const button = make("button", "text-check__act", text);
  button.type = "button";
  if (name) {
    button.setAttribute("aria-label", name);
  }
  button.addEventListener("click", act);
  return button;
}

// The text with a visible sign for each no-break space, and for spaces that are changed.
function showSpaces(text) {
  return text.split(/(\u00a0)/).map((part) => {
    if (part !== NBSP) {
      return part;
    }
    const sign = make("span", "text-check__nbsp", "°");
    sign.title = "Пробел, по которому строка не разрывается";
    return sign;
  });
}

function tellTimes(count) {
  const form = new Intl.PluralRules("ru").select(count);
  return `${count}\u00a0${form === "few" ? "раза" : "раз"}`;
}

const spoken = (text) => text.replaceAll(NBSP, " (неразрывный пробел) ");

function makeWord(places, actions) {
  const { word, offers, note } = places[0];
  const where = [...new Set(places.map(({ line }) => line.label))].join(", ");
  const times = places.length > 1 ? `, ${tellTimes(places.length)}` : "";
  const show = makeButton(word, `Показать в тексте: ${word}`, () => actions.show(places[0]));
  show.classList.add("text-check__word");
  const offered = offers.map((offer) =>
    makeButton(offer, `Заменить «${word}» на «${offer}»`, () => actions.replace(places, offer)),
  );
  const leave = makeButton("Оставить", `Оставить «${word}»`, () => actions.leave(word));
  leave.title = "Пока открыта эта вкладка, слово больше не отмечается";
  const item = make("li", "text-check__item", show);
  item.append(make("span", "help", `${where}${times}. ${note}`), ...offered, leave);
  if (actions.mayAddWords && /^[а-яё-]+$/i.test(word)) {
    const name = `В словарь колледжа: ${word}`;
    item.append(makeButton("В словарь колледжа", name, () => actions.add(word)));
  }
  return item;
}

function makeChange(change, actions) {
  const { before, after, line } = change;
  const words = make("span", "text-check__change");
  words.append(
    make("del", "", ...showSpaces(before)),
    " → ",
    make("ins", "", ...showSpaces(after)),
  );
  const name = `${spoken(before)} → ${spoken(after)}`;
  return make(
    "li",
    "text-check__item",
    words,
    make("span", "help", line.label),
    make(
      "span",
      "text-check__acts",
      makeButton("Принять", `Принять: ${name}`, () => actions.accept([change])),
      makeButton("Отклонить", `Отклонить: ${name}`, () => actions.refuse([change])),
    ),
  );
}

// Items beyond MOST are not made before there is room for them.
function makeGroup(title, found, makeItem, buttons, isFolded) {
  const heading = make("summary", "", `${title}: ${found.length}`);
  const group = make("details", "text-check__group", heading, ...buttons);
  group.dataset.title = title;
  group.open = !isFolded;
  group.append(make("ul", "", ...found.slice(0, MOST).map(makeItem)));
  if (found.length > MOST) {
    group.append(
      make("p", "help", `И ещё ${found.length - MOST}: они появятся, когда разберёте эти.`),
    );
  }
  return group;
}

function makeChanges(kind, changes, actions, isFolded) {
  const title = KINDS.get(kind);
  const buttons = [
    makeButton("Принять все", `Принять все: ${title}`, () => actions.accept(changes)),
    makeButton("Отклонить все", `Отклонить все: ${title}`, () => actions.refuse(changes)),
  ];
  const makeItem = (change) => makeChange(change, actions);
  return makeGroup(title, changes, makeItem, buttons, isFolded);
}

// Where the keyboard is: the group, and which of its buttons.
function rememberFocus(list) {
  const button = list.contains(document.activeElement) ? document.activeElement : null;
  const group = button?.closest(".text-check__group");
  if (!group) {
    return null;
  }
  const item = button.closest(".text-check__item");
  return { title: group.dataset.title, place: [...group.querySelectorAll("li")].indexOf(item) };
}

function restoreFocus(list, { title, place }) {
  const group =
    list.querySelector(`[data-title="${title}"]`) ?? list.querySelector(".text-check__group");
  const items = group ? [...group.querySelectorAll("li")] : [];
  const item = items[Math.min(place, items.length - 1)];
  const target = item?.querySelector("button") ?? group?.querySelector("summary");
  (target ?? list.parentElement.querySelector("[data-act=check]")).focus();
}

// What the list shows, to be compared with what it shows already.
function sign(words, changes) {
  const ofWords = words.map(({ line, word, from }) => `${line.label} ${line.from + from} ${word}`);
  const ofChanges = changes.map(
    ({ line, from, after }) => `${line.label} ${line.from + from} ${after}`,
  );
  return [...ofWords, ...ofChanges].join("\n");
}

const shown = new WeakMap();

export function renderFindings(list, words, changes, actions) {
  const signature = sign(words, changes);
  if (shown.get(list) === signature) {
    return;
  }
  shown.set(list, signature);
  const focus = rememberFocus(list);
  const folded = new Map(
    [...list.querySelectorAll("details")].map(({ dataset, open }) => [dataset.title, !open]),
  );
  const groups = [];
  const byWord = Map.groupBy(words, ({ word }) => word);
  if (byWord.size) {
    const title = "Незнакомые слова";
    const makeItem = (places) => makeWord(places, actions);
    groups.push(makeGroup(title, [...byWord.values()], makeItem, [], folded.get(title)));
  }
  const byKind = Map.groupBy(changes, ({ kind }) => kind);
  for (const [kind, title] of KINDS) {
    if (byKind.has(kind)) {
      const isFolded = folded.get(title) ?? kind === "nbsp";
      groups.push(makeChanges(kind, byKind.get(kind), actions, isFolded));
    }
  }
  if (changes.length > 1) {
    const all = makeButton("Принять всё оформление", "", () => actions.accept(changes));
    const none = makeButton("Отклонить всё", "", () => actions.refuse(changes));
    groups.push(make("p", "text-check__all", all, none));
  }
  list.replaceChildren(...groups);
  if (focus) {
    restoreFocus(list, focus);
  }
}
