/* Keys that do something wherever one is: all can be switched off, which is remembered for each account on this device. */

import { cut, sentences } from "./parts.js";
import { announce } from "./place.js";
import { rowOf } from "./rows.js";

const NO_KEYS = "servanda:no-shortcuts:";
const keysName = () => NO_KEYS + (document.getElementById("drafts")?.dataset.account || "");

export function areOn() {
  try {
    return localStorage.getItem(keysName()) !== "1";
  } catch {
    return true;
  }
}

function turn(isOn) {
  try {
    if (isOn) localStorage.removeItem(keysName());
    else localStorage.setItem(keysName(), "1");
  } catch { /* nothing can be remembered here */ }
}

const isField = (element) => Boolean(element.closest?.("input, textarea, select, [contenteditable]"));

/* the list of them under the form, and the switch */
export function listShortcuts() {
  const list = cut("shortcuts");
  if (!list) return null;
  const button = list.querySelector("[data-keys]");
  const write = () => {
    button.textContent = areOn() ? sentences.keysOff : sentences.keysOn;
  };
  button.addEventListener("click", () => {
    turn(!areOn());
    write();
    announce(areOn() ? sentences.keysAreOn : sentences.keysAreOff);
  });
  write();
  document.getElementById("drafts").append(list);
  return list;
}

/* `save` sends the form; `flush` saves what is waiting, and tells when it has */
export function shortcuts({ save, flush }) {
  document.addEventListener("keydown", async (event) => {
    if (!areOn() || event.isComposing) return;
    const isControl = event.ctrlKey || event.metaKey;
    const row = rowOf(event.target);
    if (isControl && !event.altKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      save();
    } else if (event.ctrlKey && event.altKey && event.code === "KeyM") {
      event.preventDefault();
      const link = row?.querySelector(".beside");
      await flush();
      if (link) link.click();
      else comment();
    } else if (event.key === "?" && !isControl && !event.altKey && !isField(event.target)) {
      event.preventDefault();
      const list = document.getElementById("shortcuts-list");
      if (!list) return;
      list.open = true;
      list.querySelector("summary").focus();
      list.scrollIntoView({ block: "nearest" });
    }
  });
}

/* a paragraph that the server does not know yet: the box for comments on the section */
function comment() {
  const box = document.getElementById("id_comment_text");
  for (let part = box; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
  box?.focus();
}
