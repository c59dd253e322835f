/* Saving by itself: on this device one second after typing, on the server after a pause of three or on leaving a field.

   One save is under way at a time. Until its reply has come it is sent again as it was, under the same identifier, so
   that it counts once; what was typed meanwhile goes with the next one. */

import { newKey } from "./rows.js";
import { sentences } from "./parts.js";
import { announce, clock, show } from "./place.js";

const PAUSE = 3000;
const WAITS = [5000, 15000, 60000, 120000];

export class Saving {
  /* `answers` are {answer, local(): Map, read(): Map, take(told, wanted, errors)}; `refused(said)` hears why no save comes
     through any more. */
  constructor({ form, answers, device, refused }) {
    Object.assign(this, { form, answers, device, refused });
    this.address = form.dataset.changes;
    this.token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    this.pending = null;
    this.under = null; /* the save that is under way */
    this.failures = 0;
    this.stopped = false;
    this.isKept = false;
    this.keptAt = "";
    this.timers = {};
  }

  /* --- what is waiting --- */

  build() {
    const answers = {};
    const wanted = {};
    for (const each of this.answers) {
      if (each.answer.id in answers) continue; /* the other part of it starts from a version of its own: it goes next */
      const here = each.read();
      const asked = each.answer.request(here);
      if (!asked) continue;
      answers[each.answer.id] = asked;
      wanted[each.answer.part] = here;
    }
    if (!Object.keys(answers).length) return null;
    const body = { id: newKey(), for: Number(this.device.account), answers };
    if (this.form.dataset.why) body.why = this.form.dataset.why;
    return { body, wanted };
  }

  get isWaiting() {
    return Boolean(this.pending || this.build() || this.answers.some(({ answer }) => Object.keys(answer.clashes).length));
  }

  /* --- on this device --- */

  /* one after the other, so that the last word on disk is the newest */
  keep() {
    clearTimeout(this.timers.keep);
    this.timers.keep = 0;
    this.keeping = (this.keeping || Promise.resolve()).then(() => this.#keep());
    return this.keeping;
  }

  async #keep() {
    if (!this.isWaiting) {
      if (this.isKept) await this.device.forget();
      this.isKept = false;
      return;
    }
    const pending = this.pending && {
      body: this.pending.body,
      wanted: Object.fromEntries(Object.entries(this.pending.wanted).map(([id, list]) => [id, [...list]])),
    };
    const answers = Object.fromEntries(this.answers.map(({ answer, local }) => [answer.part, answer.kept(local())]));
    this.isKept = await this.device.keep({ at: new Date().toISOString(), pending, answers });
    if (this.isKept) this.keptAt = clock();
  }

  /* --- on the server --- */

  changed() {
    if (this.stopped) return;
    if (!this.timers.keep) this.timers.keep = setTimeout(() => this.keep(), 1000);
    clearTimeout(this.timers.pause);
    this.timers.pause = setTimeout(() => this.flush(), PAUSE);
  }

  /* true where nothing is left to save */
  flush() {
    if (this.stopped) return Promise.resolve(false);
    clearTimeout(this.timers.pause);
    clearTimeout(this.timers.again);
    if (!this.under) {
      this.under = this.#all().finally(() => {
        this.under = null;
      });
    }
    return this.under;
  }

  async #all() {
    for (let round = 0; round < 5; round += 1) {
      this.pending ||= this.build();
      if (!this.pending) return this.#rest();
      if (!(await this.#once())) return false;
    }
    this.changed();
    return false;
  }

  async #rest() {
    await this.keep();
    return true;
  }

  async #once() {
    /* its identifier is on disk before it goes out, where a copy is being kept anyway */
    if (this.isKept || this.failures) await this.keep();
    this.timers.slow = setTimeout(() => show("saving"), 1000);
    let reply = await this.#post();
    if (reply?.status === 403 && !isJson(reply)) {
      /* the token of the page is of an earlier session */
      const who = await this.device.enter();
      if (who === "own") {
        this.token = this.device.token;
        reply = await this.#post();
      } else if (who) return this.#out(who, sentences.login);
      else reply = null;
    }
    clearTimeout(this.timers.slow);
    if (!reply || reply.status >= 500 || reply.status === 429) return this.#failed();
    const said = isJson(reply) ? await reply.json().catch(() => null) : null;
    if (reply.status === 401 && said) return this.#out(said.other ? "other" : "out", said.login);
    if (!reply.ok) return this.#refused(said || {});
    if (!said) return this.#failed();
    return this.#accepted(said);
  }

  async #post() {
    const body = JSON.stringify(this.pending.body);
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), 30000);
    try {
      return await fetch(this.address, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
        body,
        signal: stop.signal,
        keepalive: body.length < 20000, /* so that it goes out though the page is being left */
      });
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  #accepted(said) {
    const { wanted } = this.pending;
    this.pending = null;
    this.failures = 0;
    for (const each of this.answers) {
      const told = said.answers[each.answer.id];
      const sent = wanted[each.answer.part];
      if (told && sent) each.take(told, sent, said.errors || {});
    }
    show("saved", { when: said.at });
    return true;
  }

  async #failed() {
    const wait = WAITS[Math.min(this.failures, WAITS.length - 1)];
    this.failures += 1;
    this.timers.again = setTimeout(() => this.flush(), wait);
    await this.keep();
    show(this.isKept ? "kept" : "unkept", { when: this.keptAt, again: () => this.flush() });
    return false;
  }

  async #out(who, login) {
    this.timers.again = setTimeout(() => this.flush(), WAITS.at(-1));
    this.failures = Math.max(1, this.failures);
    await this.keep();
    show(who, { link: login });
    return false;
  }

  async #refused(said) {
    this.stopped = true;
    await this.keep();
    show("refused");
    this.refused(said);
    return false;
  }

  /* the connection, or the person, is back */
  listen() {
    const again = () => {
      if (this.failures && !document.hidden) this.flush();
    };
    window.addEventListener("online", again);
    window.addEventListener("focus", again);
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.leave();
      else again();
    });
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("beforeunload", (event) => {
      /* what was typed within the last second is not in the copy yet */
      const isAllKept = this.isKept && !this.timers.keep;
      if (!this.isWaiting || isAllKept || this.left) return;
      announce(sentences.unsaved, true);
      event.preventDefault();
    });
    document.addEventListener("leaving", (event) => {
      if (event.detail?.waits) event.detail.waits.push(this.flush());
      else Object.assign(this, { stopped: true, left: true }).device.isWorking = false;
    });
  }

  leave() {
    if (this.stopped || !this.isWaiting) return;
    this.keep();
    this.flush();
  }
}

const isJson = (reply) => (reply.headers.get("Content-Type") || "").startsWith("application/json");
