/* Fields of one answer that save by themselves: the cells of a table, its notes and sources, a number, a day, a choice,
   the laws of a list.

   Only what changed goes out, field by field, so that two people may fill one table. What both changed waits: the page
   keeps one's own value, and the next save by the button shows both. */

const isRadio = ({ type }) => type === "radio";
const asCame = (input) => input.defaultValue ?? input.querySelector("option[selected]")?.value ?? input.value;

export class FieldsAnswer {
  constructor(id, version, host) {
    Object.assign(this, { id, version, host, prefix: `a${id}-`, isFields: true, refused: {}, clashes: {} });
    /* what came with the page: a browser may have put back what was typed before it was loaded again */
    const came = this.inputs().filter((input) => !isRadio(input) || input.defaultChecked);
    this.server = new Map(came.map((input) => [this.#name(input), asCame(input)]));
  }

  get part() {
    return `${this.id}f`;
  }

  #name(input) {
    return input.name.slice(this.prefix.length);
  }

  /* of buttons that exclude each other all are there */
  inputs() {
    return [...this.host.querySelectorAll("input, select, textarea")].filter(({ name }) => name.startsWith(this.prefix) && !name.includes("-newnote-"));
  }

  input(name) {
    return this.inputs().find((each) => each.name === this.prefix + name && (!isRadio(each) || each.checked));
  }

  /* values by name without the prefix; those that the server has and the page does not show stay */
  local() {
    const said = this.inputs().filter((input) => !isRadio(input) || input.checked);
    return new Map(said.map((input) => [this.#name(input), input.value]));
  }

  put(local) {
    for (const input of this.inputs()) this.#set(input, local.get(this.#name(input)));
  }

  #set(input, text) {
    if (text === undefined) return;
    if (isRadio(input)) input.checked = input.value === text;
    else input.value = text;
  }

  wanted(local) {
    return new Map([...local].map(([name, text]) => [name, this.refused[name] === text ? this.server.get(name) ?? "" : text]));
  }

  request(wanted) {
    if (Object.keys(this.clashes).length) return null;
    const fields = {};
    for (const [name, text] of wanted) if ((this.server.get(name) ?? "") !== text) fields[name] = text;
    return Object.keys(fields).length ? { v: this.version, fields } : null;
  }

  /* a reply to what was sent; what the page shows in the meantime is left as it is */
  take({ v, fields = {}, wrong = {}, clash = {} }, wanted) {
    const before = this.server;
    this.server = new Map([...wanted, ...Object.entries(fields)]);
    this.refused = {};
    for (const name of Object.keys(wrong)) {
      this.refused[name] = wanted.get(name);
      this.server.set(name, before.get(name) ?? "");
    }
    this.clashes = clash;
    /* the form names the version before, so that its save finds the clash again */
    if (!Object.keys(clash).length) this.version = v;
    for (const [name, text] of Object.entries(fields)) {
      if (this.input(name)?.value !== (wanted.get(name) ?? "")) continue;
      for (const input of this.inputs()) if (this.#name(input) === name) this.#set(input, text);
    }
    this.tell({ ...wrong });
  }

  /* a sentence above each field that could not be read */
  tell(wrong) {
    for (const input of this.inputs()) {
      const name = this.#name(input);
      const said = wrong[name] && this.refused[name] === input.value ? wrong[name] : "";
      const old = document.getElementById(`${input.id}-error`);
      if (!said && !old) continue;
      if (old?.textContent === said) continue;
      old?.remove();
      input.toggleAttribute("aria-invalid", false);
      input.removeAttribute("aria-describedby");
      if (!said) continue;
      input.before(Object.assign(document.createElement("p"), { className: "error", id: `${input.id}-error`, textContent: said }));
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", `${input.id}-error`);
    }
  }

  kept(local) {
    return { isFields: true, version: this.version, server: [...this.server], local: [...local], clashes: {} };
  }

  static restored(id, kept, { host }) {
    const found = new FieldsAnswer(id, kept.version, host);
    return Object.assign(found, { server: new Map(kept.server) });
  }
}
