// What the frame does by script. Every page works without it.

// A toast is said once: a reload, or a way back, does not say it again.
const address = new URL(location.href);
if (address.searchParams.has("toast")) {
  address.searchParams.delete("toast");
  history.replaceState(history.state, "", address);
}
for (const toast of document.querySelectorAll("[data-toast]")) {
  const close = toast.querySelector(".toast-close");
  close?.addEventListener("click", (event) => {
    event.preventDefault();
    toast.remove();
  });
  // What can be undone stays until it is closed: nobody has to be quick.
  if (!toast.querySelector("form")) setTimeout(() => toast.remove(), 8000);
}

// A form that waited for its member to log in again is sent by itself.
document.querySelector("form[data-resume]")?.requestSubmit();

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) event.preventDefault();
  else form.dataset.sent = "yes";
});
// Who comes back by the browser's history may send it again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// What is to be handed on is copied by its button; without one it can be selected.
for (const button of document.querySelectorAll("[data-copy]")) {
  const words = document.getElementById(button.dataset.copy);
  const report = () => {
    button.parentElement.querySelector("[role=status]").textContent = button.dataset.copied;
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    words.select();
    // The old way is also there without TLS.
    if (document.execCommand("copy")) report();
    else navigator.clipboard?.writeText(words.value).then(report, () => {});
  });
}
