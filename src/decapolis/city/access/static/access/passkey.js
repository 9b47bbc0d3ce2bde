/* Passkeys: asks the browser for one and posts what it answers. Forms that need this stay hidden without it. */
"use strict";
(() => {
  const api = window.webauthnJSON;
  if (!api || !api.supported()) return;

  const given = () => JSON.parse(document.getElementById("passkey-options").textContent);

  const ask = {
    "sign-in": async (form) => {
      const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
      return api.get((await answer.json()).request_options);
    },
    "confirm": () => api.get(given().request_options),
    "add": (form) => {
      const options = given().creation_options;
      const choice = options.publicKey.authenticatorSelection;
      const alone = form.elements.passwordless.checked;
      choice.residentKey = alone ? "required" : "discouraged";
      choice.requireResidentKey = alone;
      if (alone) choice.userVerification = "required";
      return api.create(options);
    },
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        form.elements.credential.value = JSON.stringify(await ask[form.dataset.passkey](form));
        form.submit();
      } catch (refused) {
        if (refused.name !== "NotAllowedError" && refused.name !== "AbortError") throw refused;
      }
    });
  }
})();
