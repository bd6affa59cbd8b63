// The panel of putting through is seen as soon as it opens, however far down she had read.
(() => {
  let opened = null;
  document.body.addEventListener("htmx:afterSettle", () => {
    const panel = document.querySelector(".through-panel");
    if (!opened) panel?.scrollIntoView();
    opened = panel;
  });
})();
