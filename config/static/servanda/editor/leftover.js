/* Text that can no longer be saved where it was written: shown to be copied, or put into a comment, until its writer
   erases it. */

import { cut } from "./parts.js";
import { announce } from "./place.js";

/* `texts` are paragraphs; `reason` says why; `erase` is called when they may go. */
export function leftover({ texts, reason, erase, scroll = true }) {
  const host = document.getElementById("main");
  const note = cut("unsaved-text");
  if (!note || !texts.length || !host) return;
  note.querySelector("[data-reason]").textContent = reason;
  const list = note.querySelector("[data-list]");
  const item = note.querySelector("[data-item]");
  const comment = document.getElementById("id_comment_text");
  for (const text of texts) {
    const each = item.cloneNode(true);
    const area = each.querySelector("textarea");
    area.value = text;
    area.rows = Math.min(12, Math.ceil(text.length / 70) + 1);
    const [copy, put] = each.querySelectorAll("button");
    copy.addEventListener("click", async () => {
      area.select();
      try {
        await navigator.clipboard.writeText(text);
        announce(copy.dataset.done);
      } catch { /* it is selected: Ctrl+C copies it */ }
    });
    put.hidden = !comment;
    put.addEventListener("click", () => {
      for (let part = comment; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
      comment.value = comment.value ? `${comment.value}\n\n${text}` : text;
      comment.focus();
    });
    list.append(each);
  }
  item.remove();
  note.querySelector("[data-erase]").addEventListener("click", async () => {
    await erase();
    note.remove();
  });
  host.prepend(note);
  announce(reason, true);
  if (scroll) note.scrollIntoView({ block: "nearest" });
}

/* what differs from the server in a copy that was kept */
export function textsLeft(kept) {
  const texts = [];
  for (const answer of Object.values(kept.answers || {})) {
    const server = new Map(answer.server || []);
    for (const [key, text] of answer.local || []) if (server.get(key) !== text && text.trim()) texts.push(text);
  }
  return texts;
}
