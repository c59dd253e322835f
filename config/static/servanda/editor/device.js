/* The copy on this device of what the server has not confirmed: IndexedDB, encrypted (AES-GCM) under a key that the
   server hands to a signed-in session of the account alone. Each tab writes a row of its own, and holds a lock of the
   same name while it lives: a row without a lock was left behind. */

import { done, rows } from "../store.js";

const OFF = "servanda:keep-nothing";

export const isPossible = () =>
  Boolean(window.isSecureContext && window.crypto?.subtle && window.indexedDB && navigator.locks);

export function isOff() {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return true;
  }
}

export class Device {
  constructor({ account, place, device: address, forbidden }) {
    this.account = account;
    this.place = place;
    this.address = address;
    this.id = `${account} ${place} ${crypto.getRandomValues(new Uint32Array(2)).join("")}`;
    this.key = null;
    this.token = "";
    this.isForbidden = forbidden !== undefined; /* by the administrator of the State */
    this.isWorking = isPossible() && !isOff() && !this.isForbidden;
    if (isPossible()) navigator.locks.request(this.id, () => new Promise(() => {})).catch(() => {});
  }

  /* Asks the server for the key and a fresh token. "own", "other" (somebody else is signed in), "out", or "" offline. */
  async enter() {
    let reply;
    try {
      reply = await fetch(this.address, { headers: { Accept: "application/json" }, cache: "no-store" });
    } catch {
      return "";
    }
    if (reply.status === 401) return "out";
    if (!reply.ok) return "";
    const said = await reply.json();
    if (String(said.for) !== this.account) return "other";
    this.token = said.token;
    if (isPossible() && !this.key) {
      const raw = Uint8Array.from(atob(said.key), (letter) => letter.charCodeAt(0));
      this.key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
    }
    return "own";
  }

  /* true once it is on disk */
  async keep(value) {
    if (!this.isWorking) return false;
    try {
      if (!this.key && (await this.enter()) !== "own") return false;
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const said = new TextEncoder().encode(JSON.stringify(value));
      const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: this.#label(this.id) }, this.key, said);
      if (!this.isWorking) return false;
      const row = { id: this.id, account: this.account, place: this.place, iv, data };
      await rows("readwrite", (store) => done(store.put(row)));
      return true;
    } catch {
      return false;
    }
  }

  async forget(id = this.id) {
    if (!isPossible()) return;
    try {
      await rows("readwrite", (store) => done(store.delete(id)));
    } catch { /* there is no store: nothing was kept */ }
  }

  /* what tabs that are gone left behind for this page: [{id, value}] */
  async leftBehind() {
    if (!isPossible()) return [];
    try {
      const start = `${this.account} ${this.place} `;
      const found = (await rows("readonly", (store) => done(store.getAll()))).filter((row) => row.id.startsWith(start));
      const held = new Set((await navigator.locks.query()).held.map((lock) => lock.name));
      const left = found.filter((row) => row.id !== this.id && !held.has(row.id));
      if (!left.length || (!this.key && (await this.enter()) !== "own")) return [];
      const values = [];
      for (const { id, iv, data } of left) {
        try {
          const said = await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: this.#label(id) }, this.key, data);
          values.push({ id, value: JSON.parse(new TextDecoder().decode(said)) });
        } catch { /* written under another key: it cannot be read, by anybody */ }
      }
      return values;
    } catch {
      return [];
    }
  }

  /* keep nothing on this device any more, or keep again */
  async turn(isOn) {
    try {
      if (isOn) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "1");
    } catch { /* nothing can be stored, so nothing is */ }
    this.isWorking = isOn && isPossible() && !this.isForbidden;
    if (!isOn) await this.forget();
  }

  #label(id) {
    return new TextEncoder().encode(id);
  }
}
