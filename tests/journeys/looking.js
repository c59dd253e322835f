/* What tests/journeys/looking.py asks of the page that is open; each function returns sentences, one a fault. */
({
  /* axe is on the page already */
  rules(levels) {
    const said = (fault, node) => {
      const first = [...node.any, ...node.all, ...node.none][0];
      return `${fault.id}: ${node.target.join(" ")} ${first ? first.message : ""}`;
    };
    return axe
      .run(document, { runOnly: levels, resultTypes: ["violations"] })
      .then((found) => found.violations.flatMap((fault) => fault.nodes.slice(0, 4).map((node) => said(fault, node))));
  },

  /* Headings in dialogs that are closed are not on the page; those in a folded box are. */
  order() {
    const faults = [];
    const all = (selector) => [...document.querySelectorAll(selector)].filter((one) => !one.closest("dialog, [hidden]"));
    const headings = all("h1, h2, h3, h4, h5, h6").map((one) => [Number(one.tagName[1]), one.textContent.trim()]);
    const first = headings.filter(([level]) => level === 1).length;
    if (first !== 1) faults.push(`${first} headings of the first level`);
    headings.forEach(([level, text], at) => {
      const before = at ? headings[at - 1][0] : level;
      if (!text) faults.push("an empty heading");
      if (level > before + 1) faults.push(`the heading “${text}” (${level}) follows one of level ${before}`);
    });
    for (const selector of ["main", "body > header"]) {
      if (all(selector).length !== 1) faults.push(`${all(selector).length} of ${selector}`);
    }
    const named = all("nav, aside").map((one) => one.getAttribute("aria-label") || one.getAttribute("aria-labelledby"));
    if (named.some((name) => !name)) faults.push("a nav or an aside without a name");
    const focusable = document.querySelector("a[href], button, input, select, textarea, summary");
    if (!focusable?.matches("a.skip[href='#main']")) faults.push("the skip link is not first");
    return faults;
  },

  /* A box may scroll sideways where it has a name and takes the focus; a row of tabs has links in it that do. */
  width() {
    const faults = [];
    const name = (one) => `${one.tagName.toLowerCase()}.${[...one.classList].join(".")}`;
    const excess = document.scrollingElement.scrollWidth - innerWidth;
    if (excess > 0) {
      const mayBeWide = "[class~=scroll], .hidden-text, .skip, .tabs, .toolbar, dialog, details:not([open]) > div";
      const wide = [...document.querySelectorAll("body *")].filter((one) => {
        const box = one.getBoundingClientRect();
        return box.width && (box.right > innerWidth + 1 || box.left < -1) && !one.closest(mayBeWide);
      });
      faults.push(`${excess} px too wide: ${wide.slice(-3).map(name).join(", ")}`);
    }
    for (const box of document.querySelectorAll("main *, aside *, .strip *")) {
      if (!box.clientWidth || box.scrollWidth <= box.clientWidth + 1 || box.matches("textarea, .toolbar")) continue;
      if (!["auto", "scroll"].includes(getComputedStyle(box).overflowX)) continue;
      const takesFocus = box.matches("[tabindex='0'][aria-label], [tabindex='0'][aria-labelledby]");
      if (!takesFocus && !box.closest("nav[aria-label]")) {
        faults.push(`${name(box)} scrolls sideways without a name or focus`);
      }
    }
    /* text that is broken letter by letter: twice as many lines as words */
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const text = node.nodeValue.trim();
      const around = node.parentElement;
      if (text.length < 6 || around.closest("script, style, .hidden-text, textarea, select")) continue;
      range.selectNodeContents(node);
      const tops = [...range.getClientRects()].filter((one) => one.width).map((one) => Math.round(one.top));
      const lines = new Set(tops).size;
      if (lines > 2 && lines >= text.split(/\s+/).length * 2) {
        faults.push(`“${text.slice(0, 40)}” stands on ${lines} lines in ${name(around)}`);
      }
    }
    return faults;
  },
})
