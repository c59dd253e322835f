/* The cells of a table: arrows and Enter go from one to the next, a block from a spreadsheet fills them from the chosen
   one on, and an open table has always an empty row at its end.

   Fetched once somebody is in a table, so it imports nothing: what it uses of the page is handed to `cells`. */

let sentences = {};
let announce = null;
let counted = null;
let fill = null;
let newKey = null;

const MOST_NAMED = 5; /* cells that a sentence names; the others are counted */

const gridOf = (table) => [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("input[type=text]")]).filter((row) => row.length);
const nameOf = (input) => input.getAttribute("aria-label") || input.labels?.[0]?.textContent || "";

/* the key of a new row stands in the names of its cells */
const keyOfLine = (row) => row.querySelector("input[name*='-cell-']").name.match(/-cell-(\w+)\//)[1];

/* a cell as it is filled: empty ones are marked, words have room */
function dress(input) {
  const cell = input.closest("td");
  if (!cell) return;
  cell.classList.toggle("missing", !input.value.trim() && !("new" in cell.parentElement.dataset) && cell.closest("[data-fields]").querySelector("table") === cell.closest("table"));
  input.classList.toggle("word", input.value.length > 9);
}

/* an empty row once the last one is begun, under a key of its own */
function growTable(table) {
  const last = [...table.querySelectorAll("tr[data-new]")].at(-1);
  if (!last) return false;
  const old = keyOfLine(last);
  const rows = [...table.querySelectorAll("tr[data-new]")].filter((row) => keyOfLine(row) === old);
  if (!rows.some((row) => [...row.querySelectorAll("input")].some(({ value }) => value.trim()))) return false;
  const key = newKey().slice(0, 8);
  const twins = rows.map((row) => row.cloneNode(true));
  for (const twin of twins) {
    for (const part of twin.querySelectorAll(".error")) part.remove();
    for (const part of twin.querySelectorAll("[name], [for], [id]")) {
      for (const each of ["name", "id", "for"]) {
        if (part.hasAttribute(each)) part.setAttribute(each, part.getAttribute(each).replace(old, key));
      }
      if (part.tagName === "INPUT") part.value = "";
      part.removeAttribute("aria-invalid");
    }
  }
  rows.at(-1).after(...twins);
  return true;
}

/* --- keys --- */

function cellBeside(input, key) {
  const grid = gridOf(input.closest("table"));
  const down = grid.findIndex((row) => row.includes(input));
  const over = grid[down].indexOf(input);
  const isMirrored = (element) => getComputedStyle(element).direction === "rtl";
  if (key === "ArrowUp" || key === "ArrowDown") {
    const row = grid[down + (key === "ArrowUp" ? -1 : 1)];
    /* from the end: a row without a name of its own has one field less */
    return row?.[row.length - grid[down].length + over];
  }
  const { selectionStart: start, selectionEnd: end, value } = input;
  const isAll = start === 0 && end === value.length;
  const isStart = (key === "ArrowLeft") !== /[\u0590-\u08ff]/.test(value); /* numbers run from left to right */
  if (!isAll && (start !== end || start !== (isStart ? 0 : value.length))) return null;
  return grid[down][over + ((key === "ArrowLeft") !== isMirrored(input.closest("table")) ? -1 : 1)];
}

function cellKeys(form, flush) {
  form.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!input.matches?.("table.cells input[type=text]") || event.isComposing) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const isEnter = event.key === "Enter";
    if (!isEnter && (event.shiftKey || !/^Arrow/.test(event.key))) return;
    const next = cellBeside(input, isEnter ? (event.shiftKey ? "ArrowUp" : "ArrowDown") : event.key);
    if (next || isEnter) event.preventDefault();
    if (next) {
      next.focus();
      next.select();
    } else if (isEnter) flush();
  });
}

/* --- paste --- */

/* lines of cells; a cell that holds a line end or a tab stands in quotation marks */
function tabbed(text) {
  const lines = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))(\t|\n|$)/g)) {
    lines.at(-1).push((quoted?.replaceAll('""', '"') ?? plain).replace(/\s+/g, " ").trim());
    if (end === "\n") lines.push([]);
    if (!end) break;
  }
  return lines;
}

function fromHtml(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  return [...page.querySelectorAll("tr")].map((row) =>
    [...row.cells].flatMap((cell) => [cell.textContent.replace(/\s+/g, " ").trim(), ...Array(Math.max(0, cell.colSpan - 1)).fill("")]));
}

