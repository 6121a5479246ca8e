// Completes commands above the message box, as Discord's client does. Without this module a command is
// typed in full: the server understands the same line.
const line = document.getElementById("line");
const list = document.getElementById("suggestions");
const PAUSE = 120;

let shown = [];
let active = -1;
let timer;
let asked = 0;

function close() {
  shown = [];
  active = -1;
  list.hidden = true;
  line.setAttribute("aria-expanded", "false");
  line.removeAttribute("aria-activedescendant");
}

function point(at) {
  active = at;
  for (const [number, item] of [...list.children].entries()) {
    item.setAttribute("aria-selected", String(number === at));
    if (number === at) item.scrollIntoView({ block: "nearest" });
  }
  if (at < 0) line.removeAttribute("aria-activedescendant");
  else line.setAttribute("aria-activedescendant", list.children[at].id);
}

function show(found) {
  if (found.length === 0) return close();
  shown = found;
  list.replaceChildren(...found.map((one, number) => {
    const item = document.createElement("li");
    const [label, about] = [document.createElement("strong"), document.createElement("span")];
    label.textContent = one.label;
    about.textContent = one.about;
    about.className = "quiet";
    item.id = `suggestion-${number}`;
    item.role = "option";
    item.append(label, about);
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      take(number);
    });
    return item;
  }));
  list.hidden = false;
  line.setAttribute("aria-expanded", "true");
  point(-1);
}

/** Asks what can follow; of several answers under way only the last one counts. */
async function ask() {
  const number = ++asked;
  if (!line.value.startsWith("/")) return close();
  const query = new URLSearchParams({ line: line.value });
  const answer = await fetch(`${line.dataset.suggestions}?${query}`);
  if (number !== asked) return;
  show(answer.ok ? await answer.json() : []);
}

function take(number) {
  line.value = shown[number].line;
  close();
  line.focus();
  ask();
}

line.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE);
});

line.addEventListener("keydown", (event) => {
  if (list.hidden) return;
  const last = shown.length - 1;
  if (event.key === "ArrowDown") point(active >= last ? 0 : active + 1);
  else if (event.key === "ArrowUp") point(active <= 0 ? last : active - 1);
  else if (event.key === "Escape") close();
  else if (event.key === "Tab" && !event.shiftKey) take(Math.max(active, 0));
  else if (event.key === "Enter" && active >= 0) take(active);
  else return;
  event.preventDefault();
});

line.addEventListener("blur", close);
line.form.addEventListener("submit", () => {
  clearTimeout(timer);
  asked += 1;
  close();
});
