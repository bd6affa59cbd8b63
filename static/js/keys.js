// Keys press the real control: <button data-key="F4">. F-keys and Ctrl+Enter work inside fields, letters outside only
// ("e", "1", "g d"); body data-keys='{"F4":"F6","e":""}' remaps or turns off, data-letters="off" silences letters.
// j, k, Enter: [data-row]; <input data-enter>: the button behind it. Digits press the n-th of [data-actions] a, button.
(() => {
  const ANYWHERE = new Set(["F2", "F3", "F4", "F7", "F8", "F9", "Ctrl+Enter"]);
  const body = document.body;
  let [remap, chosen] = [{}, new Map()]; // our name of the key → the key she chose, empty: turned off; and the way back
  const learn = () => {
    remap = JSON.parse(body.dataset.keys || "{}");
    chosen = new Map(Object.entries(remap).filter(([, hers]) => hers).map(([ours, hers]) => [hers, ours]));
  };
  learn();
  let [prefix, prefixTimer] = ["", 0];

  const visible = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;
  const control = (key, within = document) =>
    [...within.querySelectorAll("[data-key]")].find((e) => e.dataset.key.split(",").includes(key) && visible(e));
  const named = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return "Ctrl+Enter";
    const pressed = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (prefix && pressed.length === 1) return pressed; // the second letter of "g d" is never another
    return chosen.get(pressed) ?? (pressed in remap ? "" : pressed);
  };
  const typing = (target) =>
    target.closest("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable], dialog[open]");
  const callOf = (element) => element.closest(".call-bar")?.dataset.of;
  let asking = null; // the verb of the call bar that is being answered, {call, key}
  let waiting = null; // the same key pressed meanwhile: done when the answer stands; twice more is no press at all
  const press = (event, element, key) => {
    event.preventDefault();
    if (asking && asking.key === key && asking.call === callOf(element)) waiting = waiting ? null : asking;
    else if (element.matches("input:not([type=submit], [type=button], [type=radio]), textarea, select")) element.focus();
    else [element.type === "radio" && element.focus(), element.click()];
  };

  const rows = () => [...document.querySelectorAll("[data-row]")].filter(visible);
  const currentRow = () => document.activeElement?.closest("[data-row]") || document.querySelector("[data-row].chosen");
  const move = (by) => {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(currentRow());
    const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
    for (const row of all) row.classList.toggle("chosen", row === next);
    (next.querySelector("a[href], button") || next).focus();
    next.scrollIntoView({ block: "nearest" });
  };

  const action = (number) => [...document.querySelectorAll("[data-actions] :is(a[href], button)")].filter(visible)[number - 1];
  const letter = (event, key) => {
    if (!prefix && (key === "j" || key === "k")) { event.preventDefault(); return move(key === "j" ? 1 : -1); }
    if (!prefix && key === "?") { event.preventDefault(); return help(); }
    const whole = prefix ? `${prefix} ${key}` : key;
    prefix = "";
    const element = (currentRow() && control(whole, currentRow())) || control(whole) || (/^[1-9]$/.test(whole) && action(whole));
    if (element) return press(event, element);
    if (key === "g" && document.querySelector('[data-key^="g "]')) {
      prefix = "g";
      clearTimeout(prefixTimer);
      prefixTimer = setTimeout(() => { prefix = ""; }, 1500);
    }
  };
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.repeat || event.defaultPrevented) return;
    const key = named(event);
    if (!key && ANYWHERE.has(event.key)) event.preventDefault(); // turned off, or another's now: not the browser's either
    if (ANYWHERE.has(key)) {
      if (event.altKey || event.shiftKey || (key !== "Ctrl+Enter" && (event.ctrlKey || event.metaKey))) return;
      if (document.querySelector("dialog[open]")) return;
      const within = key === "Ctrl+Enter" ? event.target.closest("form") ?? document : document;
      const element = control(key, within) ?? control(key);
      if (element) press(event, element, key);
      else if (key !== "Ctrl+Enter") event.preventDefault(); // never the browser's own F4 or F9 in mid-call
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey || event.getModifierState?.("AltGraph")) return;
    if (key === "Escape" && !event.target.closest("dialog, [popover]")) {
      if (typing(event.target)) return event.target.blur();
      const close = control(key);
      if (close && !document.querySelector("dialog[open], :popover-open")) press(event, close);
      return;
    }
    if (key === "Enter" && event.target.matches("[data-enter]")) return press(event, event.target.nextElementSibling);
    if (key.startsWith("Arrow") && !event.target.closest("input, textarea, select, dialog[open], [popover]") && control(key)) return press(event, control(key));
    if (body.dataset.letters !== "off" && key.length === 1 && !typing(event.target) && !document.querySelector("dialog[open]")) letter(event, key);
  });

  // What she presses for a key of ours: "g d" begins with whatever she made of g.
  const hers = (ours) => {
    const [first, second] = ours.split(" ");
    const changed = remap[first] ?? first;
    if (first.length === 1 && body.dataset.letters === "off") return "";
    return changed && second ? `${changed} ${second}` : changed;
  };
  // The keys of this page, named by the controls themselves.
  const help = () => {
    const dialog = document.getElementById("keys-help");
    const list = dialog?.querySelector("[data-keys-list]");
    if (!list || dialog.open) return;
    const seen = new Set();
    list.replaceChildren();
    for (const element of document.querySelectorAll("[data-key]")) {
      const key = hers(element.dataset.key);
      if (!key || seen.has(key) || !visible(element)) continue;
      seen.add(key);
      const name = document.createElement("dt");
      name.append(Object.assign(document.createElement("kbd"), { textContent: key }));
      const words = element.cloneNode(true);
      words.querySelectorAll("kbd").forEach((kbd) => kbd.remove());
      list.append(name, Object.assign(document.createElement("dd"), { textContent: words.textContent.trim() || element.ariaLabel || element.labels?.[0]?.textContent.trim() }));
    }
    dialog.showModal();
  };
  const dress = () => {
    for (const element of document.querySelectorAll("[data-key]")) {
      const key = hers(element.dataset.key);
      if (key) element.setAttribute("aria-keyshortcuts", key.replace("Ctrl", "Control"));
      else element.removeAttribute("aria-keyshortcuts");
      const shown = element.querySelector("kbd:not([data-fixed])");
      if (shown && element.dataset.key !== "Ctrl+Enter") shown.hidden = !key;
      if (shown && key && element.dataset.key in remap) shown.textContent = key;
    }
    for (const shown of document.querySelectorAll("kbd[data-shows]")) {
      const key = hers(shown.dataset.shows);
      shown.hidden = !key;
      if (key) shown.textContent = key;
    }
    document.querySelector("[data-error-summary]:not([data-seen])")?.focus();
    const first = document.querySelector("[data-focus]"); // what has just opened is worked from here
    first?.focus();
    first?.removeAttribute("data-focus");
    document.querySelector("[data-error-summary]")?.setAttribute("data-seen", "");
  };
  document.addEventListener("htmx:beforeSend", ({ detail: { elt, xhr } }) => {
    const key = elt.querySelector?.("[data-key]")?.dataset.key;
    if (!key || !callOf(elt)) return;
    const mine = (asking = { key, call: callOf(elt) });
    xhr.addEventListener("loadend", () => {
      if (asking !== mine) return;
      const element = xhr.status >= 200 && xhr.status < 300 && waiting && control(waiting.key);
      asking = waiting = null;
      if (element && callOf(element) === mine.call) element.click(); // never what took its place for another caller
    });
  });
  document.addEventListener("htmx:afterSettle", dress);
  body.addEventListener("page:shown", () => {
    learn();
    dress();
  });
  dress();
})();
