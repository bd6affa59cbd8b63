// The desk's pages, one after another in one document: loading a page anew would end the call this browser carries.
// Links and forms that lead into /desk/ are asked for here; what comes is the whole page, and its .desk takes the place
// of ours. On the body: page:leaving (save what is typed), page:asking, page:answered {ok}, page:shown.
(() => {
  const body = document.body;
  const OURS = "/desk/";
  const SAID = "main > [role=status]:has(> .messages)";
  let asked = 0; // the last page asked for; one that it overtook is not shown
  let underway = 0; // how many are asked for, or wait to be
  let sent = "taken"; // what became of the last form, or a promise of it: they leave one after the other
  const kept = []; // what was said on pages that were overtaken
  let standing = location.pathname + location.search;
  let meanwhile = null; // what was told since the page that is on its way was asked for: [name, detail]
  body.addEventListener("live", ({ detail: { name, detail } }) => { if (name !== "beat") meanwhile?.push([name, detail]); });

  const tell = (name, detail = {}) => body.dispatchEvent(new CustomEvent(`page:${name}`, { detail }));
  const isOurs = (url) => url.origin === location.origin && url.pathname.startsWith(OURS);

  const go = async (url, { form = null, handed = null, back = false } = {}) => {
    const mine = ++asked;
    const before = sent;
    let answered = () => {};
    const ours = form && new Promise((done) => { answered = done; });
    if (form) sent = ours;
    underway += 1;
    tell("leaving");
    tell("asking");
    const fate = await before;
    await handed?.(ours);
    const dropped = fate === "failed" || (!form && (fate === "refused" || mine !== asked));
    const next = dropped ? fate : await ask(url, mine, { form, back, answered });
    if (dropped) tell("answered", { ok: fate !== "failed" });
    underway -= 1;
    if (!underway && kept.length) say(); // a refusal stays, and something that was sent after it has been done
    answered(next);
    if (form && sent === ours) sent = "taken"; // what she does from here on is not held up by it
  };

  /** What came with a mail may look like a page of ours: it is no HTML, or the office shuts it into a sandbox. */
  const isPage = ({ headers }) =>
    headers.get("Content-Type")?.startsWith("text/html") && !headers.get("Content-Security-Policy")?.includes("sandbox");

  /** What became of it: taken, refused (its page shows why) or failed (nobody knows). */
  const ask = async (url, mine, { form, back, answered }) => {
    meanwhile = [];
    let answer = null;
    let text = "";
    let page = null;
    try {
      answer = await fetch(url, { method: form ? "POST" : "GET", body: form, headers: { Accept: "text/html" } });
      text = await answer.text();
      if (isPage(answer)) page = new DOMParser().parseFromString(text, "text/html");
    } catch { /* the office could not be reached: said below */ }
    const comes = !!page?.querySelector(".desk");
    const elsewhere = answer?.ok && (!form || answer.redirected);
    tell("answered", { ok: comes || !!elsewhere });
    const fate = elsewhere ? "taken" : comes ? "refused" : "failed";
    if (form && mine !== asked) {
      if (fate === "refused") asked = mine; // she sees why, and not the page she asked for since
      else if (page) kept.push(...page.querySelectorAll(SAID));
    }
    if (mine !== asked) return fate;
    if (!comes) meanwhile = null;
    // A form that was taken is kept no longer, before the one that comes in its place looks for what was kept.
    if (comes && fate === "taken") await answered(fate);
    if (comes) take(page, text, answer, { form, back, hash: url.hash });
    // Signing in, another frame, a download: the browser goes there itself.
    else if (elsewhere) location.assign(form ? answer.url : url);
    return fate;
  };

  const take = (page, text, answer, { form, back, hash }) => {
    const at = new URL(answer.url);
    // A form that was not accepted stays at the address where it was opened: that one can be loaded again.
    if (!back && (!form || answer.redirected)) {
      const address = at.pathname + at.search + (form ? "" : hash);
      if (address !== location.pathname + location.search + location.hash) history.pushState({ desk: true }, "", address);
    }
    standing = location.pathname + location.search;
    // She ended her shift or changed to her own telephone: the line ends with the document that holds it.
    if (document.getElementById("phone") && !page.getElementById("phone")) return location.reload();
    for (const name of ["hx-headers", "data-keys", "data-letters", "data-ring-volume"]) copy(name, page.body, body);
    copy("data-theme", page.documentElement, document.documentElement);
    tell("leaving"); // again: of what she typed while the page was on its way
    window.htmx.swap(".desk", text, { swapStyle: "outerHTML", swapDelay: 0, settleDelay: 0 }, { select: ".desk" });
    bring(page);
    if (kept.length) say();
    place(hash);
    tell("shown");
    // The page may have been made before that happened, and comes after the parts it replaces were told of it.
    const told = meanwhile;
    meanwhile = null;
    for (const [name, detail] of told) body.dispatchEvent(new CustomEvent(`live:${name}`, { detail }));
  };
  /** Words that were meant for her stand on the page she sees, whichever that is. */
  const say = () => document.getElementById("main")?.prepend(...kept.splice(0).map((each) => document.importNode(each, true)));
  /** What the page says of itself: her settings may just have been changed. */
  const copy = (name, from, to) => (from.hasAttribute(name) ? to.setAttribute(name, from.getAttribute(name)) : to.removeAttribute(name));
  /** What the page needs and this document has not: the telephone, when a shift has begun. */
  const bring = (page) => {
    const phone = page.getElementById("phone");
    if (phone && !document.getElementById("phone")) body.append(document.importNode(phone, true));
    const here = new Set([...document.scripts].map((script) => script.src));
    for (const { src } of page.querySelectorAll("head script[src]")) {
      const address = new URL(src, location.href).href;
      if (here.has(address)) continue;
      document.head.append(Object.assign(document.createElement("script"), { src: address, async: false }));
    }
  };
  /** To the top, and the reader's place to the page's title, as after any page load. */
  const place = (hash) => {
    const main = document.getElementById("main");
    const named = hash && document.getElementById(decodeURIComponent(hash.slice(1)));
    window.scrollTo(0, 0);
    if (named) named.scrollIntoView();
    const first = document.querySelector("[data-error-summary], main [autofocus]") || named || main?.querySelector("h1:not(.visually-hidden)") || main;
    if (!first) return;
    if (first.tabIndex < 0) first.setAttribute("tabindex", "-1");
    first.focus({ preventScroll: true });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.hasAttribute("download") || (link.target && link.target !== "_self")) return;
    const url = new URL(link.href, location.href);
    const withinPage = url.hash && url.pathname + url.search === location.pathname + location.search;
    if (!isOurs(url) || withinPage) return;
    event.preventDefault();
    go(url);
  });
  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    const said = (name) => submitter?.getAttribute(`form${name}`) || form.getAttribute(name) || "";
    const url = new URL(said("action"), location.href);
    const method = said("method").toLowerCase();
    if (event.defaultPrevented || method === "dialog" || said("target") || !isOurs(url)) return;
    event.preventDefault();
    const data = new FormData(form, submitter);
    if (method === "post") return go(url, { form: data, handed: form.dataset.draftUrl && window.drafts.handOver(form, data) });
    url.search = new URLSearchParams([...data].filter(([, value]) => typeof value === "string"));
    go(url);
  });
  addEventListener("popstate", () => {
    if (location.pathname + location.search !== standing) go(new URL(location.href), { back: true });
  });
  // Where a part of the page wrote the address (hx-push-url), going back is ours too.
  body.addEventListener("htmx:historyCacheMiss", (event) => event.preventDefault());
})();
