/* Who else is in the section: asked while the page is looked at, every twenty seconds. It informs and locks nothing. */

const EVERY = 20000;

export function presence(form) {
  const line = document.querySelector("[data-present]");
  if (!line) return;
  const ask = async () => {
    if (document.hidden) return;
    const at = document.activeElement?.closest?.("section.question");
    try {
      const reply = await fetch(line.dataset.present, {
        method: "POST",
        headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, "HX-Request": "true" },
        body: new URLSearchParams({ question: at ? at.id.slice(1) : "" }),
      });
      const { said } = reply.ok ? await reply.json() : { said: "" };
      line.textContent = said;
      line.hidden = !said;
    } catch { /* no connection: the line stays as it was */ }
  };
  ask();
  setInterval(ask, EVERY);
}
