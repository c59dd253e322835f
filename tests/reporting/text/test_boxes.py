import itertools
import time

from hypothesis import given
from hypothesis import strategies as st

from reporting.text.boxes import join, split
from reporting.text.pieces import Piece

OLD = [
    Piece("a", "The law of 2019 protects migrant workers."),
    Piece("b", "Inspectors visited forty farms:\n- in the north\n- in the south"),
    Piece("c", "No complaint was filed.[^1]\n[^1]: As of May."),
]

sentences = st.lists(st.sampled_from(["law", "court", "- item", "x[^1]", "[^1]: note", "#"]), min_size=1, max_size=4)
paragraphs = sentences.map("\n".join)
answers = st.lists(paragraphs, max_size=6).map(lambda texts: [Piece(f"k{n}", text) for n, text in enumerate(texts)])


def keys():
    return map("new{}".format, itertools.count(1)).__next__


def test_a_box_that_was_not_touched_gives_the_same_paragraphs():
    assert split(join(OLD), OLD, keys()) == OLD


def test_an_edited_paragraph_keeps_its_key_and_a_new_one_gets_one():
    box = join(OLD).replace("2019", "2021").replace("\n\nInspectors", "\n\nA court decides now.\n\nInspectors")

    assert split(box, OLD, keys()) == [
        Piece("a", "The law of 2021 protects migrant workers."),
        Piece("new1", "A court decides now."),
        *OLD[1:],
    ]


def test_a_moved_paragraph_keeps_its_key():
    assert split(join([OLD[2], OLD[0], OLD[1]]), OLD, keys()) == [OLD[2], OLD[0], OLD[1]]


def test_of_two_halves_the_longer_keeps_the_key():
    result = split("The law of 2019\n\nprotects migrant workers and all of their families.", OLD[:1], keys())

    assert [piece.key for piece in result] == ["a", "new1"]


def test_a_text_that_is_less_than_half_alike_is_a_new_paragraph():
    assert split("Something else entirely.", OLD[:1], keys()) == [Piece("new1", "Something else entirely.")]


def test_a_footnote_after_a_blank_line_joins_the_paragraph_that_refers_to_it():
    assert split("One.[^1]\n\nTwo.[^2]\n\n[^1]: First.\n\n[^2]: Second.", [], keys()) == [
        Piece("new1", "One.[^1]\n[^1]: First."),
        Piece("new2", "Two.[^2]\n[^2]: Second."),
    ]


def test_a_paragraph_with_blank_lines_inside_is_not_cut_while_unchanged():
    old = [Piece("a", "- one\n\n- two"), Piece("b", "Next.")]

    assert split(join(old), old, keys()) == old


def test_windows_line_ends_and_blanks_between_paragraphs_do_not_matter():
    assert split("One.\r\n \t\r\n\r\nTwo.  \r\n", [], keys()) == [Piece("new1", "One."), Piece("new2", "Two.")]


def test_of_equal_paragraphs_each_keeps_its_own_key():
    old = [Piece("a", "Same."), Piece("b", "Same."), Piece("c", "Same.")]

    assert split(join(old), old, keys()) == old


@given(answers)
def test_joined_and_split_is_as_before_but_for_stray_footnotes(old):
    result = split(join(old), old, keys())

    assert join(result).split() == join(old).split() or any("[^1]:" in piece.text for piece in old)
    if not any("[^1]:" in piece.text for piece in old):
        assert result == old


@given(answers, paragraphs, st.integers(0, 6))
def test_no_word_of_the_box_is_lost_and_no_key_is_used_twice(old, added, place):
    box = [piece.text for piece in old]
    box.insert(place, added)

    result = split("\n\n".join(box), old, keys())

    assert sorted(join(result).split()) == sorted(" ".join(box).split())
    assert len({piece.key for piece in result}) == len(result)


def test_two_hundred_rewritten_paragraphs_are_matched_quickly():
    old = [Piece(f"k{n}", " ".join(f"w{n % 7 * step % 50}" for step in range(100))) for n in range(200)]
    box = "\n\n".join(piece.text.replace("w4", "x") for piece in old)

    start = time.process_time()
    result = split(box, old, keys())

    assert len(result) == 200
    assert time.process_time() - start < 5
