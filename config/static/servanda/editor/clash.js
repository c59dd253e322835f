/* Both texts of a paragraph that two people changed, in its place, until a person chooses. */

import { addAfter, areaOf, boxOf, finish, keyOf, rowWith, setText } from "./rows.js";
import { cut } from "./parts.js";
import { announce, clock, fill } from "./place.js";

export const numberOf = (row) => row.querySelector("label .hidden-text").textContent;

/* Shows what waits for a choice, and takes away what does not any more. `changed` is called after a choice. */
export function clashes(box, answer, changed) {
  for (const panel of box.querySelectorAll(".clash")) {
    if (!(keyOf(panel.closest(".para")) in answer.clashes)) panel.remove();
  }
  for (const [key, clash] of Object.entries(answer.clashes)) {
    const row = rowWith(box, key) || areaOf(boxOfNew(box, key)).closest(".para");
    const panel = row.querySelector(".clash") || panelFor(row, clash, (choice) => choose(box, answer, key, choice, changed));
    panel.querySelector("[data-theirs]").textContent = clash.theirs;
    panel.querySelector("[data-mine]").textContent = areaOf(row).value;
  }
}

function boxOfNew(box, key) {
  return addAfter(null, "", { key, box }).closest(".para");
}

function panelFor(row, clash, chosen) {
  const panel = cut("paragraph-clash");
  const values = { paragraph: numberOf(row), name: clash.by, when: clash.at, now: clock() };
  for (const part of panel.querySelectorAll("[data-text]")) part.textContent = fill(part.dataset.text, values);
  panel.setAttribute("aria-label", panel.querySelector("h3").textContent);
  areaOf(row).parentElement.append(panel);
  areaOf(row).addEventListener("input", () => {
    panel.querySelector("[data-mine]").textContent = areaOf(row).value;
  });
  panel.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-choice]")?.dataset.choice;
    if (choice) chosen(choice);
  });
  announce(panel.querySelector("h3").textContent, true);
  return panel;
}

function choose(box, answer, key, choice, changed) {
  const row = rowWith(box, key);
  const area = areaOf(row);
  const { theirs } = answer.clashes[key];
  const mine = area.value;
  delete answer.clashes[key];
  if (choice !== "mine") setText(area, theirs);
  if (choice === "both") addAfter(row, mine);
  if (choice === "theirs" && mine.trim()) answer.declined[key] = mine;
  row.querySelector(".clash").remove();
  finish(boxOf(row));
  area.focus();
  changed(box);
}
