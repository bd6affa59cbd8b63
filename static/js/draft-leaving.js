// A form of draft.js goes: it is sent, swapped away, left with its page, or she signs out. First it gives what it holds.
(() => {
  const { fields, keep, forget, empty } = window.draftShelf;
  const { stateOf, begin, save, unsaved, close } = window.drafts;
  const give = (form) => { keep(form); save(form); };
  let signingOut = false;

  // On its way to be taken, with all that is typed: nothing is saved beside it meanwhile.
  document.body.addEventListener("htmx:beforeSend", ({ detail }) => {
    const form = detail.elt;
    if (!form.matches("form[data-draft-url]") || detail.requestConfig.verb !== "post") return;
    begin(form);
    const state = stateOf(form);
    clearTimeout(state.timer);
    keep(form);
    state.taking = true;
    state.request?.abort();
    detail.xhr.addEventListener("loadend", () => {
      state.taking = false;
      if (form.isConnected && state.dirty) save(form);
    }, { once: true });
  });
  // Taken: the server holds the message, so the kept copy goes.
  document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
    const form = detail.elt.closest?.("form[data-draft-url]");
    if (!form || !detail.successful) return;
    clearTimeout(stateOf(form)?.timer);
    forget(form);
  });

  // What she typed on after she had pressed: where the page that comes is still written on, it stands there again.
  let [pressed, late] = [null, null];
  document.body.addEventListener("page:leaving", () => {
    const { form, handed } = pressed ?? {};
    if (!form?.isConnected || !stateOf(form).taking) return;
    const typed = fields(form).filter(([name, value]) => handed.get(name) !== value);
    const at = document.activeElement;
    late = { url: form.dataset.draftUrl, typed, at: form.contains(at) ? at.name : "", caret: at.selectionEnd };
  });
  document.body.addEventListener("page:shown", () => {
    const form = late && [...document.forms].find((each) => each.dataset.draftUrl === late.url);
    for (const [name, value] of form ? late.typed : []) {
      const field = form.elements.namedItem(name);
      if (!field?.matches?.("textarea, input:not([type=radio], [type=checkbox], [type=hidden])")) continue;
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      if (name !== late.at) continue;
      field.focus();
      if (typeof late.caret === "number") field.setSelectionRange?.(late.caret, late.caret);
    }
    pressed = late = null;
  });

  // The same for a form that pages.js sends as `data`: it waits until it can name the revision that is kept by then.
  window.drafts.handOver = (form, data) => {
    pressed = { form, handed: new Map(fields(form)) };
    begin(form);
    const state = stateOf(form);
    clearTimeout(state.timer);
    keep(form);
    state.taking = true;
    return async (fate) => {
      fate.then((became) => {
        if (became === "taken") { // and nothing of it is given again before the page that comes has taken its place
          forget(form);
          setTimeout(() => { state.taking = false; });
          return;
        }
        state.taking = false;
        if (form.isConnected && state.dirty) save(form);
      });
      await state.underway;
      data.set("revision", form.dataset.revision);
    };
  };

  document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
    unsaved().filter((form) => detail.target.contains(form) && !stateOf(form).taking).forEach(give);
  });
  const leave = () => { if (!signingOut) unsaved().filter((form) => !stateOf(form).taking).forEach(give); };
  addEventListener("pagehide", leave);
  document.body.addEventListener("page:leaving", leave);

  // Before she signs out the office has it all, and this computer keeps nothing.
  document.addEventListener("submit", async (event) => {
    if (signingOut || !event.target.matches("[data-signs-out]")) return;
    event.preventDefault();
    for (const latest = Date.now() + 3000; unsaved().length && Date.now() < latest;) {
      unsaved().forEach(save);
      await new Promise((done) => setTimeout(done, 200));
    }
    signingOut = true;
    close();
    empty();
    event.target.submit();
  });
})();
