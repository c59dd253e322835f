/* What writing gains from script, on the page of a section. Nothing here is needed: the form works as plain HTML.

   Marks in the HTML
   form[data-editor]        the form of the section; data-changes is where it saves by itself
   #drafts                  whose page it is: data-account, data-place, data-device (where the key of the copy comes from),
                            data-parts (where the sentences and templates come from)
   [data-paragraphs]        the paragraphs of one answer; data-prefix begins the names of its boxes
   [data-words]             the words of the answer, counted while one writes
   #saved                   the save place (editor/place.js)
   data-count, -limit, -code  on the form: words of the section as the page came, its allotment, its name
   template#…               fetched: toolbar, list of shortcuts, the menu of a paragraph, two texts to choose from, text that cannot be saved any more */

import { Answer } from "./editor/model.js";
import { BoxAnswer } from "./editor/box.js";
import { clashes, numberOf } from "./editor/clash.js";
import { nextEntry } from "./editor/entries.js";
import { Device, isOff, isPossible } from "./editor/device.js";
import { FieldsAnswer } from "./editor/fields.js";
import { keys, menus } from "./editor/keys.js";
import { leftover, textsLeft } from "./editor/leftover.js";
import { fetchParts, sentences } from "./editor/parts.js";
import { announce, counted, fill } from "./editor/place.js";
import { areaOf, change, finish, grow, newKey, rowWith, rowsOf, textsOf } from "./editor/rows.js";
import { Saving } from "./editor/saving.js";
import { fetchConverter, paste } from "./editor/paste.js";
import { presence } from "./editor/presence.js";
import { listShortcuts, shortcuts } from "./editor/shortcuts.js";
import { toolbars } from "./editor/toolbar.js";
import { count } from "./editor/words.js";

const form = document.querySelector("form[data-editor]");
const drafts = document.getElementById("drafts");
const device = drafts && new Device(drafts.dataset);

/* the version that the form as a whole starts from: a choice and its text are saved one after the other */
const oldest = (id) => Math.min(...saving.answers.filter(({ answer }) => answer.id === id).map(({ answer }) => answer.version));

/* one answer on the page, as Saving wants it */
function part(box) {
  const id = box.dataset.prefix.slice(1, -3);
  const version = form.elements[`a${id}_version`];
  const single = box.querySelector("textarea[name$=_box]");
  const found = {
    box,
    answer: single ? new BoxAnswer(id, Number(version.value), single) : new Answer(id, Number(version.value), textsOf(box)),
    local: () => (single ? found.answer.local() : textsOf(box)),
    read: () => found.answer.wanted(found.local()),
    take(told, wanted, errors) {
      const changes = found.answer.take(told, wanted, found.local());
      if (!single) {
        change(box, changes);
        mistakes(found, errors);
        if (sentences.new) clashes(box, found.answer, changed);
      }
      form.elements[`a${id}_version`].value = oldest(id);
      count(box);
      news(found, changes.news);
    },
  };
  return found;
}

/* what a table gains (editor/cells.js), fetched once somebody is in one */
let inCells = null;
async function fetchCells({ target }) {
  if (inCells || !target.closest?.("table.cells")) return;
  form.removeEventListener("focusin", fetchCells);
  try {
    const { cells } = await import(sentences.cells);
    const flush = () => saving.flush();
    inCells ||= cells(form, { sentences, announce, counted, fill, newKey, changed, flush });
    target.dispatchEvent(new Event("focusin", { bubbles: true }));
  } catch { /* there is no connection: the next time one is in a table it is tried again */
    form.addEventListener("focusin", fetchCells);
  }
}

/* one answer of fields: a table, a number, a day */
function fieldsPart(host) {
  const id = host.dataset.fields.slice(1);
  const version = form.elements[`a${id}_version`];
  const found = {
    host,
    answer: new FieldsAnswer(id, Number(version.value), host),
    local: () => found.answer.local(),
    read: () => found.answer.wanted(found.local()),
    take(told, wanted) {
      found.answer.take(told, wanted);
      version.value = oldest(id);
      for (const input of host.querySelectorAll("table.cells td input")) inCells?.dress(input);
      const isOpen = Object.keys(found.answer.clashes).length > 0;
      others ||= isOpen || Object.keys(found.answer.refused).length > 0;
      for (const [name, text] of Object.entries(told.computed || {})) {
        const place = document.getElementById(`${host.dataset.fields}-${name}`);
        if (place) place.textContent = text;
      }
      const said = [];
      if (isOpen) said.push(sentences.sameCell);
      else if (told.who) said.push(fill(sentences.otherCells, { name: told.who }));
      const line = host.querySelector("[data-news]");
      if (!said.length || !line) return;
      line.textContent = said.join(" ");
      announce(line.textContent, isOpen);
    },
  };
  return found;
}

