"""The first page: the cover of a report, or the head of a letter."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from exports.document import Document, Fields
from exports.formats.pdf.blocks import Setter
from exports.formats.pdf.pages import DEPTH, HEIGHT, LEFT, ROOM, WIDTH, Pages
from exports.formats.pdf.tags import Node
from exports.formats.pdf.text import BOLD, FAINT, INK, LINK, Prose, Style, break_lines, prose, rule

_OVER = Style(size=11.5, leading=16.5, after=4, color=FAINT)
_TITLE = Style(size=24, leading=32, after=14, face=BOLD)
_UNDER = Style(size=12, leading=17, after=3)
_FOOT = Style(size=10, leading=14)


def draw(pages: Pages) -> None:
    """The cover, on the page that was begun."""
    canvas, document = pages.canvas, pages.document
    begin, content = pages.frame.begin, document.cover
    top = canvas.tags.root
    y = HEIGHT - 62 * mm
    y = _down(canvas, begin, y, (prose(line, _OVER, node=top.add("P")) for line in content.over))
    edge = WIDTH - LEFT - 28 * mm if pages.rtl else LEFT
    rule(canvas, edge, y - 8, edge + 28 * mm, 2, LINK)
    y = _down(canvas, begin, y - 26, [_balanced(document.title, _TITLE, top.add("H1"))])
    y = _down(canvas, begin, y, (prose(line, _UNDER, node=top.add("P")) for line in content.under))
    if content.fields:
        _down(canvas, begin, y - 18, Setter(document, canvas.tags).fields(Fields(content.fields), left=0))
    if content.foot:
        foot = prose(content.foot, _FOOT, node=top.add("P"))
        _, height = foot.wrap(ROOM, DEPTH)
        foot.drawOn(canvas, begin, 34 * mm)
        rule(canvas, begin, 34 * mm + height + 8, begin + ROOM, 0.5, INK)


def _balanced(words: str, style: Style, node: Node) -> Prose:
    """The title in as few lines as it needs, none of them a single short word."""
    least = len(break_lines(prose(words, style).pieces, ROOM))
    right = 0.0
    while right < ROOM / 2 and len(break_lines(prose(words, style).pieces, ROOM - right - 4)) == least:
        right += 4
    return prose(words, replace(style, right=right), node=node)


def _down(canvas: Any, x: float, y: float, flow: Iterable[Flowable]) -> float:
    for item in flow:
        _, height = item.wrap(ROOM, DEPTH)
        y -= height
        item.drawOn(canvas, x, y)
        y -= item.getSpaceAfter()
    return y


def letter_head(document: Document, setter: Setter) -> list[Flowable]:
    """Title and data of a letter, at the head of its first page."""
    content, top = document.cover, setter.tags.root
    over = Style(size=9.5, leading=13, after=2, color=FAINT)
    flow: list[Flowable] = [prose(line, over, node=top.add("P")) for line in content.over]
    title = Style(size=18, leading=24, before=4, after=8, face=BOLD)
    flow.append(prose(document.title, title, node=top.add("H1")))
    flow += [prose(line, Style(size=10.5, leading=15, after=4), node=top.add("P")) for line in content.under]
    flow += setter.fields(Fields(content.fields), left=0)
    return flow
