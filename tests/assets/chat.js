// Live updates of the chat window. Messages that did not change stay the same nodes, so that focus,
// open menus and scroll position survive; without this module the page works by reloading.
const room = document.getElementById("conversation");
const news = document.getElementById("news");
const line = document.getElementById("line");

const keyOf = (element) => element?.closest?.("[data-key]")?.dataset.key;

/** Where the focus is, in terms that survive a replaced message. */
function focus() {
  const active = document.activeElement;
  const message = active?.closest?.(".message");
  return message ? { message: message.id, key: keyOf(active) } : null;
}

function restore(was) {
  if (!was || room.contains(document.activeElement)) return;
  const message = document.getElementById(was.message);
  const same = [...(message?.querySelectorAll("[data-key]") ?? [])];
  (same.find((element) => element.dataset.key === was.key) ?? same[0] ?? room).focus();
}

// While the reader is at the end, the window stays there: answers grow, and pictures come late.
let atEnd = true;
let top = 0;

function stay() {
  if (atEnd && !document.getElementById("home")) room.scrollTop = room.scrollHeight;
}

function merge(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").body;
  const was = focus();
  const old = new Map([...room.querySelectorAll(".message")].map((node) => [node.id, node]));
  const arrived = [];
  for (const node of fresh.querySelectorAll(".message")) {
    const known = old.get(node.id);
    if (!known) arrived.push(node);
    else if (node.id === "home" && known.dataset.version !== node.dataset.version) news.textContent = node.dataset.news;
    if (known && known.dataset.version === node.dataset.version) node.replaceWith(known);
  }
  const dialog = document.getElementById("dialog");
  const wanted = fresh.querySelector("dialog");
  if (dialog && wanted && dialog.dataset.version === wanted.dataset.version) wanted.replaceWith(dialog);
  room.replaceChildren(...fresh.childNodes);
  openDialog();
  restore(was);
  if (arrived.length > 0) {
    news.textContent = arrived.map((node) => node.dataset.news).join(". ");
    arrived.at(-1).classList.add("arrived");
    atEnd ||= awaited;
    awaited = false;
  }
  stay();
}

function openDialog() {
  const dialog = document.getElementById("dialog");
  if (!dialog || dialog.matches(":modal")) return;
  dialog.removeAttribute("open");
  dialog.showModal();
}

// Who pressed or sent something wants to see what comes of it.
let awaited = false;
let asking = false;
let again = false;

/** Asks for the conversation; while an answer is under way, at most one more question waits. */
async function refresh() {
  again = true;
  if (asking) return;
  asking = true;
  try {
    while (again) {
      again = false;
      const answer = await fetch(`${room.dataset.source}/conversation`);
      if (answer.ok) merge(await answer.text());
    }
  } finally {
    asking = false;
  }
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-live]");
  if (!form) return;
  event.preventDefault();
  const menu = form.closest("details.menu");
  const data = new URLSearchParams(new FormData(form, event.submitter));
  const action = event.submitter?.getAttribute("formaction") ?? form.getAttribute("action");
  if (form.contains(line)) line.value = "";
  awaited = true;
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
  const answer = await fetch(action, { method: "POST", body: data, redirect: "manual" });
  const failed = answer.type !== "opaqueredirect";
  news.classList.toggle("hidden", !failed);
  if (failed) news.textContent = await answer.text();
  await refresh();
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.addEventListener("toggle", (event) => {
  if (event.target.open) event.target.querySelector(".choices")?.scrollIntoView({ block: "nearest" });
}, true);

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

room.addEventListener("cancel", (event) => {
  event.preventDefault();
  event.target.querySelector("[formaction]")?.click();
}, true);

room.addEventListener("scroll", () => {
  if (room.scrollHeight - room.scrollTop - room.clientHeight < 80) atEnd = true;
  else if (room.scrollTop < top) atEnd = false;
  top = room.scrollTop;
});

room.addEventListener("load", stay, true);

// A conversation begins at its end, a page at its top.
stay();
openDialog();
new EventSource(`${room.dataset.source}/changes`).onmessage = refresh;
