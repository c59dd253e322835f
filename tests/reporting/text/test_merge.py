import itertools

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reporting.text.merge import Clash, LeafClash, Merge, Piece, merge_leaves, merge_paragraphs, merge_words

BASE = [
    Piece("a", "The law protects workers."),
    Piece("b", "Two farms were visited."),
    Piece("c", "No case was filed."),
]


def changed(key, text, pieces=BASE):
    return [Piece(piece.key, text) if piece.key == key else piece for piece in pieces]


def text_of(result):
    return [piece.text for piece in result.pieces]


# --- words


def test_edits_of_different_words_are_both_kept():
    assert merge_words(
        "The law of 2019 protects workers.", "The law of 2021 protects workers.", "The law of 2019 protects all."
    ) == ("The law of 2021 protects all.")


@pytest.mark.parametrize(
    ("base", "mine", "theirs"),
    [
        ("one two three", "one x three", "one y three"),
        ("one two three", "x two three", "one x two three"),
        ("rate of 3.5 per cent", "rate of 3.7 per cent", "rate of 4.5 per cent"),
        ("1 200 persons", "1 300 persons", "2 200 persons"),
        ("end", "end mine", "end theirs"),
        ("one two three", "one three", "one two more three"),
        ("移徙工人", "移女徙工人", "移男徙工人"),
    ],
)
def test_edits_that_touch_are_not_merged(base, mine, theirs):
    assert merge_words(base, mine, theirs) is None
    assert merge_words(base, theirs, mine) is None


def test_the_same_edit_of_both_is_made_once():
    assert merge_words("a b c d e f", "a X b c d e f g", "a X b c d Y f") == "a X b c d Y f g"
    assert merge_words("end. The law", "end. The court. The law is old", "end. The court. The law") == (
        "end. The court. The law is old"
    )


words = st.lists(st.sampled_from([*"abcdefgh", "中", "law,"]), max_size=12)
texts = words.map(" ".join)


@given(texts, texts)
def test_words_merged_with_an_unchanged_side_are_the_other_side(base, other):
    assert merge_words(base, base, other) == other
    assert merge_words(base, other, base) == other
    assert merge_words(base, other, other) == other


@given(texts, texts, texts)
def test_the_order_of_two_edits_of_a_paragraph_does_not_matter(base, one, other):
    assert merge_words(base, one, other) == merge_words(base, other, one)


@given(words, st.data())
def test_no_word_put_in_by_either_side_is_lost(base, data):
    mine, theirs = (_with_insertions(base, name, data) for name in ("mine", "theirs"))

    merged = merge_words(" ".join(base), " ".join(mine), " ".join(theirs))

    if merged is not None:
        assert [word for word in merged.split() if word.startswith("mine")] == [w for w in mine if w.startswith("mine")]
        assert [w for w in merged.split() if w.startswith("theirs")] == [w for w in theirs if w.startswith("theirs")]


def _with_insertions(base, name, data):
    result = list(base)
    for number in range(data.draw(st.integers(0, 3))):
        result.insert(data.draw(st.integers(0, len(result))), f"{name}{number}")
    return result


# --- paragraphs


def test_edits_of_different_paragraphs_are_both_kept():
    result = merge_paragraphs(BASE, changed("a", "The act protects workers."), changed("c", "One case was filed."))

    assert result == Merge(
        (Piece("a", "The act protects workers."), BASE[1], Piece("c", "One case was filed.")), (), ("a",)
    )


def test_a_paragraph_changed_by_both_is_merged_by_words_where_they_do_not_touch():
    result = merge_paragraphs(
        BASE, changed("a", "The act protects workers."), changed("a", "The law protects families.")
    )

    assert text_of(result)[0] == "The act protects families."
    assert result.clashes == ()


def test_a_paragraph_changed_by_both_at_one_word_clashes_and_stays_theirs():
    result = merge_paragraphs(
        BASE, changed("a", "The act protects workers."), changed("a", "The code protects workers.")
    )

    assert result.pieces[0] == Piece("a", "The act protects workers.")
    assert result.clashes == (
        Clash("a", "The law protects workers.", "The act protects workers.", "The code protects workers."),
    )


def test_a_paragraph_removed_by_one_and_changed_by_the_other_clashes_and_stays_changed():
    new = changed("b", "Nine farms were visited.")

    removed_by_me = merge_paragraphs(BASE, new, [BASE[0], BASE[2]])
    removed_by_them = merge_paragraphs(BASE, [BASE[0], BASE[2]], new)

    assert text_of(removed_by_me) == text_of(removed_by_them) == [piece.text for piece in new]
    assert removed_by_me.clashes == (Clash("b", BASE[1].text, new[1].text, None),)
    assert removed_by_them.clashes == (Clash("b", BASE[1].text, None, new[1].text),)


