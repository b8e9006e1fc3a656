// Focus the error summary of a rejected form.
document.querySelector(".error-summary")?.focus();
