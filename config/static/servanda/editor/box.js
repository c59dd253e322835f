/* An answer in one box, saved by itself as a whole; the server matches it to the paragraphs. */

import { tidy } from "./model.js";
import { setText } from "./rows.js";

const tidyBox = (text) => tidy(text).replace(/\n{3,}/g, "\n\n");

export class BoxAnswer {
  constructor(id, version, area) {
    Object.assign(this, { id, version, area, isBox: true, server: tidyBox(area.value), was: null, clashes: {} });
  }

  get part() {
    return this.id;
  }

  local() {
    return new Map([["box", this.area.value]]);
  }

  put(local) {
    setText(this.area, local.get("box"));
  }

  wanted(local) {
    return new Map([["box", tidyBox(local.get("box"))]]);
  }

  request(wanted) {
    const box = wanted.get("box");
    if (box === this.server) return null;
    return { v: this.version, box, ...(this.was === null ? {} : { was: this.was }) };
  }

  take(told, wanted, local) {
    const sent = wanted.get("box");
    this.version = told.v;
    this.server = told.box ?? sent;
    this.was = null;
    if (tidyBox(local.get("box")) === sent) {
      if (this.server !== sent) setText(this.area, this.server);
    }
    else if (this.server !== sent) this.was = sent;
    const people = new Map(Object.values(told.by || {}).map(([name, at]) => [name, { name, at }]));
    return { news: [...people.values()] };
  }

  kept(local) {
    const { version, was, isBox } = this;
    return { isBox, version, was, server: [["box", this.server]], local: [...local], clashes: {} };
  }

  static restored(id, kept, { area }) {
    const found = new BoxAnswer(id, kept.version, area);
    return Object.assign(found, { was: kept.was, server: new Map(kept.server).get("box") });
  }
}
