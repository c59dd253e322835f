/* What a page knows of one answer: what the server holds, and how that differs from what is on the screen.

   Lists of paragraphs are Maps of texts by key, in order. As reporting/text/changes.py; a page without a browser, in
   tests/reporting/reports/page.py, does the same and is tried with random edits of two people. */

/* the keys of both lists that did not move: the longest run of them in the same order */
function keptInOrder(old, now) {
  const place = new Map([...old.keys()].map((key, index) => [key, index]));
  const common = [...now.keys()].filter((key) => place.has(key));
  const lengths = [];
  const before = [];
  common.forEach((key, index) => {
    lengths[index] = 1;
    before[index] = -1;
    for (let other = 0; other < index; other += 1) {
      if (place.get(common[other]) < place.get(key) && lengths[other] >= lengths[index]) {
        lengths[index] = lengths[other] + 1;
        before[index] = other;
      }
    }
  });
  const kept = new Set();
  let index = lengths.length ? lengths.indexOf(Math.max(...lengths)) : -1;
  for (; index >= 0; index = before[index]) kept.add(common[index]);
  return kept;
}

/* {text, after} that make `now` of `old` */
export function between(old, now) {
  const text = {};
  const after = {};
  for (const [key, said] of now) if (old.get(key) !== said) text[key] = said;
  for (const key of old.keys()) if (!now.has(key)) text[key] = null;
  const inPlace = keptInOrder(old, now);
  let last = "";
  for (const key of now.keys()) {
    if (!inPlace.has(key)) after[key] = last;
    last = key;
  }
  return { text, after };
}

/* the list with the changes made; a paragraph that should follow an unknown one comes last */
export function applied(old, text, after) {
  const isGone = (key) => text[key] === null;
  const order = [...old.keys()].filter((key) => !isGone(key) && !(key in after));
  for (const key of Object.keys(text)) if (!old.has(key) && !isGone(key) && !(key in after)) order.push(key);
  for (const [key, before] of Object.entries(after)) {
    if (isGone(key) || (!old.has(key) && !(key in text))) continue;
    const found = order.indexOf(before);
    order.splice(before === "" ? 0 : found < 0 ? order.length : found + 1, 0, key);
  }
  return new Map(order.map((key) => [key, text[key] ?? old.get(key)]));
}

/* as the server keeps it, but for what it alone knows: so that a blank at the end is not taken from who is typing */
export const tidy = (text) =>
  text.normalize("NFC").split("\n").map((line) => line.trimEnd()).join("\n").replace(/^\n+|\n+$/g, "");

const isEmpty = (object) => Object.keys(object).length === 0;

export class Answer {
  constructor(id, version, server) {
    this.id = id;
    this.version = version;
    this.server = server;
    this.was = {}; /* texts that unsent edits started from, where they are not the server's */
    this.clashes = {}; /* {theirs, by, at} by key, until a person chooses */
    this.declined = {}; /* one's own texts, not chosen, on their way into the history */
    this.refused = {}; /* texts that the server could not keep */
  }

  /* what it is kept under: a choice and the text that explains it are two parts of one answer */
  get part() {
    return this.id;
  }

  /* what is to be on the server: the screen, but for what waits for a choice or for mending */
  wanted(local) {
    const found = new Map();
    for (const [key, text] of local) {
      if (!text.trim()) continue;
      if (key in this.clashes) found.set(key, this.clashes[key].theirs);
      else if (this.refused[key] !== text) found.set(key, tidy(text));
      else if (this.server.has(key)) found.set(key, this.server.get(key));
    }
    return found;
  }

  /* what is to be sent of it, or null */
  request(wanted) {
    const { text, after } = between(this.server, wanted);
    if (isEmpty(text) && isEmpty(after) && isEmpty(this.declined)) return null;
    const was = Object.fromEntries(Object.entries(this.was).filter(([key]) => key in text));
    const parts = { text, after, was, declined: this.declined };
    return { v: this.version, ...Object.fromEntries(Object.entries(parts).filter(([, part]) => !isEmpty(part))) };
  }

  /* A reply to what was sent. Returns {texts, after, news}: what the screen has to change, and what others did. */
  take(told, wanted, local) {
    const { text = {}, after = {}, clash = {}, by = {} } = told;
    const texts = {};
    const news = [];
    const isAsSent = (key) => (local.get(key)?.trim() ? tidy(local.get(key)) : null) === (wanted.get(key) ?? null);
    this.was = {};
    this.declined = {};
    for (const [key, said] of Object.entries(text)) {
      const [name, at] = by[key] || [];
      const isChoice = key in clash && clash[key].theirs !== null && clash[key].mine !== null;
      if (isChoice || key in this.clashes) {
        if (said === null) delete this.clashes[key];
        else this.clashes[key] = { theirs: said, by: name || this.clashes[key]?.by || "", at: at || this.clashes[key]?.at || "" };
      } else if (isAsSent(key)) {
        texts[key] = said;
        if (name) news.push({ key, name, at, isGone: said === null });
      } else if (said !== null && wanted.has(key)) {
        this.was[key] = wanted.get(key);
      }
    }
    this.server = applied(wanted, text, after);
    this.version = told.v;
    const places = Object.fromEntries(Object.entries(after).filter(([key]) => local.has(key) || texts[key]));
    return { texts, after: places, news };
  }

  kept(local) {
    const { version, was, clashes, declined } = this;
    return { version, server: [...this.server], local: [...local], was, clashes, declined };
  }

  static restored(id, kept) {
    const found = new Answer(id, kept.version, new Map(kept.server));
    Object.assign(found, { was: kept.was, clashes: kept.clashes, declined: kept.declined });
    return found;
  }
}
