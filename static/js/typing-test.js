// The typing test is typed: what is pasted or dropped into it, or copied from the passage, is refused and said so.
(() => {
  const field = document.querySelector("[name=typed]");
  const passage = document.querySelector("[data-passage]");
  const note = document.querySelector("[data-typed-only]");
  if (!field || !passage || !note) return;
  const refuse = (event) => {
    event.preventDefault();
    note.hidden = false;
  };
  for (const kind of ["paste", "drop"]) field.addEventListener(kind, refuse);
  for (const kind of ["copy", "cut", "dragstart"]) passage.addEventListener(kind, refuse);
})();
