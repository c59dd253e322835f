/* Signing out erases what is kept on this device for the account; what was not sent yet is said first.

   form[data-leaving]   the form that signs out: data-account, data-unsent (the question, {count} of texts) */

import { done, rows } from "./store.js";

const keptFor = (account) => async (store) => (await done(store.getAllKeys())).filter((id) => id.startsWith(`${account} `));

async function erase(account) {
  await rows("readwrite", async (store) => {
    const ids = await keptFor(account)(store);
    await Promise.all(ids.map((id) => done(store.delete(id))));
  });
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches?.("form[data-leaving][data-account]") || form.dataset.asked) return;
  event.preventDefault();
  const waits = []; /* the page saves what it has, if it can do so soon */
  document.dispatchEvent(new CustomEvent("leaving", { detail: { waits } }));
  await Promise.race([Promise.all(waits), new Promise((resolve) => setTimeout(resolve, 4000))]);
  try {
    const ids = await rows("readonly", keptFor(form.dataset.account));
    if (ids.length && !window.confirm(form.dataset.unsent.replace("{count}", String(ids.length)))) return;
    await erase(form.dataset.account);
  } catch { /* there is no store: nothing is kept here */ }
  form.dataset.asked = "1";
  document.dispatchEvent(new CustomEvent("leaving"));
  setTimeout(() => form.requestSubmit());
});
