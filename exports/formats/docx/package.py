"""What a Word file has besides its text: styles, page, heads and feet, numberings, footnotes."""

from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_LINE_SPACING
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from lxml import etree

from exports.document import LETTER, Document
from exports.formats.docx.xml import field, t, w

FACE = "Times New Roman"
# Signs of Chinese that stand in any document, and Arabic words that do, have faces and rules of their own.
EAST_FACE, EAST_LANGUAGE, BIDI_LANGUAGE = "SimSun", "zh-CN", "ar-SA"
NUMBERED, BULLETED, DECIMAL = 90, 91, 92  # our abstract numberings
_SIZES = {
    "Normal": (12, 1.5, 0, 6),
    "Title": (20, 1.1, 6, 18),
    "Subtitle": (13, 1.2, 0, 6),
    "Heading 1": (16, 1.1, 24, 10),
    "Heading 2": (13, 1.1, 18, 8),
    "Heading 3": (12, 1.1, 12, 6),
    "Caption": (11, 1.1, 10, 4),
    "List Bullet": (12, 1.5, 0, 3),
    "List Number": (12, 1.5, 0, 3),
    "Header": (9, 1.0, 0, 0),
    "Footer": (9, 1.0, 0, 0),
}
_NEW = {
    "TOC Heading": (16, 1.1, 0, 12),
    "TOC 1": (12, 1.1, 8, 2),
    "TOC 2": (11, 1.1, 2, 2),
    "TOC 3": (10, 1.1, 0, 2),
    "Footnote Text": (10, 1.0, 0, 2),
    "Table Text": (10, 1.0, 2, 2),
    "Source": (9, 1.0, 3, 0),
    "Table End": (9, 1.0, 3, 12),
    "Numbered Paragraph": (12, 1.5, 0, 6),
    "Question": (12, 1.2, 10, 4),
    "Work Line": (10, 1.1, 0, 4),
}
_BOLD = {"Title", "Heading 1", "Heading 2", "Heading 3", "Caption", "TOC Heading", "TOC 1", "Question"}
_WITH_NEXT = {"Heading 1", "Heading 2", "Heading 3", "Caption", "Question", "TOC Heading"}


def begin(document: Document) -> WordDocument:
    """An empty file with our styles, page and properties."""
    word = docx.Document()
    _styles(word, document)
    _page(word, document)
    _language(word, document)
    properties = word.core_properties
    properties.title, properties.author, properties.subject = document.title[:255], document.author[:255], ""
    properties.comments, properties.language = "", document.language
    properties.last_modified_by, properties.revision = document.author[:255], 1
    body = word.element.body
    for paragraph in body.findall(qn("w:p")):
        body.remove(paragraph)
    return word


def _styles(word: WordDocument, document: Document) -> None:
    styles = word.styles
    for name in _NEW:
        if name not in {style.name for style in styles}:
            styles.add_style(name, 1).base_style = styles["Normal"]
    for name, (size, spacing, before, after) in (_SIZES | _NEW).items():
        style = styles[name]
        style.font.size, style.font.bold, style.font.italic = Pt(size), name in _BOLD, False
        style.font.color.rgb = RGBColor(0, 0, 0)
        properties = style.element.get_or_add_rPr()
        for tag in ("w:rFonts", "w:szCs", "w:bCs", "w:spacing", "w:kern", "w:iCs"):
            for old in properties.findall(qn(tag)):
                properties.remove(old)
        properties.insert(0, w("rFonts", ascii=FACE, hAnsi=FACE, cs=FACE, eastAsia=EAST_FACE))
        properties.find(qn("w:sz")).addnext(w("szCs", val=2 * size))
        if name in _BOLD:
            properties.find(qn("w:b")).addnext(w("bCs"))
        layout = style.paragraph_format
        layout.space_before, layout.space_after = Pt(before), Pt(after)
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.MULTIPLE, spacing
        layout.keep_with_next = name in _WITH_NEXT
        for tag in ("w:pBdr", "w:tabs", "w:contextualSpacing"):
            for old in style.element.get_or_add_pPr().findall(qn(tag)):
                style.element.pPr.remove(old)
    for name in ("List Bullet", "List Number"):
        for old in styles[name].element.pPr.findall(qn("w:numPr")):
            styles[name].element.pPr.remove(old)
    room = int(_text_width() * 1440 / 914400)
    for level in (1, 2, 3):
        style = styles[f"TOC {level}"]
        style.paragraph_format.left_indent = Mm(6 * (level - 1))
        style.element.get_or_add_pPr().insert(0, w("tabs", w("tab", val="right", leader="dot", pos=room)))


