// The one place that asks for notifications: <button data-ask-notifications>, pressed at the start of a shift.
(() => {
  const button = document.querySelector("[data-ask-notifications]");
  const said = document.querySelector("[data-notifications-said]");
  if (!button || !("Notification" in window)) return;
  const show = () => {
    button.hidden = Notification.permission !== "default";
    if (said) said.textContent = said.dataset[Notification.permission] || "";
  };
  button.addEventListener("click", () => Notification.requestPermission().then(show));
  show();
})();
