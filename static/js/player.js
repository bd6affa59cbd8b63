// The recordings inside [data-player] as one: <audio data-seconds> in their order. Buttons say what they do in
// data-player-do; keys.js presses those with a data-key, so they can be changed in the settings. Besides, while the text
// has the focus too: Ctrl+Space plays and pauses, Ctrl+[ and Ctrl+] change the speed. After a pause it begins 2 s earlier.
(() => {
  const [REWIND, STEP] = [2, 5]; // seconds
  const [SLOWEST, FASTEST] = [0.5, 2.5];
  const STAMP = /\[(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)\]/g;
  let [root, parts] = [null, []]; // of the page that is shown: the desk's pages come one after another in one document
  const find = (name) => root.querySelector(`[data-player-${name}]`);
  const words = () => document.querySelector("[data-player-words]");
  let [at, paused] = [0, false]; // which part; by her, so that the next start goes back a little
  let speed = 1;
  let [left, held] = []; // the part at which she was, and whether it played while held, when they were drawn anew
  let owed = false; // they were to be while she listened
  const length = (part) => (Number.isFinite(part.duration) ? part.duration : Number(part.dataset.seconds) || 0);
  const before = (index) => parts.slice(0, index).reduce((sum, part) => sum + length(part), 0);
  const whole = () => before(parts.length);
  const position = () => before(at) + parts[at].currentTime;
  const playing = () => parts.some((part) => !part.paused);
  const clock = (seconds) => {
    const s = Math.max(0, Math.floor(seconds));
    const [h, m] = [Math.floor(s / 3600), Math.floor(s / 60) % 60];
    return (h ? `${h}:${String(m).padStart(2, "0")}` : `${m}`) + `:${String(s % 60).padStart(2, "0")}`;
  };

  const show = () => {
    find("at").textContent = clock(position());
    find("of").textContent = clock(whole());
    const button = root.querySelector('[data-player-do="toggle"]');
    find("toggle").textContent = playing() ? button.dataset.pause : button.dataset.play;
  };
  const seek = (seconds) => {
    const wanted = Math.min(Math.max(0, seconds), whole());
    let index = 0;
    while (index < parts.length - 1 && wanted >= before(index + 1)) index += 1;
    const wasPlaying = playing();
    if (index !== at) parts[at].pause();
    at = index;
    parts[at].currentTime = wanted - before(at);
    if (wasPlaying) parts[at].play();
    show();
  };
  const play = () => {
    if (playing()) return;
    if (paused) seek(position() - REWIND);
    paused = false;
    parts[at].play();
  };
  const pause = () => {
    if (!playing()) return;
    paused = true;
    parts.forEach((part) => part.pause());
  };
  const faster = (by) => {
    speed = Math.round(Math.min(FASTEST, Math.max(SLOWEST, speed + by)) * 10) / 10;
    parts.forEach((part) => { part.playbackRate = speed; part.preservesPitch = true; });
    find("speed").textContent = `${speed.toFixed(1)} ×`;
  };
  const stamp = () => {
    const text = words();
    if (!text) return;
    text.setRangeText(`[${clock(position())}] `, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.focus();
  };
  const listen = () => { // from the last position that stands before the cursor, or the first after it
    const text = words();
    if (!text) return;
    const all = [...text.value.matchAll(STAMP)];
    const found = all.filter((each) => each.index <= text.selectionStart).at(-1) || all[0];
    if (!found) return;
    seek(Number(found[1] || 0) * 3600 + Number(found[2]) * 60 + Number(found[3]));
    paused = false;
    play();
    text.focus();
  };
  const deeds = {
    toggle: () => (playing() ? pause() : play()),
    back: () => seek(position() - STEP),
    forward: () => seek(position() + STEP),
    slower: () => faster(-0.1),
    faster: () => faster(0.1),
    stamp,
    listen,
  };

  // While it plays only as long as the key is held: the key of the play button, or Ctrl+Space.
  const holds = () => Boolean(find("hold")?.checked);
  const keyOf = () => JSON.parse(document.body.dataset.keys || "{}").F4 ?? "F4";
  const onCall = () => [...document.querySelectorAll('.call-bar [data-key="F4"]')].some((each) => each.checkVisibility());
  const isPlay = (event) => (event.code === "Space" && event.ctrlKey) || (holds() && event.key === keyOf() && !onCall());
  document.addEventListener("keydown", (event) => {
    if (!root?.isConnected || event.isComposing || event.altKey || event.metaKey || event.shiftKey) return;
    const bracket = event.ctrlKey && { BracketLeft: -0.1, BracketRight: 0.1 }[event.code];
    if (!isPlay(event) && !bracket) return;
    event.preventDefault();
    event.stopPropagation();
    if (bracket) faster(bracket);
    else if (!event.repeat) (holds() ? play : deeds.toggle)();
  }, true);
  document.addEventListener("keyup", (event) => {
    if (root?.isConnected && holds() && (event.code === "Space" || event.key === keyOf() || event.key === "Control")) pause();
  }, true);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-player-do]");
    if (button && root?.contains(button)) deeds[button.dataset.playerDo]();
  });

  const follow = (part, index) => {
    part.addEventListener("play", () => {
      at = index;
      parts.filter((other) => other !== part).forEach((other) => other.pause());
      show();
    });
    part.addEventListener("ended", () => {
      if (parts[index] !== part || index === parts.length - 1) return;
      at = index + 1;
      parts[at].currentTime = 0;
      parts[at].play();
    });
    for (const event of ["timeupdate", "pause", "loadedmetadata"]) part.addEventListener(event, () => parts[index] === part && show());
    part.addEventListener("pause", () => { if (owed && !playing()) root?.dispatchEvent(new Event("player:quiet")); });
    part.hidden = "playerCompact" in root.dataset; // beside a text the room is for the text
  };
  const begin = (was) => {
    if (root?.isConnected) return;
    parts.forEach((part) => part.pause());
    root = document.querySelector("[data-player]");
    parts = root ? [...root.querySelectorAll("audio")] : [];
    [at, paused, speed] = [0, false, was ? speed : 1];
    if (!parts.length) { root = null; return; }
    parts.forEach(follow);
    find("keys").hidden = false;
    at = Math.max(0, parts.findIndex((part) => part.src === was?.src));
    if (was && !(was.ended && parts[at + 1])) parts[at].currentTime = was.currentTime;
    else if (was) at += 1;
    if (was && find("hold")) find("hold").checked = held;
    faster(0);
    show();
  };
  document.body.addEventListener("htmx:beforeSwap", (event) => { // not under her ears
    if (!event.target.matches?.("[data-player]")) return;
    owed = playing();
    if (owed) event.detail.shouldSwap = false;
    [left, held] = [parts[at], Boolean(root) && holds()];
  });
  document.body.addEventListener("htmx:afterSwap", (event) => event.target.matches?.("[data-player]") && begin(left));
  document.body.addEventListener("page:shown", () => begin());
  begin();
})();
