// The rota of a week: arrow keys go from day to day and from person to person, and a shift may be dragged.
// Both only lead to the pages that are there without them.
(() => {
  "use strict";
  const table = document.querySelector("[data-rota]");
  if (!table) return;
  const rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("[data-rota-cell]")]);
  const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

  table.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    const here = event.target.closest("[data-rota-cell]");
    if (!step || !here || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows.findIndex((cells) => cells.includes(here));
    const next = rows[row + step[0]]?.[rows[row].indexOf(here) + step[1]];
    if (!next) return;
    event.preventDefault();
    next.querySelector("a").focus();
  });

  let dragged = null;
  table.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-rota-shift]");
  });
  table.addEventListener("dragend", () => {
    dragged = null;
    over(null);
  });
  table.addEventListener("dragover", (event) => {
    const cell = event.target.closest("[data-rota-cell]");
    if (!dragged || !cell) return;
    event.preventDefault();
    over(cell);
  });
  table.addEventListener("drop", (event) => {
    const cell = event.target.closest("[data-rota-cell]");
    if (!dragged || !cell || cell.contains(dragged)) return;
    event.preventDefault();
    // To the shift's own page, with the new day and person filled in: there it is judged and saved.
    const there = new URL(dragged.href);
    there.searchParams.set("on", cell.dataset.on);
    there.searchParams.set("secretary", cell.dataset.secretary);
    window.location.assign(there);
  });

  function over(cell) {
    for (const each of table.querySelectorAll(".rota-over")) each.classList.remove("rota-over");
    if (cell) cell.classList.add("rota-over");
  }
})();