function blockOf(clipboard) {
  const text = clipboard.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n+$/, "");
  if (/[\t\n]/.test(text)) return tabbed(text);
  const html = clipboard.getData("text/html");
  return !text.trim() && /<t[dh]\b/i.test(html) ? fromHtml(html) : [];
}

const named = (list) => `${list.slice(0, MOST_NAMED).join("; ")}${list.length > MOST_NAMED ? " …" : ""}`;

function pasteCells(form, { changed, flush }) {
  form.addEventListener("paste", async (event) => {
    const input = event.target;
    const table = input.closest?.("table.cells");
    const block = table && event.clipboardData ? blockOf(event.clipboardData) : [];
    if (!block.length || (block.length === 1 && block[0].length < 2)) return; /* the browser does it */
    event.preventDefault();
    let grid = gridOf(table);
    const top = grid.findIndex((row) => row.includes(input));
    const first = grid[top].indexOf(input) - grid[top].length; /* from the end of the row */
    const put = [];
    const over = [];
    block.forEach((line, down) => {
      if (!grid[top + down] && growTable(table)) grid = gridOf(table);
      const row = grid[top + down] || [];
      line.forEach((value, along) => {
        const cell = along + first < 0 ? row[row.length + first + along] : null;
        if (cell) put.push({ cell, old: cell.value, value });
        else if (value) over.push(value);
        if (cell) cell.value = value;
      });
    });
    growTable(table);
    const said = [counted(sentences.filled, put.filter(({ value }) => value).length)];
    if (over.length) said.push(`${counted(sentences.overflow, over.length)} ${named(over)}.`);
    const line = tellOfCells(table, said, () => {
      for (const each of put) if (each.cell.value === each.value || each.cell.value === each.kept) each.cell.value = each.old;
      input.focus();
      changed();
      flush();
    });
    changed();
    await flush();
    for (const each of put) each.kept = each.cell.value;
    const wrong = put.filter(({ cell }) => cell.getAttribute("aria-invalid") === "true").map(({ cell }) => nameOf(cell));
    if (wrong.length) said.push(`${counted(sentences.unread, wrong.length)} ${named(wrong)}.`);
    line.firstChild.textContent = `${said.join(" ")} `;
    announce(said.join(" "), wrong.length + over.length > 0);
  });
}

/* one line under the table: how much came, what did not, and the way back */
function tellOfCells(table, said, undo) {
  const host = table.closest(".scroll");
  if (host.nextElementSibling?.matches(".pasted")) host.nextElementSibling.remove();
  const line = Object.assign(document.createElement("p"), { className: "pasted" });
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button small", textContent: sentences.undo });
  button.addEventListener("click", () => {
    undo();
    line.remove();
  });
  line.append(`${said.join(" ")} `, button);
  host.after(line);
  return line;
}

/* --- the note of a cell --- */

/* beside each table a button that opens the note of the cell where one was last */
function cellNotes(form) {
  form.addEventListener("focusin", ({ target }) => {
    const table = target.closest?.("table.cells");
    if (!table || !target.matches("td input")) return;
    const marks = table.closest("[data-fields]")?.querySelector("datalist");
    if (marks) target.setAttribute("list", marks.id);
    /* a breakdown stands in a fold of its own, with its own notes */
    const scope = table.closest("[data-fields] details") || table.closest("[data-fields]");
    const button = scope?.querySelector("[data-note]");
    const id = target.id.replace("-cell-", "-note-");
    const fresh = scope?.querySelector("[data-new-note]");
    if (!button || !fresh || id === target.id) return;
    button.hidden = false;
    button.textContent = fill(sentences.noteTo, { cell: nameOf(target) });
    button.onclick = () => {
      const note = document.getElementById(id) || noteField(fresh, target, id, button.textContent);
      for (let part = note; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
      note.focus();
    };
  });
}

/* a field for the note of a cell that has none yet */
function noteField(fresh, cell, id, label) {
  const field = fresh.querySelector("input").closest(".field").cloneNode(true);
  const [input, said] = [field.querySelector("input"), field.querySelector("label")];
  Object.assign(input, { id, name: cell.name.replace("-cell-", "-note-"), value: "" });
  Object.assign(said, { htmlFor: id, textContent: label });
  fresh.before(field);
  return input;
}

/* `page` has sentences, announce, counted, fill, newKey, changed and flush; returns {growTable, dress} */
export function cells(form, page) {
  ({ sentences, announce, counted, fill, newKey } = page);
  cellKeys(form, page.flush);
  pasteCells(form, page);
  cellNotes(form);
  return { growTable, dress };
}
