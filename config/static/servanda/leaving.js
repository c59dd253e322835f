/* Signing out erases what is kept on this device for the account; what was not sent yet is said first.

   form[data-leaving]   the form that signs out: data-account, data-unsent (the question, {count} of texts) */

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function left(account, act) {
  if (!window.indexedDB) return [];
  const request = indexedDB.open("servanda", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("drafts", { keyPath: "id" });
  const base = await done(request);
  try {
    const store = base.transaction("drafts", act ? "readwrite" : "readonly").objectStore("drafts");
    const ids = (await done(store.getAllKeys())).filter((id) => id.startsWith(`${account} `));
    if (act) await Promise.all(ids.map((id) => done(store.delete(id))));
    return ids;
  } finally {
    base.close();
  }
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches?.("form[data-leaving][data-account]") || form.dataset.asked) return;
  event.preventDefault();
  const waits = []; /* the page saves what it has, if it can do so soon */
  document.dispatchEvent(new CustomEvent("leaving", { detail: { waits } }));
  await Promise.race([Promise.all(waits), new Promise((resolve) => setTimeout(resolve, 4000))]);
  try {
    const ids = await left(form.dataset.account, false);
    if (ids.length && !window.confirm(form.dataset.unsent.replace("{count}", String(ids.length)))) return;
    await left(form.dataset.account, true);
  } catch { /* there is no store: nothing is kept here */ }
  form.dataset.asked = "1";
  document.dispatchEvent(new CustomEvent("leaving"));
  setTimeout(() => form.requestSubmit());
});
