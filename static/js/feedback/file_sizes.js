// Says at once that a file is too large, before minutes are spent on sending it in vain.
for (const input of document.querySelectorAll("input[type=file][data-largest]")) {
  input.addEventListener("change", () => {
    const large = [...input.files].filter((file) => file.size > Number(input.dataset.largest));
    const names = large.map((file) => `«${file.name}»`).join(", ");
    input.setCustomValidity(names && `${input.dataset.tooLarge}: ${names}`);
    input.reportValidity();
    if (names) input.value = "";
  });
}
