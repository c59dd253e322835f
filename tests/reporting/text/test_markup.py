import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.text.markup import Bullets, Run, Text, blocks, html, plain

MARKED = st.lists(
    st.sampled_from(
        [*"ab*_[]()^1:-.# \n`<>!&\\", "[^1]", "\n[^1]: ", "\n- ", "\n1. ", "](https://a.b)", "  - ", "[^2]"],
    )
).map("".join)


def test_bold_italics_and_links_become_runs():
    assert blocks("A **b** *c* [d](https://law.example/)") == (
        Text(
            (
                Run("A "),
                Run("b", bold=True),
                Run(" "),
                Run("c", italic=True),
                Run(" "),
                Run("d", link="https://law.example/"),
            )
        ),
    )


def test_a_footnote_hangs_at_its_mark():
    assert blocks("In force[^1] now.\n[^1]: Law **4**.") == (
        Text((Run("In force"), Run("", note=(Run("Law "), Run("4", bold=True), Run("."))), Run(" now."))),
    )


def test_a_footnote_may_follow_a_list():
    one, two = blocks("Both:\n- law[^a]\n- decree\n[^a]: Of 2019.")

    assert one == Text((Run("Both:"),))
    assert two == Bullets(((Text((Run("law"), Run("", note=(Run("Of 2019."),)))),), (Text((Run("decree"),)),)))


def test_lists_nest_to_three_levels_and_deeper_ones_stay_text():
    (outer,) = blocks("- 1\n  - 2\n    - 3\n      - 4")

    assert outer == Bullets(
        ((Text((Run("1"),)), Bullets(((Text((Run("2"),)), Bullets(((Text((Run("3 - 4"),)),),))),))),)
    )


def test_a_numbered_list_keeps_its_first_number():
    assert blocks("3. c\n4. d") == (Bullets(((Text((Run("c"),)),), (Text((Run("d"),)),)), ordered=True, start=3),)


@pytest.mark.parametrize(
    "source",
    [
        "# Heading",
        "> quoted",
        "`code` and ```fence```",
        "![picture](https://a.example/b.png)",
        "| a | b |",
        "<b>raw</b> &amp; &copy;",
        "[law](javascript:alert(1))",
        "[law](JAVASCRIPT&colon;alert(1))",
        "[law](data:text/html,x)",
        "[law](/cycles/cmw-3/)",
        "[law](ftp://a.example)",
        "<javascript:alert(1)>",
        "[law]: https://a.example",
        "A mark without a note[^7]",
        "[^1]: a note without a mark",
        "{question 2, Inspected, 2025} and [1]",
        "***",
    ],
)
def test_what_is_not_of_the_small_markup_stays_as_typed(source):
    assert plain(source) == source
    assert blocks(source) == (Text((Run(source),)),)


def test_plain_text_has_bullets_numbers_and_notes_at_the_end():
    assert plain("Two[^1] *sorts*:\n- a[^2]\n  1. b\n- c\n[^1]: First.\n[^2]: Second.") == (
        "Two¹ sorts:\n• a²\n  1. b\n• c\n¹ First.\n² Second."
    )


def test_html_is_short_and_its_links_are_not_followed():
    assert html("**A** *b* [c](https://d.example/?e=1&f=2)[^1]\n- g\n  - h\n[^1]: I <k>") == (
        '<p><strong>A</strong> <em>b</em> <a href="https://d.example/?e=1&amp;f=2" rel="nofollow noopener">c</a>'
        '<sup>1</sup></p><ul><li>g<ul><li>h</li></ul></li></ul><ol class="footnotes"><li>I &lt;k&gt;</li></ol>'
    )


def test_raw_html_is_shown_and_not_run():
    assert html('<script>alert("x")</script><img src=x onerror=y>') == (
        '<p>&lt;script&gt;alert("x")&lt;/script&gt;&lt;img src=x onerror=y&gt;</p>'
    )


@given(MARKED)
def test_html_holds_no_other_tags_than_the_list(source):
    tags = set(re.findall(r"<\s*/?\s*(\w+)", html(source)))

    assert tags <= {"p", "br", "strong", "em", "a", "ul", "ol", "li", "sup"}


@given(MARKED)
def test_no_letter_of_the_source_vanishes(source):
    source = source.replace("https://a.b", "https://x.y")  # an address is not printed

    printed = plain(source)

    assert all(printed.count(letter) >= source.count(letter) for letter in "ab")


@given(MARKED)
def test_runs_are_joined_and_notes_hold_no_notes(source):
    for text in _texts(blocks(source)):
        for run in text.runs:
            assert bool(run.text) != bool(run.note)
            assert all(inner.text and not inner.note for inner in run.note)


def _texts(content):
    for block in content:
        if isinstance(block, Text):
            yield block
        else:
            for item in block.items:
                yield from _texts(item)


@pytest.mark.parametrize("seed", ["- ", "[^1]: ", "*a ", "[", "![a](", "**a _b ", "<", "1. ", "[a](", "\\", "[^1]"])
def test_no_input_stretches_the_parser(seed):
    start = time.process_time()
    printed = plain(seed * (20_000 // len(seed)) + "end")

    assert printed.endswith("end")
    assert time.process_time() - start < 5
