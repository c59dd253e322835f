"""The look keeps its promises: one set of colours, both directions, nothing inline, nothing from elsewhere, small."""

import gzip
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
STATIC = ROOT / "config" / "static" / "servanda"
STYLE = STATIC / "app.css"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

# Size in bytes after gzip: ux budget of each file.
LIMITS = {"app.css": 12_000, "app.js": 10_000, "editor.js": 18_000}

PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)[\w-]*"
    r"|left|right|top|bottom|float|clear|(?:min-|max-)?(?:width|height)"
    r"|border-(?:top|bottom)-(?:left|right)-radius)(?=\s*:)|text-align\s*:\s*(?:left|right)"
)
# The conditions of a media query know no logical words.
ALLOWED = {"max-width", "min-width"}
FOUR_SIDES = re.compile(r"(?<![\w-])(?:margin|padding|inset|border-width)\s*:\s*([^;}]+)")
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|rgba|hsl|hsla|hwb|lab|lch|oklab|oklch|color|color-mix)\(")
NAMED_COLOUR = re.compile(
    r":\s*[^;{}]*\b(?:white|black|red|green|blue|gr[ae]y|orange|yellow|silver|navy|teal)\b(?![-\w])"
)
DIRECTION = re.compile(r"\b(?:align|valign|bgcolor)\s*=\s*[\"']|text-(?:left|right)\b|float-\w+")


def style() -> str:
    """The style sheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", STYLE.read_text(encoding="utf-8"), flags=re.DOTALL)


def outside_tokens(css: str) -> str:
    """Everything after the first block, which is the one place where colours are given."""
    return css[css.index("}") + 1 :]


def markup(path: Path) -> str:
    """A template without its comments."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"\{#.*?#\}", "", text)
    return re.sub(r"\{%\s*comment.*?endcomment\s*%\}", "", text, flags=re.DOTALL)


def test_the_style_sheet_has_only_logical_properties():
    found = [match.group(0) for match in PHYSICAL.finditer(style())]

    assert [word for word in found if word not in ALLOWED] == []


def test_no_shorthand_gives_the_two_sides_of_a_line_different_values():
    uneven = []
    for match in FOUR_SIDES.finditer(style()):
        parts = re.findall(r"[^\s(]+\([^)]*\)|\S+", match.group(1))
        if len(parts) == 4 and parts[1] != parts[3]:
            uneven.append(match.group(0))

    assert uneven == []


def test_the_style_sheet_has_no_colour_outside_its_tokens():
    css = outside_tokens(style())

    assert COLOUR.findall(css) + NAMED_COLOUR.findall(css) == []


def test_every_token_that_is_used_is_given():
    css = style()
    given = set(re.findall(r"(--[\w-]+)\s*:", css))

    assert set(re.findall(r"var\((--[\w-]+)", css)) - given == set()


def test_the_style_sheet_fetches_nothing():
    assert re.findall(r"@import|url\(|https?:|@font-face", style()) == []


@pytest.mark.parametrize("name", LIMITS)
def test_a_static_file_stays_under_its_limit(name):
    path = STATIC / name
    if not path.exists():
        pytest.skip(f"{name} is not part of this installation")

    assert len(gzip.compress(path.read_bytes(), 9)) <= LIMITS[name]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_has_nothing_inline_and_nothing_from_elsewhere(path):
    text = markup(path)
    wrong = {
        "style attribute": re.findall(r"\sstyle\s*=", text),
        "style element": re.findall(r"<style\b", text),
        "script without a file": [
            tag
            for tag in re.findall(r"<script\b[^>]*>", text)
            if "src=" not in tag and not re.search(r"type=.application/json", tag)
        ],
        "event handler": re.findall(r"\son[a-z]+\s*=\s*[\"']|hx-on[:\w-]*=|hx-vals=.js:", text),
        "other host": [
            address
            for address in re.findall(r"(?:src|href|action|url)\s*=\s*[\"'](?:https?:)?//[^\"']*", text)
            if "<a " not in text[max(0, text.index(address) - 40) : text.index(address)]
        ],
        "physical direction": DIRECTION.findall(text),
        "colour": re.findall(r"(?:fill|stroke|color)\s*=\s*[\"']#", text),
    }

    assert {what: found for what, found in wrong.items() if found} == {}


@pytest.mark.parametrize(
    "path",
    [path for path in TEMPLATES if path.name.startswith("_") or path.parent.name == "components"],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_a_part_of_a_page_says_what_it_needs_in_its_first_line(path):
    first = path.read_text(encoding="utf-8").splitlines()[0]

    assert first.startswith(("{#", "{% comment"))
