// Copies, in this browser, of what could not be sent to the slot of a form yet. Each belongs to a
// user: nobody else is offered it, and that user's logout removes it.
const PREFIX = "autosave:";
const LIFETIME = 30 * 24 * 3600 * 1000; // milliseconds, as long as a slot lasts

// Return action(localStorage), or null if the browser forbids storage or has no room left.
function withStorage(action) {
  try {
    return action(localStorage);
  } catch {
    return null;
  }
}

const nameOf = (user, key) => `${PREFIX}${user}:${key}`;

// Whether the copy is stored. `message` is what would be sent, `url` where to.
export function writeCopy(key, url, message) {
  const copy = JSON.stringify({ url, message, at: Date.now() });
  return withStorage((storage) => {
    storage.setItem(nameOf(message.user, key), copy);
    return true;
  });
}

export function removeCopy(user, key) {
  withStorage((storage) => storage.removeItem(nameOf(user, key)));
}

export function removeCopiesOf(user) {
  for (const { key } of listCopies(user)) {
    removeCopy(user, key);
  }
}

export function listCopies(user) {
  const start = nameOf(user, "");
  const names = withStorage((storage) => Object.keys(storage)) ?? [];
  return names
    .filter((name) => name.startsWith(start))
    .map((name) => ({ key: name.slice(start.length), ...readCopy(name) }));
}

function readCopy(name) {
  return withStorage((storage) => JSON.parse(storage.getItem(name))) ?? {};
}

// Of all users: a shared computer does not hold texts for ever.
export function removeExpiredCopies() {
  const names = withStorage((storage) => Object.keys(storage)) ?? [];
  for (const name of names.filter((each) => each.startsWith(PREFIX))) {
    if (!(readCopy(name).at > Date.now() - LIFETIME)) {
      withStorage((storage) => storage.removeItem(name));
    }
  }
}
