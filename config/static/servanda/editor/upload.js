/* A file goes to the server in pieces, one after the other, while its form is still being filled in; once it has
   arrived, the form names it in a hidden field. Fetched by app.js when a file is chosen in input[data-upload]; without
   it the file goes with the form.

   data-upload   where a file is begun; asked, it gives the sentences and the template below
   #sending      how far the file is: data-name, data-said, progress, data-why, data-toggle, data-give-up */

const WAITS = [5000, 15000, 60000];
const SLOW = 4000; /* milliseconds: three requests in a row that take longer, and files wait */
const LONGEST = 120000;

const under = new Map(); /* what is on its way, by its input */
let sentences = null;
let token = "";
let slow = 0;

const announce = (text, urgent = false) => document.dispatchEvent(new CustomEvent("announce", { detail: { text, urgent } }));
const fill = (sentence, values) => (sentence || "").replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

/* true once the sentences are there; again, for a fresh token after somebody signed in. 401 where nobody is */
async function fetchSentences(address) {
  const reply = await fetch(address, { headers: { "HX-Request": "true" }, cache: "no-store" }).catch(() => null);
  if (!reply?.ok) return reply?.status || 0;
  const host = document.createElement("div");
  host.innerHTML = await reply.text(); /* the server's own template: nothing in it was typed by anybody */
  document.getElementById("upload-parts")?.parentElement.remove();
  document.body.append(host);
  const parts = document.getElementById("upload-parts");
  sentences = parts.dataset;
  token = parts.querySelector("input").value;
  return 200;
}

/* "3 of 12 MB sent" */
function progress(sent, size) {
  const isLarge = size >= 1048576;
  const unit = isLarge ? 1048576 : 1024;
  const said = new Intl.NumberFormat(document.documentElement.lang || "en", { maximumFractionDigits: isLarge ? 1 : 0, numberingSystem: "latn" });
  return fill(isLarge ? sentences.megabytes : sentences.kilobytes, { sent: said.format(sent / unit), size: said.format(size / unit) });
}

class Sending {
  constructor(input, file) {
    Object.assign(this, { input, file, state: "", values: {}, pace: 0, name: input.name, url: "", received: 0, failures: 0, begun: 0, held: null });
    input.removeAttribute("name"); /* it does not go with the form */
    this.field = input.closest(".field") || input.parentElement;
    this.box = document.getElementById("sending").content.firstElementChild.cloneNode(true);
    this.box.setAttribute("aria-label", file.name);
    this.part("name").textContent = file.name;
    this.bar = this.box.querySelector("progress");
    this.bar.setAttribute("aria-label", fill(sentences.progress, { name: file.name }));
    this.part("toggle").addEventListener("click", () => this.toggle());
    this.part("give-up").addEventListener("click", () => this.giveUp());
    this.clear();
    input.after(this.box);
    if (!navigator.onLine) this.show("offline");
    else this.go();
  }

  part(name) {
    return this.box.querySelector(`[data-${name}]`);
  }

  get isOpen() {
    return this.state !== "whole" && this.state !== "gone";
  }

  /* what the field said of an earlier file */
  clear() {
    for (const each of this.field.querySelectorAll(".error,.errorlist,[data-waiting]")) {
      const key = each.querySelector("input[type=hidden]")?.value;
      if (key) this.post(`${this.input.dataset.upload}${key}/give-up/`, {});
      each.remove();
    }
    this.field.classList.remove("wrong");
    this.input.removeAttribute("aria-invalid");
  }