def test_a_paragraph_removed_by_one_and_left_alone_by_the_other_is_gone():
    assert merge_paragraphs(BASE, BASE[1:], BASE) == Merge(tuple(BASE[1:]), (), ("a",))
    assert merge_paragraphs(BASE, BASE, BASE[1:]) == Merge(tuple(BASE[1:]), (), ())


def test_additions_of_both_at_one_place_are_both_kept_theirs_first_and_unmixed():
    theirs = [BASE[0], Piece("t1", "T one."), Piece("t2", "T two."), *BASE[1:]]
    mine = [BASE[0], Piece("m1", "M one."), Piece("m2", "M two."), *BASE[1:]]

    result = merge_paragraphs(BASE, theirs, mine)

    assert [piece.key for piece in result.pieces] == ["a", "t1", "t2", "m1", "m2", "b", "c"]


def test_the_same_addition_under_two_keys_stands_once():
    theirs, mine = [*BASE, Piece("t", "Same.")], [*BASE, Piece("m", "Same.")]

    assert text_of(merge_paragraphs(BASE, theirs, mine)) == [piece.text for piece in theirs]


def test_an_addition_follows_the_paragraph_that_they_moved():
    theirs = [BASE[1], BASE[2], BASE[0]]
    mine = [BASE[0], Piece("m", "More on the law."), *BASE[1:]]

    assert [piece.key for piece in merge_paragraphs(BASE, theirs, mine).pieces] == ["b", "c", "a", "m"]


def test_a_move_and_an_edit_of_one_paragraph_are_both_kept():
    theirs = [BASE[2], *BASE[:2]]
    mine = changed("c", "One case was filed.")

    assert merge_paragraphs(BASE, theirs, mine).pieces == (Piece("c", "One case was filed."), *BASE[:2])


def test_a_key_that_stands_twice_is_refused():
    with pytest.raises(ValueError, match="paragraph a stands twice"):
        merge_paragraphs(BASE, [BASE[0], BASE[0]], BASE)


@st.composite
def sides(draw, tag):
    """An answer of up to six paragraphs and what one side made of it: edits, removals, moves and additions."""
    size = draw(st.shared(st.integers(0, 6), key="size"))
    base = [Piece(f"k{n}", f"p{n} one two three four") for n in range(size)]
    side = draw(st.permutations(base)) if draw(st.booleans()) else list(base)
    number = itertools.count()
    result = []
    for piece in side:
        act = draw(st.sampled_from(["keep", "keep", "edit", "remove", "add"]))
        if act == "add":
            result.append(Piece(f"{tag}{next(number)}", f"{tag}new{next(number)}"))
        if act == "edit":
            at = draw(st.integers(1, 5))
            text = piece.text.split()
            piece = Piece(piece.key, " ".join([*text[:at], f"{tag}edit{next(number)}", *text[at:]]))
        if act != "remove":
            result.append(piece)
    return base, result


@given(sides("t"), sides("m"))
def test_no_word_of_either_side_is_lost_from_both_result_and_clashes(one, other):
    (base, theirs), (_, mine) = one, other

    result = merge_paragraphs(base, theirs, mine)

    kept = " ".join([*text_of(result), *(f"{clash.theirs} {clash.mine}" for clash in result.clashes)]).split()
    new = {word for side in (theirs, mine) for piece in side for word in piece.text.split()}
    assert {word for word in new if word[0] in "tm" and ("edit" in word or "new" in word)} <= set(kept)
    assert len({piece.key for piece in result.pieces}) == len(result.pieces)


@given(sides("t"), sides("m"))
def test_a_paragraph_goes_only_when_a_side_removed_it_and_the_other_had_not_changed_it(one, other):
    (base, theirs), (_, mine) = one, other
    was, their, my = ({piece.key: piece.text for piece in side} for side in (base, theirs, mine))

    kept = {piece.key for piece in merge_paragraphs(base, theirs, mine).pieces}

    for key, text in was.items():
        gone = (key not in their and my.get(key, text) == text) or (key not in my and their.get(key, text) == text)
        assert (key not in kept) == gone


@given(sides("t"))
def test_paragraphs_merged_with_an_unchanged_side_are_the_other_side(one):
    base, side = one

    assert list(merge_paragraphs(base, side, base).pieces) == side
    assert list(merge_paragraphs(base, base, side).pieces) == side
    assert list(merge_paragraphs(base, side, side).pieces) == side
    assert merge_paragraphs(base, side, side).clashes == ()
    assert merge_paragraphs(base, base, side).changed_by_them == ()


@given(sides("t"), st.data())
def test_the_order_of_saves_does_not_matter_for_disjoint_edits(one, data):
    base, side = one
    assume(base)
    untouched = [piece for piece in base if piece in side]
    assume(untouched)
    chosen = data.draw(st.sampled_from(untouched))
    mine = changed(chosen.key, "rewritten", base)

    first, second = merge_paragraphs(base, side, mine), merge_paragraphs(base, mine, side)

    assert first.pieces == second.pieces
    assert first.clashes == second.clashes == ()


