/* What is pasted: blank lines divide paragraphs; cells from a spreadsheet fill a table from the cell that is chosen. */

import { addAfter, boxOf, finish, focusAt, grow, rowOf } from "./rows.js";

export function paste(form, changed) {
  form.addEventListener("paste", (event) => {
    const area = event.target;
    const row = rowOf(area);
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
    for (const part of parts.slice(1)) last = addAfter(rowOf(last), part);
    const place = last.value.length;
    last.value += after;
    grow(last);
    focusAt(last, place);
    finish(boxOf(row));
    changed();
  });
}

export function pasteCells(form, changed) {
  form.addEventListener("paste", (event) => {
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
    changed();
  });
}
