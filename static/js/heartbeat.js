// Proof that the desk is open, and whether its line can ring: posted every 15 s and whenever the line comes or goes,
// by the page that holds the line (phone.js). <div id="phone" data-heartbeat="/desk/presence/heartbeat/">.
(() => {
  const EVERY = 15000; // ms
  const body = document.body;
  let holds = false;
  let posts = Promise.resolve();

  const csrfToken = () => JSON.parse(body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] ?? "";
  const post = () => {
    const address = document.getElementById("phone")?.dataset.heartbeat;
    if (!holds || !address) return undefined;
    const registered = body.dataset.phone === "registered" ? "yes" : "no";
    const said = { method: "POST", headers: { "X-CSRFToken": csrfToken() }, body: new URLSearchParams({ registered }) };
    return fetch(address, said).catch(() => {}); // a missed beat is made good by the next
  };
  // One after another: of two under way at once the older might be written last.
  const beat = () => { posts = posts.then(post); };

  body.addEventListener("phone:held", () => { holds = true; });
  body.addEventListener("phone:registered", beat);
  body.addEventListener("phone:unregistered", beat);
  body.addEventListener("live:beat", beat); // a hidden page's timers are slowed, its stream is not
  setInterval(beat, EVERY);
})();
