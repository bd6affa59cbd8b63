// What this tab keeps of a form until the office has it, in sessionStorage: window.draftShelf, used by draft.js.
// Under "draft:URL" what is typed, over which revision, and what was sent of it; under "draft:at:URL" the last revision the office told of.
window.draftShelf = (() => {
  const place = (form) => `draft:${form.dataset.draftUrl}`;
  const mark = (form) => `draft:at:${form.dataset.draftUrl}`;
  const grouped = (entries) => {
    const found = new Map();
    for (const [name, value] of entries) found.set(name, [...(found.get(name) || []), value]);
    return found;
  };

  const fields = (form) => {
    const data = new FormData(form);
    for (const name of ["csrfmiddlewaretoken", "enclosed"]) data.delete(name);
    return [...data.entries()].filter(([name, value]) => name !== "revision" && typeof value === "string");
  };
  const put = (form, entries) => {
    const wanted = grouped(entries);
    for (const element of form.elements) {
      if (!element.name || element.type === "hidden" || element.type === "file") continue;
      const values = wanted.get(element.name);
      if (element.type === "radio" || element.type === "checkbox") element.checked = !!values?.includes(element.value);
      else if (values) element.value = values[0];
    }
  };
  /** Whether the office's version, by field, says what these entries say. */
  const same = (entries, kept) => {
    const spread = (values) => [values].flat().join("\n");
    return [...grouped(entries)].every(([name, values]) => spread(kept[name] ?? "") === spread(values));
  };

  const kept = (form) => JSON.parse(sessionStorage.getItem(place(form)) || "null");
  /** `sent`: the versions on their way to the office over this revision. The page may be left before it hears. */
  const keep = (form, sent = kept(form)?.sent) =>
    sessionStorage.setItem(place(form), JSON.stringify({ revision: form.dataset.revision, fields: fields(form), sent }));
  const drop = (form) => sessionStorage.removeItem(place(form));
  const told = (form, revision) => sessionStorage.setItem(mark(form), revision);
  /** Whether this form was made before the last save of the page it follows. Asked once: then it is forgotten. */
  const isOlder = (form) => {
    const last = Number(sessionStorage.getItem(mark(form)));
    sessionStorage.removeItem(mark(form));
    return last > Number(form.dataset.revision);
  };
  const forget = (form) => [place(form), mark(form)].forEach((key) => sessionStorage.removeItem(key));
  const empty = () => Object.keys(sessionStorage).filter((key) => key.startsWith("draft:")).forEach((key) => sessionStorage.removeItem(key));
  return { fields, put, same, keep, kept, drop, told, isOlder, forget, empty };
})();
