"""Saves that a page makes by itself: nothing acknowledged is lost, whatever the order, the delays and the retries."""

import os
import uuid

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts import permissions
from accounts.exceptions import Refused
from reporting.reports.models import AnswerVersion, Paragraph, ParagraphVersion
from reporting.reports.services.changes import TextEdit, save_changes
from reporting.text.changes import Changes
from reporting.text.pieces import Piece
from tests.reporting.reports import writing
from tests.reporting.reports.page import Page
from tests.reporting.reports.writing import answer, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(cast):
    return writing.section(writing.report(cast))


def stored(row):
    return [Piece(str(each.key), each.text) for each in Paragraph.objects.filter(answer=row).order_by("position")]


def texts(row):
    return [each.text for each in stored(row)]


def opened(section, by) -> Page:
    row = answer(section)
    return Page(section, row.pk, by, row.version, stored(row), stored(row))


def test_a_changed_paragraph_is_saved_and_the_page_has_nothing_to_change(cast, section):
    write(section, 1, "One.", "Two.", by=cast.dana)
    page = opened(section, cast.dana)
    page.write(1, "Two, mended.")
    changed = Changes({page.local[1].key: "Two, mended."})

    _saved, told = save_changes(
        section.report.slug, section.slug, [TextEdit(page.answer_id, 1, changed)], by=cast.dana, attempt=uuid.uuid4()
    )

    assert texts(answer(section)) == ["One.", "Two, mended."]
    assert (told[0].version, told[0].changes, told[0].clashes, told[0].by) == (2, Changes(), [], {})


def test_a_save_tried_again_after_a_lost_reply_counts_once(cast, section):
    page = opened(section, cast.dana)
    page.add(0, "A licence is required.")

    page.send(reply_lost=True)
    page.send()

    assert texts(answer(section)) == ["A licence is required."]
    assert (page.version, AnswerVersion.objects.count()) == (1, 1)


def test_a_clash_whose_reply_was_lost_is_told_again(cast, section):
    write(section, 1, "Fees are allowed.", "Two.", by=cast.dana)
    dana, jonas = opened(section, cast.dana), opened(section, cast.jonas)
    jonas.write(0, "Fees are prohibited.")
    jonas.send()
    dana.write(0, "Fees are limited.")
    dana.write(1, "Two, mended.")

    dana.send(reply_lost=True)
    dana.send()

    assert list(dana.clashes.values()) == ["Fees are prohibited."]
    assert [each.text for each in dana.local] == ["Fees are limited.", "Two, mended."]
    assert texts(answer(section)) == ["Fees are prohibited.", "Two, mended."]


def test_what_another_person_changed_is_told_with_name_and_moment(cast, section):
    write(section, 1, "One.", "Two.", by=cast.dana)
    dana, jonas = opened(section, cast.dana), opened(section, cast.jonas)
    jonas.write(0, "One, by Jonas.")
    jonas.send()
    key = dana.local[1].key

    _saved, told = save_changes(
        section.report.slug,
        section.slug,
        [TextEdit(dana.answer_id, 1, Changes({key: "Two, by Dana."}))],
        by=cast.dana,
        attempt=uuid.uuid4(),
    )

    first = dana.local[0].key
    assert told[0].changes == Changes({first: "One, by Jonas."})
    assert [(key, name) for key, (name, _at) in told[0].by.items()] == [(first, "Jonas")]


def test_who_goes_on_writing_while_a_save_comes_back_merged_loses_nothing(cast, section):
    write(section, 1, "The law protects all workers in this State.", by=cast.dana)
    dana, jonas = opened(section, cast.dana), opened(section, cast.jonas)
    jonas.write(0, "The new law protects all workers in this State.")
    jonas.send()
    dana.write(0, "The law protects all workers in this State now.")
    dana.send(reply_lost=True)
    dana.write(0, "The law protects all workers in this State now and then.")

    dana.send()
    dana.send()

    assert texts(answer(section)) == ["The new law protects all workers in this State now and then."]
    assert [each.text for each in dana.local] == texts(answer(section))


def test_a_pause_after_a_blank_is_no_clash_with_oneself(cast, section):
    page = opened(section, cast.dana)
    page.add(0, "Second ")
    page.send(reply_lost=True)
    page.write(0, "Second ha")
    page.send()
    page.write(0, "Second half ")
    page.send()

    assert page.clashes == {}
    assert page.local[0].text == "Second half "
    assert texts(answer(section)) == ["Second half"]


def test_a_base_with_a_blank_at_its_end_is_the_base_that_was_kept(cast, section):
    page = opened(section, cast.dana)
    page.add(0, "Second")
    page.send()
    key = page.local[0].key
    edit = TextEdit(page.answer_id, page.version, Changes({key: "Second ha"}, was={key: "Second "}))

    _saved, told = save_changes(section.report.slug, section.slug, [edit], by=cast.dana, attempt=uuid.uuid4())

    assert told[0].clashes == []
    assert texts(answer(section)) == ["Second ha"]


