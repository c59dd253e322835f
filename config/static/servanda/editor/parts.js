/* Sentences and templates in the reader's language, fetched once the page is there, so that pages stay light. */

export const sentences = {};

export const cut = (id) => document.getElementById(id)?.content.firstElementChild.cloneNode(true);

/* true once they are there; tried again when the connection is back */
export async function fetchParts(address) {
  try {
    const reply = await fetch(address, { headers: { "HX-Request": "true" } });
    if (!reply.ok) return false;
    const host = document.createElement("div");
    host.innerHTML = await reply.text(); /* the server's own template: nothing in it was typed by anybody */
    document.body.append(host);
    Object.assign(sentences, document.getElementById("sentences").dataset);
    return true;
  } catch {
    await new Promise((resolve) => { window.addEventListener("online", resolve, { once: true }); });
    return fetchParts(address);
  }
}
