/* What every page gains from script. Nothing here is needed: each page works as plain HTML.

   Marks in the HTML
   details.menu             one open at a time; Escape and a click outside close it
   [data-errors]            the error summary: focused when it appears
   [data-dialog=ID]         opens <dialog id=ID> in place of following the link; [data-close] inside closes it
   [data-select-all=NAME]   a tick box that ticks all boxes called NAME in its form; [data-chosen] in the form shows how many
   textarea[data-count=ID]  words into the element ID (components/word_count.html)
   [data-keep-scroll=KEY]   keeps its scroll position from page to page
   [data-print]             prints
   .online                  says whether there is a connection
   .matrix                  arrow keys move between its links
   input[data-upload]       sends the file that is chosen in pieces (editor/upload.js)
   form[data-leaving]       signs out (leaving.js)
   [hidden] with data-print or data-needs-script is shown: it has no use without script

   Other scripts speak to this one through events on document
   announce  {text, urgent}   read out by the polite, or the assertive, live region (also as an HX-Trigger header) */

import "./leaving.js";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const polite = document.getElementById("announcements");
const urgent = document.getElementById("alarms");

/* live regions: emptied first, so that the same sentence is read twice */
function announce(text, isUrgent = false) {
  const region = isUrgent ? urgent : polite;
  if (!region || !text) return;
  region.textContent = "";
  setTimeout(() => { region.textContent = text; }, 60);
}
document.addEventListener("announce", (event) => {
  const detail = event.detail || {};
  announce(detail.text || detail.value, Boolean(detail.urgent));
});

/* menus */
document.addEventListener("click", (event) => {
  for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of all("details.menu[open]")) {
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) menu.querySelector("summary").focus();
  }
});

/* dialogs */
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.dialog);
    if (dialog && dialog.showModal) {
      event.preventDefault();
      dialog.showModal();
    }
  }
  if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
  if (event.target.closest("[data-print]")) window.print();
});

/* ticking many */
function chosen(form, name) {
  return all("input[type=checkbox]", form).filter((box) => box.name === name);
}
function countChosen(form, name) {
  const boxes = chosen(form, name);
  const ticked = boxes.filter((box) => box.checked).length;
  for (const place of all("[data-chosen]", form)) place.textContent = String(ticked);
  for (const box of all("[data-select-all]", form)) {
    box.checked = ticked > 0 && ticked === boxes.length;
    box.indeterminate = ticked > 0 && ticked < boxes.length;
  }
}
document.addEventListener("change", (event) => {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || box.type !== "checkbox") return;
  const form = box.form || box.closest("table") || document.body;
  const name = box.dataset.selectAll || box.name;
  if (box.dataset.selectAll) for (const other of chosen(form, name)) if (!other.disabled) other.checked = box.checked;
  if (form.querySelector("[data-select-all]")) countChosen(form, name);
});

/* files go in pieces (editor/upload.js) where that can be fetched, else with the form */
document.addEventListener("change", async ({ target }) => {
  if (!target.matches("input[data-upload]")) return;
  try {
    (await import(target.dataset.script)).send(target);
  } catch { /* there is no connection: it goes with the form */ }
});

/* words: split at white space, a Han character counts one; marks of lists and addresses of links do not count
   (as reporting/text/words.py, roughly: the server decides) */
const HAN = /[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3fffd}]/gu;
function words(text) {
  const plain = text.replace(/^[ \t]*(?:[-*+]|\d+[.)])[ \t]+/gmu, "").replace(/\]\([^)\n]*\)/gu, "]");
  const characters = plain.match(HAN) || [];
  const rest = plain.replace(HAN, " ").trim();
  return characters.length + (rest ? rest.split(/\s+/u).length : 0);
}
const number = new Intl.NumberFormat(document.documentElement.lang || "en");
const heard = new WeakMap();
const waiting = new WeakMap();
/* which step of the count was reached: 0 under 90 per cent, then 90 per cent, the limit, each 50 words above */
function step(used, limit) {
  if (!limit || used < limit * 0.9) return 0;
  return used <= limit ? (used === limit ? 2 : 1) : 3 + Math.floor((used - limit) / 50);
}
function count(area, isFirst = false) {
  const place = document.getElementById(area.dataset.count);
  if (!place) return;
  const used = words(area.value);
  const limit = Number(place.dataset.limit) || 0;
  const pattern = !limit ? place.dataset.plain : used > limit ? place.dataset.over : place.dataset.under;
  place.textContent = (pattern || "{used}")
    .replace("{used}", number.format(used))
    .replace("{limit}", number.format(limit))
    .replace("{rest}", number.format(Math.abs(limit - used)));
  place.classList.toggle("over", limit > 0 && used > limit);
  const reached = step(used, limit);
  if (!isFirst && reached > (heard.get(area) || 0)) {
    clearTimeout(waiting.get(area));
    waiting.set(area, setTimeout(() => announce(place.textContent), 1000));
  }
  heard.set(area, reached);
}
document.addEventListener("input", (event) => {
  if (event.target.matches?.("textarea[data-count]")) count(event.target);
});

