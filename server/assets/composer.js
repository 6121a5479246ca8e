// The composer by script: what is typed is drawn and saved after a pause. Without it the form's buttons do the same.

const form = document.querySelector("form.composer-form");
const shown = document.querySelector("#shown");
const saved = document.querySelector("#saved");
const trouble = document.querySelector("#trouble");
const rows = form.querySelector("[data-wordings]");
const { url, title, summary, image_url: picture, image_alt: alt } = form.elements;
const DRAW = 350;
const SAVE = 1000;
const AGAIN = 5000;

// The file of a picture that waits for its words.
let picked;
let sending = Promise.resolve(true);
let isSending = false;
let unsaved = false;
let saving = Promise.resolve();
let isSaving = false;
let stopped = false;
let leaving = false;
let drawLater;
let saveLater;

let drawn = 0;
// Something that was typed is not in what was saved.
let left = false;

class LoggedOut extends Error {}
class Refused extends Error {
  constructor(status) {
    super(String(status));
    this.status = status;
  }
}

async function ask(path, body) {
  const headers = { accept: "application/json, text/html" };
  const answer = await fetch(path, { method: "POST", body, headers, redirect: "error" });
  if (answer.status === 401) throw new LoggedOut();
  if (!answer.ok) throw new Refused(answer.status);
  return answer;
}
const typed = () => new URLSearchParams(new FormData(form));
const aid = (name) => `${form.dataset.aids}/${name}`;

// What is wrong with saving, and what can be done about it.
function say(words, ...ways) {
  trouble.replaceChildren(Object.assign(document.createElement("p"), { textContent: words }), ...ways);
  trouble.hidden = false;
}
function way(words, href) {
  const link = Object.assign(document.createElement("a"), { textContent: words, href, target: "_blank" });
  link.rel = "noopener";
  return link;
}
function inConflict(told) {
  stopped = true;
  const post = form.getAttribute("action").split("/").pop();
  const ways = [way(trouble.dataset.look, `${form.dataset.posts}/${post}`)];
  if (told.version) {
    const mine = Object.assign(document.createElement("button"), { type: "button", className: "button" });
    mine.textContent = trouble.dataset.mine;
    mine.addEventListener("click", () => {
      form.elements.version.value = told.version;
      stopped = false;
      trouble.hidden = true;
      saveSoon(0);
    });
    ways.push(mine);
  }
  say(told.conflict, ...ways);
  saved.textContent = form.dataset.unsaved;
}

// Each wording keeps its number, so that checks lead to it.
function number() {
  let at = 0;
  const all = [...rows.children];
  for (const row of all) {
    const area = row.querySelector("textarea");
    const counts = area.value.trim() ? at++ : null;
    row.dataset.at = counts ?? "";
    area.id = counts === null ? `wording-${all.indexOf(row)}` : `variants-${counts}-text`;
    area.previousElementSibling.htmlFor = area.id;
    row.querySelector("[data-less]").hidden = all.length < 2;
  }
}

async function draw() {
  number();
  drawn += 1;
  const turn = drawn;
  let html;
  try {
    html = await (await ask(aid("preview"), typed())).text();
  } catch {
    return; // Saving says what is wrong.
  }
  // Of two that were asked for, the later one counts, whichever comes first.
  if (turn !== drawn) return;
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const chosen of shown.querySelectorAll("input:checked")) {
    const same = page.querySelector(`input[name="${chosen.name}"][value="${chosen.value}"]`);
    if (!same) continue;
    for (const one of page.querySelectorAll(`input[name="${chosen.name}"]`)) one.removeAttribute("checked");
    same.setAttribute("checked", "");
  }
  const focused = shown.contains(document.activeElement) ? document.activeElement : null;
  shown.replaceChildren(...page.body.childNodes);
  if (focused?.value) shown.querySelector(`input[name="${focused.name}"][value="${focused.value}"]`)?.focus();
  const counted = [...shown.querySelectorAll("[data-counted]")];
  for (const row of rows.children) {
    const counter = row.dataset.at === "" ? null : counted[Number(row.dataset.at)];
    row.querySelector("[data-counter]").replaceChildren(...(counter?.cloneNode(true).childNodes ?? []));
  }
}

