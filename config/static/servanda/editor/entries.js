/* A list of laws and decisions has its next empty entry as soon as the last one is written in.

   Marks in the HTML: ol[data-entries] is the list, data-entries names an entry by its {number}; data-key on each. */

import { newKey } from "./rows.js";

export function nextEntry(target) {
  const last = target.closest("ol[data-entries] > li:last-child");
  if (!last || !target.value.trim()) return;
  const { key } = last.dataset;
  const next = newKey().replaceAll("-", "").slice(0, 8);
  const twin = last.cloneNode(true);
  twin.dataset.key = next;
  for (const part of twin.querySelectorAll(".error")) part.remove();
  for (const part of twin.querySelectorAll("[id], [for], [name]"))
    for (const name of ["id", "for", "name"])
      if (part.hasAttribute(name)) part.setAttribute(name, part.getAttribute(name).replace(key, next));
  for (const input of twin.querySelectorAll("input")) {
    input.value = "";
    input.defaultValue = "";
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
  }
  last.querySelector("legend").textContent = last.parentElement.dataset.entries.replace("{number}", last.parentElement.children.length);
  last.after(twin);
}
