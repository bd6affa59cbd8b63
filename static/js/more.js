// What stands open under More closes with Esc, with a press beside it, and when one goes on past it.
(() => {
  const open = () => document.querySelector(".nav-more[open]");
  const close = (event) => { if (!open()?.contains(event.target)) open()?.removeAttribute("open"); };
  for (const kind of ["pointerdown", "focusin"]) document.addEventListener(kind, close);
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !open()) return;
    open().querySelector("summary").focus();
    open().removeAttribute("open");
  });
})();
