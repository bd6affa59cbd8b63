// What shows notices in a client's browser, also while none of our pages is open. It keeps no page and fetches nothing.
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
