/* The paragraphs of one answer on the screen: rows with a labelled box each, and an empty one at the end. */

import { sentences } from "./parts.js";
import { count } from "./words.js";

export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/* boxes grow with their text, where the browser does not do it by itself */
const growsAlone = CSS.supports("field-sizing", "content");
export function grow(area) {
  if (growsAlone) return;
  area.style.blockSize = "auto";
  area.style.blockSize = `${area.scrollHeight + 2}px`;
}

export const boxOf = (element) => element.closest("[data-paragraphs]");
export const rowOf = (element) => element.closest?.(".para");
export const areaOf = (row) => row.querySelector("textarea");
export const rowsOf = (box) => [...box.querySelectorAll(".para")];
export const keyOf = (row) => row.id.slice(2);
export const rowWith = (box, key) => rowsOf(box).find((row) => keyOf(row) === key);

/* the texts by key, in order, without the empty ones */
export function textsOf(box) {
  const found = new Map();
  for (const row of rowsOf(box)) {
    const { value } = areaOf(row);
    if (value.trim()) found.set(keyOf(row), value);
  }
  return found;
}

/* numbers and labels follow the order; without a first number paragraphs are counted within the answer */
export function renumber(box) {
  if (!sentences.new) return;
  const first = Number(box.dataset.first) || 0;
  const last = rowsOf(box).length - 1;
  rowsOf(box).forEach((row, place) => {
    const [shown, spoken] = row.querySelector("label").children;
    const isNew = place === last && !areaOf(row).value.trim();
    shown.textContent = isNew || !first ? "" : String(first + place);
    spoken.textContent = isNew
      ? sentences.new
      : (first ? sentences.numbered : sentences.unnumbered).replace("{number}", String((first || 1) + place));
  });
}

/* a new paragraph after `row`, or first, under a key of its own */
export function addAfter(row, text, { key = newKey(), box = boxOf(row) } = {}) {
  const twin = rowsOf(box)[0].cloneNode(true);
  const area = areaOf(twin);
  twin.id = `p-${key}`;
  twin.classList.remove("editorial", "commented", "changed");
  for (const part of twin.querySelectorAll(".note-text, .error, .beside, .clash")) part.remove();
  area.name = `${box.dataset.prefix}${key}`;
  area.id = `id_${area.name}`;
  area.removeAttribute("aria-invalid");
  area.removeAttribute("aria-describedby");
  area.placeholder = "";
  area.value = text;
  twin.querySelector("label").htmlFor = area.id;
  for (const menu of twin.querySelectorAll("details")) menu.open = false;
  if (row) row.after(twin);
  else rowsOf(box)[0].before(twin);
  grow(area);
  return area;
}

/* there is always an empty paragraph at the end */
export function finish(box) {
  const last = rowsOf(box).at(-1);
  if (areaOf(last).value.trim()) areaOf(last).closest(".para").after(rowOf(addAfter(last, "")));
  areaOf(rowsOf(box).at(-1)).placeholder = sentences.write || "";
  renumber(box);
  count(box);
}

export function focusAt(area, place) {
  area.focus();
  area.setSelectionRange(place, place);
}

/* another text in a box: the caret stays where it was in what both have in common */
export function setText(area, text) {
  const { value: old, selectionStart: start, selectionEnd: end } = area;
  if (old === text) return;
  let head = 0;
  while (head < old.length && head < text.length && old[head] === text[head]) head += 1;
  const moved = (place) => (place <= head ? place : Math.max(head, place + text.length - old.length));
  area.value = text;
  if (document.activeElement === area) area.setSelectionRange(moved(start), moved(end));
  grow(area);
}

/* Changes that come from the server: {texts, places}. A paragraph that one stands in is emptied rather than removed. */
export function change(box, { texts, after }) {
  for (const [key, text] of Object.entries(texts)) {
    const row = rowWith(box, key);
    if (text === null) {
      if (!row) continue;
      if (row.contains(document.activeElement) || rowsOf(box).length === 1) setText(areaOf(row), "");
      else row.remove();
    } else if (row) setText(areaOf(row), text);
    else addAfter(rowsOf(box).filter((other) => areaOf(other).value.trim()).at(-1), text, { key, box });
  }
  for (const [key, before] of Object.entries(after)) {
    const row = rowWith(box, key);
    const above = before && rowWith(box, before);
    if (!row || (before && !above)) continue;
    const focused = row.contains(document.activeElement) ? document.activeElement : null;
    if (above && above.nextElementSibling !== row) above.after(row);
    else if (!above && rowsOf(box)[0] !== row) rowsOf(box)[0].before(row);
    focused?.focus();
  }
  finish(box);
}
