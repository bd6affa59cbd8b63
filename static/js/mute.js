// Whether the caller cannot hear her, on every button that mutes, also after the bar is drawn anew.
(() => {
  let muted = false;
  const show = () => {
    for (const button of document.querySelectorAll('button[data-phone="mute"]')) button.setAttribute("aria-pressed", String(muted));
  };
  const hear = (now) => {
    muted = now;
    show();
  };
  document.body.addEventListener("phone:muted", ({ detail }) => hear(detail.muted));
  document.body.addEventListener("phone:ended", () => hear(false));
  document.addEventListener("htmx:afterSettle", show);
})();
