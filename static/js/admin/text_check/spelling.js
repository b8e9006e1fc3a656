// Finds the words of a text that the server does not know; each word is asked about once.
import { maskProtected } from "./typography.js";

const INVISIBLE = "\\u00ad\\u200b-\\u200f\\u2060\\ufeff";
const PART = `[\\p{L}\\p{M}\\p{N}${INVISIBLE}]+`;
// «была организованна» are two words that belong together.
const WORD = new RegExp(
  `(?<![\\p{L}-])(?:был[аои]?|буд[еу]т)\\s+[а-яё]+нн[аоы](?![\\p{L}-])|${PART}(?:[-\\u2010\\u2011]${PART})*`,
  "giu",
);
const MOST = 2000; // words in one request
const LONGEST = 100; // characters; the server knows no longer words either
const unknown = new Map(); // word: {offers, note}
const asked = new Set();
const ofLine = new Map(); // text: its words
const MOST_LINES = 2000;

// The words of a line that can be checked: [{word, from, to}].
function listWords(text) {
  if (!ofLine.has(text)) {
    if (ofLine.size > MOST_LINES) {
      ofLine.clear();
    }
    const found = [...maskProtected(text).matchAll(WORD)].map(({ 0: word, index }) => ({
      word,
      from: index,
      to: index + word.length,
    }));
    const isChecked = ({ word }) => /[а-яё]/i.test(word) && !/\p{N}/u.test(word);
    ofLine.set(
      text,
      found.filter(isChecked).filter(({ word }) => word.length <= LONGEST),
    );
  }
  return ofLine.get(text);
}

// Ask about the words that are new; rejects without an answer.
export async function askAbout(lines, url) {
  const words = new Set(lines.flatMap(({ text }) => listWords(text)).map(({ word }) => word));
  const fresh = [...words].filter((word) => !asked.has(word));
  for (let start = 0; start < fresh.length; start += MOST) {
    const part = fresh.slice(start, start + MOST);
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ words: part }),
    });
    const answer = await response.json();
    if (!response.ok) {
      throw new Error(answer.message);
    }
    for (const word of part) {
      asked.add(word);
    }
    for (const [word, found] of Object.entries(answer.unknown)) {
      unknown.set(word, found);
    }
  }
}

// [{line, word, from, to, offers, note}] for the words that the server did not know.
export function listUnknown(lines) {
  return lines.flatMap((line) =>
    listWords(line.text)
      .filter(({ word }) => unknown.has(word))
      .map((place) => ({ line, ...place, ...unknown.get(place.word) })),
  );
}

// The word is right from now on; its other forms are asked about again.
export function accept(word) {
  unknown.delete(word);
}

export function forgetUnknown() {
  for (const word of unknown.keys()) {
    asked.delete(word);
  }
  unknown.clear();
}
