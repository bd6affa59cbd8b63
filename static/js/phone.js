/* The desk's telephone. It drives one line (a softphone adapter) and tells the page what happens on it.
 *
 * Where:   <div id="phone" data-token="/desk/phone/token/" data-heartbeat="/desk/presence/heartbeat/"></div>
 *          with the adapter's script beside this one; the token's answer names the adapter.
 * Buttons: data-phone="accept|reject|hangUp|mute|digits", with data-call and data-digits where they matter.
 * Events:  on document.body, phone:held (by this page), registered, unregistered, incoming, accepted, ended, error, muted;
 *          detail holds the call's SID as `call`, and `answering` where Answer came to nothing. body[data-phone] holds off, connecting, registered or lost.
 * Adapter: window.secretariatLines[name]({ place, baseUrl, tell }) gives
 *          { register(token), accept(call), reject(call), hangUp(call), mute(on, call), digits(keys, call) }.
 * With several tabs open one of them holds the line, and the others speak through it. */
(() => {
  const REGISTERS_WITHIN = 10000;
  const ANSWERS_WITHIN = 5000;
  const LONGEST_PAUSE = 30000;
  const BETWEEN_TOKENS = 5000;
  const VERBS = ["accept", "reject", "hangUp", "mute", "digits"];
  const tabs = new BroadcastChannel("phone");
  let line = null;
  let state = "off";
  let failures = 0;
  let connecting = 0;
  let retrying = 0;
  let askedAt = -BETWEEN_TOKENS;
  let muted = false;
  let answering = 0;
  let ringing = ""; // the call that rings on this line
  let talking = ""; // the call she is on
  let answersWhenItRings = null; // Answer was pressed before the line had heard of the call; what the bar showed

  const place = () => document.getElementById("phone");
  const shown = () => document.querySelector("#callbar [data-of]")?.dataset.of ?? "";
  const show = (event, detail) => {
    if (event === "error") document.getElementById("not-answered")?.toggleAttribute("hidden", !detail.answering);
    if (event === "accepted" || event === "ended") document.getElementById("not-answered")?.setAttribute("hidden", "");
    document.body.dataset.phone = detail.state;
    document.body.dispatchEvent(new CustomEvent(`phone:${event}`, { detail }));
  };

  const tell = (event, detail = {}) => {
    const told = { ...detail, state };
    show(event, told);
    tabs.postMessage({ event, detail: told });
  };

  const lost = () => {
    clearTimeout(connecting);
    clearTimeout(retrying);
    state = "lost";
    tell("unregistered");
    // Jitter, so that a firm's desks do not all come back in the same second.
    const pause = Math.min(LONGEST_PAUSE, 1000 * 2 ** failures) * (0.75 + Math.random() / 2);
    failures += 1;
    retrying = setTimeout(connect, pause);
  };

  const hear = (event, detail = {}) => {
    if (event === "expiring") {
      clearTimeout(retrying);
      retrying = setTimeout(connect, Math.max(0, askedAt + BETWEEN_TOKENS - performance.now()));
      return;
    }
    if (event === "registered") {
      clearTimeout(connecting);
      failures = 0;
      state = "registered";
    }
    if (event === "unregistered") return lost();
    if (detail.call && event !== "incoming") clearTimeout(answering);
    if (event === "ended") muted = false;
    if (event === "accepted") talking = detail.call;
    if (event === "incoming") ringing = detail.call;
    else if (detail.call === ringing) ringing = "";
    tell(event, detail);
    if (event !== "incoming") return;
    // What she wished to answer, and no other: however late it comes, and only while it stands there.
    const wanted = answersWhenItRings === shown();
    answersWhenItRings = null;
    if (wanted) line.accept(ringing);
  };

  async function connect() {
    clearTimeout(connecting);
    askedAt = performance.now();
    if (state !== "registered") {
      state = "connecting";
      connecting = setTimeout(() => {
        tell("error", { reason: "not-connected" });
        lost();
      }, REGISTERS_WITHIN);
    }
    try {
      const answer = await fetch(place().dataset.token, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(`the desk answered ${answer.status}`);
      const { token, adapter, base_url: baseUrl } = await answer.json();
      line ??= window.secretariatLines[adapter]({ place: place(), baseUrl, tell: hear });
      await line.register(token);
    } catch (problem) {
      tell("error", { reason: String(problem.message || problem) });
      lost();
    }
  }

  const act = (verb, call, given) => {
    if (!line) return tell("error", { reason: "not-connected", call, answering: verb === "accept" });
    if (verb === "accept") {
      // The line may never say that it did not connect.
      clearTimeout(answering);
      answering = setTimeout(() => hear("error", { reason: "not-connected", call, answering: true }), ANSWERS_WITHIN);
      // The bar may ring before the line does, and does not always know the carrier's name for the call.
      if (ringing || call) line.accept(call || ringing);
      else answersWhenItRings = shown();
      return;
    }
    if (verb === "mute") {
      muted = given ?? !muted;
      line.mute(muted, call || talking);
      tell("muted", { call, muted });
    } else if (verb === "digits") line.digits(given, call || talking);
    else line[verb](call);
  };

  const ask = (verb, call, given) => state === "elsewhere" ? tabs.postMessage({ verb, call, given }) : act(verb, call, given);

  tabs.addEventListener("message", ({ data }) => {
    if (data.event) show(data.event, data.detail);
    else if (state === "elsewhere") return;
    else if (data.verb === "hello") tabs.postMessage({ event: "state", detail: { state } });
    else act(data.verb, data.call, data.given);
  });

  document.addEventListener("click", (click) => {
    const button = click.target.closest("[data-phone]");
    const { phone: verb, call, digits } = button?.dataset ?? {};
    if (button !== document.body && VERBS.includes(verb)) ask(verb, call, digits);
  });

  window.secretariatPhone = Object.fromEntries(VERBS.map((verb) => [verb, (call, given) => ask(verb, call, given)]));

  const begin = () => {
    if (state !== "off" || !place()) return;
    state = "elsewhere";
    tabs.postMessage({ verb: "hello" });
    navigator.locks.request("phone", () => {
      tell("held"); // this page speaks for the line, and heartbeat.js for this page
      return connect().then(() => new Promise(() => {})); // held until this page is gone
    });
  };
  document.addEventListener("htmx:load", begin); // the place may come with the start of the shift
  begin();
})();
