/* The one store of the browser: what is kept on this device, row by row. editor/device.js writes and reads it, leaving.js
   empties it for whoever signs out. */

const NAME = "servanda";
const ROWS = "drafts";

export const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/* what `act` makes of the rows; told once it is on disk */
export async function rows(mode, act) {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(ROWS, { keyPath: "id" });
  const base = await done(request);
  try {
    const transaction = base.transaction(ROWS, mode);
    const finished = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
    const result = await act(transaction.objectStore(ROWS));
    await finished;
    return result;
  } finally {
    base.close();
  }
}
