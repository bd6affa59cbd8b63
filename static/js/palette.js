// Ctrl K (⌘ K): go, find, act, in <dialog id="palette">. Lists the page's own links and keyed controls that match;
// htmx asks the search page for clients and callers. Opened also by [data-palette], which without a script is a link.
(() => {
  const dialog = document.getElementById("palette");
  if (!dialog?.showModal) return;
  const input = dialog.querySelector("input");
  const here = dialog.querySelector("#palette-here");
  const AT_MOST = 8;

  const words = (element) => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll("kbd, svg, .badge, .visually-hidden").forEach((part) => part.remove());
    return copy.textContent.replace(/\s+/g, " ").trim() || element.ariaLabel || "";
  };
  const offers = () => {
    const seen = new Set();
    const found = [];
    for (const element of document.querySelectorAll("[data-key], nav a[href], .menu-item")) {
      if (element.closest("dialog") || element.hasAttribute("data-palette")) continue;
      const name = words(element);
      if (!name || seen.has(name)) continue;
      seen.add(name);
      found.push({ name, element, key: element.querySelector("kbd")?.textContent });
    }
    return found;
  };
  const list = () => {
    const asked = input.value.trim().toLowerCase();
    here.replaceChildren(...offers().filter(({ name }) => name.toLowerCase().includes(asked)).slice(0, AT_MOST).map(({ name, element, key }) => {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "palette-item", textContent: name });
      if (key) button.append(Object.assign(document.createElement("kbd"), { textContent: key }));
      button.addEventListener("click", () => { dialog.close(); element.click(); });
      const row = document.createElement("li");
      row.append(button);
      return row;
    }));
  };
  const open = (event) => {
    event.preventDefault();
    if (dialog.open) return dialog.close();
    input.value = "";
    dialog.querySelector("#palette-found").replaceChildren();
    list();
    dialog.showModal();
    input.focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) open(event);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-palette]") && !event.ctrlKey && !event.metaKey) open(event);
    else if (event.target === dialog) dialog.close();
  });
  input.addEventListener("input", list);
  dialog.addEventListener("keydown", (event) => {
    const items = [...dialog.querySelectorAll(".palette-item")];
    const at = items.indexOf(document.activeElement);
    if (event.key === "ArrowDown") { event.preventDefault(); (items[at + 1] || items[0])?.focus(); }
    if (event.key === "ArrowUp") { event.preventDefault(); (items[at - 1] || input).focus(); }
    if (event.key === "Enter" && document.activeElement === input) { event.preventDefault(); items[0]?.click(); }
  });
})();
