// Replace a still by the player of the video's host on click; nothing is loaded from it before.
function play(link) {
  const player = document.createElement("iframe");
  player.className = "video__player";
  player.src = link.dataset.player;
  player.title = link.dataset.title;
  player.allow = "autoplay; fullscreen; picture-in-picture";
  link.replaceWith(player);
  player.focus();
}

for (const link of document.querySelectorAll("a.video__still")) {
  link.querySelector(".video__words").textContent = "Смотреть здесь";
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    play(link);
  });
}

for (const note of document.querySelectorAll(".videos__note")) {
  note.hidden = false;
}
