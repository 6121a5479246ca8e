// The calendar by script: a post is dragged to another day, or moved by Alt and the arrows.

const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
const MOVED = "chorus-moved";

function moveTo(entry, day) {
  const form = entry.querySelector("form");
  const input = form?.elements.at;
  if (!input || input.value.slice(0, 10) === day) return;
  input.value = day + input.value.slice(10);
  sessionStorage.setItem(MOVED, entry.id);
  form.requestSubmit();
}

for (const entry of document.querySelectorAll("[data-entry]")) {
  entry.draggable = true;
  entry.querySelector("a").draggable = false;
  entry.addEventListener("dragstart", (event) => {
    event.dataTransfer.setData("text/plain", entry.id);
    event.dataTransfer.effectAllowed = "move";
    entry.classList.add("dragged");
  });
  entry.addEventListener("dragend", () => entry.classList.remove("dragged"));
  entry.addEventListener("keydown", (event) => {
    if (!event.altKey || !STEPS[event.key] || event.target.closest("form")) return;
    event.preventDefault();
    const day = new Date(`${entry.querySelector("form").elements.at.value.slice(0, 10)}T00:00:00Z`);
    day.setUTCDate(day.getUTCDate() + STEPS[event.key]);
    moveTo(entry, day.toISOString().slice(0, 10));
  });
}
for (const cell of document.querySelectorAll("[data-day]")) {
  cell.addEventListener("dragover", (event) => {
    if (!document.querySelector(".dragged")) return;
    event.preventDefault();
    cell.classList.add("over");
  });
  cell.addEventListener("dragleave", () => cell.classList.remove("over"));
  cell.addEventListener("drop", (event) => {
    event.preventDefault();
    cell.classList.remove("over");
    const entry = document.querySelector(".dragged");
    if (entry) moveTo(entry, cell.dataset.day);
  });
}
// Who moved a post goes on from it.
document.getElementById(sessionStorage.getItem(MOVED))?.querySelector("a").focus();
sessionStorage.removeItem(MOVED);
