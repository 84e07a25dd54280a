/* Asks the browser for a passkey, and sends what it answers with the form. Without this file, codes still work. */
"use strict";

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

function asked(question) {
  const read = structuredClone(question);
  read.challenge = bytes(read.challenge);
  if (read.user) read.user.id = bytes(read.user.id);
  for (const list of [read.excludeCredentials, read.allowCredentials]) {
    for (const credential of list ?? []) credential.id = bytes(credential.id);
  }
  return read;
}

function told(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response, clientExtensionResults: {} };
}

for (const place of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  const question = JSON.parse(place.querySelector("script[type='application/json']").textContent);
  const form = document.getElementById(place.dataset.form);
  const failed = place.querySelector("[role=alert]");
  place.hidden = false;
  place.querySelector("button").addEventListener("click", async () => {
    failed.hidden = true;
    if (place.dataset.passkey === "create" && !form.reportValidity()) return;
    try {
      const credential = await navigator.credentials[place.dataset.passkey]({ publicKey: asked(question) });
      form.elements[place.dataset.field].value = JSON.stringify(told(credential));
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
}
