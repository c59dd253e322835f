/* What writing gains from script, on the page of a section. Nothing here is needed: the form works as plain HTML.

   Marks in the HTML
   form[data-editor]        the form of the section; data-unsaved is what is said before one leaves unsaved work
   [data-paragraphs]        the paragraphs of one answer; data-prefix begins the names of its boxes, data-new names a new one
   [data-words]             the words of the answer, counted while one writes; data-plain is its sentence

   Keys: two line ends at the end of a paragraph begin a new one, Backspace at its start joins it with the one above,
   arrows at its edges go on, Ctrl+Alt+Up and Down move it, Ctrl+S saves. */

const form = document.querySelector("form[data-editor]");
const say = (text, urgent = false) => document.dispatchEvent(new CustomEvent("announce", { detail: { text, urgent } }));
const number = new Intl.NumberFormat(document.documentElement.lang || "en");
const HAN = /[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3fffd}]/gu;

function words(text) {
  const plain = text.replace(/^[ \t]*(?:[-*+]|\d+[.)])[ \t]+/gmu, "").replace(/\]\([^)\n]*\)/gu, "]");
  const rest = plain.replace(HAN, " ").trim();
  return (plain.match(HAN) || []).length + (rest ? rest.split(/\s+/u).length : 0);
}

function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/* boxes grow with their text, where the browser does not do it by itself */
const growsAlone = CSS.supports("field-sizing", "content");
function grow(area) {
  if (growsAlone) return;
  area.style.blockSize = "auto";
  area.style.blockSize = `${area.scrollHeight + 2}px`;
}

function areasOf(box) {
  return [...box.querySelectorAll("textarea")];
}

function count(box) {
  const place = box.querySelector("[data-words]");
  if (!place) return;
  const total = areasOf(box).reduce((sum, area) => sum + words(area.value), 0);
  place.hidden = false;
  place.textContent = place.dataset.plain.replace("{used}", number.format(total));
}

/* a new paragraph after `row`, under a key of its own */
function addAfter(row, text) {
  const box = row.closest("[data-paragraphs]");
  const twin = row.cloneNode(true);
  const key = newKey();
  const area = twin.querySelector("textarea");
  const label = twin.querySelector("label");
  twin.id = `p-${key}`;
  twin.classList.remove("editorial", "commented", "changed");
  for (const note of twin.querySelectorAll(".note-text, .error, .beside")) note.remove();
  area.name = `${box.dataset.prefix}${key}`;
  area.id = `id_${area.name}`;
  area.removeAttribute("aria-invalid");
  area.removeAttribute("aria-describedby");
  area.value = text;
  label.htmlFor = area.id;
  label.querySelector("[aria-hidden]").textContent = "";
  label.querySelector(".hidden-text").textContent = box.dataset.new;
  row.after(twin);
  grow(area);
  return area;
}

function focusAt(area, place) {
  area.focus();
  area.setSelectionRange(place, place);
}

function joinWithAbove(row, area) {
  const above = row.previousElementSibling?.querySelector("textarea");
  if (!above) return false;
  const place = above.value.length;
  above.value += area.value;
  /* the box stays in the form, empty: that is how a paragraph is taken away */
  area.value = "";
  if (row.nextElementSibling) row.hidden = true;
  grow(above);
  focusAt(above, place);
  return true;
}

function visible(row, step) {
  let other = row[step];
  while (other?.hidden) other = other[step];
  return other;
}

function onKey(event) {
  const area = event.target;
  const row = area.closest?.(".para");
  if (!row || area.tagName !== "TEXTAREA" || event.isComposing) return;
  const { selectionStart: start, selectionEnd: end, value } = area;
  const up = visible(row, "previousElementSibling");
  const down = visible(row, "nextElementSibling");
  if (event.ctrlKey && event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    const other = event.key === "ArrowUp" ? up : down;
    if (!other) return;
    event.preventDefault();
    if (event.key === "ArrowUp") other.before(row); else other.after(row);
    area.focus();
    changed = true;
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Enter" && start === end && value.slice(0, start).endsWith("\n") && value.slice(0, start).trim()) {
    event.preventDefault();
    const rest = value.slice(start).replace(/^\n+/, "");
    area.value = value.slice(0, start).replace(/\n+$/, "");
    grow(area);
    focusAt(addAfter(row, rest), 0);
    changed = true;
  } else if (event.key === "Backspace" && start === 0 && end === 0 && up) {
    if (joinWithAbove(row, area)) { event.preventDefault(); changed = true; }
  } else if (event.key === "ArrowUp" && start === 0 && end === 0 && up) {
    event.preventDefault();
    const before = up.querySelector("textarea");
    focusAt(before, before.value.length);
  } else if (event.key === "ArrowDown" && start === value.length && end === start && down) {
    event.preventDefault();
    focusAt(down.querySelector("textarea"), 0);
  }
}

/* pasted text: blank lines divide paragraphs */
function onPaste(event) {
  const area = event.target;
  const row = area.closest?.(".para");
  if (!row || area.tagName !== "TEXTAREA") return;
  const text = (event.clipboardData?.getData("text/plain") || "").replace(/\r\n?/g, "\n");
  const parts = text.split(/\n[^\S\n]*\n+/).map((part) => part.trim()).filter(Boolean);
  if (parts.length < 2) return;
  event.preventDefault();
  const before = area.value.slice(0, area.selectionStart);
  const after = area.value.slice(area.selectionEnd);
  area.value = before + parts[0];
  grow(area);
  let last = area;
  for (const part of parts.slice(1)) last = addAfter(last.closest(".para"), part);
  const place = last.value.length;
  last.value += after;
  grow(last);
  focusAt(last, place);
  changed = true;
  count(row.closest("[data-paragraphs]"));
}

/* cells pasted from a spreadsheet fill from the one that is chosen */
function onPasteCells(event) {
  const input = event.target;
  const cell = input.closest?.("table.cells td");
  const text = event.clipboardData?.getData("text/plain") || "";
  if (!cell || !/[\t\n]/.test(text.trimEnd())) return;
  event.preventDefault();
  const lines = text.replace(/\r\n?/g, "\n").trimEnd().split("\n").map((line) => line.split("\t"));
  const rows = [...cell.closest("tbody").rows];
  const top = rows.indexOf(cell.parentElement);
  const first = [...cell.parentElement.querySelectorAll("td input")].indexOf(input);
  lines.forEach((line, down) => {
    const inputs = rows[top + down] ? [...rows[top + down].querySelectorAll("td input")] : [];
    line.forEach((value, over) => { if (inputs[first + over]) inputs[first + over].value = value.trim(); });
  });
  changed = true;
}

let changed = false;
if (form) {
  for (const box of form.querySelectorAll("[data-paragraphs]")) {
    for (const area of areasOf(box)) grow(area);
    count(box);
  }
  form.addEventListener("input", (event) => {
    changed = true;
    const area = event.target;
    if (area.tagName !== "TEXTAREA") return;
    grow(area);
    const box = area.closest("[data-paragraphs]");
    if (!box) return;
    count(box);
    const row = area.closest(".para");
    /* there is always an empty paragraph at the end */
    if (row && !row.nextElementSibling && area.value.trim()) addAfter(row, "");
  });
  form.addEventListener("keydown", onKey);
  form.addEventListener("paste", onPaste);
  form.addEventListener("paste", onPasteCells);
  form.addEventListener("submit", () => { changed = false; });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (!changed) return;
    say(form.dataset.unsaved, true);
    event.preventDefault();
  });
}
