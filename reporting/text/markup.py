"""The small mark-up of answers: bold, italics, links, lists, footnotes; everything else is literal text.

A paragraph of an answer is CommonMark with most of it switched off, so that what a drafter typed is what is printed:
no word may vanish, be it a heading mark, raw HTML, an unsafe address or the definition of a footnote nobody refers to.
Exporters walk ``blocks``; pages show ``html``; search and cells use ``plain``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.list import list_block
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.image import image
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_def

from reporting.text.cleaning import clean

__all__ = ["LIST_LEVELS", "Block", "Bullets", "Run", "Text", "blocks", "clean", "html", "plain"]

LIST_LEVELS = 3
_SCHEMES = ("http://", "https://", "mailto:")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Run:
    """A stretch of text of one look. A line break is ``\\n``.

    A footnote mark is a run with empty ``text`` whose ``note`` holds the runs of the footnote; notes hold no notes.
    A note that is referred to twice stands at both places.
    """

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    note: tuple["Run", ...] = ()


@dataclass(frozen=True)
class Text:
    """A paragraph, or the text of a list item."""

    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Bullets:
    """A list. Each item is a tuple of blocks: its text, then lists inside it. ``start`` is the first number."""

    items: tuple[tuple["Block", ...], ...]
    ordered: bool = False
    start: int = 1


Block = Text | Bullets


def blocks(source: str) -> tuple[Block, ...]:
    """The parsed paragraph, in reading order.

    Lists deeper than LIST_LEVELS, marks without a footnote and footnotes without a mark come out as literal text.
    """
    tokens = _PARSER.parse(source)
    notes, tokens = _take_notes(tokens)
    return tuple(_walk(iter(tokens), notes))


def plain(source: str) -> str:
    """The text in reading order, for search and cells: one line per paragraph or list item, footnotes at the end.

    Marks of footnotes are raised digits; list items begin with a bullet or their number, two blanks further a level.
    """
    lines: list[str] = []
    notes: list[tuple[Run, ...]] = []
    _plain_lines(blocks(source), lines, notes, indent="")
    for number, note in enumerate(notes, start=1):
        lines.append(f"{_raised(number)} {_plain_runs(note, [])}")
    return "\n".join(lines)


def html(source: str) -> str:
    """The paragraph as safe HTML: p, br, strong, em, a, ul, ol, li, sup; footnotes as ``<ol class="footnotes">``."""
    notes: list[tuple[Run, ...]] = []
    body = _html_blocks(blocks(source), notes)
    if notes:
        body += '<ol class="footnotes">' + "".join(f"<li>{_html_runs(note, [])}</li>" for note in notes) + "</ol>"
    # Everything was escaped above; nh3 is the second lock on the same door.
    return nh3.clean(
        body,
        tags={"p", "br", "strong", "em", "a", "ul", "ol", "li", "sup"},
        attributes={"a": {"href"}, "ol": {"start", "class"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener",
    )


# --- the parser ---------------------------------------------------------------------------------------------------


def _list_to_three_levels(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lists, refused inside LIST_LEVELS of them: the line then stays text (a list and its item are a level each)."""
    inside = state.sCount[start] >= state.blkIndent
    if inside and state.level >= 2 * LIST_LEVELS:
        return False
    return list_block(state, start, end, silent)


