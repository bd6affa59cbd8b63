// Before a sign-in ends the page says so: body[data-session-seconds], #session-ends with its one button. When it has ended
// the page goes to sign in, and what stood half typed is in its fields again after that. (The desk's slip: see draft.js.)
(() => {
  const body = document.body;
  const WARNS = 120_000; // ms before the end
  const LONGEST = 2 ** 31 - 1; // of a timer, in ms
  const SHELF = "typed";
  const { sessionUrl, signinUrl } = body.dataset;
  const banner = () => document.getElementById("session-ends");
  const token = () => JSON.parse(body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";
  let endsAt = 0;
  let timer = 0;

  const know = (seconds) => {
    endsAt = Date.now() + seconds * 1000;
    banner()?.toggleAttribute("hidden", endsAt - Date.now() > WARNS);
    clearTimeout(timer);
    const left = endsAt - Date.now();
    timer = setTimeout(ask, Math.min(LONGEST, Math.max(1000, left > WARNS ? left - WARNS : left)));
  };
  // A computer that slept has not counted.
  const ask = async (how = {}) => {
    try {
      const headers = { Accept: "application/json", ...how.headers };
      const answer = await fetch(how.url || sessionUrl, { cache: "no-store", redirect: "manual", ...how, headers });
      if (answer.ok) return know((await answer.json()).seconds);
      if (answer.type === "opaqueredirect") return ended();
    } catch { /* away for a moment: asked again below */ }
    clearTimeout(timer);
    timer = setTimeout(ask, 5000);
  };
  const ended = () => {
    keepTyped(true);
    location.assign(`${signinUrl}?next=${encodeURIComponent(location.pathname + location.search)}`);
  };

  const forms = () => [...document.querySelectorAll('form[method="post"]:not([data-draft-url], [data-signs-out])')];
  const isChanged = (field) => {
    if (!field.name || field.type === "hidden" || field.type === "password" || field.type === "file") return false;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.options) return [...field.options].some((option) => option.selected !== option.defaultSelected);
    return "defaultValue" in field && field.value !== field.defaultValue;
  };
  const stateOf = (field) => (field.options ? [...field.options].map((option) => option.selected) : field.type === "checkbox" || field.type === "radio" ? field.checked : field.value);
  const keepTyped = (over) => {
    const typed = forms().flatMap((form) => [...form.elements].filter(isChanged).map((field) => [form.getAttribute("action"), [...form.elements].indexOf(field), field.name, stateOf(field)]));
    if (typed.length) sessionStorage.setItem(SHELF, JSON.stringify({ path: location.pathname, over, typed }));
  };
  const bringBack = () => {
    const kept = JSON.parse(sessionStorage.getItem(SHELF) || "null");
    const signedIn = document.referrer && new URL(document.referrer).pathname.startsWith("/accounts/");
    if (!kept || (kept.path !== location.pathname && (kept.over || signedIn))) return;
    sessionStorage.removeItem(SHELF);
    if (kept.path !== location.pathname || !(kept.over || signedIn)) return; // it was sent, and taken
    for (const [action, place, name, state] of kept.typed) {
      const field = forms().find((form) => form.getAttribute("action") === action)?.elements[place];
      if (field?.name !== name) continue;
      if (Array.isArray(state)) [...field.options].forEach((option, n) => { option.selected = state[n]; });
      else if (typeof state === "boolean") field.checked = state;
      else field.value = state;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    document.getElementById("typed-again")?.removeAttribute("hidden");
  };

  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-signs-out]")) return sessionStorage.removeItem(SHELF);
    if (event.target === banner()) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return ask({ url: event.target.action, method: "POST", headers: { "X-CSRFToken": token() } });
    }
    if (event.target.method === "post") keepTyped(false); // the answer may be the page for signing in
  }, { capture: true });
  body.addEventListener("live:session.ended", () => keepTyped(true));
  document.addEventListener("visibilitychange", () => { if (!document.hidden && endsAt - Date.now() < WARNS) ask(); });
  bringBack();
  if (body.dataset.sessionSeconds) know(Number(body.dataset.sessionSeconds));
})();
