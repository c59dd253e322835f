/* What the keys do in a paragraph, and the menu of each paragraph that does the same.

   Two line ends at the end of a text begin a new paragraph, Backspace at its start joins it with the one above, arrows
   at its edges go on, Ctrl+Alt+Up and Down move it. */

import { cut } from "./parts.js";
import { addAfter, areaOf, boxOf, finish, focusAt, grow, rowOf, rowsOf } from "./rows.js";
import { areOn } from "./shortcuts.js";

export function split(row, start) {
  const area = areaOf(row);
  const rest = area.value.slice(start).replace(/^\s+/, "");
  area.value = area.value.slice(0, start).trimEnd();
  grow(area);
  focusAt(addAfter(row, rest), 0);
}

export function join(row) {
  const above = row.previousElementSibling;
  if (!above || row.querySelector(".clash") || above.querySelector(".clash")) return false;
  const upper = areaOf(above);
  const place = upper.value.length;
  const lower = areaOf(row).value;
  upper.value += place && lower && !/\s$/.test(upper.value) ? ` ${lower}` : lower;
  if (row.nextElementSibling) row.remove();
  else areaOf(row).value = "";
  grow(upper);
  focusAt(upper, place);
  return true;
}

export function move(row, isUp) {
  const other = isUp ? row.previousElementSibling : row.nextElementSibling;
  /* the empty one at the end stays there */
  if (!other || !areaOf(row).value.trim() || (!isUp && !areaOf(other).value.trim())) return false;
  const place = areaOf(row).selectionStart;
  if (isUp) other.before(row);
  else other.after(row);
  focusAt(areaOf(row), place);
  return true;
}

/* true where the key did something to the paragraphs */
function press(event, row) {
  const area = event.target;
  const { selectionStart: start, selectionEnd: end, value } = area;
  const isUp = event.key === "ArrowUp";
  if (areOn() && event.ctrlKey && event.altKey && (isUp || event.key === "ArrowDown")) {
    event.preventDefault();
    return move(row, isUp);
  }
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || start !== end) return false;
  const up = row.previousElementSibling;
  const down = row.nextElementSibling;
  if (event.key === "Enter" && value.slice(0, start).endsWith("\n") && value.slice(0, start).trim()) {
    event.preventDefault();
    split(row, start);
    return true;
  }
  if (event.key === "Backspace" && start === 0 && up) {
    if (!join(row)) return false;
    event.preventDefault();
    return true;
  }
  if (isUp && start === 0 && up) {
    event.preventDefault();
    focusAt(areaOf(up), areaOf(up).value.length);
  } else if (event.key === "ArrowDown" && start === value.length && down) {
    event.preventDefault();
    focusAt(areaOf(down), 0);
  }
  return false;
}

export function keys(form, changed) {
  form.addEventListener("keydown", (event) => {
    const row = rowOf(event.target);
    if (!row || event.target.tagName !== "TEXTAREA" || event.isComposing) return;
    const box = boxOf(row);
    if (press(event, row)) {
      finish(box);
      changed(box);
    }
  });
}

const DOES = {
  add: (row) => (areaOf(row).value.trim() ? focusAt(addAfter(row, ""), 0) : areaOf(row).focus()),
  split: (row) => split(row, areaOf(row).selectionStart),
  join,
  up: (row) => move(row, true),
  down: (row) => move(row, false),
};

/* the menu of every paragraph, from the template of the page */
export function menus(form, changed) {
  for (const box of form.querySelectorAll("[data-paragraphs]")) {
    for (const row of rowsOf(box)) row.append(cut("paragraph-menu"));
  }
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-does]");
    const row = button && rowOf(button);
    if (!row) return;
    const box = boxOf(row);
    button.closest("details").open = false;
    DOES[button.dataset.does](row);
    finish(box);
    changed(box);
  });
}
