/* Words as reporting/text/words.py counts them: split at white space, a Han character counts one; marks of lists, of
   bold and italics, of footnotes and addresses of links do not count. The server decides. */

const HAN = /[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3fffd}]/gu;

export function words(text) {
  const plain = text
    .replace(/^[ \t]*(?:[-*+]|\d+[.)])[ \t]+/gmu, "")
    .replace(/\[\^[^\]\s]+\]:?/gu, "")
    .replace(/\]\((?:https?:|mailto:)[^)\s]*\)/gu, "")
    .replace(/\*+/gu, "");
  const rest = plain.replace(HAN, " ").trim();
  return (plain.match(HAN) || []).length + (rest ? rest.split(/\s+/u).length : 0);
}

const shown = new Intl.NumberFormat(document.documentElement.lang || "en");

/* the words of one answer, beside its ruler */
export function count(box) {
  const place = box.querySelector("[data-words]");
  if (!place) return;
  const total = [...box.querySelectorAll("textarea")].reduce((sum, area) => sum + words(area.value), 0);
  place.hidden = false;
  place.textContent = place.dataset.plain.replace("{used}", shown.format(total));
}
