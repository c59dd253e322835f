/* The save place: one line that says where the text is. It changes at most once a second and its room is kept. */

import { sentences } from "./parts.js";

const savePlace = document.getElementById("saved");

export const announce = (text, urgent = false) =>
  document.dispatchEvent(new CustomEvent("announce", { detail: { text, urgent } }));

/* {name} in a sentence of the page */
export const fill = (sentence, values) =>
  (sentence || "").replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

export const numeral = (number) => new Intl.NumberFormat(document.documentElement.lang || "en").format(number);

/* the form of a sentence for a number; its forms stand in the order of ORDER, with | between */
const ORDER = ["zero", "one", "two", "few", "many", "other"];
export function counted(sentence, count) {
  const language = document.documentElement.lang || "en";
  const forms = (sentence || "").split("|");
  const form = forms[ORDER.indexOf(new Intl.PluralRules(language).select(count))] ?? forms.at(-1);
  return fill(form, { count: numeral(count) });
}

/* the time of day as the server writes it */
export function clock(moment = new Date()) {
  const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", numberingSystem: "latn" };
  try {
    return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: savePlace?.dataset.zone || undefined }).format(moment);
  } catch {
    return new Intl.DateTimeFormat("en-GB", options).format(moment);
  }
}

let last = 0;
let timer = 0;
let kind = "saved";
let next = null;

function write() {
  timer = 0;
  last = Date.now();
  const { text, link, again } = next;
  savePlace.className = `saved ${next.kind}`;
  savePlace.textContent = text;
  if (link) {
    const anchor = document.createElement("a");
    Object.assign(anchor, { href: link, target: "_blank", rel: "noopener", textContent: text });
    savePlace.replaceChildren(anchor);
  }
  if (again) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button small plain", textContent: sentences.again });
    button.addEventListener("click", again);
    savePlace.append(" ", button);
  }
}

/* `name` is saving, saved, kept, unkept, out, other or refused; what is new in kind is read out, but for saving */
export function show(name, { when = "", link = "", again = null } = {}) {
  if (!savePlace) return;
  const text = fill(sentences[name], { when });
  if (name !== kind && name !== "saving") announce(text);
  kind = name === "saving" ? kind : name;
  next = { kind: name, text, link, again };
  clearTimeout(timer);
  timer = setTimeout(write, Math.max(0, last + 1000 - Date.now()));
}
