// The page after a logout: the next user of a shared computer finds no unsent text.
import { removeAllCopies } from "../desk/tab_copies.js";
import { forgetLeftWords } from "../text_check/left_words.js";
import { removeCopiesOf } from "./autosave_copies.js";

const { formerUser } = document.querySelector("[data-former-user]")?.dataset ?? {};
if (formerUser) {
  removeCopiesOf(formerUser);
  forgetLeftWords(formerUser);
  removeAllCopies();
}
