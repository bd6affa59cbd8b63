// While the page waits for an answer: body aria-busy (a thin line after 300 ms); when none comes: the banner
// #request-failed. A refusal for want of a session goes to signing in. What was typed stays where it is.
(() => {
  const body = document.body;
  const banner = () => document.getElementById("request-failed");
  let waiting = 0;
  const count = (by) => {
    waiting = Math.max(0, waiting + by);
    body.toggleAttribute("aria-busy", false);
    if (waiting) body.setAttribute("aria-busy", "true");
  };
  const quiet = (event) => /(^|\s|,)(live:|every )/.test(event.detail.elt?.getAttribute?.("hx-trigger") || "");
  body.addEventListener("htmx:beforeSend", ({ detail }) => {
    count(1);
    // Not htmx:afterRequest: it does not come from a part that was swapped away while it asked.
    detail.xhr.addEventListener("loadend", () => count(-1), { once: true });
  });
  body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) banner()?.setAttribute("hidden", "");
  });
  body.addEventListener("page:asking", () => count(1)); // a whole page, by pages.js
  body.addEventListener("page:answered", ({ detail }) => {
    count(-1);
    banner()?.toggleAttribute("hidden", detail.ok);
  });
  for (const kind of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    body.addEventListener(kind, (event) => {
      const status = event.detail.xhr?.status;
      if (status === 401 && body.dataset.signinUrl) return location.assign(body.dataset.signinUrl);
      // A part that refreshes itself fails quietly: live.js watches over the stream and asks again.
      if (!quiet(event)) banner()?.removeAttribute("hidden");
    });
  }
})();
