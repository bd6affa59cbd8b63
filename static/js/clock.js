// Running figures by the office's clock: <span data-since="ISO">, <span data-until="ISO">, <progress data-until max="15">,
// <span data-clock data-zone="Africa/Lagos">. It reads data-server-time, keeps body data-clock-offset (ms ahead).
(() => {
  const body = document.body;
  const navigation = performance.getEntriesByType("navigation")[0];
  const arrived = performance.timeOrigin + (navigation?.responseStart ?? performance.now());
  const set = (written, at) => { body.dataset.clockOffset = new Date(written) - at || 0; };
  const now = () => Date.now() + Number(body.dataset.clockOffset);
  const formats = new Map();

  const length = (milliseconds) => {
    const seconds = Math.max(0, Math.floor(milliseconds / 1000));
    const two = (n) => String(n).padStart(2, "0");
    const minutes = Math.floor(seconds / 60);
    return minutes < 60
      ? `${minutes}:${two(seconds % 60)}`
      : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
  };
  const write = (element, text) => {
    if (element.textContent !== text) element.textContent = text;
  };
  const timeIn = (zone) => {
    if (!formats.has(zone)) {
      formats.set(zone, new Intl.DateTimeFormat("en-GB", {
        timeZone: zone || undefined, hour: "2-digit", minute: "2-digit", hourCycle: "h23",
      }));
    }
    return formats.get(zone).format(now());
  };
  const drawClock = (clock) => {
    const figure = timeIn(clock.dataset.zone);
    const shown = clock.querySelector(".clock-figure");
    if (!shown || shown.textContent === figure) return;
    const [hour, minute] = figure.split(":").map(Number);
    shown.textContent = figure;
    clock.querySelector(".hand-hour")?.setAttribute("transform", `rotate(${(hour % 12) * 30 + minute / 2} 12 12)`);
    clock.querySelector(".hand-minute")?.setAttribute("transform", `rotate(${minute * 6} 12 12)`);
    clock.querySelector(".dial")?.classList.toggle("dial-night", hour < 7 || hour >= 19);
  };
  const tick = () => {
    for (const element of document.querySelectorAll("[data-since]")) {
      const gone = now() - new Date(element.dataset.since);
      if (element.tagName === "PROGRESS") element.value = gone / 1000;
      else write(element, length(gone));
    }
    for (const element of document.querySelectorAll("[data-until]")) {
      const left = new Date(element.dataset.until) - now();
      if (element.tagName === "PROGRESS") element.value = Math.max(0, left / 1000);
      else write(element, length(left + 999));
    }
    document.querySelectorAll("[data-clock]").forEach(drawClock);
  };
  // A part of the page may bring the office's time anew: a demo's clock can be moved while the page stands.
  document.addEventListener("htmx:afterSettle", (event) => {
    const brought = event.target.closest?.("[id]")?.querySelector("[data-server-time]");
    if (brought) set(brought.dataset.serverTime, Date.now());
    tick();
  });
  set(body.dataset.serverTime, arrived);
  setInterval(tick, 1000);
  document.addEventListener("visibilitychange", tick);
  tick();
})();
