import itertools
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.text.differences import Change, ParagraphChange, by_paragraphs, by_words, likeness
from reporting.text.pieces import Piece
from reporting.text.sequences import edits

PROSE = st.lists(st.sampled_from(["law", "court", "1", ".", ",", "中", "العُمال", "a"])).map(" ".join) | st.text("ab 中")


def test_a_replaced_word_is_removed_and_then_added():
    assert by_words("The law of 2019 applies.", "The law of 2021 applies.") == [
        Change("same", "The law of "),
        Change("removed", "2019"),
        Change("added", "2021"),
        Change("same", " applies."),
    ]


def test_neighbouring_words_replaced_read_as_one_change():
    assert by_words("all the men left", "all two women left") == [
        Change("same", "all "),
        Change("removed", "the men"),
        Change("added", "two women"),
        Change("same", " left"),
    ]


def test_each_han_character_is_a_word():
    assert by_words("移徙工人", "移徙女工") == [
        Change("same", "移徙"),
        Change("added", "女"),
        Change("same", "工"),
        Change("removed", "人"),
    ]


def test_equal_texts_have_no_changes():
    assert by_words("same", "same") == [Change("same", "same")]
    assert by_words("", "") == []


@given(PROSE, PROSE)
def test_changes_hold_both_texts_in_order(old, new):
    changes = by_words(old, new)

    assert "".join(change.text for change in changes if change.kind != "added") == old
    assert "".join(change.text for change in changes if change.kind != "removed") == new
    assert all(one.kind != other.kind for one, other in itertools.pairwise(changes))


@given(st.lists(st.sampled_from("abcde ")), st.lists(st.sampled_from("abcde ")))
def test_edits_turn_one_list_into_the_other(before, after):
    result, place = [], 0
    for a, b, c, d in edits(before, after):
        assert (a, b) > (place, place) or not result
        result += before[place:a] + after[c:d]
        place = b

    assert result + before[place:] == after


def test_paragraphs_are_compared_by_their_keys():
    old = [Piece("a", "One."), Piece("b", "Two."), Piece("c", "Three."), Piece("d", "Four.")]
    new = [Piece("d", "Four."), Piece("a", "One."), Piece("x", "New."), Piece("c", "Three and more.")]

    assert by_paragraphs(old, new) == [
        ParagraphChange("d", "same", True, (Change("same", "Four."),)),
        ParagraphChange("a", "same", False, (Change("same", "One."),)),
        ParagraphChange("b", "removed", False, (Change("removed", "Two."),)),
        ParagraphChange("x", "added", False, (Change("added", "New."),)),
        ParagraphChange(
            "c", "changed", False, (Change("same", "Three"), Change("added", " and more"), Change("same", "."))
        ),
    ]


@pytest.mark.parametrize(
    ("old", "new", "least", "most"), [("a b c d", "a b c x", 0.7, 0.8), ("a", "b", 0, 0), ("", "", 1, 1)]
)
def test_likeness_is_the_share_of_words_in_common(old, new, least, most):
    assert least <= likeness(old, new) <= most


def test_three_thousand_words_are_compared_in_a_tenth_of_a_second():
    chance = random.Random(1)
    old = chance.choices([f"w{number}" for number in range(3000)], [1 / (number + 1) for number in range(3000)], k=3000)
    new = [word if chance.random() > 0.1 else "x" for word in old]

    start = time.process_time()
    by_words(" ".join(old), " ".join(new))

    assert time.process_time() - start < 0.2  # twice the promise: test machines are slow at times


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a b " * 5000, "b b a " * 5000),
        ("a " * 50_000 + "b", "c " + "a " * 50_001),
        ("a b c d " * 3000, "d c b a " * 3000),
    ],
)
def test_no_text_stretches_the_comparison(old, new):
    start = time.process_time()
    by_words(old, new)

    assert time.process_time() - start < 2
