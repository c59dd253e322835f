import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.text.words import count, count_markup


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        (" \n\t ", 0),
        ("Migrant workers have rights.", 4),
        ("state-owned enterprises – all", 4),
        ("移徙工人", 4),
        ("第12条 and 移徙", 5 + 1),
        ("CMW公约 2024", 1 + 2 + 1),
        ("العمال المهاجرون", 2),
        ("a\u00a0b\u3000c", 3),
    ],
)
def test_words_split_at_white_space_and_each_han_character_counts_one(text, words):
    assert count(text) == words


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("**bo**ld word", 2),
        ("See [the law](https://law.example/long/address).", 3),
        ("Ratified.[^1]\n[^1]: In force since 1 May.", 1 + 5),
        ("Twice.[^1] Again.[^1]\n[^1]: Note here.", 2 + 2 + 2),
        ("Unused.\n[^1]: Note here.", 1 + 3),
        ("Intro:\n1. one two\n2. three\n   - four", 5),
        ("# Literal", 2),
        ("一**二**三", 3),
    ],
)
def test_what_is_printed_counts_and_the_markup_does_not(source, words):
    assert count_markup(source) == words


@given(st.lists(st.text(alphabet="abcé中文،.-", max_size=5)))
def test_the_count_of_joined_words_is_the_sum_of_their_counts(words):
    assert count(" ".join(words)) == sum(count(word) for word in words)


@given(st.text(alphabet="ab 中文\n"))
def test_markup_without_marks_counts_as_plain_text(text):
    assert count_markup(text) == count(text)


def test_the_counter_is_linear():
    text = "word 中文 " * 100_000

    start = time.process_time()
    words = count(text)

    assert words == 300_000
    assert time.process_time() - start < 1
