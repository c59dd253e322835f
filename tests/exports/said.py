"""What a file says, read out of each format by a reader of its own, in one shape that can be compared.

Blanks do not count, since lines break at other places in every format; a figure is a number however it is written.
"""

import json
import re
import subprocess
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from docx.oxml.ns import qn

from exports.document import Labels
from reporting.text.words import HAN, count
from tests.exports.reading import book, letters, word

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SHOWN = (qn("w:t"), qn("w:br"))
_ARABIC = "\u0600-\u06ff"
_LISTED = ("List Bullet", "List Number")


@dataclass
class Said:
    """Numbered paragraphs (their lists with them), footnotes in order, tables as rows of cells, marks in tables."""

    paragraphs: list[tuple[int | None, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tables: list[list[list[Decimal | str]]] = field(default_factory=list)
    marks: list[set[tuple[int, str, str]]] = field(default_factory=list)


def figure(text: str | None, labels: Labels) -> Decimal | str:
    """A cell: a number, or its letters."""
    bare = (text or "").replace("\u2212", "-").replace(labels.thousands, "").replace(labels.decimal, ".")
    try:
        return Decimal(bare)
    except InvalidOperation:
        return letters(text or "")


# --- JSON -----------------------------------------------------------------------------------------------------------


def in_json(data: bytes, labels: Labels) -> Said:
    said = Said()
    document = json.loads(data)["document"]
    for section in (*document.get("sections", ()), *document.get("statistics", ())):
        for part in (section, *section.get("responses", ())):
            for block in part.get("blocks", ()):
                _json_block(block, said, labels)
    return said


def _json_block(block: dict[str, Any], said: Said, labels: Labels) -> None:
    if block["is"] == "Paragraph":
        lines, notes = _json_texts(block["content"])
        said.paragraphs.append((block.get("number"), letters(lines)))
        said.notes += map(letters, notes)
    elif block["is"] == "Table":
        rows = [[each.get("value") for each in row] for row in block["rows"]]
        cells = [
            [Decimal(each["number"]) if isinstance(each, dict) else figure(each, labels) for each in row]
            for row in rows
        ]
        said.tables.append([[figure(each, labels) for each in block["head"]], *cells])
        said.marks.append(
            {
                (at, head, cell["mark"])
                for at, row in enumerate(block["rows"], start=1)
                for head, cell in zip(block["head"], row, strict=True)
                if cell.get("mark")
            }
        )


def _json_texts(content: list[dict[str, Any]]) -> tuple[str, list[str]]:
    text, notes = "", []
    for block in content:
        for run in block.get("runs", ()):
            text += run.get("text", "")
            notes += ["".join(each["text"] for each in run["note"])] if run.get("note") else []
        for item in block.get("items", ()):
            inside, inner_notes = _json_texts(item)
            text, notes = text + inside, notes + inner_notes
    return text, notes


# --- Word -----------------------------------------------------------------------------------------------------------


def in_word(data: bytes, labels: Labels) -> Said:
    """Read from the XML: numbers as the numbering gives them, notes where their marks stand, tables with a caption."""
    said = Said()
    file = word(data)
    starts = _starts(file.part.numbering_part.element)
    parts = {str(part.partname): part for part in file.part.package.parts}
    notes = {}
    if "/word/footnotes.xml" in parts:
        from lxml import etree

        root = etree.fromstring(parts["/word/footnotes.xml"].blob)
        notes = {note.get(qn("w:id")): shown(note) for note in root.findall(qn("w:footnote"))}
    names = {style.style_id: style.name for style in file.styles}
    running: dict[str, int] = {}
    before, is_open = "", False
    for part in file.element.body:
        if part.tag == qn("w:tbl"):
            if before == "Caption":
                _word_table(part, said, labels)
            continue
        style = names.get(next((each.get(qn("w:val")) for each in part.iter(qn("w:pStyle"))), ""), "")
        is_open = style == "Numbered Paragraph" or (is_open and style in _LISTED)
        if style == "Numbered Paragraph":
            num = next(part.iter(qn("w:numId"))).get(qn("w:val"))
            running[num] = running.get(num, starts[num] - 1) + 1
            said.paragraphs.append((running[num], letters(shown(part))))
        elif is_open:
            number, text = said.paragraphs[-1]
            said.paragraphs[-1] = (number, text + letters(shown(part)))
        said.notes += [letters(notes[mark.get(qn("w:id"))]) for mark in part.iter(qn("w:footnoteReference"))]
        before = style
    return said


def _starts(numbering: Any) -> dict[str, int]:
    found = {}
    for num in numbering.findall(qn("w:num")):
        start = num.find(f"{qn('w:lvlOverride')}/{qn('w:startOverride')}")
        found[num.get(qn("w:numId"))] = 1 if start is None else int(start.get(qn("w:val")))
    return found


def shown(part: Any, *, raised: bool = True) -> str:
    """The text of all runs, line breaks as such; without ``raised``, that of runs that stand on the line."""
    words = []
    for run in part.iter(qn("w:r")):
        if raised or run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}") is None:
            words += [each.text or "" if each.tag == qn("w:t") else "\n" for each in run if each.tag in _SHOWN]
    return "".join(words)


def _word_table(table: Any, said: Said, labels: Labels) -> None:
    rows = [row.findall(qn("w:tc")) for row in table.findall(qn("w:tr"))]
    said.tables.append([[figure(shown(cell, raised=False).strip(), labels) for cell in row] for row in rows])
    heads = [shown(cell) for cell in rows[0]]
    marks = set()
    for at, row in enumerate(rows):
        for head, cell in zip(heads, row, strict=True):
            mark = shown(cell).removeprefix(shown(cell, raised=False))
            marks |= {(at, head, mark)} if mark else set()
    said.marks.append(marks)


def cell_words(table: Any, labels: Labels) -> int:
    """The words of a table in Word, its marks left out; a figure is one."""
    cells = [shown(cell, raised=False) for cell in table.iter(qn("w:tc"))]
    return sum(1 if isinstance(figure(each, labels), Decimal) else count(each) for each in cells)


# --- Excel ----------------------------------------------------------------------------------------------------------


def in_excel(data: bytes, labels: Labels, tables: list[str]) -> Said:
    """The sheet of answers, and the sheets named in ``tables``."""
    said = Said()
    file = book(data)
    lines = list(file[labels.answers].iter_rows(values_only=True))
    number_at, text_at = lines[0].index(labels.paragraph), lines[0].index(labels.text)
    for line in lines[1:]:
        if line[number_at] is None:
            continue
        *text, notes = _split(line[text_at] or "")
        said.paragraphs.append((line[number_at], letters("".join(text))))
        said.notes += [letters(note) for note in notes]
    for name in tables:
        _excel_table(list(file[name].iter_rows(values_only=True)), said, labels)
    return said


def _split(text: str) -> list[Any]:
    """Lines without the marks of lists and notes, then the notes."""
    lines, notes = [], []
    for line in text.split("\n"):
        if line[:1] and line[0] in _RAISED:
            notes.append(line.lstrip(_RAISED).strip())
        else:
            lines.append(re.sub(rf"[{_RAISED}]", "", re.sub(r"^\s*(•|\d+\.) ", "", line)))
    return [*lines, notes]


def _excel_table(lines: list[tuple[Any, ...]], said: Said, labels: Labels) -> None:
    note = labels.note.format(note="").strip(" :：")
    heads = ["" if each is None else str(each) for each in lines[0]]
    wide = heads.index(note) if note in heads else len(heads)
    rows = []
    marks = set()
    for at, line in enumerate(lines[1:], start=1):
        if not any(each is not None for each in line):
            break
        cells = line[:wide]
        rows.append([Decimal(str(each)) if isinstance(each, int | float) else figure(each, labels) for each in cells])
        for said_mark in (line[wide] if wide < len(line) and line[wide] else "").split(", "):
            head, colon, mark = said_mark.rpartition(": ")
            marks |= {(at, head if colon else "", mark)} if mark else set()
    said.tables.append([[figure(each, labels) for each in heads[:wide]], *rows])
    said.marks.append(marks)


# --- PDF ------------------------------------------------------------------------------------------------------------


def in_pdf(data: bytes, folder: Path) -> Counter[str]:
    """The words of all pages, each as often as it stands there: ends of pages cut paragraphs, order tells nothing."""
    path = folder / "file.pdf"
    path.write_bytes(data)
    return tokens(
        subprocess.run(["pdftotext", "-enc", "UTF-8", path, "-"], check=True, capture_output=True).stdout.decode()
    )


def tokens(text: str) -> Counter[str]:
    """Words and figures; a Han character and an Arabic letter, which this reader parts in small type, are words."""
    bare = re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", unicodedata.normalize("NFC", text))
    return Counter(re.findall(rf"[{HAN}{_ARABIC}]|[^\W{HAN}{_ARABIC}]+", bare))
