// What is drawn anew takes nothing from her: not what she asked for herself, nothing newer, no question she is asked.
(() => {
  const body = document.body;
  // A part that became a form asks no more.
  const askAgain = (part) => part?.matches("body [hx-get]") && htmx.ajax("GET", part.getAttribute("hx-get"), { source: part });
  const waiting = new Set(); // what is drawn anew in a moment
  const drawWaiting = () => {
    const parts = [...waiting];
    waiting.clear();
    parts.forEach(askAgain);
  };

  // typed.js comes once she touches the page: until it is there, nothing is drawn over what she does.
  const { typed } = document.currentScript.dataset;
  const touches = ["focusin", "pointerdown", "keydown"];
  let isComing = false;
  const touched = () => {
    touches.forEach((touch) => removeEventListener(touch, touched));
    isComing = true;
    const arrived = () => { isComing = false; drawWaiting(); };
    document.head.append(Object.assign(document.createElement("script"), { src: typed, onload: arrived, onerror: arrived }));
  };
  if (typed) touches.forEach((touch) => addEventListener(touch, touched));
  body.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (!isComing || !/live:|every /.test(detail.requestConfig?.elt.getAttribute("hx-trigger"))) return;
    detail.shouldSwap = false;
    waiting.add(detail.requestConfig.elt);
  });

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
  let stoodOpen = ""; // the question that is asked on
  body.addEventListener("htmx:afterSwap", () => {
    const [question, typing] = [document.getElementById(stoodOpen), document.activeElement];
    stoodOpen = "";
    question?.showPopover?.();
    if (question && typing !== body) typing.focus();
  });

  // What she presses stays until she lets go: a button drawn anew in that moment would take her click with it, a
  // field the accent of its next letter.
  let pressed = null;
  body.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.requestConfig?.verb !== "get" || !pressed || !detail.target.contains(pressed)) return;
    detail.shouldSwap = false;
    waiting.add(detail.requestConfig.elt);
  });
  const letGo = () => setTimeout(() => { // her click comes first
    pressed = null;
    drawWaiting();
  });
  body.addEventListener("compositionstart", ({ target }) => { pressed = target; });
  body.addEventListener("compositionend", letGo);
  document.addEventListener("pointerdown", ({ target }) => { pressed = target.closest("button, a"); });
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, letGo);
})();
