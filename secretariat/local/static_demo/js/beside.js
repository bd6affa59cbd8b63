/* The demo's first step: a caller's telephone opens in a narrow window of its own, beside the desk.
   Without this script, or with such windows refused, the desk shows a link to it. */
(() => {
  "use strict";
  document.addEventListener("click", (event) => {
    const step = event.target.closest("a[data-beside]");
    if (!step) return;
    const width = Math.min(480, screen.availWidth);
    const left = screen.availWidth - width;
    window.open(step.dataset.beside, "outside", `popup,width=${width},height=${screen.availHeight},left=${left}`);
  });
})();
