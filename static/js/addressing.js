// Several addresses in one field: what is suggested of the list goes behind those that stand there already.
//   <input list="address-book" data-several>
(() => {
  const suggest = ({ target }) => {
    const list = target.matches?.("input[list]") && target.list;
    if (!list) return;
    const before = "several" in target.dataset ? target.value.replace(/[^,;]*$/, "") : "";
    const start = before && `${before.trimEnd()} `;
    if (list.dataset.start === start) return;
    list.dataset.start = start;
    for (const option of list.options) {
      option.dataset.own ??= option.value;
      option.dataset.who ??= option.label; // sought, too, and by its beginning
      option.value = start + option.dataset.own;
      option.label = start + option.dataset.who;
    }
  };
  for (const kind of ["focusin", "input"]) document.addEventListener(kind, suggest);
})();
