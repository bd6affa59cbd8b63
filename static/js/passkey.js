// Passkeys: a button with data-passkey asks the browser for one, and the page's own form sends it. Without a
// browser that knows them the button stays hidden, and the code of an authenticator app does instead.
(() => {
  const forms = window.allauth?.webauthn?.forms;
  const names = { addForm: "add", authenticateForm: "authenticate", loginForm: "login" };
  for (const button of document.querySelectorAll("[data-passkey]")) {
    const { passkey, credential, passwordless, options } = button.dataset;
    if (!window.PublicKeyCredential || !forms) continue;
    const ids = { [names[passkey]]: button.id, credential };
    if (options) ids.data = options;
    if (passwordless) ids.passwordless = passwordless;
    forms[passkey]({ ids });
    button.hidden = false;
  }
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    document.querySelector("[data-passkey-said]")?.removeAttribute("hidden");
  });
})();
