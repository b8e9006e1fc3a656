// Counts a read of this page once: after it was seen for five seconds altogether. The request bears
// no more than the address of the post; the site stores only a number a day.
const SECONDS = 5;
let seen = 0;

const timer = setInterval(() => {
  if (document.visibilityState === "visible") {
    seen += 1;
  }
  if (seen === SECONDS) {
    clearInterval(timer);
    navigator.sendBeacon(new URL("read/", location.origin + location.pathname));
  }
}, 1000);
