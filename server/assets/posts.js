// The pages of posts: progress as it is, and focus where a note is written. They work without it.

const progress = document.querySelector("[data-progress]");
if (progress) follow(progress, document.querySelector("[data-progress-lost]"));

function follow(shown, lost) {
  let events;
  const open = () => {
    events = new EventSource(shown.dataset.progress);
    events.addEventListener("progress", (event) => (shown.innerHTML = event.data));
    events.addEventListener("open", () => (lost.hidden = true));
    // What can be pressed is another now; who types something is not interrupted.
    events.addEventListener("stage", () => {
      events.close();
      if (document.activeElement?.matches("input, textarea")) lost.hidden = false;
      else location.reload();
    });
    // A browser comes again by itself, but not where it was refused: what is shown grows old.
    events.addEventListener("error", () => (lost.hidden = events.readyState !== EventSource.CLOSED));
  };
  // A page that nobody looks at takes nobody's place.
  const look = () => (document.hidden ? events?.close() : open());
  look();
  document.addEventListener("visibilitychange", look);
  addEventListener("pagehide", () => events?.close());
  // What is pressed leads to a page of its own, which the stage that it changes must not overtake.
  addEventListener("submit", () => events?.close());
}

// Opened and entered at once, not by the event that tells of it later: what is typed meanwhile would
// be taken for the page's keys, of which one approves.
for (const details of document.querySelectorAll("details[data-note]")) {
  details.querySelector("summary").addEventListener("click", (event) => {
    event.preventDefault();
    details.open = !details.open;
    if (details.open) details.querySelector("textarea, input:not([type=hidden])")?.focus();
  });
}

// A time is asked for where it is chosen.
for (const time of document.querySelectorAll("[data-chosen-by]")) {
  const choice = document.getElementById(time.dataset.chosenBy);
  time.addEventListener("input", () => (choice.checked = true));
}
