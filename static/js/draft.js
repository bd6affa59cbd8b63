// What is typed is kept. <form data-draft-url="…/draft/" data-revision="3">: every change is posted after 800 ms and on
// leaving, and beside it, as `unheard`, the versions sent before of which no answer came: {"text": "…", …}.
// 200 {"revision", "saved": "14:32:05", "redacted"}, 409 {"revision", "fields"}. Until then this tab keeps it too
// (shelf.js). When a form goes, draft-leaving.js sees to it.
(() => {
  const PAUSE = 800;
  const MOST_UNHEARD = 5;
  const { fields, put, same, keep, kept, drop, told, isOlder, forget } = window.draftShelf;
  let closed = false; // she has signed out: nothing is kept or sent any more
  const states = new WeakMap();
  const token = () => JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";
  const line = (form, kind, at) => {
    const output = form.querySelector("[data-draft-line]");
    if (!output) return;
    output.hidden = false;
    output.classList.toggle("unsaved", kind === "unsaved");
    output.querySelector(".draft-words").textContent = kind === "unsaved" ? output.dataset.unsaved : output.dataset.saved;
    output.querySelector(".draft-at").textContent = at || "";
  };
  const save = (form) => {
    const state = states.get(form);
    clearTimeout(state.timer);
    if (closed || state.conflict || state.taking || !form.isConnected) return;
    if (state.sending) state.again = true;
    else state.underway = send(form, state);
  };
  const send = async (form, state) => {
    state.sending = true;
    state.again = false;
    const { changes } = state;
    const typed = fields(form);
    const unheard = state.unheard.map((version) => ["unheard", JSON.stringify(Object.fromEntries(version))]);
    const data = new URLSearchParams([...typed, ...unheard, ["revision", form.dataset.revision]]);
    state.unheard = [...state.unheard, typed].slice(-MOST_UNHEARD);
    keep(form, state.unheard);
    state.request = new AbortController();
    try {
      const answer = await fetch(form.dataset.draftUrl, {
        method: "POST", body: data, keepalive: true, redirect: "manual", signal: state.request.signal,
        headers: { "X-CSRFToken": token(), "Accept": "application/json" },
      });
      if (answer.status === 409) {
        const theirs = await answer.json();
        if (state.unheard.some((version) => same(version, theirs.fields))) { // our own, whose answer was lost
          form.dataset.revision = theirs.revision;
          state.again = true;
        } else conflict(form, theirs);
        state.unheard = [];
      } else if (!answer.ok) throw new Error(String(answer.status));
      else {
        const { revision, saved, redacted } = await answer.json();
        form.dataset.revision = revision;
        const hidden = form.elements.namedItem("revision");
        if (hidden) hidden.value = revision;
        told(form, revision);
        state.dirty = state.changes !== changes; // typed while this was on its way
        if (!state.dirty) drop(form);
        redact(form, redacted || {});
        state.failures = 0;
        state.unheard = [];
        line(form, "saved", saved);
      }
    } catch {
      state.sending = false;
      if (!form.isConnected || state.taking) return;
      state.failures += 1;
      line(form, "unsaved");
      state.timer = setTimeout(save, Math.min(30_000, 2000 * 2 ** state.failures), form);
    }
    state.sending = false;
    if (state.again) save(form);
  };
  // What may not be kept, such as a card number, is taken out of the field too, and said.
  const redact = (form, texts) => {
    for (const [name, text] of Object.entries(texts)) form.elements.namedItem(name).value = text;
    if (Object.keys(texts).length) form.querySelector("[data-draft-card]")?.removeAttribute("hidden");
  };
  // Another tab or person wrote too. Both versions are offered; nothing is overwritten until she says which.
  const conflict = (form, theirs) => {
    if (!form.isConnected) return; // the form was taken or drawn anew meanwhile
    const state = states.get(form);
    const notice = form.querySelector("[data-draft-conflict]");
    state.conflict = theirs;
    keep(form);
    line(form, "unsaved");
    notice?.removeAttribute("hidden");
  };
  const settle = (form, whose) => {
    const state = states.get(form);
    if (!state.conflict) return;
    form.dataset.revision = state.conflict.revision;
    if (whose === "theirs") put(form, Object.entries(state.conflict.fields).flatMap(([n, v]) => [v].flat().map((one) => [n, one])));
    state.conflict = null;
    form.querySelector("[data-draft-conflict]")?.setAttribute("hidden", "");
    save(form);
  };

  const changed = (event) => {
    const form = event.target.form ?? event.target.closest?.("form");
    if (!form?.dataset.draftUrl) return;
    begin(form);
    const state = states.get(form);
    clearTimeout(state.timer);
    state.dirty = true;
    state.changes += 1;
    state.timer = setTimeout(save, event.type === "change" ? 50 : PAUSE, form);
  };
  let opening = true;
  const again = () => {
    const showing = document.getElementById("showing");
    if (opening || !showing) return location.reload();
    showing.value = ""; // the middle of the desk alone: loading the page would end the call this browser carries
    document.body.dispatchEvent(new CustomEvent("live:resync"));
  };
  const begin = (form) => {
    if (states.has(form)) return;
    states.set(form, { failures: 0, changes: 0, unheard: [] });
    // This page was made before the last save of the one it follows: it has to be asked for again.
    if (isOlder(form)) return again();
    const mine = kept(form);
    if (!mine) return;
    // Nothing of it is kept any more, and once more was written since: it was sent from here, and taken.
    if ("draftEmpty" in form.dataset && Number(mine.revision) < Number(form.dataset.revision)) return forget(form);
    put(form, mine.fields);
    form.dataset.revision = mine.revision; // an older revision than the server's comes back as a 409,
    states.get(form).unheard = mine.sent || []; // unless it is what this tab itself was sending when the page was left
    save(form);
  };
  const unsaved = () => [...document.querySelectorAll("form[data-draft-url]")].filter((form) => states.get(form)?.dirty);
  const look = () => document.querySelectorAll("form[data-draft-url]").forEach(begin);

  document.addEventListener("input", changed);
  document.addEventListener("change", changed);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-draft-keep]");
    if (button) settle(button.closest("form"), button.dataset.draftKeep);
  });
  window.drafts = { stateOf: (form) => states.get(form), begin, save, unsaved, close: () => { closed = true; } };
  document.addEventListener("htmx:afterSettle", look);
  look();
  opening = false;
  const typing = document.activeElement; // she may have been quicker than this script
  if (typing.form && "defaultValue" in typing && typing.value !== typing.defaultValue) changed({ target: typing });
})();