  show(state, values = this.values) {
    const isNew = state !== this.state;
    Object.assign(this, { state, values });
    const said = progress(this.received, this.file.size);
    const minutes = Math.ceil(((this.file.size - this.received) * this.pace) / 60000);
    this.part("said").textContent = state === "sending" && minutes > 1 ? fill(sentences.left, { said, minutes }) : said;
    this.bar.value = this.file.size ? this.received / this.file.size : 0;
    const isGoing = state === "sending" || state === "waiting";
    const held = this.held && this.isOpen ? (isGoing ? sentences.held : sentences.stuck) : "";
    const why = [fill(sentences[state], values), held].filter(Boolean).join(" ");
    this.part("why").textContent = why;
    this.part("login").hidden = state !== "out";
    const toggle = this.part("toggle");
    toggle.textContent = { sending: sentences.pause, waiting: sentences.again }[state] || sentences.continue;
    this.part("give-up").textContent = state === "whole" ? sentences.remove : sentences.giveUp;
    if (state === "whole" && document.activeElement === toggle) this.part("give-up").focus();
    toggle.hidden = state === "whole";
    if (isNew && why) announce(`${this.file.name}: ${why}`);
  }

  toggle() {
    if (this.state === "sending") {
      this.show("paused");
      return;
    }
    if (this.state === "slow") this.isPatient = true;
    this.go();
  }

  /* three requests were slow: files wait until a person says otherwise */
  giveWay() {
    if (this.state === "sending" && !this.isPatient) this.show("slow");
  }

  go() {
    clearTimeout(this.timer);
    this.show("sending");
    this.running ||= this.run().finally(() => {
      this.running = null;
      if (this.state === "sending") this.go(); /* continued while the last piece was under way */
    });
  }

  async run() {
    while (this.state === "sending") {
      if (this.url && this.received >= this.file.size) return this.finish();
      const reply = await (this.url ? this.piece() : this.begin());
      if (this.state === "gone") return undefined;
      await this.take(reply);
    }
    return undefined;
  }

  begin(fresh = false) {
    const { name, size, lastModified: modified } = this.file;
    return this.post(this.input.dataset.upload, { name, size, modified, fresh: fresh ? "1" : "" });
  }

  async piece() {
    const { received: offset, size } = this;
    const piece = this.file.slice(offset, offset + size);
    const start = performance.now();
    const reply = await this.post(this.url, { offset, piece });
    const pace = (performance.now() - start) / piece.size; /* milliseconds for a byte, the last pieces counting most */
    if (reply) this.pace = this.pace ? 0.7 * this.pace + 0.3 * pace : pace;
    return reply;
  }

