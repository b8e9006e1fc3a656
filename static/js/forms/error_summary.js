// A page that comes back with errors moves the focus to their summary.
document.querySelector(".error-summary")?.focus();
