// A meeting dragged to another time of the grid opens the form that moves it, filled in: nothing moves by itself.
// <a data-move="URL"> in a [data-row]; <ol class="diary-slots" data-day="2026-11-25" data-from="8" data-quarters="40">.
// The form is asked for with ?to=2026-11-25T10:15, by the clock the grid is drawn on. Keyboard: the entry's page, m.
(() => {
  let dragged = null; // {url, quarters, grabbed: how many quarters below its beginning it was taken}
  const marker = Object.assign(document.createElement("li"), { ariaHidden: "true" });

  const quarter = (slots, y) => {
    const box = slots.getBoundingClientRect();
    return Math.floor(((y - box.top) / box.height) * Number(slots.dataset.quarters));
  };
  const place = (event) => {
    const slots = dragged && event.target.closest?.(".diary-slots[data-day]");
    if (!slots) return null;
    const last = Number(slots.dataset.quarters) - 1;
    return { slots, first: Math.max(0, Math.min(last, quarter(slots, event.clientY) - dragged.grabbed)), last };
  };
  const forget = () => { marker.remove(); dragged = null; };

  document.addEventListener("dragstart", (event) => {
    const link = event.target.closest?.("a[data-move]");
    const slot = link?.closest(".slot");
    if (!slot) return;
    const slots = slot.closest(".diary-slots");
    const box = slot.getBoundingClientRect();
    const high = slots.getBoundingClientRect().height / Number(slots.dataset.quarters);
    dragged = {
      url: link.dataset.move,
      quarters: Math.max(1, Math.round(box.height / high)),
      grabbed: Math.max(0, Math.floor((event.clientY - box.top) / high)),
    };
    event.dataTransfer.effectAllowed = "move";
  });
  document.addEventListener("dragover", (event) => {
    const at = place(event);
    if (!at) return marker.remove();
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    marker.className = `drop-place r-${at.first} n-${Math.min(dragged.quarters, at.last - at.first + 1)}`;
    if (marker.parentNode !== at.slots) at.slots.append(marker);
  });
  document.addEventListener("drop", (event) => {
    const at = place(event);
    if (!at) return;
    event.preventDefault();
    const minutes = Number(at.slots.dataset.from) * 60 + at.first * 15;
    const two = (n) => String(n).padStart(2, "0");
    const to = `${at.slots.dataset.day}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
    const link = Object.assign(document.createElement("a"), { href: `${dragged.url}?to=${to}`, hidden: true });
    forget();
    // A link that is pressed goes where every link of the desk goes: a call that is being talked goes on.
    document.body.append(link);
    link.click();
    link.remove();
  });
  document.addEventListener("dragend", forget);
})();
