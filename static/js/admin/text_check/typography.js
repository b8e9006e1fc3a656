// Finds what good typography would change in a plain text: quotation marks, dashes, ellipses, spaces.
// Letters and digits never change, nor do addresses, names of files and markup.

// Rules of typograf that touch nothing but punctuation and spaces, and are right without a reader.
const RULES = [
  "common/punctuation/quote",
  "common/punctuation/hellip",
  "common/space/delRepeatSpace",
  "common/space/delBeforePunctuation",
  "common/space/bracket",
  "ru/dash/main",
  "ru/dash/directSpeech",
  "ru/dash/years",
  "ru/dash/decade",
  "ru/dash/centuries",
  "ru/dash/month",
  "ru/dash/daysMonth",
  "ru/dash/time",
  "ru/nbsp/abbr",
  "ru/nbsp/addr",
  "ru/nbsp/afterNumberSign",
  "ru/nbsp/centuries",
  "ru/nbsp/dayMonth",
  "ru/nbsp/initials",
  "ru/nbsp/mln",
  "ru/nbsp/ooo",
  "ru/nbsp/page",
  "ru/nbsp/rubleKopek",
  "ru/nbsp/see",
  "ru/nbsp/year",
  "ru/nbsp/years",
  "common/nbsp/afterNumber",
  "common/nbsp/afterParagraphMark",
  "common/nbsp/afterSectionMark",
];
const WORD = "\\p{L}\\d";
const PROTECTED = new RegExp(
  [
    '(?<![a-z\\d+.-])[a-z][a-z\\d+.-]{1,20}://[^\\s«»"<>]+', // addresses
    `(?<![\\w.+-])[\\w.+-]{1,64}@[${WORD}-]{1,63}(?:\\.[${WORD}-]{1,63}){1,5}`,
    `(?<![${WORD}.-])(?:[${WORD}-]{1,63}\\.){1,5}(?:рф|ru|su|com|org|net|info)(?![${WORD}])(?:/[^\\s«»"<>]*)?`,
    `(?<![${WORD}_.-])[${WORD}_.-]{1,100}\\.(?:docx?|xlsx?|pptx?|pdf|zip|jpe?g|png|txt|mp4|html?)(?![${WORD}])`,
    "</?[a-z][^<>]{0,200}>", // code
    "`[^`]{1,200}`",
    "&#?\\w{2,10};",
  ].join("|"),
  "giu",
);
const LETTER = /[\p{L}\p{N}\p{M}]/gu;
const TOKEN = /\.{2,}|\s+|./gsu;
const LINES = /[\n\ufffc]/; // a line break in the text of the editor is the second
const FUNCTION_WORD = /\d\u00a0(?:и|а|но|или|в|во|на|с|со|к|по|из|до|от|у|за|о|об|не)(?!\p{L})/giu;
const LONGEST = 5000; // characters that the rules are asked about at once
const SENTENCE_END = /[.!?…]["»“)]*\s+(?=["«„(—–-]?\s?[А-ЯЁA-Z\d])/gu;

// The text with letters instead of what must not be touched, of the same length.
export function maskProtected(text) {
  return text.replace(PROTECTED, (found) => "x".repeat(found.length));
}

// The parts of a line, [{start, text}]: a long one is cut between sentences, or else words.
export function splitParts(text) {
  const parts = [];
  let start = 0;
  while (text.length - start > LONGEST) {
    const next = text.slice(start, start + LONGEST);
    const length = findLastEnd(next, SENTENCE_END) || findLastEnd(next, /\s/g) || LONGEST;
    parts.push({ start, text: next.slice(0, length) });
    start += length;
  }
  parts.push({ start, text: text.slice(start) });
  return parts;
}

function findLastEnd(text, pattern) {
  const last = [...text.matchAll(pattern)].at(-1);
  return last ? last.index + last[0].length : 0;
}

// What stands before, between and behind the letters: [{from, text}].
function listGaps(text) {
  const gaps = [];
  let from = 0;
  for (const letter of text.matchAll(LETTER)) {
    gaps.push({ from, text: text.slice(from, letter.index) });
    from = letter.index + letter[0].length;
  }
  gaps.push({ from, text: text.slice(from) });
  return gaps;
}

