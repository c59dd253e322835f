/* Words as reporting/text/words.py counts them: split at white space, a Han character counts one; signs of lists, of
   bold and italics, marks of footnotes and addresses of links do not count. The server decides. */

import { sentences } from "./parts.js";
import { announce, counted, fill, numeral } from "./place.js";

const HAN = /[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3fffd}]/gu;
const ITEM = /^([ \t]*)([-*+]|(\d{1,9})[.)])(?:[ \t]+(?=\S)|[ \t]*$)/;

/* words of plain text */
function plainWords(text) {
  const rest = text.replace(HAN, " ").trim();
  return (text.match(HAN) || []).length + (rest ? rest.split(/\s+/u).length : 0);
}

/* signs that stand at no word are text */
const unsigned = (text) =>
  text
    .replace(/\]\((?:https?:\/\/|mailto:)[^)\s]*\)/gu, "")
    .replace(/\*+/gu, (stars, place) => (/^\s?$/u.test(text[place - 1] || "") && /^\s?$/u.test(text[place + stars.length] || "") ? stars : ""));

export function words(text) {
  const notes = new Map();
  const lines = [];
  let isItem = false;
  let isText = false;
  let note = null;
  for (const line of text.split("\n")) {
    const definition = /^ {0,3}\[\^([^\]\s]+)\]:[ \t]*(.*)$/u.exec(line);
    const item = ITEM.exec(line);
    if (definition && !notes.has(definition[1])) {
      note = definition[1];
      notes.set(note, definition[2]);
    } else if (!line.trim()) {
      [isItem, isText, note] = [false, false, null];
    } else if (item && (isItem || !isText || (item[0] !== line && (!item[3] || Number(item[3]) === 1)))) {
      [isItem, isText, note] = [true, true, null];
      lines.push(line.slice(item[0].length));
    } else if (note !== null) {
      notes.set(note, `${notes.get(note)} ${line}`);
    } else {
      isText = true;
      lines.push(line);
    }
  }
  let body = lines.join("\n");
  let total = 0;
  for (const [label, said] of notes) {
    const mark = `[^${label}]`;
    const times = body.split(mark).length - 1;
    if (times && said.trim()) {
      body = body.replaceAll(mark, "");
      total += times * plainWords(unsigned(said));
    } else total += plainWords(`${mark}: ${unsigned(said)}`);
  }
  return total + plainWords(unsigned(body));
}

const wordsIn = (box) => [...box.querySelectorAll("textarea")].reduce((sum, area) => sum + words(area.value), 0);

/* the words of one answer, beside its ruler */
export function count(box) {
  const place = box.querySelector("[data-words]");
  if (!place) return;
  const total = wordsIn(box);
  place.hidden = false;
  place.textContent = place.dataset.plain.replace("{used}", numeral(total));
  measure(box, total);
}

/* --- the section --- */

const counts = new Map(); /* of each answer: when the page came, and now */
let step = null;
let speaking = 0;

/* The ruler of the section follows: what the server counted when the page came, and what has been written since. */
function measure(box, total) {
  const form = box.closest("form[data-count]");
  const had = counts.get(box) || [total, total];
  counts.set(box, [had[0], total]);
  if (!form || !box.dataset.first) return;
  let used = Number(form.dataset.count);
  for (const [each, [first, now]] of counts) if (each.dataset.first) used += now - first;
  const limit = Number(form.dataset.limit);
  const values = { words: numeral(used), limit: numeral(limit), rest: numeral(Math.abs(limit - used)), code: form.dataset.code };
  const plain = fill(counted(sentences.plain, used), values);
  const said = limit ? fill(used > limit ? sentences.over : sentences.rest, values) : plain;
  if (!sentences.rest || used < 0) return;
  for (const ruler of form.querySelectorAll(".measure")) {
    const share = limit ? (100 * used) / limit : 0;
    ruler.className = `measure ${share > 100 ? "carmine" : share > 85 ? "ochre" : "petrol"}`;
    ruler.querySelector("p").textContent = said;
    ruler.querySelector(".bar").setAttribute("width", `${Math.round(Math.min(share, 100))}%`);
  }
  if (limit) speak(used, limit, said);
}

/* read out at nine tenths, at the limit and each fifty words above, a second after the last key */
function speak(used, limit, said) {
  const now = used < 0.9 * limit ? 0 : used < limit ? 1 : 2 + Math.floor((used - limit) / 50);
  clearTimeout(speaking);
  if (step !== null && now > step) speaking = setTimeout(() => { step = now; announce(said); }, 1000);
  else step = now;
}
