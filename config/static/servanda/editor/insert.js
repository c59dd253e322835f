/* Text put at the caret of a box in place of what is selected, so that Ctrl+Z takes it back. */

export function insert(area, text) {
  const [start, end] = [area.selectionStart, area.selectionEnd];
  if (!text && start === end) return;
  if (document.activeElement !== area) {
    area.focus();
    area.setSelectionRange(start, end);
  }
  /* the one way that browsers undo; where it is gone the text comes all the same */
  if (document.execCommand(text ? "insertText" : "delete", false, text)) return;
  area.setRangeText(text, start, end, "end");
  area.dispatchEvent(new InputEvent("input", { bubbles: true }));
}
