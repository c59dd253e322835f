/* The page of translations saves by itself: each text a moment after the last key, or when one leaves it.

   Without this script the button at its end saves the page.

   Marks in the HTML
   form[data-translations]  the page, with the sentences it may need; [data-saved] in it says when it was saved
   [data-text]              one text: textarea, [data-base] (the version it starts from), [data-state], [data-by] */

const PAUSE = 2500;
const AGAIN = [5000, 15000, 60000];
const form = document.querySelector("form[data-translations]");

if (form) {
  const waiting = new Map(); /* place: what was typed when it was last touched */
  const clashing = new Set();
  const saved = form.querySelector("[data-saved]");
  let tries = 0;
  let timer = 0;
  let sending = false;

  const say = (text, isUrgent = false) => {
    if (saved) saved.textContent = text;
    document.dispatchEvent(new CustomEvent("announce", { detail: { text, urgent: isUrgent } }));
  };
  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(send, pause);
  };

  async function send() {
    if (sending || !waiting.size) return;
    sending = true;
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    const sent = new Map();
    for (const place of waiting.keys()) {
      const area = place.querySelector("textarea");
      for (const field of place.querySelectorAll("textarea, input")) body.set(field.name, field.value);
      sent.set(place, area.value);
    }
    try {
      const reply = await fetch(form.action, {
        method: "POST", body, headers: { "X-Saves": "by itself" }, redirect: "error",
      });
      const told = await reply.json();
      if (reply.status === 409) {
        for (const place of sent.keys()) waiting.delete(place);
        say(told.reason, true);
      } else if (!reply.ok) {
        throw new Error(String(reply.status));
      } else {
        tries = 0;
        settle(told, sent);
      }
    } catch {
      say(`${form.dataset.unsaved}. ${form.dataset.retry}`, tries === 0);
      later(AGAIN[Math.min(tries, AGAIN.length - 1)]);
      tries += 1;
    }
    sending = false;
    if (waiting.size && !tries) later(PAUSE);
  }

  function settle(told, sent) {
    for (const [place, text] of sent) {
      const area = place.querySelector("textarea");
      const key = area.name.slice(5);
      const now = told.texts[key];
      if (now) show(place, now);
      if (area.value === text) waiting.delete(place);
      if (told.clashes.includes(key)) {
        waiting.delete(place);
        clashing.add(place);
        place.querySelector("[data-by]").textContent = form.dataset.clash;
      }
    }
    say(told.clashes.length ? form.dataset.clash : told.said, told.clashes.length > 0);
  }

  function show(place, now) {
    place.querySelector("[data-base]").value = now.base;
    place.querySelector("[data-by]").textContent = now.by;
    const status = place.querySelector("[data-state] .status");
    status.className = `status status-${now.sign}`;
    const use = status.querySelector("use");
    use.setAttribute("href", `#sign-${now.sign}`);
    status.querySelector("svg").setAttribute("class", `sign sign-${now.sign}`);
    status.lastChild.textContent = now.word;
    if (now.sign === "disc") place.querySelector("[data-confirm]")?.closest("p").remove();
  }

  form.addEventListener("input", (event) => {
    const place = event.target.closest("[data-text]");
    if (!place) return;
    waiting.set(place, event.target.value);
    later(PAUSE);
  });
  form.addEventListener("focusout", () => { if (waiting.size && !tries) later(0); });
  form.addEventListener("submit", () => { waiting.clear(); clashing.clear(); clearTimeout(timer); });
  window.addEventListener("online", () => { if (waiting.size) later(0); });
  window.addEventListener("beforeunload", (event) => { if (waiting.size || clashing.size) event.preventDefault(); });
}