# --- values


def test_values_that_one_side_changed_are_kept_and_what_both_changed_clashes():
    base = {"cells": {"m1/m1/2023": "5", "m1/m1/2024": "6"}, "place": "annex"}
    theirs = {"cells": {"m1/m1/2023": "7", "m1/m1/2024": "6", "m1/m1/2025": "1"}, "place": "annex"}
    mine = {"cells": {"m1/m1/2023": "8", "m1/m1/2024": "9"}, "place": "text"}

    assert merge_leaves(base, theirs, mine) == (
        {"cells": {"m1/m1/2023": "7", "m1/m1/2024": "9", "m1/m1/2025": "1"}, "place": "text"},
        [LeafClash(("cells", "m1/m1/2023"), "5", "7", "8")],
    )


def test_rows_merge_by_key_and_order():
    base = {"rows": [{"key": "a", "label": "A"}, {"key": "b", "label": "B"}]}
    theirs = {"rows": [{"key": "b", "label": "B"}, {"key": "a", "label": "A"}]}
    mine = {"rows": [{"key": "a", "label": "AA"}, {"key": "x", "label": "X"}, {"key": "b", "label": "B"}]}

    assert merge_leaves(base, theirs, mine) == (
        {"rows": [{"key": "b", "label": "B"}, {"key": "a", "label": "AA"}, {"key": "x", "label": "X"}]},
        [],
    )


def test_a_value_removed_by_one_and_changed_by_the_other_clashes_and_stays():
    assert merge_leaves({"value": "1"}, {}, {"value": "2"}) == ({"value": "2"}, [LeafClash(("value",), "1", None, "2")])
    assert merge_leaves({"value": "1"}, {"value": "2"}, {}) == ({"value": "2"}, [LeafClash(("value",), "1", "2", None)])


def test_an_object_that_one_side_emptied_is_removed_value_by_value():
    """Every cell of a table was cleared, while one of them was changed on the page."""
    base = {"cells": {"a": "1", "b": "2"}, "place": "text"}
    theirs = {"cells": {"a": "1", "b": "3"}, "place": "text"}

    merged, clashes = merge_leaves(base, theirs, {"place": "text"})

    assert merged == {"cells": {"b": "3"}, "place": "text"}
    assert clashes == [LeafClash(("cells", "b"), "2", "3", None)]
    assert merge_leaves(base, {"place": "text"}, theirs) == (
        {"cells": {"b": "3"}, "place": "text"},
        [LeafClash(("cells", "b"), "2", None, "3")],
    )


def test_a_list_without_keys_is_one_value():
    assert merge_leaves({"x": [1]}, {"x": [1, 2]}, {"x": [0, 1]}) == (
        {"x": [1, 2]},
        [LeafClash(("x",), [1], [1, 2], [0, 1])],
    )


def test_both_may_fill_what_was_empty():
    assert merge_leaves({}, {"value": "1"}, {"unit": "persons"}) == ({"value": "1", "unit": "persons"}, [])
    assert merge_leaves({}, {"rows": [{"key": "a"}]}, {"rows": [{"key": "b"}]}) == (
        {"rows": [{"key": "a"}, {"key": "b"}]},
        [],
    )


def test_true_is_not_one():
    assert merge_leaves({"x": 1}, {"x": True}, {"x": 1}) == ({"x": True}, [])


names = st.sampled_from("abc")
values = st.sampled_from(["1", "2", None, True])
rows = st.lists(
    st.fixed_dictionaries({"key": names}, optional={"label": values}), max_size=3, unique_by=lambda row: row["key"]
)
objects = st.recursive(
    st.dictionaries(names, values, max_size=3),
    lambda inner: st.dictionaries(names, values | inner | rows | st.lists(values, max_size=2), max_size=3),
    max_leaves=6,
)


@given(objects, objects)
def test_objects_merged_with_an_unchanged_side_are_the_other_side(base, other):
    assert merge_leaves(base, other, base) == (other, [])
    assert merge_leaves(base, base, other) == (other, [])
    assert merge_leaves(base, other, other) == (other, [])


@given(objects, objects, objects)
def test_every_value_that_a_side_changed_is_in_the_result_or_in_a_clash(base, theirs, mine):
    merged, clashes = merge_leaves(base, theirs, mine)

    was = dict(_leaves(base))
    seen = [*_leaves(merged)]
    for clash in clashes:
        seen += [*_leaves(clash.theirs, clash.path), *_leaves(clash.mine, clash.path)]
    for side in (theirs, mine):
        assert all(leaf in seen for leaf in _leaves(side) if leaf[0] not in was or was[leaf[0]] != leaf[1])


def _leaves(value, path=()):
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, (*path, name))
    elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        for item in value:
            yield from _leaves(item, (*path, item["key"]))
    elif value != []:
        yield path, value
