// The ring, made with Web Audio. <… data-ring-until="ISO" data-ring-title="Ringing: Okafor Legal" data-ring-note="…">
// rings until that moment (data-ring="soft": once); <… data-tone="hold" data-tone-every="30"> chimes, from data-tone-at on.
(() => {
  const offset = () => Number(document.body.dataset.clockOffset || 0); // kept by clock.js
  const title = { own: "", set: false };
  const tones = new Map(); // what chimes, or has chimed, while it stands on the page → its timer
  let audio = null;
  let ringing = null; // {key, until, timer, loop, note}

  const context = () => {
    audio ??= new AudioContext();
    if (audio.state === "suspended") audio.resume().then(warn, warn);
    return audio;
  };
  const warn = () => {
    const needed = document.querySelector("[data-sound-needed], [data-ring-until]");
    document.getElementById("sound-off")?.toggleAttribute("hidden", !needed || audio?.state === "running");
  };
  // As she set it, or as she is just setting it: 0.1 to 1.
  const loud = () => Number(document.querySelector("input[data-ring-volume]")?.value ?? document.body.dataset.ringVolume ?? 100) / 100;
  const tone = (frequencies, start, length, loudness) => {
    const volume = new GainNode(audio, { gain: 0 });
    volume.connect(audio.destination);
    volume.gain.setTargetAtTime(loudness * loud(), start, 0.01);
    volume.gain.setTargetAtTime(0, start + length, 0.02);
    for (const frequency of frequencies) {
      const voice = new OscillatorNode(audio, { frequency });
      voice.connect(volume);
      voice.start(start);
      voice.stop(start + length + 0.2);
    }
  };
  const chime = (kind) => {
    if (context().state !== "running") return warn();
    const now = audio.currentTime;
    if (kind === "soft" || kind === "ring") {
      tone([400, 450], now, 0.4, kind === "soft" ? 0.05 : 0.2);
      if (kind === "ring") tone([400, 450], now + 0.6, 0.4, 0.2);
    } else {
      tone([660], now, 0.15, 0.08);
      tone([880], now + 0.2, 0.2, 0.08);
    }
  };

  const stop = () => {
    if (!ringing) return;
    clearTimeout(ringing.timer);
    clearInterval(ringing.loop);
    ringing.letGo?.();
    ringing.note?.close();
    ringing = null;
    if (title.set) document.title = title.own;
    title.set = false;
  };
  // One tab of a browser rings: whichever may make a sound and was first. Should it be closed, another goes on.
  const ringOnce = (own, kind) => {
    if (context().state !== "running") return warn();
    if (own.letGo || !navigator.locks) return chime(kind);
    navigator.locks.request("ring", { ifAvailable: true }, (lock) => {
      if (!lock || ringing !== own) return undefined;
      chime(kind);
      return new Promise((done) => { own.letGo = done; });
    }).catch(() => {});
  };
  const start = (element) => {
    const { ringUntil, ringTitle, ringNote, ring } = element.dataset;
    const left = new Date(ringUntil) - Date.now() - offset();
    if (ringing?.key === ringUntil) return;
    stop();
    if (!(left > 0)) return;
    ringing = { key: ringUntil };
    // Its own deadline: a tab that missed the word must not ring for ever. Then the server is asked.
    ringing.timer = setTimeout(() => { stop(); document.body.dispatchEvent(new CustomEvent("live:resync")); }, left);
    ringOnce(ringing, ring === "soft" ? "soft" : "ring");
    if (ring !== "soft") ringing.loop = setInterval(ringOnce, 3000, ringing, "ring");
    if (ringTitle) {
      title.own = document.title;
      title.set = true;
      document.title = ringTitle;
    }
    if (document.hidden && ringNote && "Notification" in window && Notification.permission === "granted") {
      ringing.note = new Notification(ringNote, { tag: "ring" });
      ringing.note.onclick = () => window.focus();
    }
    const said = document.getElementById("alert");
    if (said && ringTitle) said.textContent = ringTitle;
  };
  const listenForTones = () => {
    const standing = new Set();
    for (const { dataset } of document.querySelectorAll("[data-tone]")) {
      const { tone: kind, toneId = "", toneAt } = dataset;
      const every = Number(dataset.toneEvery ?? (kind === "hold" ? 30 : 0)) * 1000;
      const key = `${kind} ${toneId}`;
      standing.add(key);
      if (tones.has(key)) continue;
      const sound = () => {
        chime(kind);
        if (every) tones.set(key, setTimeout(sound, every));
      };
      tones.set(key, setTimeout(sound, Math.max(0, toneAt ? new Date(toneAt) - Date.now() - offset() : every)));
    }
    for (const [key, timer] of tones) {
      if (standing.has(key)) continue;
      clearTimeout(timer);
      tones.delete(key);
    }
  };
  const look = () => {
    const element = document.querySelector("[data-ring-until]");
    if (element) start(element);
    else stop();
    listenForTones();
    if (element || document.querySelector("[data-sound-needed]")) context();
    warn();
  };
  document.addEventListener("click", (event) => {
    if (audio?.state === "suspended") audio.resume().then(warn, warn);
    if (event.target.closest("[data-sound-on]")) context();
    if (event.target.closest("[data-sound-test]")) chime("ring");
    if (event.target.closest(".button-answer, .button-not-now")) stop();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && ringing) document.body.dispatchEvent(new CustomEvent("live:resync"));
  });
  document.addEventListener("htmx:afterSettle", look);
  // Another page came while it rings: its title is the one to go back to.
  document.body.addEventListener("page:shown", () => {
    if (!title.set) return;
    title.own = document.title;
    document.title = document.querySelector("[data-ring-title]")?.dataset.ringTitle ?? title.own;
  });
  look();
})();