def _language(word: WordDocument, document: Document) -> None:
    """Say the language of the text, for spelling and for line breaks; nothing of the template's own is left."""
    tag = EAST_LANGUAGE if document.language == "zh" else document.language
    bidi = tag if document.direction == "rtl" else BIDI_LANGUAGE
    root = word.styles.element
    word.styles["Normal"].element.rPr.append(w("lang", val=tag, eastAsia=EAST_LANGUAGE, bidi=bidi))
    for old in [*root.find(qn("w:docDefaults")).iter(qn("w:lang")), *word.settings.element.iter(qn("w:themeFontLang"))]:
        for name, value in (("val", tag), ("eastAsia", EAST_LANGUAGE), ("bidi", bidi)):
            old.set(qn(f"w:{name}"), value)
    package = word.part.package
    for key in [key for key, each in package.rels.items() if each.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del package.rels[key]  # a picture of another file


def _text_width() -> int:
    return int(Mm(210) - Mm(25) - Mm(25))


def _page(word: WordDocument, document: Document) -> None:
    page = word.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(25)
    page.header_distance = page.footer_distance = Mm(12)
    page.different_first_page_header_footer = True
    if document.direction == "rtl":
        page._sectPr.append(w("bidi"))
    mark = f"{document.watermark} · " if document.watermark else ""
    _lines(page.header._element, "Header", document, t(mark + document.running_head))
    _lines(page.footer._element, "Footer", document, t(document.foot), page=True)
    _lines(page.first_page_header._element, "Header", document, t(document.watermark))
    _lines(page.first_page_footer._element, "Footer", document, t(document.foot), page=document.shape == LETTER)


def _lines(part: Any, style: str, document: Document, content: list[Any], *, page: bool = False) -> None:
    """The head or foot of a page: a line of text and, at its other end, the page."""
    for old in list(part):
        part.remove(old)
    rtl = w("rtl") if document.direction == "rtl" else None
    runs = [w("r", w("rPr", rtl), *content)]
    if page:
        runs.append(w("r", w("tab")))
        before, _, rest = document.labels.page.partition("{page}")
        between, _, after = rest.partition("{pages}")
        looks = [w("rtl")] if rtl is not None else []
        before, between, after = (
            w("r", w("rPr", w("rtl") if looks else None), *t(words)) for words in (before, between, after)
        )
        runs += [before, *field("PAGE", "1", *looks), between, *field("NUMPAGES", "1", *looks), after]
    room = int(_text_width() * 1440 / 914400)
    tabs = w("tabs", w("tab", val="right", pos=room))
    bidi = w("bidi") if rtl is not None else None
    part.append(w("p", w("pPr", w("pStyle", val=style), tabs, bidi), *runs))


class Numberings:
    """The lists of a file. Continuous paragraph numbers share one; every other list counts for itself."""

    def __init__(self, word: WordDocument) -> None:
        self.element = word.part.numbering_part.element
        self.next = 900
        first = self.element.find(qn("w:num"))
        for abstract in (_levels(NUMBERED, "decimal"), _levels(BULLETED, "bullet"), _levels(DECIMAL, "decimal", 567)):
            first.addprevious(abstract)

    def new(self, abstract: int, start: int = 1) -> int:
        """A numbering that begins at ``start``; gives its number."""
        self.next += 1
        override = [
            w("lvlOverride", w("startOverride", val=start if level == 0 else 1), ilvl=level)
            for level in range(3 if abstract != BULLETED else 0)
        ]
        self.element.append(w("num", w("abstractNumId", val=abstract), *override, numId=self.next))
        return self.next


def _levels(number: int, form: str, left: int = 0) -> Any:
    levels = []
    left = left or (0 if number == NUMBERED else 567)
    for level in range(4):
        hanging = 567 if number == NUMBERED else 340
        sign = "•" if form == "bullet" else f"%{level + 1}."
        levels.append(
            w(
                "lvl",
                w("start", val=1),
                w(
                    "numFmt",
                    val=form if level == 0 or form == "bullet" else ("lowerLetter", "lowerRoman", form)[level - 1],
                ),
                w("lvlText", val=sign if level == 0 or form == "bullet" else f"(%{level + 1})"),
                w("lvlJc", val="left"),
                w("pPr", w("ind", left=left + hanging * (level + 1), hanging=hanging)),
                ilvl=level,
            )
        )
    return w("abstractNum", w("multiLevelType", val="multilevel"), *levels, abstractNumId=number)


class Footnotes:
    """The notes of a file, a part of their own."""

    def __init__(self) -> None:
        self.notes: list[Any] = [
            w("footnote", w("p", w("r", w("separator"))), type="separator", id=-1),
            w("footnote", w("p", w("r", w("continuationSeparator"))), type="continuationSeparator", id=0),
        ]

    def add(self, layout: Any, runs: list[Any]) -> int:
        """A note with its runs; gives the number to which its mark refers."""
        number = len(self.notes) - 1
        mark = w("r", w("rPr", w("vertAlign", val="superscript")), w("footnoteRef"))
        self.notes.append(w("footnote", w("p", layout, mark, w("r", *t(" ")), *runs), id=number))
        return number

    def attach(self, word: WordDocument) -> None:
        """Put the part into the file, if there are notes."""
        if len(self.notes) == 2:
            return
        xml = etree.tostring(w("footnotes", *self.notes), xml_declaration=True, encoding="UTF-8", standalone=True)
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, xml, word.part.package)
        word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
