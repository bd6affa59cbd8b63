// What shows notices in a client's browser, also while none of our pages is open. It keeps no page, and asks nobody
// for anything; it tells the office alone, and only of this browser's new address.
self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("push", (event) => {
  let told = {};
  try { told = event.data.json(); } catch { /* a notice that cannot be read is shown all the same: something came */ }
  event.waitUntil(self.registration.showNotification(told.title || self.location.host, {
    body: told.body || "",
    tag: told.tag || "secretariat", // the same message again takes the place of its older notice
    silent: !!told.quiet, // it is acknowledged, or withdrawn: that stands there now, and asks for nothing
    renotify: !!told.urgent,
    requireInteraction: !!told.urgent,
    data: { url: told.url || self.registration.scope },
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const wanted = new URL(event.notification.data.url, self.location.origin);
  const url = wanted.origin === self.location.origin ? wanted.href : self.registration.scope;
  const open = async () => {
    const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const there = pages.find((page) => page.url === url);
    return there ? there.focus() : self.clients.openWindow(url);
  };
  event.waitUntil(open());
});

// Its push service gave this browser another address. Nobody need be signed in: the secret of the old one, which the
// service never knew, says which browser it is. Where it cannot be told, the next notice finds nobody, and her page says so.
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renewed(event.oldSubscription, event.newSubscription)));

const renewed = async (before, given) => {
  if (!before) return; // an older browser does not say which one it was
  const now = given || await self.registration.pushManager.subscribe(before.options);
  const { endpoint, keys } = now.toJSON();
  const body = new URLSearchParams({ before: before.endpoint, secret: before.toJSON().keys.auth, endpoint, ...keys });
  for (const seconds of [0, 2, 10, 30]) {
    await new Promise((over) => setTimeout(over, seconds * 1000));
    try {
      const { status } = await fetch("{% url "push-renewed" %}", { method: "POST", body, credentials: "omit" });
      if (status < 500) return;
    } catch { /* no line just now */ }
  }
};