function listLetters(text) {
  return text.match(LETTER)?.join("") ?? "";
}

// Spaces at a dash are left to the page, which puts a no-break space before each.
function adjust(wanted) {
  return wanted
    .replaceAll("\u202f", "\u00a0")
    .replace(/\u00a0(?=[—–])|(?<=[—–])\u00a0/g, " ")
    .replace(FUNCTION_WORD, (found) => found.replace("\u00a0", " "));
}

// The edits that turn one gap into the other: sign by sign if they correspond.
function listGapEdits({ from, text }, wanted) {
  const signs = text.match(TOKEN) ?? [];
  const wantedSigns = wanted.match(TOKEN) ?? [];
  if (signs.length !== wantedSigns.length) {
    return [{ from, to: from + text.length, text: wanted }];
  }
  const edits = [];
  let place = from;
  for (const [index, sign] of signs.entries()) {
    if (sign !== wantedSigns[index] && !isSameSpace(sign, wantedSigns[index])) {
      edits.push({ from: place, to: place + sign.length, text: wantedSigns[index] });
    }
    place += sign.length;
  }
  return edits;
}

// A no-break space that somebody has set is left alone.
function isSameSpace(sign, wanted) {
  return /^[\u00a0\u202f]$/.test(sign) && wanted === " ";
}

function listEdits(text, wanted) {
  const wantedGaps = listGaps(wanted);
  return listGaps(text).flatMap((gap, index) =>
    gap.text === wantedGaps[index].text ? [] : listGapEdits(gap, wantedGaps[index].text),
  );
}

// Both marks of a quotation are one change: one alone would be wrong.
function pairQuotes(edits, isBalanced) {
  const changes = [];
  const open = [];
  for (const edit of edits) {
    const change = { edits: [edit] };
    if (/[«„]/.test(edit.text)) {
      open.push(change);
    } else if (/[»“]/.test(edit.text) && open.length) {
      open.pop().edits.push(edit);
      continue;
    }
    changes.push(change);
  }
  const isWhole = ({ edits: [first, second] }) => second || !/[«„»“]/.test(first.text);
  return isBalanced ? changes : changes.filter(isWhole);
}

export function applyEdits(text, edits) {
  let result = text;
  for (const edit of edits.toSorted((a, b) => b.from - a.from)) {
    result = result.slice(0, edit.from) + edit.text + result.slice(edit.to);
  }
  return result;
}

function nameKind(edits) {
  const text = edits.map((edit) => edit.text).join("");
  if (/[«»„“]/.test(text)) {
    return "quotes";
  }
  return /[—–]/.test(text) ? "dashes" : /…/.test(text) ? "ellipses" : nameSpaces(text);
}

function nameSpaces(text) {
  return text.includes("\u00a0") ? "nbsp" : "spaces";
}

// A change with the words around it: {kind, edits, from, before, after}.
function describe(text, { edits }) {
  const first = edits[0].from;
  const last = edits.at(-1).to;
  const from =
    first - /\S{0,30}\s{0,2}$/u.exec(text.slice(Math.max(0, first - 40), first))[0].length;
  const to = last + /^\s{0,2}\S{0,30}/u.exec(text.slice(last, last + 40))[0].length;
  const before = text.slice(from, to);
  const moved = edits.map((edit) => ({ ...edit, from: edit.from - from, to: edit.to - from }));
  return { kind: nameKind(edits), edits, from, before, after: applyEdits(before, moved) };
}

// A function that lists the changes of one part of a line.
export function createTypograph(Typograf) {
  const typograf = new Typograf({ locale: ["ru", "en-US"], disableRule: "*", enableRule: RULES });
  return (text) => {
    if (LINES.test(text)) {
      return [];
    }
    const masked = maskProtected(text);
    const wanted = adjust(typograf.execute(masked));
    if (listLetters(masked) !== listLetters(wanted)) {
      return [];
    }
    const isBalanced = wanted.match(/[«„]/g)?.length === wanted.match(/[»“]/g)?.length;
    return pairQuotes(listEdits(masked, wanted), isBalanced).map((found) => describe(text, found));
  };
}