/* who changed what meanwhile: a line under the answer, a mark at the paragraph, and read out */
function news({ box }, items) {
  const line = box.querySelector("[data-news]");
  if (!line || !items.length) return;
  const lines = items.map(({ key, name, at, isGone }) => {
    const row = key && !isGone ? rowWith(box, key) : null;
    row?.classList.add("changed");
    const sentence = isGone ? sentences.removed : row ? sentences.changed : sentences.somewhere;
    return fill(sentence, { name, when: at, paragraph: row ? numberOf(row) : "" });
  });
  line.textContent = lines.at(-1);
  announce(lines.slice(-3).join(" "));
}

/* paragraphs that the server could not keep, with the reason above them */
function mistakes({ box, answer }, errors) {
  for (const row of rowsOf(box)) {
    const area = areaOf(row);
    const reason = errors[row.id.slice(2)];
    row.querySelector(".error")?.remove();
    area.removeAttribute("aria-invalid");
    delete answer.refused[row.id.slice(2)];
    if (!reason) continue;
    answer.refused[row.id.slice(2)] = area.value;
    const line = Object.assign(document.createElement("p"), { className: "error", id: `${area.id}-error`, textContent: reason });
    area.before(line);
    area.setAttribute("aria-invalid", "true");
    area.setAttribute("aria-describedby", line.id);
    announce(reason, true);
  }
}

const closed = () => `${sentences.closed} ${drafts.dataset.reason}`.trim();
let saving = null;
let others = Boolean(form?.querySelector("[data-waiting],[aria-invalid=true]")); /* fields that do not save by themselves were changed */
const changed = () => saving.changed();

/* What a tab that is gone did not get saved: put back where it was written, and sent. */
async function recover(parts) {
  for (const { id, value } of await device.leftBehind()) {
    const orphans = [];
    for (const [key, kept] of Object.entries(value.answers || {})) {
      const found = parts.find(({ answer }) =>
        answer.part === key && !answer.isBox === !kept.isBox && !answer.isFields === !kept.isFields);
      const now = found && (kept.isFields ? FieldsAnswer : kept.isBox ? BoxAnswer : Answer).restored(found.answer.id, kept, found.answer);
      const isOpen = now && (now.request(now.wanted(new Map(kept.local))) || Object.keys(now.clashes).length);
      if (!isOpen && !value.pending?.wanted?.[key]) continue;
      if (found) orphans.push({ found, now, kept });
      else if (textsLeft({ answers: { key: kept } }).length) orphans.push({ kept });
    }
    const lost = orphans.filter(({ found }) => !found).flatMap(({ kept }) => textsLeft({ answers: { kept } }));
    for (const { found, now, kept } of orphans.filter(({ found: here }) => here)) {
      const local = new Map(kept.local);
      const here = found.local();
      found.answer = now;
      const gone = Object.fromEntries([...here.keys()].filter((key) => !local.has(key)).map((key) => [key, null]));
      let last = "";
      const after = Object.fromEntries([...local.keys()].map((key) => { const pair = [key, last]; last = key; return pair; }));
      if (kept.isBox || kept.isFields) now.put(local);
      else change(found.box, { texts: { ...gone, ...Object.fromEntries(local) }, after });
      if (found.box) clashes(found.box, now, changed);
    }
    if (orphans.length) {
      const wanted = Object.entries(value.pending?.wanted || {}).map(([key, list]) => [key, new Map(list)]);
      if (value.pending) saving.pending = { body: value.pending.body, wanted: Object.fromEntries(wanted) };
      const note = drafts.querySelector("[data-back]");
      Object.assign(note, { textContent: sentences.back, hidden: false });
      announce(sentences.back);
      await saving.keep();
      if (!(await saving.flush())) return;
    }
    const erase = () => device.forget(id);
    if (lost.length) leftover({ texts: lost, reason: closed(), erase });
    else await erase();
  }
}

