// What happens in the office: `live:<event>` on the body, detail {id, version}, then `live`, detail {name, detail}.
// One stream for all tabs of a browser (Web Lock, BroadcastChannel). Parts of the page ask again (hx-trigger).
(() => {
  const body = document.body;
  const { liveUrl, stateUrl, signinUrl } = body.dataset;
  if (!liveUrl) return;

  const EVENTS = [
    "call.ringing", "call.withdrawn", "call.answered", "call.held", "call.resumed", "call.transfer", "call.ended",
    "call.wrapup", "minder.due", "message.taken", "message.delivered", "message.failed", "message.acknowledged",
    "message.replied", "message.corrected", "availability.changed", "instructions.changed", "mail.arrived",
    "mail.changed", "mail.answered", "letter.changed", "task.changed", "meeting.changed", "approval.changed", "draft.taken", "shift.changed", "queue.changed",
    "rota.changed", "bulletin.posted", "session.ended", "resync",
  ];
  const SILENCE = 35_000; // ms: two beats, and patience
  const whenVisible = body.dataset.liveWhen === "visible";
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("live") : null;
  let source = null;
  let release = null;
  let lastSign = Date.now();
  let lost = false;
  let polls = 0;
  let pollTimer = 0;

  const tell = (name, detail) => {
    if (name === "session.ended" && signinUrl) location.assign(signinUrl);
    body.dispatchEvent(new CustomEvent(`live:${name}`, { detail }));
    body.dispatchEvent(new CustomEvent("live", { detail: { name, detail } }));
  };
  const hear = ({ name, detail }) => {
    lastSign = Date.now();
    if (lost) found();
    tell(name, detail);
  };
  const pass = (message) => {
    channel?.postMessage(message);
    hear(message);
  };

  const open = () => {
    source = new EventSource(liveUrl);
    source.addEventListener("beat", () => pass({ name: "beat" }));
    for (const name of EVENTS) {
      source.addEventListener(name, (event) => {
        let detail = {};
        try { detail = JSON.parse(event.data || "{}"); } catch { /* an event without data still happened */ }
        pass({ name, detail });
      });
    }
    // The browser closes a refused stream for good: try again.
    source.onerror = () => {
      if (source?.readyState === EventSource.CLOSED) setTimeout(() => source && (close(), open()), 5000 + Math.random() * 5000);
    };
  };
  const close = () => {
    source?.close();
    source = null;
  };
  const hold = () => {
    if (!navigator.locks) return open();
    navigator.locks.request("live", () => new Promise((done) => { release = done; open(); })).catch(() => {});
  };
  const letGo = () => {
    close();
    release?.();
    release = null;
  };

  const show = () => {
    document.getElementById("live-lost")?.toggleAttribute("hidden", !lost);
    for (const mark of document.querySelectorAll("[data-live-mark]")) {
      mark.querySelector("span").textContent = lost ? mark.dataset.lostWord : mark.dataset.liveWord;
      mark.classList.toggle("late", lost);
    }
  };
  const found = () => {
    lost = false;
    polls = 0;
    clearTimeout(pollTimer);
    show();
    tell("resync", {});
  };
  const poll = async () => {
    if (!lost) return;
    try {
      const answer = await fetch(stateUrl, { headers: { Accept: "application/json" }, cache: "no-store", redirect: "manual" });
      if (answer.ok) {
        const state = await answer.text();
        if (state !== poll.state) tell("resync", {});
        poll.state = state;
        polls = 0;
      }
    } catch { polls += 1; }
    pollTimer = setTimeout(poll, Math.min(30_000, 5000 * 2 ** polls) * (0.75 + Math.random() / 2));
  };
  setInterval(() => {
    if (lost || (whenVisible && document.hidden) || Date.now() - lastSign < SILENCE) return;
    lost = true;
    show();
    if (stateUrl) poll();
  }, 1000);

  channel?.addEventListener("message", (event) => hear(event.data));
  body.addEventListener("page:shown", show);
  // On phones: no stream while nobody looks, all is asked again on return.
  if (whenVisible) {
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) return letGo();
      lastSign = Date.now();
      hold();
      tell("resync", {});
    });
  }
  addEventListener("pagehide", letGo);
  addEventListener("pageshow", (event) => { if (event.persisted) { hold(); tell("resync", {}); } });

  if (!(whenVisible && document.hidden)) hold();
})();
