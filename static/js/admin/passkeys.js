// What the pages about the second step do besides the scripts of django-otp-webauthn.

document.addEventListener("otp_webauthn.register_complete", () => location.reload());

// On the page that keeps a form: the login is complete, the form opens. Elsewhere the script of the
// package itself goes to the next page.
document.addEventListener("otp_webauthn.verification_complete", () => {
  const button = document.querySelector("#login-form [name=_review]");
  if (button) {
    button.formNoValidate = true; // no code is needed any more
    button.click();
  }
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
