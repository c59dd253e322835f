"""The long report of the bench as HTML, for WeasyPrint to print: same text, fonts, tables, footnotes and contents."""

import logging
from collections.abc import Callable, Iterator
from html import escape

from exports import fonts
from exports.document import Document, Paragraph, Section, Table, texts

_CSS = """
@page { size: A4; margin: 27mm 22mm 25mm 25mm; @bottom-right { content: counter(page) " / " counter(pages); } }
html { font: 10pt/1.45 "Bench"; }
h1 { font-size: 16pt; } h2 { font-size: 12.5pt; } p { margin: 0 0 6pt; }
nav a::after { content: leader(".") target-counter(attr(href), page); } nav a { display: block; }
nav, .title { break-after: page; }
table { border-collapse: collapse; width: 100%; font-size: 8.5pt; } td, th { border-bottom: 0.4pt solid; padding: 3pt; }
.note { float: footnote; font-size: 8pt; }
"""


def maker(document: Document) -> Callable[[], bytes]:
    """Makes the file; raises ImportError or OSError where WeasyPrint, or the libraries of the system, are not there."""
    from weasyprint import HTML

    for name in ("weasyprint", "fontTools"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    source = html(document)
    return lambda: bytes(HTML(string=source).write_pdf(pdf_tags=True))


def html(document: Document) -> str:
    """The report as one page of HTML."""
    contents = "".join(f'<a href="#s{at}">{escape(each.heading)}</a>' for at, each in enumerate(document.sections))
    body = "".join(f"{_heading(at, each)}{''.join(_blocks(each))}" for at, each in enumerate(document.sections))
    return (
        f'<!doctype html><html lang="{document.language}" dir="{document.direction}"><title>{escape(document.title)}'
        f"</title><style>{_faces(document.language)}{_CSS}</style>"
        f'<body><h1 class="title">{escape(document.title)}</h1><nav>{contents}</nav>{body}'
    )


def _faces(language: str) -> str:
    family = fonts.order(language)[0]
    paths = ((fonts.source(family, look).path, weight) for look, weight in ((fonts.REGULAR, 400), (fonts.BOLD, 700)))
    return "".join(
        f'@font-face {{ font-family: "Bench"; font-weight: {weight}; src: url("{path.as_uri()}"); }}'
        for path, weight in paths
    )


def _heading(at: int, section: Section) -> str:
    return f'<h{section.level} id="s{at}">{escape(section.heading)}</h{section.level}>'


def _blocks(section: Section) -> Iterator[str]:
    for block in section.blocks:
        if isinstance(block, Paragraph):
            yield f"<p>{block.number}. {''.join(_runs(block))}</p>"
        elif isinstance(block, Table):
            yield f"<p><b>{escape(block.label)}. {escape(block.caption)}</b></p><table><thead><tr>"
            yield "".join(f"<th>{escape(name)}</th>" for name in block.head)
            yield "</tr></thead>"
            for row in block.rows:
                yield "<tr>" + "".join(f"<td>{escape(str(cell.value))}</td>" for cell in row) + "</tr>"
            yield f"</table><p>{escape(block.source)}</p>"


def _runs(block: Paragraph) -> Iterator[str]:
    for text in texts(block.content):
        for run in text.runs:
            words = escape(run.text)
            yield f"<b>{words}</b>" if run.bold else words
            if run.note:
                yield f'<span class="note">{escape(run.note[0].text)}</span>'
