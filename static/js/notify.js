// The one place that asks for notifications, and only when she presses <button data-ask-notifications>.
// What the browser answered stands in [data-notifications-said], in the words it carries.
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
