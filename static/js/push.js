// Push in this browser: asks for leave, gets an address from the browser's push service and sends it with the form.
// Nothing is asked before she presses the button. Which of her devices this is, it finds by the hash of that address.
(() => {
  const part = document.getElementById("push");
  if (!part) return;
  const form = part.querySelector("[data-push-key]");
  const { pushWorker: worker, pushScope: scope } = part.dataset;
  const say = (what) => {
    for (const each of part.querySelectorAll("[data-push-says]")) each.hidden = each.dataset.pushSays !== what;
  };
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) return say("cannot");

  const standing = async () => (await navigator.serviceWorker.getRegistration(scope))?.pushManager.getSubscription();
  const hashed = async (text) => {
    const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  const rowOf = async (subscription) => subscription && part.querySelector(`[data-push-device="${await hashed(subscription.endpoint)}"]`);

  /** Waits until the worker is there: without one that runs, a browser gives no address. */
  const registered = async () => {
    const registration = await navigator.serviceWorker.register(worker, { scope });
    const coming = registration.installing || registration.waiting;
    if (!registration.active && coming) {
      await new Promise((done) => {
        coming.addEventListener("statechange", () => { if (["activated", "redundant"].includes(coming.state)) done(); });
      });
    }
    return registration;
  };
  const subscribed = async () => {
    const { pushManager } = await registered();
    const wanted = { userVisibleOnly: true, applicationServerKey: form.dataset.pushKey };
    try {
      return await pushManager.subscribe(wanted);
    } catch (error) {
      if (error.name !== "InvalidStateError") throw error;
      await (await pushManager.getSubscription())?.unsubscribe(); // it was switched on under another key of the firm
      return pushManager.subscribe(wanted);
    }
  };

  const show = async () => {
    const row = await rowOf(await standing());
    row?.querySelector("[data-push-here]")?.removeAttribute("hidden");
    if (!form) return;
    form.hidden = !!row && !("pushOver" in row.dataset);
    say(Notification.permission === "denied" ? "denied" : "");
  };

  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    say("");
    try {
      if (await Notification.requestPermission() !== "granted") return say("denied");
      const { endpoint, keys } = (await subscribed()).toJSON();
      Object.assign(form.elements.endpoint, { value: endpoint });
      for (const name of ["p256dh", "auth"]) form.elements[name].value = keys[name];
      form.submit();
    } catch {
      say("failed");
    } finally {
      button.disabled = false;
    }
  });
  for (const off of part.querySelectorAll("[data-push-off]")) {
    off.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        const subscription = await standing();
        if (off.closest("[data-push-device]") === await rowOf(subscription)) await subscription?.unsubscribe();
      } finally {
        off.submit(); // whatever the browser says of it: we tell it nothing more
      }
    });
  }
  show().catch(() => say("failed"));
})();
