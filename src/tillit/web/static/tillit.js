// What a page gains from a script; each works without it.

// A filter that sends itself when something is chosen: its button is then only for those who type.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-sends-itself]");
  if (form) form.requestSubmit();
});

// A form that has been sent is not sent again by a second press.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("data-again")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 4000);
});

// A part of the page has changed the matter: the other forms were made before it, by the same person.
document.addEventListener("version", (event) => {
  for (const field of document.querySelectorAll('input[name$="version"]')) field.value = event.detail.value;
});
