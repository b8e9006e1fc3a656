// The editor replaces its field some moments after the page has loaded: the focus goes with it.
let focused = null;

document.addEventListener("focusin", (event) => {
  focused = event.target;
});
document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
  const lost = document.activeElement === document.body || document.activeElement === textarea;
  if (lost && focused === textarea) {
    editor.commands.focus("end");
  }
});