async function save() {
  if (stopped || leaving || !unsaved) return;
  const isNew = !form.elements.version;
  if (isNew && ![url, title, summary].some((one) => one.value.trim())) return;
  unsaved = false;
  saved.textContent = form.dataset.saving;
  try {
    const told = await (await ask(`${form.getAttribute("action")}/autosave`, typed())).json();
    if (told.conflict) {
      unsaved = true;
      inConflict(told);
      return;
    }
    trouble.hidden = true;
    saved.textContent = told.said;
    if (!told.version) {
      unsaved = true;
      return;
    }
    if (isNew) {
      const version = Object.assign(document.createElement("input"), { type: "hidden", name: "version" });
      form.prepend(version);
      form.setAttribute("action", told.path);
      history.replaceState(history.state, "", told.path);
      const versions = document.querySelector("#versions");
      versions.querySelector("a").href = `${told.path}/versions`;
      versions.hidden = false;
    }
    if (title.value.trim()) document.querySelector("h1").textContent = title.value;
    form.elements.version.value = told.version;
    left = Boolean(told.left);
  } catch (error) {
    unsaved = true;
    saved.textContent = form.dataset.unsaved;
    if (error.status === 403 || error.status === 404) {
      // Trying again would not help.
      stopped = true;
      say(error.status === 403 ? trouble.dataset.forbidden : trouble.dataset.gone);
      return;
    }
    if (error instanceof LoggedOut) say(trouble.dataset.loggedOut, way(trouble.dataset.logIn, form.dataset.login));
    else say(trouble.dataset.away);
    saveSoon(AGAIN);
  }
}

function saveSoon(pause) {
  clearTimeout(saveLater);
  // One after another, so that a version follows the one that it read.
  saveLater = setTimeout(() => {
    saving = saving.then(async () => {
      isSaving = true;
      await save();
      isSaving = false;
    });
  }, pause);
}
function changed() {
  unsaved = true;
  if (!stopped) saved.textContent = form.dataset.unsaved;
  clearTimeout(drawLater);
  drawLater = setTimeout(draw, DRAW);
  saveSoon(SAVE);
}
form.addEventListener("input", (event) => event.target.type !== "file" && changed());
addEventListener("focus", () => unsaved && saveSoon(0));

form.addEventListener("submit", (event) => {
  clearTimeout(saveLater);
  clearTimeout(drawLater);
  if (isSaving || isSending || picked) {
    // The form follows what is being saved, and bears its version; and the picture that it bears.
    event.preventDefault();
    event.stopPropagation();
    const by = event.submitter;
    saving.then(sendPicture).then((isSent) => isSent && form.requestSubmit(by));
    return;
  }
  leaving = true;
});
addEventListener("pageshow", () => (leaving = false));
addEventListener("beforeunload", (event) => (unsaved || left || picked) && !leaving && event.preventDefault());

// The link first: the page at it fills in what is empty.
let read = url.value;
async function unfurl() {
  read = url.value;
  const said = document.querySelector("#url-said");
  const button = form.querySelector("[data-unfurl]");
  button.setAttribute("aria-busy", "true");
  try {
    const told = await (await ask(aid("unfurl"), typed())).json();
    said.textContent = told.fault ?? told.said;
    said.className = told.fault ? "small fault" : "small muted";
    said.setAttribute("role", "status");
    for (const name of ["title", "summary", "image_url", "image_alt", "language"]) {
      const field = form.elements[name];
      if (told[name] && !field.value.trim()) field.value = told[name];
    }
    showPicture();
    changed();
  } catch {
    changed(); // Saving says what is wrong.
  }
  button.removeAttribute("aria-busy");
}
form.querySelector("[data-unfurl]").addEventListener("click", (event) => {
  event.preventDefault();
  unfurl();
});
url.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  unfurl();
});
url.addEventListener("paste", () => setTimeout(() => !title.value && url.value !== read && unfurl()));

