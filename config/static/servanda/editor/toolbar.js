/* The buttons above an answer, which put our mark-up where the caret is: bold, italics, lists, link, footnote, citation.

   One of them is in the order of Tab; arrows, Home and End go on among them. What they do, Ctrl+Z takes back. */

import { insert } from "./insert.js";
import { cut } from "./parts.js";

/* another text for what stands from `start` to `end`, with the caret, or a choice, in it */
function replace(area, start, end, text, from, to = from) {
  area.focus();
  area.setSelectionRange(start, end);
  insert(area, text);
  area.setSelectionRange(start + from, start + to);
}

/* marks around the words that are chosen; around those that have them already they go */
function sign(area, mark) {
  let { selectionStart: start, selectionEnd: end } = area;
  const text = area.value;
  while (start < end && /\s/.test(text[start])) start += 1;
  while (end > start && /\s/.test(text[end - 1])) end -= 1;
  const chosen = text.slice(start, end);
  const long = mark.length;
  /* one asterisk of two is no sign of italics */
  const has = (stars) => stars === 3 || stars === long;
  const around = (of, at) => { const [found] = /^\**/.exec(at < 0 ? [...of].reverse().join("") : of); return found.length; };
  if (chosen && has(around(text.slice(0, start), -1)) && has(around(text.slice(end), 1))) {
    replace(area, start - long, end + long, chosen, 0, chosen.length);
  } else if (chosen.length > 2 * long && has(around(chosen, 1)) && has(around(chosen, -1))) {
    const bare = chosen.slice(long, -long);
    replace(area, start, end, bare, 0, bare.length);
  } else replace(area, start, end, mark + chosen + mark, long, long + chosen.length);
}

/* the lines that the choice touches become items of a list, or lines again */
function list(area, isOrdered) {
  const text = area.value;
  const start = text.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const found = text.indexOf("\n", area.selectionEnd);
  const end = found < 0 ? text.length : found;
  const lines = text.slice(start, end).split("\n");
  const ITEM = isOrdered ? /^\s*\d+[.)] / : /^\s*[-*+] /;
  const isList = lines.every((line) => ITEM.test(line) || (!line.trim() && lines.length > 1));
  let number = 0;
  const said = lines.map((line) => {
    if (isList) return line.replace(ITEM, "");
    if (!line.trim() && lines.length > 1) return line;
    number += 1;
    return `${isOrdered ? `${number}.` : "-"} ${line.replace(/^\s*(?:[-*+]|\d+[.)]) /, "")}`;
  }).join("\n");
  replace(area, start, end, said, lines.length > 1 ? 0 : said.length, said.length);
}

function link(area) {
  const { selectionStart: start, selectionEnd: end } = area;
  const chosen = area.value.slice(start, end).trim();
  const isAddress = /^(?:https?:\/\/|mailto:)\S+$/i.test(chosen);
  const address = isAddress ? chosen : "https://";
  const text = isAddress ? "" : chosen;
  const said = `[${text}](${address})`;
  if (text) replace(area, start, end, said, text.length + 3, said.length - 1);
  else replace(area, start, end, said, 1);
}

/* a mark here, and its line at the end of the paragraph, where one goes on writing */
function note(area) {
  const [first, last] = around(area);
  const numbers = [...area.value.slice(first, last).matchAll(/\[\^(\d+)\]/g)].map((found) => Number(found[1]));
  const mark = `[^${Math.max(0, ...numbers) + 1}]`;
  const place = area.selectionEnd;
  const said = `${area.value.slice(place, last)}`;
  const line = `${/\n$/.test(said) ? "" : "\n"}${mark}: `;
  replace(area, place, last, mark + said + line, mark.length + said.length + line.length);
}

/* the paragraph that the caret is in: the whole of its box, or what stands between blank lines */
function around(area) {
  if (area.closest(".para")) return [0, area.value.length];
  const text = area.value;
  const start = text.lastIndexOf("\n\n", Math.max(0, area.selectionEnd - 1));
  const end = text.indexOf("\n\n", area.selectionEnd);
  return [start < 0 ? 0 : start + 2, end < 0 ? text.length : end];
}

/* the number of a source, chosen so that another can be typed over it */
function cite(area) {
  const { selectionStart: start, selectionEnd: end } = area;
  const chosen = area.value.slice(start, end);
  const said = /^\d+$/.test(chosen) ? `[${chosen}]` : `${chosen}[1]`;
  replace(area, start, end, said, said.length - (said.length - said.lastIndexOf("[")) + 1, said.length - 1);
}

const MARKS = {
  bold: (area) => sign(area, "**"),
  italics: (area) => sign(area, "*"),
  bullets: (area) => list(area, false),
  numbers: (area) => list(area, true),
  link,
  note,
  cite,
};

export function toolbars(form) {
  for (const box of form.querySelectorAll("[data-paragraphs]")) {
    const bar = cut("toolbar");
    if (!bar) return;
    let last = null;
    const area = () => (last?.isConnected ? last : [...box.querySelectorAll("textarea")].at(-1));
    /* these two scripts know no slanted letters */
    if (/^(?:ar|zh)/.test(area().lang)) bar.querySelector("[data-mark=italics]").remove();
    const buttons = [...bar.querySelectorAll("button")];
    const choose = (button) => buttons.forEach((each) => { each.tabIndex = each === button ? 0 : -1; });
    choose(buttons[0]);
    box.addEventListener("focusin", ({ target }) => {
      if (target.tagName === "TEXTAREA") last = target;
    });
    bar.addEventListener("mousedown", (event) => event.preventDefault()); /* the caret stays where it is */
    bar.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-mark]");
      if (!button) return;
      choose(button);
      MARKS[button.dataset.mark](area());
    });
    bar.addEventListener("keydown", (event) => {
      const place = buttons.indexOf(event.target.closest("button"));
      const forward = getComputedStyle(bar).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key] * (forward === "ArrowRight" ? 1 : -1);
      const next = event.key === "Home" ? 0 : event.key === "End" ? buttons.length - 1 : place + step;
      if (place < 0 || Number.isNaN(next)) return;
      event.preventDefault();
      const button = buttons[(next + buttons.length) % buttons.length];
      choose(button);
      button.focus();
    });
    box.prepend(bar);
  }
}
