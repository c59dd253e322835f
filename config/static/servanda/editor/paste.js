/* What is pasted: text from a word processor or a web page in our mark-up, blank lines divide paragraphs. */

import { insert } from "./insert.js";
import { sentences } from "./parts.js";
import { announce, counted } from "./place.js";
import { addAfter, areaOf, finish, focusAt, grow, keyOf, rowOf, rowWith, setText } from "./rows.js";

const LONGEST = 8_000_000; /* letters of HTML; beyond, its text alone is taken */

/* the converter (editor/convert.js), fetched once somebody writes; without it the text alone is taken */
let converter = null;
export async function fetchConverter() {
  try {
    converter ||= (await import(sentences.convert)).converted;
  } catch { /* there is no connection: the next paste tries again */ }
}

/* {pieces, left} of what was on the clipboard */
function read({ html, text, images }, italics) {
  const found = html && converter && html.length < LONGEST ? converter(html, { italics }) : null;
  if (found && (found.pieces.length || !text.trim())) return found;
  const pieces = text.split(/\n[^\S\n]*\n+/).map((part) => part.trim()).filter(Boolean);
  return { pieces: pieces.map((part) => ({ text: part, notes: "" })), left: { images: text ? 0 : images, tables: 0, things: 0 } };
}

/* footnotes of a piece are numbered after those that its box has already */
function joined({ text, notes }, there) {
  if (!notes) return { text, notes };
  const used = Math.max(0, ...[...there.matchAll(/\[\^(\d+)\]/g)].map((found) => Number(found[1])));
  const moved = (said) => said.replace(/\[\^(\d+)\]/g, (whole, number) => `[^${Number(number) + used}]`);
  return used ? { text: moved(text), notes: moved(notes) } : { text, notes };
}

const whole = ({ text, notes }) => (notes ? `${text}\n${notes}` : text);

export function paste(form, changed) {
  form.addEventListener("paste", async (event) => {
    const area = event.target;
    const box = area.tagName === "TEXTAREA" && area.closest("[data-paragraphs]");
    const clipboard = event.clipboardData;
    if (!box || !clipboard) return;
    const html = clipboard.getData("text/html");
    const text = clipboard.getData("text/plain").replace(/\r\n?/g, "\n");
    const images = [...clipboard.files].filter((file) => file.type.startsWith("image/")).length;
    if (!html && !(images && !text) && !/\S\s*\n\s*\n\s*\S/.test(text)) return; /* the browser does it */
    event.preventDefault();
    if (html && !converter) await fetchConverter();
    put(area, box, read({ html, text, images }, !/^(?:ar|zh)/.test(area.lang)));
    changed();
  });

  function put(area, box, { pieces, left }) {
    const old = area.value;
    const rows = [];
    if (!rowOf(area)) insert(area, pieces.map(whole).join("\n\n"));
    else if (pieces.length) rows.push(...spread(area, pieces));
    if (rows.length) finish(box);
    if (rows.length || Object.values(left).some(Boolean)) tell(box, { area, old, rows, count: pieces.length, left }, changed);
  }
}

/* the first piece where the caret is, the others below, what stood after the caret at the end of the last */
function spread(area, pieces) {
  const after = pieces.length > 1 ? area.value.slice(area.selectionEnd) : "";
  const before = area.value.slice(0, area.selectionStart);
  if (after) area.setSelectionRange(area.selectionStart, area.value.length);
  const first = joined(pieces[0], area.value);
  const isList = /^(?:- |\d+\. )/.test(first.text) && before.trim() && !before.endsWith("\n");
  insert(area, (isList ? "\n" : "") + first.text);
  if (first.notes) {
    const place = area.selectionStart;
    area.setSelectionRange(area.value.length, area.value.length);
    insert(area, `\n${first.notes}`);
    focusAt(area, place);
  }
  let last = area;
  const rows = pieces.slice(1).map((piece, index) => {
    const isLast = index === pieces.length - 2;
    const text = isLast ? `${piece.text}${after}` : piece.text;
    last = addAfter(rowOf(last), whole({ ...piece, text }));
    if (isLast) focusAt(last, piece.text.length);
    return { key: keyOf(rowOf(last)), text: last.value };
  });
  grow(area);
  return rows;
}

/* one line under the answer: how much came, what was left out, and the way back */
function tell(box, { area, old, rows, count, left }, changed) {
  const said = rows.length || count > 1 ? [counted(sentences.pasted, count)] : [];
  for (const [name, number] of Object.entries(left)) if (number) said.push(counted(sentences[name], number));
  box.querySelector(".pasted")?.remove();
  const line = Object.assign(document.createElement("p"), { className: "pasted", textContent: `${said.join(" ")} ` });
  if (rowOf(area)) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button small", textContent: sentences.undo });
    button.addEventListener("click", () => {
      for (const { key, text } of rows) {
        const row = rowWith(box, key);
        if (row && areaOf(row).value === text) row.remove(); /* what was written since stays */
      }
      setText(area, old);
      line.remove();
      finish(box);
      focusAt(area, area.value.length);
      changed();
    });
    line.append(button);
  }
  box.querySelector(".box-foot").append(line);
  announce(said.join(" "));
}