/* connection */
function connection() {
  for (const mark of all(".online")) {
    mark.hidden = false;
    mark.classList.toggle("off", !navigator.onLine);
    mark.querySelector("span").textContent = navigator.onLine ? mark.dataset.online : mark.dataset.offline;
    mark.title = mark.querySelector("span").textContent;
  }
}
window.addEventListener("online", connection);
window.addEventListener("offline", () => {
  connection();
  announce(all(".online")[0]?.dataset.offline);
});

/* the matrix: arrow keys as an extra; columns are counted in reading order, so right and left follow the page */
document.addEventListener("keydown", (event) => {
  const link = event.target.closest?.(".matrix td a");
  if (!link || !event.key.startsWith("Arrow") || event.altKey || event.ctrlKey || event.metaKey) return;
  const rows = [...link.closest("table").rows];
  const cell = link.closest("td");
  let row = rows.indexOf(cell.parentElement);
  let column = cell.cellIndex;
  const forward = getComputedStyle(cell).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  const [down, along] = {
    ArrowDown: [1, 0],
    ArrowUp: [-1, 0],
    [forward]: [0, 1],
    [forward === "ArrowRight" ? "ArrowLeft" : "ArrowRight"]: [0, -1],
  }[event.key];
  for (;;) {
    row += down;
    column += along;
    const next = rows[row]?.cells[column];
    if (!next) return;
    const target = next.matches("td") && next.querySelector("a");
    if (target) {
      event.preventDefault();
      target.focus();
      return;
    }
  }
});

/* links of the error summary lead into the field, also into a group of choices */
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-errors] a[href^='#']");
  const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!target) return;
  const field = target.matches("input,select,textarea,button,a") ? target : target.querySelector("input,select,textarea,a");
  if (field) {
    event.preventDefault();
    field.focus();
    field.scrollIntoView({ block: "center" });
  }
});

/* htmx: wait in words, say what went wrong, swap the pages of refused forms */
const timers = new WeakMap();
document.addEventListener("htmx:beforeRequest", (event) => {
  const target = event.detail.target;
  if (!target) return;
  const slow = [
    setTimeout(() => {
      target.setAttribute("aria-busy", "true");
      announce(polite?.dataset.loading);
    }, 400),
    setTimeout(() => {
      announce(polite?.dataset.slow);
      if (event.detail.requestConfig?.verb !== "get" || target.querySelector(".taking-long")) return;
      const line = document.createElement("p");
      line.className = "taking-long note-text";
      const again = document.createElement("button");
      again.type = "button";
      again.className = "button small";
      again.textContent = polite?.dataset.again || "";
      again.addEventListener("click", () => {
        line.remove();
        event.detail.xhr?.abort();
        window.htmx?.ajax("GET", event.detail.requestConfig.path, { source: event.detail.elt, target });
      });
      line.append(`${polite?.dataset.slow || ""} `, again);
      target.append(line);
    }, 10000),
  ];
  timers.set(event.detail.xhr, slow);
});
document.addEventListener("htmx:afterRequest", (event) => {
  for (const timer of timers.get(event.detail.xhr) || []) clearTimeout(timer);
  event.detail.target?.removeAttribute("aria-busy");
  event.detail.target?.querySelector(".taking-long")?.remove();
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const status = event.detail.xhr.status;
  const isHtml = (event.detail.xhr.getResponseHeader("Content-Type") || "").startsWith("text/html");
  if ([400, 409, 422].includes(status) && isHtml) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});
document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  const words = urgent?.dataset || {};
  announce(status === 401 ? words.ended : status === 403 ? words.refused : words.failed, true);
});
document.addEventListener("htmx:sendError", () => announce(urgent?.dataset.unreachable, true));
document.addEventListener("htmx:afterSettle", (event) => ready(event.detail.elt, false));

/* scroll position */
function keep(element) {
  const key = `scroll:${element.dataset.keepScroll}`;
  try {
    element.scrollTop = Number(sessionStorage.getItem(key)) || 0;
    element.addEventListener("scroll", () => sessionStorage.setItem(key, String(element.scrollTop)), { passive: true });
  } catch { /* storage is switched off: nothing is kept */ }
}

/* a page, or a part of one, has come in */
function ready(root, isPage) {
  if (!root?.querySelectorAll) return;
  for (const element of all("[hidden][data-print],[hidden][data-needs-script]", root)) element.hidden = false;
  for (const area of all("textarea[data-count]", root)) count(area, true);
  for (const element of all("[data-keep-scroll]", root)) keep(element);
  const errors = root.matches?.("[data-errors]") ? root : root.querySelector("[data-errors]");
  if (errors) errors.focus({ preventScroll: !isPage });
}
connection();
ready(document, true);