// Wordings come and go.
form.querySelector("[data-more]").addEventListener("click", (event) => {
  event.preventDefault();
  const row = rows.lastElementChild.cloneNode(true);
  const area = row.querySelector("textarea");
  area.value = "";
  area.removeAttribute("aria-invalid");
  row.querySelector("[data-counter]").replaceChildren();
  row.querySelectorAll(".fault").forEach((one) => one.remove());
  rows.append(row);
  number();
  area.focus();
});
rows.addEventListener("click", (event) => {
  const row = event.target.closest("[data-less]")?.closest("[data-wording]");
  if (!row) return;
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  next?.querySelector("textarea").focus();
  changed();
});

// A picture by address, from this device, or one that was used before.
const frame = form.querySelector("[data-picture]");
function showPicture() {
  frame.hidden = !picture.value;
  if (picture.value && frame.src !== picture.value) frame.src = picture.value;
  frame.alt = alt.value;
}
picture.addEventListener("change", showPicture);
function take(address, words) {
  picture.value = address;
  alt.value = words;
  showPicture();
  changed();
}
for (const button of form.querySelectorAll("[data-take]")) {
  button.addEventListener("click", () => take(button.dataset.take, button.dataset.alt));
}
const upload = form.querySelector("#upload");
// It is sent as soon as it is chosen, and not with the form.
upload.removeAttribute("name");
upload.addEventListener("change", () => {
  [picked] = upload.files;
  sendPicture();
});
// Without words for it a picture waits until they are typed.
alt.addEventListener("change", sendPicture);
alt.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !picked) return;
  event.preventDefault();
  sendPicture();
});
// One after another; says whether none waits any more.
function sendPicture() {
  isSending = true;
  sending = sending.then(async () => {
    const isSent = await sendPicked();
    isSending = false;
    return isSent;
  });
  return sending;
}
async function sendPicked() {
  if (!picked) return true;
  const said = document.querySelector("#upload-said");
  said.className = "small fault";
  if (!alt.value.trim()) {
    said.textContent = upload.dataset.wordless;
    alt.focus();
    return false;
  }
  const file = picked;
  picked = undefined;
  let told;
  try {
    const path = `${aid("picture")}?alt=${encodeURIComponent(alt.value)}`;
    told = await (await ask(path, file)).json();
    said.textContent = told.fault ?? "";
    // What was typed meanwhile is the later word.
    if (told.url) take(told.url, alt.value.trim() ? alt.value : told.alt);
  } catch {
    said.textContent = form.dataset.away;
  }
  upload.value = "";
  return Boolean(told?.url);
}

// Topics that were used before are a click away; a channel that is ticked means only the ticked ones.
for (const name of form.querySelectorAll("[data-topic]")) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "link" });
  button.textContent = name.textContent;
  button.addEventListener("click", () => {
    const topics = form.elements.topics;
    const there = topics.value.split(",").map((one) => one.trim());
    if (there.includes(button.textContent)) return;
    topics.value = [...there.filter(Boolean), button.textContent].join(", ");
    changed();
  });
  name.replaceChildren(button);
}
for (const box of form.querySelectorAll("[data-channel]")) {
  box.addEventListener("change", () => {
    if (box.checked) form.elements.audience_channels.checked = true;
  });
}
// Without "only these" none is one of them.
form.elements.audience_channels?.addEventListener("change", (event) => {
  if (event.target.checked) return;
  for (const box of form.querySelectorAll("[data-channel]")) box.checked = false;
});

// A check leads to its field, wherever that is folded away.
shown.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const field = link && document.querySelector(link.getAttribute("href"));
  if (!field) return;
  event.preventDefault();
  for (let one = field.closest("details"); one; one = one.parentElement.closest("details")) one.open = true;
  (field.matches("details") ? field.querySelector("summary") : field).focus();
});

for (const one of form.querySelectorAll("[data-again]")) one.hidden = false;
for (const one of form.querySelectorAll("[data-plain]")) one.hidden = true;
number();
