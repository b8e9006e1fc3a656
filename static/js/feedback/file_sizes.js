// Reject files that are too large before they are uploaded.
for (const input of document.querySelectorAll("input[type=file][data-largest]")) {
  const note = document.createElement("p");
  note.className = "field__error";
  note.setAttribute("aria-live", "assertive");
  input.before(note);
  input.addEventListener("change", () => {
    const large = [...input.files].filter((file) => file.size > Number(input.dataset.largest));
    const names = large.map((file) => `«${file.name}»`).join(", ");
    note.textContent = names && `${input.dataset.tooLarge}: ${names}. Выберите файлы ещё раз.`;
    if (names) input.value = "";
  });
}
