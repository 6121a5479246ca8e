// Where posts come from, by script: a schedule is read while it is typed, a file is followed while it is worked on, a
// bookmark is for dragging. Without it the pages' own buttons and links do the same.

// The schedule in plain words, after a pause.
const cron = document.querySelector("[data-cadence]");
if (cron) {
  const place = document.querySelector("#cadence");
  document.querySelector("[data-read]").hidden = true;
  let later;
  let asked = 0;
  const read = async () => {
    const mine = ++asked;
    const query = new URLSearchParams({ cron: cron.value.trim().replace(/\s+/g, " ") });
    try {
      const answer = await fetch(`${cron.dataset.cadence}?${query}`, { headers: { accept: "text/html" }, redirect: "error" });
      if (!answer.ok) return;
      const html = await answer.text();
      // An answer that was overtaken says nothing any more.
      if (mine !== asked) return;
      place.innerHTML = html;
      if (place.querySelector(".fault")) cron.setAttribute("aria-invalid", "true");
      else cron.removeAttribute("aria-invalid");
    } catch {
      // What was read before stays; the form says the rest.
    }
  };
  cron.addEventListener("input", () => {
    clearTimeout(later);
    later = setTimeout(read, 300);
  });
}
// What was asked for is seen first.
document.querySelector("[data-seen]")?.focus();

// A file that is worked on is looked at until it is done.
async function follow() {
  const standing = document.querySelector("#standing[data-unfinished]");
  if (!standing) return;
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" }, redirect: "error" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("#standing");
    if (answer.ok && now?.matches("[data-unfinished]")) standing.replaceChildren(...now.childNodes);
    else if (answer.ok) return location.reload();
  } catch {
    // It is asked again.
  }
  setTimeout(follow, 2000);
}
setTimeout(follow, 1500);

// Pressed here, the bookmark would only be refused: it says what it is for.
document.querySelector("[data-bookmark]")?.addEventListener("click", (event) => {
  event.preventDefault();
  const hint = document.querySelector("#bookmark-hint");
  hint.classList.remove("muted");
  hint.animate?.([{ opacity: 0.3 }, { opacity: 1 }], 160);
});
const code = document.querySelector("#bookmark-code");
code?.addEventListener("focus", () => code.select());
