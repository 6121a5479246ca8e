// Copies the words when the one big button is pressed. Without this file the
// page still works: the words can be selected and the button is a plain link.

const words = document.querySelector("#words");
const said = document.querySelector("#said");

function copy() {
  words.focus();
  words.select();
  // The old way copies before the click goes on to open another page, where
  // the new way would lose the race; it is also there without TLS.
  if (document.execCommand("copy")) return true;
  navigator.clipboard?.writeText(words.value).then(report, () => {});
  return false;
}

function report() {
  said.textContent = said.dataset.copied;
}

for (const control of document.querySelectorAll("[data-copies]")) {
  control.hidden = false;
  control.addEventListener("click", () => copy() && report());
}
words?.addEventListener("focus", () => words.select());
