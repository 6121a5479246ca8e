// The library by script: the bar of steps rises once something is ticked, and all can be ticked at once.

const form = document.querySelector("form.posts");
const bar = form?.querySelector(".bulk");
if (bar) {
  const said = bar.querySelector("[data-ticked]");
  const every = form.querySelector("[data-every]");
  const whole = every.querySelector("input");
  const boxes = [...form.querySelectorAll("input[name=post]")];
  // What cannot be undone says how many posts it takes.
  const withdraw = bar.querySelector("[data-many]");
  const look = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    bar.hidden = ticked === 0;
    said.textContent = `${ticked} ${said.dataset.ticked}`;
    if (withdraw) withdraw.textContent = ticked === 1 ? withdraw.dataset.one : withdraw.dataset.many.replace("#", ticked);
    if (withdraw && ticked === 0) withdraw.closest("details").open = false;
    whole.checked = ticked === boxes.length;
    whole.indeterminate = ticked > 0 && !whole.checked;
  };
  whole.addEventListener("change", () => {
    for (const box of boxes) box.checked = whole.checked;
    look();
  });
  every.hidden = false;
  form.addEventListener("change", look);
  addEventListener("pageshow", look);
  look();
}
// The key that leads to the search leads into it.
const search = document.querySelector("#q");
search?.addEventListener("click", () => search.focus());
// A choice of the filter is followed at once; who types presses Enter.
const finder = document.querySelector("form.finder");
for (const select of finder?.querySelectorAll("select") ?? []) {
  // By keyboard a list is walked through: there only leaving it counts.
  let byKey = false;
  select.addEventListener("keydown", () => (byKey = true));
  select.addEventListener("pointerdown", () => (byKey = false));
  select.addEventListener("change", () => !byKey && finder.requestSubmit());
}
