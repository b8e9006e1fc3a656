// What was written on the page of a suggestion and is not on the server yet, in this tab.
const PREFIX = "desk:";

// Return action(sessionStorage), or null if the browser forbids storage or has no room left.
function withStorage(action) {
  try {
    return action(sessionStorage);
  } catch {
    return null;
  }
}

const nameOf = (user, suggestion) => `${PREFIX}${user}:${suggestion}`;

// {act: {field: value}} of this user and suggestion.
export function readCopies(user, suggestion) {
  return withStorage((storage) => JSON.parse(storage.getItem(nameOf(user, suggestion)))) ?? {};
}

// Whether the tab holds the entries now.
export function writeCopy(user, suggestion, act, entries) {
  const copies = JSON.stringify({ ...readCopies(user, suggestion), [act]: entries });
  return withStorage((storage) => {
    storage.setItem(nameOf(user, suggestion), copies);
    return true;
  });
}

export function removeCopy(user, suggestion, act) {
  const { [act]: _, ...rest } = readCopies(user, suggestion);
  withStorage((storage) => storage.setItem(nameOf(user, suggestion), JSON.stringify(rest)));
}

// The next user of a shared computer finds no text of the former one.
export function removeAllCopies() {
  const names = withStorage((storage) => Object.keys(storage)) ?? [];
  for (const name of names.filter((each) => each.startsWith(PREFIX))) {
    withStorage((storage) => storage.removeItem(name));
  }
}