def test_a_text_declined_for_another_stays_in_the_history(cast, section):
    write(section, 1, "Fees are allowed.", by=cast.dana)
    dana, jonas = opened(section, cast.dana), opened(section, cast.jonas)
    jonas.write(0, "Fees are prohibited.")
    jonas.send()
    dana.write(0, "Fees are limited.")
    dana.send()

    dana.choose(next(iter(dana.clashes)), "theirs")
    dana.send(reply_lost=True)
    dana.send()

    assert texts(answer(section)) == ["Fees are prohibited."]
    said = ParagraphVersion.objects.filter(answer=answer(section)).order_by("number")
    assert [(each.version.by_name, each.text) for each in said] == [
        ("Dana", "Fees are allowed."),
        ("Jonas", "Fees are prohibited."),
        ("Dana", "Fees are limited."),
        ("Dana", "Fees are prohibited."),
    ]


def test_the_right_to_write_is_asked_at_every_try(cast, section):
    page = opened(section, cast.rosa)
    page.add(0, "Not mine to write.")

    with pytest.raises(Refused):
        page.send()

    assert texts(answer(section)) == []


@pytest.mark.parametrize("count", [1, 30])
def test_a_save_by_the_page_costs_the_same_however_much_there_is(cast, section, statements, count):
    for number in range(count):
        write(section, 1, *(f"Paragraph {number}-{each}." for each in range(count)), by=cast.dana)
    page = opened(section, cast.dana)
    page.write(0, "Mended.")
    permissions.remember(cast.dana)

    with statements() as seen:
        page.send()

    assert len(seen) == 7


# what a person does, in which paragraph, where in it; or how a save goes
STEPS = st.tuples(
    st.sampled_from(["dana", "jonas"]),
    st.sampled_from(
        ["type", "type", "cut", "add", "split", "join", "move", "remove", "send", "send", "lost", "unheard"]
    ),
    st.integers(0, 5),
    st.integers(0, 9),
)


def do(page: Page, what: str, place: int, at: int, word: str) -> None:
    if what in {"send", "lost", "unheard"}:
        page.send(request_lost=what == "lost", reply_lost=what == "unheard")
        return
    if what == "add" or not page.local:
        page.add(place % (len(page.local) + 1), word)
        return
    place %= len(page.local)
    said = page.local[place].text.split()
    at %= len(said) + 1
    if what == "type":
        page.write(place, " ".join([*said[:at], word, *said[at:]]))
    elif what == "blank":
        page.write(place, f"{page.local[place].text} ")
    elif what == "cut" and len(said) > 1:
        page.write(place, " ".join(said[:at] + said[at + 1 :]) or said[0])
    elif what == "split" and 0 < at < len(said):
        page.write(place, " ".join(said[:at]))
        page.add(place + 1, " ".join(said[at:]))
    elif what == "join" and place:
        above = page.local[place - 1]
        if page.local[place].key not in page.clashes and above.key not in page.clashes:
            page.write(place - 1, f"{above.text} {page.local[place].text}")
            del page.local[place]
    elif what == "move":
        page.local.insert(at % len(page.local), page.local.pop(place))
    elif what == "remove" and page.local[place].key not in page.clashes:
        del page.local[place]


# Each example is some fifty saves: a failing one is told as it was found.
@settings(
    max_examples=int(os.environ.get("EXAMPLES", "20")),
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(STEPS, min_size=4, max_size=24), choice=st.sampled_from(["mine", "theirs", "both"]))
def test_no_acknowledged_word_is_lost_from_answer_and_history_together(cast, section, steps, choice):
    row = answer(section)
    first = Page(section, row.pk, cast.dana, row.version, stored(row), [Piece(str(uuid.uuid4()), "a b c d e f")])
    first.add(1, "g h i j")
    first.send()
    pages = {"dana": opened(section, cast.dana), "jonas": opened(section, cast.jonas)}
    begun = AnswerVersion.objects.filter(answer=row).count()

    sends = 0
    for number, (name, what, place, at) in enumerate(steps):
        do(pages[name], what, place, at, f"w{number}")
        sends += what in {"send", "lost", "unheard"}
    for _round in range(4):
        for page in pages.values():
            for key in list(page.clashes):
                page.choose(key, choice)
            page.send()
            sends += 2

    history = " ".join(ParagraphVersion.objects.filter(answer=row, number__gte=begun).values_list("text", flat=True))
    said = set(history.split())
    for page in pages.values():
        assert {word for text in page.acknowledged for word in text.split()} <= said
        typed = {word for each in page.local for word in each.text.split()}
        assert typed <= said
        assert page.wanted() == stored(row)
        assert page.version == answer(section).version
    assert AnswerVersion.objects.filter(answer=row).count() - begun <= sends
