// What is drawn anew takes nothing from her: not what she asked for herself, nothing newer, no question she is asked.
(() => {
  const body = document.body;
  // typed.js comes once she touches the page; until then nothing is drawn anew.
  const { typed } = document.currentScript.dataset;
  let [held, pressed] = [null, null];
  const here = () => letGo(held = null);
  for (const touch of ["focusin", "pointerdown", "keydown"]) addEventListener(touch, () => {
    if (!typed) return;
    pressed = held = body;
    document.head.append(Object.assign(document.createElement("script"), { src: typed, onload: here, onerror: here }));
  }, { once: true });

  // A part that became a form asks no more.
  const askAgain = (part) => part?.matches("body [hx-get]") && htmx.ajax("GET", part.getAttribute("hx-get"), { source: part });

  // What she asked for herself stands: a refresh sent before is asked for again.
  let turn = 0;
  body.addEventListener("htmx:beforeSend", ({ detail }) => { detail.xhr.turn = ++turn; });
  body.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const { target, xhr, requestConfig } = detail;
    if (requestConfig?.elt !== target) target.askedFor = ++turn;
    else if (xhr.turn < target.askedFor) {
      detail.shouldSwap = false;
      setTimeout(() => askAgain(target));
    }
  });

  // A new part lost what was told while it was asked for: it asks again.
  const asking = new Map(); // whether it was told something since
  body.addEventListener("htmx:beforeSend", ({ detail }) => queueMicrotask(() => asking.set(detail.requestConfig.elt)));
  body.addEventListener("live", ({ detail: { name } }) => {
    for (const part of asking.keys()) if (part.getAttribute("hx-trigger")?.includes(`live:${name} `)) asking.set(part, true);
  });
  body.addEventListener("htmx:afterRequest", ({ detail: { requestConfig: { elt } } }) => {
    if (asking.get(elt) && !elt.isConnected) askAgain(document.getElementById(elt.id));
    asking.delete(elt);
  });

  // Two answers may overtake each other.
  body.addEventListener("htmx:beforeSwap", (event) => {
    const standing = event.detail.target.querySelector?.("[data-version]")?.dataset.version;
    const coming = /data-version="(\d+)"/.exec(event.detail.serverResponse)?.[1];
    const sameThing = /data-of="([^"]*)"/.exec(event.detail.serverResponse)?.[1];
    const thing = event.detail.target.querySelector?.("[data-version]")?.dataset.of;
    // Somebody may be typing in the middle of the desk.
    const showing = /id="showing"[^>]* value="([^"]*)"/.exec(event.detail.serverResponse)?.[1];
    if (showing && showing === document.getElementById("showing")?.value) event.detail.shouldSwap = false;
    if (standing && coming && thing === sameThing && Number(coming) < Number(standing)) event.detail.shouldSwap = false;
    // Nor is a question taken away, where nothing is new.
    const asked = event.detail.target.querySelector?.(":popover-open");
    const rings = Boolean(event.detail.target.querySelector?.("[data-ring-until]")) === /data-ring-until=/.test(event.detail.serverResponse);
    if (!asked || thing !== sameThing || !rings) return;
    if (coming === standing) event.detail.shouldSwap = false;
    else if (event.detail.shouldSwap) stoodOpen = asked.id;
  });
  let stoodOpen = ""; // a question
  body.addEventListener("htmx:afterSwap", () => {
    const [question, typing] = [document.getElementById(stoodOpen), document.activeElement];
    stoodOpen = "";
    question?.showPopover?.();
    if (question && typing !== body) typing.focus();
  });

  // What she stands on stays under her fingers, and what she presses until she lets go: a button drawn anew would take
  // her click with it, a field the accent of its next letter.
  const told = (form) => [...form?.querySelectorAll("[type=hidden]:not([name=csrfmiddlewaretoken])") ?? []].map((field) => field.value);
  const signs = (it) => [
    it.tagName, it.value, it.form?.getAttribute("action"), ...told(it.form), it.getAttribute("formaction"), it.getAttribute("href"), it.dataset.key,
  ].join("\n");
  let stood = "";
  body.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const at = document.activeElement;
    stood = detail.target.contains(at) && at.matches("button, a") ? signs(at) : "";
  });
  body.addEventListener("htmx:afterSwap", ({ detail }) => {
    if (!stood || document.activeElement !== body) return;
    const again = [...detail.target.querySelectorAll("button, a")].find((each) => each.checkVisibility() && signs(each) === stood);
    if (!again) return;
    again.focus({ preventScroll: true });
    // Nor is she moved to what is offered first.
    detail.target.querySelectorAll("[autofocus]:not([popover] *)").forEach((each) => each.removeAttribute("autofocus"));
  });
  const waiting = new Set();
  body.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.requestConfig?.verb !== "get" || !(pressed === body || detail.target.contains(pressed))) return;
    detail.shouldSwap = false;
    waiting.add(detail.requestConfig.elt);
  });
  const letGo = () => setTimeout(() => { // her click comes first
    pressed = held;
    waiting.forEach(askAgain);
    waiting.clear();
  });
  body.addEventListener("compositionstart", ({ target }) => { pressed ||= target; });
  body.addEventListener("compositionend", letGo);
  document.addEventListener("pointerdown", ({ target }) => { pressed ||= target.closest("button, a"); });
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, letGo);
})();
