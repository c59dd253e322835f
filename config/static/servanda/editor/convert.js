/* HTML from a word processor or a web page as pieces of our mark-up: paragraphs, lists, bold, italics, links, footnotes.

   It is parsed into a document of its own, in which nothing runs and nothing is fetched; only text is taken out of it.
   A piece is the text of one paragraph; a list, or a sentence that leads into one with it, is a piece too. */

const BLOCKS = new Set(("address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form " +
  "h1 h2 h3 h4 h5 h6 header legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul").split(" "));
const SILENT = new Set("area base head link map meta noscript param script source style template title track wbr".split(" "));
const THINGS = new Set("applet audio button canvas embed frame iframe input math meter object progress select textarea video".split(" "));
const HIDDEN = /(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?![.\d]))/i;
const MARK = /^[[(]?(?:\d{1,4}|[ivxlc]{1,6}|[a-z]|[*†‡§^↑]{1,3})[\])]?$/i;
const NO_ITALICS = /[\u0590-\u08ff\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]/u;
const RAISED = { sup: "⁰¹²³⁴⁵⁶⁷⁸⁹", sub: "₀₁₂₃₄₅₆₇₈₉" };
const LEVELS = 3; /* of lists, as the server reads them */

class Reader {
  constructor(root, italics) {
    this.italics = italics;
    this.left = { images: 0, tables: 0, things: 0 };
    this.blocks = [];
    this.block = null;
    this.notes = new Set(); /* elements that hold a footnote which a mark refers to */
    this.places = new Map();
    for (const each of root.querySelectorAll("[id], a[name]")) {
      for (const name of [each.id, each.getAttribute("name")]) if (name && !this.places.has(name)) this.places.set(name, each);
    }
    for (const link of root.querySelectorAll("a[href*='#']")) {
      const note = this.#noteOf(link);
      if (note) this.notes.add(note);
    }
  }

  /* --- footnotes --- */

