/* Makes the page live: fetches it again whenever something happened, and keeps what is being typed. */
(() => {
  "use strict";
  const parts = (page) => [...page.querySelectorAll("[data-part]")];
  const named = (root) => [...root.querySelectorAll("[id]")];

  /** Put the new part in the old one's place; open folds, typed words and the focus stay. */
  const replace = (old, fresh) => {
    if (old.dataset.shown === fresh.outerHTML) return;
    const shown = fresh.outerHTML;
    const focus = old.contains(document.activeElement) ? document.activeElement : null;
    const caret = focus && "selectionStart" in focus ? [focus.selectionStart, focus.selectionEnd] : null;
    for (const element of named(old)) {
      const twin = fresh.querySelector(`#${CSS.escape(element.id)}`);
      if (!twin) continue;
      if (element.open) twin.open = true;
      if (element.matches("input, textarea") && element.value !== element.defaultValue) twin.value = element.value;
      if (element.matches("select") && [...twin.options].some((option) => option.value === element.value)) {
        twin.value = element.value;
      }
    }
    const screens = (part) => [...part.querySelectorAll(".device-screen")];
    const scrolled = new Map(screens(old).map((screen) => [screen.id, screen.scrollTop]));
    fresh.dataset.shown = shown;
    old.replaceWith(fresh);
    for (const screen of screens(fresh)) screen.scrollTop = scrolled.get(screen.id) ?? 0;
    const again = focus?.id && document.getElementById(focus.id);
    if (again) {
      again.focus({ preventScroll: true });
      if (caret && caret[0] !== null) again.setSelectionRange(...caret);
    }
  };

  const show = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const fresh = new Map(parts(page).map((part) => [part.id, part]));
    for (const old of parts(document)) replace(old, document.adoptNode(fresh.get(old.id)));
  };

  let asked = 0;
  let shownLast = 0;
  const fetchAgain = async () => {
    const mine = ++asked;
    const answer = await fetch(location.href);
    const html = await answer.text();
    if (!answer.ok || mine < shownLast) return; // a later answer is already on the page
    shownLast = mine;
    show(html);
  };

  const follow = async (address) => {
    history.pushState(null, "", address);
    await fetchAgain();
  };

  /** Send a form, or follow a choice, without leaving the page. Without a script both are ordinary. */
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form, event.submitter));
    for (const field of form.querySelectorAll("input:not([type=hidden]), textarea")) field.value = field.defaultValue;
    const mine = ++asked;
    const answer = await fetch(form.action, { method: "POST", body });
    shownLast = mine;
    history.replaceState(null, "", answer.url);
    form.closest("#move")?.removeAttribute("open");
    if (form.matches("[data-at-once]")) form.remove();
    show(await answer.text());
  });

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href^='/?']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    await follow(link.href);
  });
  document.addEventListener("change", async (event) => {
    const form = event.target.closest("[data-whose]");
    if (form) await follow(`/?${new URLSearchParams(new FormData(form))}`);
  });
  window.addEventListener("popstate", fetchAgain);

  const live = new EventSource("/events");
  live.addEventListener("changed", () => fetchAgain().catch(() => {})); // the stream says so when it is back
  live.addEventListener("beat", () => fetchAgain().catch(() => {})); // the clock's minute

  const began = new WeakMap();
  setInterval(() => {
    for (const timer of document.querySelectorAll("[data-seconds]")) {
      if (!began.has(timer)) began.set(timer, performance.now() - 1000 * timer.dataset.seconds);
      const seconds = Math.floor((performance.now() - began.get(timer)) / 1000);
      timer.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    }
  }, 1000);

  document.querySelector("[data-at-once]")?.requestSubmit();
})();