  /* {status, said} of the server, or null where there is none; who was signed out meanwhile and is back, goes on */
  async post(url, fields, again = false) {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), LONGEST);
    try {
      const reply = await fetch(url, { method: "POST", headers: { "X-CSRFToken": token }, body, signal: stop.signal });
      if (reply.status >= 500 || reply.status === 429) return null;
      const isJson = (reply.headers.get("Content-Type") || "").startsWith("application/json");
      const said = isJson ? await reply.json() : {};
      if (reply.status === 401 || (reply.status === 403 && !isJson)) {
        const status = again ? 401 : await fetchSentences(this.input.dataset.upload);
        return status === 200 ? this.post(url, fields, true) : status === 401 ? { status, said } : null;
      }
      return { status: reply.status, said };
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  async take(reply) {
    if (!reply) return this.fail();
    const { status, said } = reply;
    this.failures = 0;
    if (status === 401) return this.state === "sending" && this.show("out");
    if (status === 404 && this.url && this.begun < 3) {
      Object.assign(this, { url: "", received: 0 }); /* swept, or used by another tab: from the beginning */
      return undefined;
    }
    if (status === 200 && !this.url) return this.started(said);
    if (status === 409 && !said.gone && said.received !== undefined && said.received !== this.received) {
      this.received = said.received;
      return undefined;
    }
    if (status !== 200) return this.refuse(said.refused || sentences.failed);
    this.received = said.received;
    if (this.state !== "gone") this.show(this.state);
    return undefined;
  }

  async started(said) {
    this.begun += 1;
    const taken = [...under.values()].some((each) => each !== this && each.upload === said.upload);
    if (taken && this.begun < 3) return this.take(await this.begin(true));
    Object.assign(this, { upload: said.upload, url: said.url, size: said.piece, received: said.received });
    if (said.received) announce(`${this.file.name}: ${progress(said.received, this.file.size)}`);
    return this.state === "gone" ? this.forget() : this.show(this.state);
  }

  fail() {
    if (this.state !== "sending") return;
    if (!navigator.onLine) {
      this.show("offline");
      return;
    }
    const wait = WAITS[Math.min(this.failures, WAITS.length - 1)];
    this.failures += 1;
    this.timer = setTimeout(() => this.go(), wait);
    this.show("waiting", { seconds: wait / 1000 });
  }

  finish() {
    const named = Object.assign(document.createElement("input"), { type: "hidden", name: `${this.name}-upload`, value: this.upload });
    this.box.append(named);
    this.show("whole");
    const held = this.held;
    const waiting = [...under.values()].filter((each) => each.input.form === this.input.form && each.isOpen);
    if (held && !waiting.length) this.input.form.requestSubmit(held.button?.isConnected ? held.button : null);
  }

  /* the field says why, and the rest of the form stays as it is */
  refuse(reason) {
    this.drop();
    const line = Object.assign(document.createElement("p"), { className: "error", id: `${this.input.id}-error`, textContent: reason });
    this.input.before(line);
    this.input.setAttribute("aria-invalid", "true");
    const others = (this.input.getAttribute("aria-describedby") || "").split(" ").filter((id) => id && id !== line.id);
    this.input.setAttribute("aria-describedby", [...others, line.id].join(" "));
    this.field.classList.add("wrong");
    announce(`${this.file.name}: ${reason}`, true);
    if (this.held) this.input.focus();
  }

  giveUp() {
    const hadFocus = this.box.contains(document.activeElement);
    this.drop();
    this.forget();
    if (hadFocus) this.input.focus();
    announce(`${this.file.name}: ${sentences.gone}`);
  }

  forget() {
    if (this.url) this.post(`${this.url}give-up/`, {});
  }

  drop() {
    clearTimeout(this.timer);
    this.state = "gone";
    this.box.remove();
    under.delete(this.input);
    this.input.name = this.name;
    this.input.value = "";
  }
}

/* a form waits for its files */
document.addEventListener("submit", (event) => {
  const open = [...under.values()].filter((each) => each.input.form === event.target && each.isOpen);
  if (!open.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  event.submitter?.closest("dialog")?.close();
  for (const each of open) {
    each.held = { button: event.submitter };
    each.show(each.state);
    announce(each.part("why").textContent);
  }
  open.find((each) => each.state !== "sending")?.part("toggle").focus();
}, true);

window.addEventListener("offline", () => { for (const each of under.values()) if (["sending", "waiting"].includes(each.state)) each.show("offline"); });
window.addEventListener("online", () => { for (const each of under.values()) if (["offline", "waiting"].includes(each.state)) each.go(); });

/* every request of the page counts, the saves of the text too */
function clocked(list) {
  for (const { initiatorType, duration } of list.getEntries()) {
    if (initiatorType === "fetch" || initiatorType === "xmlhttprequest") slow = duration > SLOW ? slow + 1 : 0;
    if (slow >= 3) for (const each of under.values()) each.giveWay();
  }
}
try {
  new PerformanceObserver(clocked).observe({ type: "resource" });
} catch { /* this browser tells no times: nothing waits for them */ }

export async function send(input) {
  const chosen = input.files[0];
  const earlier = under.get(input);
  if (earlier) {
    const kept = input.files;
    earlier.giveUp();
    if (chosen) input.files = kept;
  }
  if (!chosen || (!sentences && (await fetchSentences(input.dataset.upload)) !== 200)) return; /* it goes with the form */
  if (input.files[0] === chosen && !under.has(input)) under.set(input, new Sending(input, chosen));
}
