// The wallboard asks again when something happens in the office, at most once a second, and every five seconds in any
// case. Without new figures for ten seconds it is grey and says of when they are.
(() => {
  const AT_MOST_EVERY = 1000; // ms, as are all of these
  const EVERY = 5000;
  const STALE = 10_000;
  const body = document.body;
  const board = document.getElementById("wallboard");
  let asked = performance.now();
  let answered = asked;
  let timer = 0;

  const ask = () => {
    asked = performance.now();
    timer = setTimeout(ask, EVERY);
    body.dispatchEvent(new CustomEvent("wallboard:ask"));
  };
  const askSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, Math.max(0, asked + AT_MOST_EVERY - performance.now()));
  };
  const show = () => {
    const stale = performance.now() - answered > STALE;
    const said = board.querySelector(".wall-updated");
    const words = said.dataset[stale ? "stale" : "live"];
    board.classList.toggle("wall-stale", stale);
    if (said.firstElementChild.textContent !== words) said.firstElementChild.textContent = words;
  };

  for (const name of [
    "queue.changed", "shift.changed", "call.ringing", "call.withdrawn", "call.answered", "call.held", "call.resumed",
    "call.transfer", "call.ended", "call.wrapup", "task.changed", "message.taken", "message.acknowledged", "resync",
  ]) body.addEventListener(`live:${name}`, askSoon);
  board.addEventListener("htmx:afterSwap", () => {
    answered = performance.now();
    show();
  });
  setInterval(show, 1000);
  timer = setTimeout(ask, EVERY);
  show();
})();
