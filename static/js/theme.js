// Light, dark, or as the computer has it. Buttons: <button data-theme-choice="light|dark|"> with aria-pressed.
// The choice is a cookie, so that the server writes data-theme and no page flashes on its way in.
(() => {
  const root = document.documentElement;
  const show = () => {
    for (const button of document.querySelectorAll("[data-theme-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === (root.dataset.theme || "")));
    }
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-choice]");
    if (!button) return;
    const chosen = button.dataset.themeChoice;
    if (chosen) root.dataset.theme = chosen;
    else delete root.dataset.theme;
    const life = chosen ? 31536000 : 0;
    document.cookie = `theme=${chosen};path=/;max-age=${life};samesite=lax`;
    show();
  });
  document.body.addEventListener("page:shown", show);
  show();
})();
