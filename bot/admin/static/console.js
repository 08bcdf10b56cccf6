// Keys and small comforts. Every page works without this file.

const FORGOTTEN_AFTER = 1200; // milliseconds a "g" is remembered
const ROWS = "[data-row]";

let wentAt = -Infinity;

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return leave(event);
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isWriting(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const act = ACTS[event.key] ?? (event.timeStamp - wentAt < FORGOTTEN_AFTER ? go : null);
  if (act?.(event.key) !== undefined) event.preventDefault();
  wentAt = event.key === "g" ? event.timeStamp : -Infinity;
});

const ACTS = {
  "/": () => focused(document.getElementById("find")),
  "?": () => shown("keys"),
  j: () => step(1),
  k: () => step(-1),
};

function isWriting(target) {
  return target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]") !== null;
}

function go(key) {
  const link = [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key === key);
  link?.click();
  return link;
}

// j and k walk over the rows of the list; Enter is the link's own.
function step(by) {
  const rows = [...document.querySelectorAll(ROWS)];
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const next = here < 0 ? (by > 0 ? 0 : rows.length - 1) : here + by;
  const row = rows[Math.max(0, Math.min(rows.length - 1, next))];
  return focused(row?.querySelector("a, button, summary"));
}

function focused(element) {
  if (!element) return undefined;
  element.focus();
  if (element.type === "search") element.select();
  element.scrollIntoView({ block: "nearest" });
  return element;
}

function leave(event) {
  const menu = document.querySelector(".menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (isWriting(event.target)) {
    event.target.blur();
  }
}

function shown(id) {
  const dialog = document.getElementById(id);
  dialog?.showModal();
  return dialog ?? undefined;
}

for (const button of document.querySelectorAll("[data-shows]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    button.closest("details")?.removeAttribute("open");
    shown(button.dataset.shows);
  });
}

// A menu closes when something else is pressed.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(".menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// On a phone the pages stand in a row: the one that is open is to be seen.
const current = document.querySelector(".side [aria-current]");
if (current) current.parentElement.scrollLeft = current.offsetLeft - 16;

// Pressed twice is sent once; after a step back everything can be pressed again.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post") return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

for (const button of document.querySelectorAll("[data-copies]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent.trim());
    button.textContent = button.dataset.copied;
  });
}
