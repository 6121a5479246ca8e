// The palette of commands and the keys. Both read the page: `data-command` can be found in the
// palette, `data-key` is pressed by that key, or by those keys one after another.

const parts = document.querySelector("#palette-parts").dataset;
const QUIET = "chorus-keys-off";

function seen(element) {
  return element.checkVisibility?.({ visibilityProperty: true }) ?? true;
}
function nameOf(element) {
  return element.dataset.command || element.textContent.trim().replace(/\s+/g, " ");
}
function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}
function dialog(title) {
  const heading = make("h2", { id: "palette-heading", textContent: title });
  const shown = make("dialog", { className: "palette" }, heading);
  shown.setAttribute("aria-labelledby", "palette-heading");
  shown.addEventListener("close", () => shown.remove());
  shown.addEventListener("click", (event) => event.target === shown && shown.close());
  document.body.append(shown);
  return shown;
}

function openPalette() {
  const shown = dialog(parts.title);
  const commands = [...document.querySelectorAll("[data-command]")];
  // The list of keys is always found here, also by whoever turned single keys off.
  const keys = make("button", { textContent: parts.keysTitle });
  keys.dataset.key = "?";
  keys.addEventListener("click", openKeys);
  commands.push(keys);
  const list = make("ul", { id: "palette-list" });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", parts.title);
  const input = make("input", { type: "text", placeholder: parts.placeholder, autocomplete: "off" });
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-expanded", "true");
  input.setAttribute("aria-controls", "palette-list");
  input.setAttribute("aria-label", parts.placeholder);
  let found = [];
  let at = 0;
  const run = (command) => {
    shown.close();
    command.click();
  };
  const select = (index) => {
    at = found.length ? (index + found.length) % found.length : 0;
    [...list.children].forEach((row, row_at) => row.setAttribute("aria-selected", row_at === at));
    input.setAttribute("aria-activedescendant", list.children[at]?.id ?? "");
    list.children[at]?.scrollIntoView({ block: "nearest" });
  };
  const find = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    found = commands.filter((one) => words.every((word) => nameOf(one).toLowerCase().includes(word)));
    list.replaceChildren(
      ...found.map((one, index) => {
        const row = make("li", { id: `palette-${index}` }, make("span", { textContent: nameOf(one) }));
        if (one.dataset.key) row.append(make("kbd", { textContent: one.dataset.key }));
        row.setAttribute("role", "option");
        row.addEventListener("click", () => run(one));
        return row;
      }),
    );
    none.hidden = found.length > 0;
    select(0);
  };
  const none = make("p", { className: "none", textContent: parts.none, hidden: true });
  none.setAttribute("role", "status");
  input.addEventListener("input", find);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") select(at + 1);
    else if (event.key === "ArrowUp") select(at - 1);
    else if (event.key === "Enter" && found[at]) run(found[at]);
    else return;
    event.preventDefault();
  });
  shown.append(input, list, none);
  find();
  shown.showModal();
  input.focus();
}

function openKeys() {
  const shown = dialog(parts.keysTitle);
  const row = (name, key) =>
    make("li", { className: "key-row" }, make("span", { textContent: name }), make("kbd", { textContent: key }));
  const rows = [...document.querySelectorAll("[data-key]")].map((one) => row(nameOf(one), one.dataset.key));
  const list = make("ul", {}, row(parts.openPalette, "Ctrl K · ⌘ K"), row(parts.openKeys, "?"), ...rows);
  const box = make("input", { type: "checkbox", checked: !localStorage.getItem(QUIET) });
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(QUIET);
    else localStorage.setItem(QUIET, "yes");
  });
  const close = make("button", { className: "button", textContent: parts.close });
  close.addEventListener("click", () => shown.close());
  shown.append(list, make("label", {}, box, parts.keysSwitch), close);
  shown.showModal();
}

let before = "";
let forget;
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    if (!document.querySelector("dialog[open]")) openPalette();
    return;
  }
  const types = event.target.closest?.("input, textarea, select, [contenteditable], dialog");
  // A key that is held down is pressed once.
  if (types || event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
  if (localStorage.getItem(QUIET)) return;
  if (event.key === "?") {
    event.preventDefault();
    openKeys();
    return;
  }
  const one = event.key.toLowerCase();
  const both = before ? `${before} ${one}` : one;
  const keyed = [...document.querySelectorAll("[data-key]")].filter(seen);
  const hit = keyed.find((element) => element.dataset.key === both) ?? keyed.find((element) => element.dataset.key === one);
  clearTimeout(forget);
  before = one;
  forget = setTimeout(() => (before = ""), 1000);
  if (hit) {
    event.preventDefault();
    before = "";
    hit.click();
  }
});