  /* what a mark in the text refers to: it stands after the mark, and the link back to the text is none */
  #noteOf(link) {
    if (!MARK.test(link.textContent.trim())) return null;
    const place = this.places.get(named(link.getAttribute("href")));
    if (!place || !(link.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING)) return null;
    return place.localName === "a" ? place.closest("li, p, [id], div, td") || place : place;
  }

  #noteText(element, look) {
    const { blocks, block } = this;
    Object.assign(this, { blocks: [], block: null });
    this.#children(element, { ...look, bold: false, italic: false, link: "", item: null, isNote: true });
    const runs = this.blocks.flatMap((each, index) => (index ? [{ text: " " }, ...each.runs] : each.runs));
    Object.assign(this, { blocks, block });
    const text = written(runs.filter((run) => !run.note));
    return text.replace(/^(?:[\s↑^]|\\[*^]|[[(]\d{1,4}[\])]|\d{1,4}(?=\s))+/u, "");
  }

  /* --- blocks and text --- */

  read(root) {
    this.#children(root, { bold: false, italic: false, link: "" });
  }

  #open(look, item = null) {
    if (look.item && !item && this.block?.item === look.item) {
      if (this.block.runs.length) this.#say(" ", look);
      return;
    }
    if (this.block && !this.block.runs.length && !this.block.item) this.blocks.pop();
    this.block = { runs: [], item };
    this.blocks.push(this.block);
  }

  #say(text, { bold, italic, link }) {
    if (!this.block) this.#open({});
    this.block.runs.push({ text, bold, italic, link });
  }

  #children(element, look) {
    for (const child of element.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) {
        const text = look.isKept ? child.data : child.data.replace(/[\t\n\f\r ]+/g, " ");
        if (text.trim() || this.block?.runs.length) this.#say(text, look);
      } else if (child.nodeType === Node.ELEMENT_NODE) this.#element(child, look);
    }
  }

  #element(element, look) {
    const name = element.localName;
    const style = element.getAttribute("style") || "";
    if (SILENT.has(name) || element.hidden || HIDDEN.test(style) || (this.notes.has(element) && !look.isNote)) return;
    if (name === "img" || name === "svg" || name === "picture") {
      if (name !== "img" || !isTiny(element, style)) this.left.images += 1;
    } else if (THINGS.has(name) || name === "del" || /mso-(?:element|special-character)\s*:\s*comment/i.test(style)) {
      if (name !== "input" || element.type !== "hidden") this.left.things += 1;
    } else if (/mso-list\s*:\s*Ignore/i.test(style)) { /* the sign of a list, which its paragraph has read */
    } else if (name === "br") {
      this.#say("\n", look);
    } else if (name === "a") {
      this.#link(element, { ...look, ...looks(element, style, look) });
    } else if (RAISED[name] && /^\s*\d{1,3}\s*$/.test(element.textContent) && !element.querySelector("a")) {
      this.#say(element.textContent.trim().replace(/\d/g, (digit) => RAISED[name][digit]), look);
    } else if (name === "table" && !isLayout(element)) {
      this.#table(element, look);
    } else if (name === "ul" || name === "ol") {
      this.#list(element, look);
    } else if (BLOCKS.has(name)) {
      this.#paragraph(element, { ...look, ...looks(element, style, look) }, style);
    } else {
      this.#children(element, { ...look, ...looks(element, style, look) });
    }
  }

  #paragraph(element, look, style) {
    const name = element.localName;
    const level = /mso-list\s*:\s*(l\d+)\s+level(\d+)/i.exec(style);
    const ahead = look.item;
    if (level && !ahead) {
      const sign = [...element.querySelectorAll("span[style]")].find((span) => /mso-list\s*:\s*Ignore/i.test(span.getAttribute("style")));
      const marker = sign ? sign.textContent.trim() : "";
      const isOrdered = /^[([]?[\da-z]{1,5}[.)\]]/i.test(marker);
      const item = { list: level[1], level: Number(level[2]), isOrdered, number: isOrdered ? parseInt(marker.replace(/^\D/, ""), 10) || 0 : 0 };
      this.#open(look, item);
      this.#children(element, { ...look, item });
    } else {
      this.#open(look);
      const isKept = look.isKept || name === "pre" || /white-space\s*:\s*pre/i.test(style);
      this.#children(element, { ...look, isKept, bold: look.bold || /^h[1-6]$/.test(name) });
    }
    this.#open({ item: ahead });
  }

  #list(element, look) {
    const level = (look.level || 0) + 1;
    const list = look.list || {};
    const isOrdered = element.localName === "ol";
    let number = isOrdered ? parseInt(element.getAttribute("start"), 10) || 1 : 0;
    for (const child of element.children) {
      if (child.localName === "ul" || child.localName === "ol") this.#list(child, { ...look, list, level });
      else if (child.localName === "li" && !this.notes.has(child) && !HIDDEN.test(child.getAttribute("style") || "")) {
        const item = { list, level, isOrdered, number };
        number += 1;
        this.#open(look, item);
        this.#children(child, { ...look, ...looks(child, child.getAttribute("style") || "", look), list, level, item });
      } else this.#element(child, look);
    }
    if (!look.item) this.#open({});
  }

  #link(link, look) {
    const href = (link.getAttribute("href") || "").trim();
    const mark = link.textContent.trim();
    const isMark = href.includes("#") && MARK.test(mark);
    if (isMark && look.isNote) return; /* the way back to the text */
    const note = isMark ? this.#noteOf(link) : null;
    const text = note ? this.#noteText(note, look) : "";
    if (text) {
      if (!this.block) this.#open({});
      this.block.runs.push({ text: "", note: text });
    } else if (isMark) this.#say(/^\d+$/.test(mark) ? `[${mark}]` : mark, { ...look, link: "" });
    else this.#children(link, { ...look, link: look.isNote && href.startsWith("#") ? "" : address(href) });
  }

  /* the rows of a table as lines of text: its cells one after the other */
  #table(table, look) {
    this.left.tables += 1;
    const list = {};
    for (const caption of table.querySelectorAll(":scope > caption")) this.#paragraph(caption, look, "");
    for (const row of table.rows) {
      const cells = [...row.cells].map((cell) => {
        const { blocks, block } = this;
        Object.assign(this, { blocks: [], block: null });
        this.#children(cell, { ...look, item: null });
        const runs = this.blocks.flatMap((each, index) => (index ? [{ text: " " }, ...each.runs] : each.runs));
        Object.assign(this, { blocks, block });
        if (runs.at(-1)?.text) runs.at(-1).text = runs.at(-1).text.trimEnd();
        return runs;
      });
      if (!cells.some((runs) => written(runs))) continue;
      this.#open({}, { list, level: 1, isOrdered: false, number: 0 });
      cells.forEach((runs, index) => {
        if (index) this.#say("; ", look);
        if (written(runs)) this.block.runs.push(...runs);
        else this.#say("–", look);
      });
    }
    this.#open({});
  }

  /* --- pieces --- */

  pieces() {
    const pieces = [];
    let list = null;
    let counts = [];
    let widths = [];
    for (const { runs, item } of this.blocks) {
      const notes = pieces.at(-1)?.notes || [];
      const isIn = Boolean(item && list === item.list);
      const isLed = Boolean(item && !isIn && !(item.number > 1) && pieces.at(-1)?.lines.at(-1)?.endsWith(":"));
      const own = isIn || isLed ? notes : [];
      const said = written(runs, own, this.italics);
      if (!said) continue;
      if (!item) {
        list = null;
        for (const part of said.split(/\n[^\S\n]*\n+/)) pieces.push({ lines: [dotted(part)], notes: own });
        continue;
      }
      if (!isIn) {
        [list, counts, widths] = [item.list, [], []];
        if (!isLed) pieces.push({ lines: [], notes: own });
      }
      const level = Math.min(item.level, LEVELS, widths.length + 1);
      counts.length = Math.min(counts.length, level);
      widths.length = level - 1;
      counts[level - 1] = level <= counts.length ? counts[level - 1] + 1 : item.number || 1;
      const marker = item.isOrdered ? `${counts[level - 1]}. ` : "- ";
      const indent = " ".repeat(widths.reduce((sum, width) => sum + width, 0));
      widths.push(marker.length);
      pieces.at(-1).lines.push(indent + marker + said.replace(/\s*\n\s*/g, " "));
    }
    return pieces.map(({ lines, notes }) => ({
      text: lines.join("\n"),
      notes: notes.map((note, index) => `[^${index + 1}]: ${note}`).join("\n"),
    }));
  }
}

