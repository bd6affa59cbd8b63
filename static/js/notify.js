// The one place that asks for notifications, and only when she presses <button data-ask-notifications>.
// What the browser answered stands in [data-notifications-said], in the words it carries.
(() => {
  if (!("Notification" in window)) return;
  const show = () => {
    const button = document.querySelector("[data-ask-notifications]");
    const said = document.querySelector("[data-notifications-said]");
    if (button) button.hidden = Notification.permission !== "default";
    if (said) said.textContent = said.dataset[Notification.permission] || "";
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-ask-notifications]")) Notification.requestPermission().then(show);
  });
  document.body.addEventListener("page:shown", show);
  show();
})();