def _note_at_the_margin(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Definitions of footnotes, refused inside lists and other footnotes."""
    if state.level and state.sCount[start] >= state.blkIndent:
        return False
    return footnote_def(state, start, end, silent)


def _literal_image(state: StateInline, silent: bool) -> bool:
    """An image stays the characters that were typed."""
    start = state.pos
    if not image(state, True):
        return False
    if not silent:
        state.pending += state.src[start : state.pos]
    return True


def _is_web_address(address: str) -> bool:
    return address.strip().lower().startswith(_SCHEMES)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False})
    footnote_plugin(parser, inline=False, move_to_end=False)
    # Link definitions would vanish from print, entities would turn into what was not typed.
    parser.disable(["code", "fence", "blockquote", "hr", "heading", "lheading", "html_block", "reference"])
    parser.disable(["backticks", "html_inline", "entity"])
    parser.block.ruler.at("list", _list_to_three_levels, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.block.ruler.at("footnote_def", _note_at_the_margin, {"alt": ["paragraph", "reference", "list"]})
    parser.inline.ruler.at("image", _literal_image)
    # A refused address leaves the whole link as it was typed.
    parser.validateLink = _is_web_address  # type: ignore[method-assign,assignment]
    return parser


_PARSER = _parser()


# --- tokens to blocks ---------------------------------------------------------------------------------------------

Notes = dict[str, tuple[Run, ...]]


def _take_notes(tokens: Sequence[Token]) -> tuple[Notes, list[Token]]:
    """Footnotes by label, and the tokens without the definitions that a mark refers to."""
    referred = {
        child.meta["label"]
        for token, inside in _with_place(tokens)
        if not inside
        for child in token.children or ()
        if child.type == "footnote_ref"
    }
    notes: Notes = {}
    kept: list[Token] = []
    definition: list[Token] = []
    for token, inside in _with_place(tokens):
        if not inside:
            kept.append(token)
            continue
        definition.append(token)
        if token.type != "footnote_reference_close":
            continue
        label = definition[0].meta["label"]
        runs = _flat_runs(definition[1:-1])
        if label in referred and label not in notes and _has_text(runs):
            notes[label] = runs
        else:
            kept.append(_literal(f"[^{label}]: ", runs))
        definition = []
    return notes, kept


def _with_place(tokens: Sequence[Token]) -> Iterator[tuple[Token, bool]]:
    """Each token, and whether it belongs to the definition of a footnote (its open and close included)."""
    depth = 0
    for token in tokens:
        depth += token.type == "footnote_reference_open"
        yield token, depth > 0
        depth -= token.type == "footnote_reference_close"


def _literal(mark: str, runs: tuple[Run, ...]) -> Token:
    token = Token("literal", "", 0)
    token.meta = {"runs": _joined([Run(mark), *runs])}
    return token


def _walk(tokens: Iterator[Token], notes: Notes) -> Iterator[Block]:
    """Blocks up to the close of what surrounds them."""
    for token in tokens:
        if token.type in ("list_item_close", "bullet_list_close", "ordered_list_close"):
            return
        if token.type == "inline":
            yield Text(_runs(token.children or [], notes))
        elif token.type == "literal":
            yield Text(token.meta["runs"])
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            start = token.attrs.get("start", 1)
            yield Bullets(tuple(_items(tokens, notes)), ordered=token.type == "ordered_list_open", start=int(start))


def _items(tokens: Iterator[Token], notes: Notes) -> Iterator[tuple[Block, ...]]:
    for token in tokens:
        if token.type != "list_item_open":
            return
        yield tuple(_walk(tokens, notes))


def _runs(tokens: Sequence[Token], notes: Notes) -> tuple[Run, ...]:
    runs: list[Run] = []
    bold = italic = 0
    links: list[str] = []
    for token in tokens:
        look = Run("", bold=bold > 0, italic=italic > 0, link=links[-1] if links else "")
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "link_open":
                links.append(str(token.attrs["href"]))
            case "link_close":
                links.pop()
            case "softbreak":
                runs.append(replace(look, text=" "))
            case "hardbreak":
                runs.append(replace(look, text="\n"))
            case "footnote_ref":
                label = token.meta["label"]
                runs.append(Run("", note=notes[label]) if label in notes else replace(look, text=f"[^{label}]"))
            case _:
                runs.append(replace(look, text=token.content))
    return _joined(runs)


def _joined(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Neighbours of one look become one run; empty ones go."""
    joined: list[Run] = []
    for run in runs:
        if not run.text and not run.note:
            continue
        if joined and not run.note and not joined[-1].note and replace(run, text="") == replace(joined[-1], text=""):
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        else:
            joined.append(run)
    return tuple(joined)


def _flat_runs(tokens: Sequence[Token]) -> tuple[Run, ...]:
    """Paragraphs and lists of a footnote as one stretch: a footnote is printed as a single paragraph."""
    runs: list[Run] = []
    for token in tokens:
        if token.type == "list_item_open":
            marker = f"{token.info}{token.markup}" if token.info else token.markup
            runs.append(Run(f"{' ' if runs else ''}{marker} "))
        elif token.type == "inline":
            between = " " if runs and not runs[-1].text.endswith(" ") else ""
            runs += [Run(between), *_runs(token.children or [], {})]
    return _joined(runs)


def _has_text(runs: tuple[Run, ...]) -> bool:
    return any(run.text.strip() for run in runs)


# --- plain text and HTML ------------------------------------------------------------------------------------------


def _raised(number: int) -> str:
    return str(number).translate(_SUPERSCRIPTS)


def _plain_lines(content: Sequence[Block], lines: list[str], notes: list[tuple[Run, ...]], indent: str) -> None:
    for block in content:
        if isinstance(block, Text):
            lines.append(indent + _plain_runs(block.runs, notes).replace("\n", "\n" + indent))
            continue
        for number, item in enumerate(block.items, start=block.start):
            inner: list[str] = []
            _plain_lines(item, inner, notes, indent=indent + "  ")
            marker = f"{number}." if block.ordered else "•"
            if item and isinstance(item[0], Text):
                lines.append(f"{indent}{marker} {inner.pop(0).lstrip()}")
            else:
                lines.append(f"{indent}{marker}")
            lines += inner


def _plain_runs(runs: tuple[Run, ...], notes: list[tuple[Run, ...]]) -> str:
    parts = []
    for run in runs:
        if run.note:
            notes.append(run.note)
            parts.append(_raised(len(notes)))
        else:
            parts.append(run.text)
    return "".join(parts)


def _html_blocks(content: Sequence[Block], notes: list[tuple[Run, ...]]) -> str:
    parts = []
    for block in content:
        if isinstance(block, Text):
            parts.append(f"<p>{_html_runs(block.runs, notes)}</p>")
            continue
        items = "".join(f"<li>{_html_item(item, notes)}</li>" for item in block.items)
        start = f' start="{block.start}"' if block.start != 1 else ""
        parts.append(f"<ol{start}>{items}</ol>" if block.ordered else f"<ul>{items}</ul>")
    return "".join(parts)


def _html_item(item: tuple[Block, ...], notes: list[tuple[Run, ...]]) -> str:
    if item and isinstance(item[0], Text):  # the first text of an item stands without a paragraph of its own
        return _html_runs(item[0].runs, notes) + _html_blocks(item[1:], notes)
    return _html_blocks(item, notes)


def _html_runs(runs: tuple[Run, ...], notes: list[tuple[Run, ...]]) -> str:
    parts = []
    for run in runs:
        if run.note:
            notes.append(run.note)
            parts.append(f"<sup>{len(notes)}</sup>")
            continue
        text = escape(run.text).replace("\n", "<br>")
        if run.italic:
            text = f"<em>{text}</em>"
        if run.bold:
            text = f"<strong>{text}</strong>"
        if run.link:
            text = f'<a href="{escape(run.link)}">{text}</a>'
        parts.append(text)
    return "".join(parts)