/* a line that begins with the sign of a list, typed or drawn, is one */
const dotted = (text) => text.replace(/^[·•▪◦‣∙●○■□➢✓]\s*/gmu, "- ");

function named(href) {
  const name = href.slice(href.indexOf("#") + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/* an address that the server takes as a link, or "" */
function address(href) {
  if (!/^(?:https?:\/\/|mailto:)[^\s]/i.test(href)) return "";
  return href.replace(/[\s()<>\\]/g, (letter) => `%${letter.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

function looks(element, style, { bold, italic }) {
  const name = element.localName;
  const weight = /(?:^|[;\s])font-weight\s*:\s*(\w+)/i.exec(style)?.[1].toLowerCase();
  const slant = /(?:^|[;\s])font-style\s*:\s*(\w+)/i.exec(style)?.[1].toLowerCase();
  const isBold = name === "b" || name === "strong" || bold;
  const isItalic = name === "i" || name === "em" || name === "cite" || italic;
  return {
    bold: weight ? weight.startsWith("bold") || Number(weight) >= 600 : isBold,
    italic: slant ? slant === "italic" || slant === "oblique" : isItalic,
  };
}

/* pixels that only count who reads */
function isTiny(image, style) {
  const sizes = [image.getAttribute("width"), image.getAttribute("height"), /(?:^|;)\s*width\s*:\s*([\d.]+)px/i.exec(style)?.[1]];
  return sizes.some((size) => size !== null && size !== undefined && size !== "" && parseFloat(size) <= 2);
}

function isLayout(table) {
  if (table.getAttribute("role") === "presentation" || table.querySelector("table")) return true;
  return ![...table.rows].some((row) => row.cells.length > 1);
}

/* --- runs to mark-up ------------------------------------------------------------------------------------------------ */

/* one line of mark-up; notes are added to `notes`, which are numbered from one */
function written(runs, notes = [], italics = true) {
  const parts = [];
  let last = " ";
  for (const { text, bold = false, italic = false, link = "", note } of runs) {
    let said = text.replace(/[\u200b\ufeff\u00ad]/g, "").replace(/\u00a0{2,}| \u00a0|\u00a0 /g, " ");
    said = said.replace(/ *\n */g, "\n").replace(/ {2,}/g, " ");
    if (/\s$/.test(last)) said = said.replace(/^ +/, "");
    if (!said && !note) continue;
    if (said) last = said;
    else last = "";
    const same = parts.at(-1);
    const isBlank = !said.trim() && !note;
    const slanted = italic && italics && !NO_ITALICS.test(said);
    if (same && !note && !same.note && (isBlank || (same.bold === bold && same.italic === slanted && same.link === link))) same.text += said;
    else parts.push(note ? { text: "", bold, italic: slanted, link: "", note } : { text: said, bold, italic: slanted, link });
  }
  return wrapped(parts, ["link", "bold", "italic"], notes, " ", " ").trim();
}

function wrapped(parts, looksLeft, notes, before, after) {
  const [look, ...rest] = looksLeft;
  if (!look) return parts.map((part) => (part.note ? marked(part.note, notes) : escaped(part.text))).join("");
  let said = "";
  for (let start = 0, end; start < parts.length; start = end) {
    end = start + 1;
    while (end < parts.length && parts[end][look] === parts[start][look]) end += 1;
    const previous = said.at(-1) || before;
    const next = end < parts.length ? parts[end].text[0] || "[" : after;
    const value = parts[start][look];
    const inner = wrapped(parts.slice(start, end), rest, notes, value ? "[" : previous, value ? "]" : next);
    if (!value) said += inner;
    else if (look === "link") said += linked(inner, value);
    else said += signed(inner, look === "bold" ? "**" : "*", previous, next);
  }
  return said;
}

function marked(note, notes) {
  let place = notes.indexOf(note);
  if (place < 0) place = notes.push(note) - 1;
  return `[^${place + 1}]`;
}

/* asterisks and lines that would be read as marks, where they were not meant as such */
const escaped = (text) =>
  text.replace(/[*_]+/g, (marks, place) => {
    const [before, after] = [text[place - 1] || " ", text[place + marks.length] || " "];
    if (/\s/.test(before) && /\s/.test(after)) return marks;
    if (marks[0] === "_" && /[\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(after)) return marks;
    return marks.replace(/./g, "\\$&");
  });

function linked(inner, href) {
  const [, start, core, end] = /^(\s*)([\s\S]*?)(\s*)$/.exec(inner);
  if (!core) return inner;
  return `${start}[${core.replace(/[[\]]/g, "\\$&").replace(/\n/g, " ")}](${href})${end}`;
}

/* marks stand directly at words, else they would be read as asterisks */
function signed(inner, mark, before, after) {
  const [, start, core, end] = /^(\s*)([\s\S]*?)(\s*)$/.exec(inner);
  const isWord = (letter) => /[^\s\p{P}\p{S}]/u.test(letter);
  const isSign = (letter) => /[\p{P}\p{S}]/u.test(letter);
  if (!core || (!start && isWord(before) && isSign(core[0])) || (!end && isWord(after) && isSign(core.at(-1)))) return inner;
  return `${start}${mark}${core}${mark}${end}`;
}

/* {pieces: [{text, notes}], left: {images, tables, things}}; `notes` are the lines of its footnotes */
export function converted(html, { italics = true } = {}) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  const reader = new Reader(body, italics);
  reader.read(body);
  return { pieces: reader.pieces(), left: reader.left };
}
