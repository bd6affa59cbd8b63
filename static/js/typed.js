// What is drawn anew because something happened leaves what she typed, ticked or chose in it, what she opened, and where
// she writes. (What a form keeps on the server, see draft.js; what outlives a sign-in, session.js.)
(() => {
  const { body } = document;
  const isChanged = (field) => {
    if (!field.name || field.type === "hidden") return false;
    if (field.type === "file") return field.files.length > 0;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.options) return [...field.options].some((option) => option.selected !== option.defaultSelected);
    return "defaultValue" in field && field.value !== field.defaultValue;
  };
  const stateOf = (field) => {
    if (field.options) return [...field.options].filter((option) => option.selected).map((option) => option.value);
    if (field.type === "file") return field.files;
    return field.type === "checkbox" || field.type === "radio" ? field.checked : field.value;
  };
  const put = (field, state) => {
    if (field.options) [...field.options].forEach((option) => { option.selected = state.includes(option.value); });
    else if (field.type === "file") field.files = state;
    else if (typeof state === "boolean") field.checked = state;
    else field.value = state;
  };

  // A form that was sent is kept until it was taken, or until she writes on in it.
  const sent = new WeakMap(); // each form: whether what was sent of it has been taken
  const actionOf = (form) => form?.getAttribute("action") ?? form?.getAttribute("hx-post") ?? "";
  const alike = (form) => [...document.forms].filter((each) => sent.has(each) && actionOf(each) === actionOf(form));
  body.addEventListener("htmx:beforeSend", ({ detail: { xhr, requestConfig: { elt, verb } } }) => {
    const form = verb !== "get" && elt.closest("form");
    if (!form) return;
    sent.set(form, false);
    // Not htmx:afterRequest: it does not come from a form that was swapped away while it asked.
    xhr.addEventListener("loadend", () => {
      const isTaken = xhr.status >= 200 && xhr.status < 400;
      for (const each of new Set([form, ...alike(form)])) isTaken ? sent.set(each, true) : sent.delete(each);
    }, { once: true });
  });
  body.addEventListener("input", ({ target }) => sent.delete(target.form));

  // Which it was among those that look alike: rows come and go around it, its form's address and its name stay.
  const named = (found, signOf) => {
    const many = new Map();
    return new Map([...found].map((each) => {
      const sign = signOf(each);
      many.set(sign, (many.get(sign) ?? 0) + 1);
      return [`${sign}\n${many.get(sign)}`, each];
    }));
  };
  const signOf = (field) => [actionOf(field.form), field.name, field.type, /checkbox|radio/.test(field.type) && field.value].join("\n");
  const fields = () => named(document.querySelectorAll("input[name], textarea[name], select[name]"), signOf);
  const folds = () => named(document.querySelectorAll("details"), (fold) => [
    fold.id, fold.firstElementChild?.textContent.trim(), actionOf(fold.querySelector("form")),
  ].join("\n"));

  const before = new WeakMap(); // each answer to a part that asks by itself, and what stood when it came
  body.addEventListener("htmx:beforeSwap", ({ detail: { xhr, requestConfig } }) => {
    if (!/live:|every /.test(requestConfig?.elt.getAttribute("hx-trigger") ?? "")) return;
    const at = document.activeElement;
    before.set(xhr, {
      at, caret: at.matches("input, textarea") ? [at.selectionStart, at.selectionEnd, at.selectionDirection, at.scrollTop] : [],
      fields: [...fields()].filter(([, field]) => !field.closest("[data-draft-url]") && !sent.get(field.form)),
      folds: [...folds()].map(([sign, fold]) => [sign, fold, fold.open]),
    });
  });
  body.addEventListener("htmx:afterSwap", ({ detail: { xhr } }) => {
    const stood = before.get(xhr);
    before.delete(xhr);
    if (!stood) return;
    const now = { fields: fields(), folds: folds() };
    for (const [sign, fold, open] of stood.folds) if (!fold.isConnected && now.folds.has(sign)) now.folds.get(sign).open = open;
    for (const [sign, field] of stood.fields) {
      const again = now.fields.get(sign);
      if (field.isConnected || !again || (field !== stood.at && !isChanged(field))) continue;
      if (isChanged(field)) put(again, stateOf(field));
      if (sent.has(field.form)) sent.set(again.form, false);
      if (field === stood.at) goOn(again, stood.caret);
    }
  });
  const goOn = (field, [start, end, direction, scrolled]) => {
    field.focus({ preventScroll: true });
    if (typeof start === "number") field.setSelectionRange(start, end, direction);
    if (scrolled) field.scrollTop = scrolled;
    // What is offered first elsewhere does not move her away from it.
    document.querySelectorAll("[autofocus]:not([popover] *)").forEach((each) => each !== field && each.removeAttribute("autofocus"));
  };

  // What she stands on stays under her fingers.
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
})();
