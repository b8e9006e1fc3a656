// Unknown words that a user leaves as they are: for this tab, until it is closed or logged out.
const nameOf = (user) => `left-words:${user}`;

export function readLeftWords(user) {
  try {
    return new Set(JSON.parse(sessionStorage.getItem(nameOf(user))));
  } catch {
    return new Set(); // the browser forbids storage
  }
}

export function storeLeftWords(user, words) {
  try {
    sessionStorage.setItem(nameOf(user), JSON.stringify([...words]));
  } catch {
    // Then they are left until the page is loaded again.
  }
}

export function forgetLeftWords(user) {
  try {
    sessionStorage.removeItem(nameOf(user));
  } catch {
    // Nothing was stored.
  }
}