/* what the page says about the copy on this device, and the switch */
function custody() {
  const line = drafts.querySelector("[data-custody]");
  const button = drafts.querySelector("[data-switch]");
  const write = () => {
    const name = !isPossible() ? "impossible" : device.isForbidden ? "forbidden" : isOff() ? "off" : "on";
    line.textContent = sentences[name];
    button.hidden = name === "impossible" || name === "forbidden";
    button.textContent = name === "off" ? sentences.turnOn : sentences.turnOff;
  };
  button.addEventListener("click", async () => {
    await device.turn(isOff());
    write();
    announce(line.textContent);
    if (!isOff()) saving?.changed();
  });
  write();
  line.parentElement.hidden = false;
}

async function submitted(event) {
  if (saving.stopped || saving.passing) return;
  event.preventDefault();
  const button = event.submitter;
  const open = form.querySelector(".clash [data-choice]");
  const isSaved = await saving.flush();
  if (open) {
    open.focus();
    announce(sentences.choose, true);
  } else if (saving.stopped || (isSaved && (others || button?.name))) {
    Object.assign(saving, { passing: true, left: true });
    await new Promise((resolve) => { setTimeout(resolve); }); /* while this event is told, no other is begun */
    form.requestSubmit(button);
  }
}

async function start() {
  const texts = [...form.querySelectorAll("[data-paragraphs]")].map(part);
  const parts = [...texts, ...[...form.querySelectorAll("[data-fields]")].map(fieldsPart)];
  form.dataset.why = form.elements.why?.value || "";
  for (const { box, answer } of texts) {
    for (const area of box.querySelectorAll("textarea")) grow(area);
    if (answer.isBox) count(box);
    else finish(box);
  }
  const refused = ({ refused: reason = "", moved = "" }) => {
    const kept = Object.fromEntries(parts.map(({ answer, local }) => [answer.part, answer.kept(local())]));
    leftover({ texts: textsLeft({ answers: kept }), reason: `${moved} ${reason}`.trim(), erase: () => device.forget() });
  };
  saving = new Saving({ form, answers: parts, device, refused });
  saving.listen();
  keys(form, changed);
  paste(form, changed);
  form.addEventListener("input", ({ target }) => {
    const box = target.closest("[data-paragraphs]");
    if (target.closest("[data-fields]")) {
      others ||= target.name.includes("-newnote-"); /* which cell it is of, the form says as a whole */
      const table = target.closest("table.cells");
      if (table && inCells) {
        inCells.growTable(table);
        inCells.dress(target);
      }
      nextEntry(target);
      changed();
      return;
    }
    if (!box || target.tagName !== "TEXTAREA") {
      others = true;
      return;
    }
    grow(target);
    if (target.closest(".para")) finish(box);
    else count(box);
    changed();
  });
  form.addEventListener("focusin", () => { if (device.isWorking && !device.key) device.enter(); }, { once: true });
  form.addEventListener("focusout", (event) => { if (event.target.tagName === "TEXTAREA" || event.target.closest("[data-fields]")) saving.flush(); });
  form.addEventListener("submit", submitted);
  shortcuts({ save: () => form.requestSubmit(), flush: () => saving.flush() });
  window.addEventListener("beforeunload", (event) => {
    if (!others || saving.left) return;
    announce(sentences.unsaved, true);
    event.preventDefault();
  });
  if (!(await fetchParts(drafts.dataset.parts))) return;
  custody();
  menus(form, changed);
  toolbars(form);
  form.addEventListener("focusin", fetchCells);
  if (document.activeElement) fetchCells({ target: document.activeElement });
  listShortcuts();
  if (form.contains(document.activeElement)) fetchConverter();
  else form.addEventListener("focusin", fetchConverter, { once: true });
  for (const { box, answer } of texts) {
    if (answer.isBox) continue;
    finish(box);
    clashes(box, answer, changed);
  }
  presence(form);
  recover(parts);
}

/* a section that cannot be written in any more: what was left behind is shown */
async function readOnly() {
  await fetchParts(drafts.dataset.parts);
  const reason = closed();
  for (const { id, value } of await device.leftBehind()) {
    const texts = textsLeft(value);
    if (texts.length) leftover({ texts, reason, erase: () => device.forget(id), scroll: false });
    else device.forget(id);
  }
}

if (form && device) start();
else if (device) readOnly();
