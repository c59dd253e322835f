"""Changes between two lists of paragraphs, and made on them."""

from hypothesis import given
from hypothesis import strategies as st

from reporting.text.changes import Box, Changes, between
from reporting.text.pieces import Piece

ABC = [Piece("a", "One."), Piece("b", "Two."), Piece("c", "Three.")]


def lists(keys="abcdefgh"):
    chosen = st.lists(st.sampled_from(keys), unique=True)
    return chosen.flatmap(
        lambda found: st.lists(st.sampled_from(["x", "y", "z"]), min_size=len(found), max_size=len(found)).map(
            lambda said: [Piece(key, text) for key, text in zip(found, said, strict=True)]
        )
    )


@given(old=lists(), new=lists())
def test_changes_between_two_lists_make_the_second_of_the_first(old, new):
    assert between(old, new).applied(old) == new


def test_what_did_not_change_is_not_said():
    assert between(ABC, ABC) == Changes()
    assert between(ABC, [ABC[0], Piece("b", "Two, mended."), ABC[2]]) == Changes({"b": "Two, mended."})


def test_a_move_is_said_without_the_text():
    assert between(ABC, [ABC[2], ABC[0], ABC[1]]) == Changes({}, {"c": ""})


def test_a_paragraph_that_follows_an_unknown_one_comes_last():
    assert [each.key for each in Changes({"n": "New."}, {"n": "gone"}).applied(ABC)] == ["a", "b", "c", "n"]


def test_a_paragraph_without_a_place_comes_last_and_a_place_without_a_paragraph_is_nothing():
    assert [each.key for each in Changes({"n": "New."}, {"m": "a"}).applied(ABC)] == ["a", "b", "c", "n"]


def test_the_base_has_the_texts_that_the_changes_started_from():
    assert Changes({"b": "Two or more."}, was={"b": "Two or."}).base(ABC) == [ABC[0], Piece("b", "Two or."), ABC[2]]


def test_a_box_keeps_the_keys_of_paragraphs_that_it_does_not_change():
    box = Box("One.\n\nTwo and more.\n\nThree.\n\nFour.")

    assert [each.key for each in box.applied(ABC)][:3] == ["a", "b", "c"]
    assert [each.text for each in box.applied(ABC)] == ["One.", "Two and more.", "Three.", "Four."]
