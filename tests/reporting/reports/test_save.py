"""Saving answers: versions, merges, clashes, counters, and who may write what."""

import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import permissions
from accounts.exceptions import Refused
from reporting.reports import freeze
from reporting.reports.choices import Change, Why
from reporting.reports.models import AnswerVersion, Paragraph, ParagraphVersion, ReportSection
from reporting.reports.services.answer import AnswerEdit, save_answers
from reporting.reports.services.versions import version_digest
from tests.reporting.reports import writing
from tests.reporting.reports.writing import answer, piece, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(cast):
    return writing.section(writing.report(cast))


def texts(row):
    return list(Paragraph.objects.filter(answer=row).order_by("position").values_list("text", flat=True))


def pieces(row):
    return [piece(each.text, str(each.key)) for each in Paragraph.objects.filter(answer=row).order_by("position")]


def save(section, row, by, version, **edit):
    return save_answers(section, [AnswerEdit(row.pk, version, **edit)], by=by)


def test_the_first_save_starts_the_section_and_makes_a_version(cast, section):
    saved = write(section, 1, "A licence is required.", by=cast.dana)

    row = answer(section)
    assert saved.versions == {row.pk: 1}
    assert (row.version, row.is_answered, row.words, row.paragraph_count) == (1, True, 4, 1)
    assert ReportSection.objects.get(pk=section.pk).status == "drafting"
    assert [each.change for each in ParagraphVersion.objects.filter(answer=row)] == [Change.ADDED]


def test_a_save_without_change_makes_no_version(cast, section):
    write(section, 1, "A licence is required.", by=cast.dana)
    row = answer(section)

    saved = save(section, row, cast.dana, 1, paragraphs=pieces(row))

    assert saved.versions == {}
    assert AnswerVersion.objects.filter(answer=row).count() == 1


def test_a_save_that_names_no_version_is_refused(cast, section):
    with pytest.raises(Refused):
        save(section, answer(section), cast.dana, None, paragraphs=[piece("Text")])

    assert texts(answer(section)) == []


def test_a_save_from_a_version_that_does_not_exist_is_refused(cast, section):
    with pytest.raises(Refused):
        save(section, answer(section), cast.dana, 9, paragraphs=[piece("Text")])


def test_two_people_who_change_different_paragraphs_are_merged(cast, section):
    write(section, 1, "First.", "Second.", by=cast.dana)
    row = answer(section)
    one, two = pieces(row)

    save(section, row, cast.jonas, 1, paragraphs=[piece("First, by Jonas.", one.key), two])
    saved = save(section, row, cast.dana, 1, paragraphs=[one, piece("Second, by Dana.", two.key)])

    assert texts(row) == ["First, by Jonas.", "Second, by Dana."]
    assert saved.merged_with == {row.pk: "Jonas"}
    assert not saved.clashes


def test_a_clash_keeps_both_texts_and_saves_the_rest(cast, section):
    write(section, 1, "Fees are allowed.", "Second.", by=cast.dana)
    row = answer(section)
    one, two = pieces(row)

    save(section, row, cast.jonas, 1, paragraphs=[piece("Fees are prohibited.", one.key), two])
    saved = save(
        section,
        row,
        cast.dana,
        1,
        paragraphs=[piece("Fees are limited.", one.key), piece("Second, mended.", two.key)],
    )

    clash = saved.clashes[0].texts[0]
    assert (clash.theirs, clash.mine) == ("Fees are prohibited.", "Fees are limited.")
    assert texts(row) == ["Fees are prohibited.", "Second, mended."]


def test_the_same_edit_by_two_people_stands_once(cast, section):
    row = answer(section)

    save(section, row, cast.dana, 0, paragraphs=[piece("The same words.")])
    saved = save(section, row, cast.jonas, 0, paragraphs=[piece("The same words.")])

    assert texts(row) == ["The same words."]
    assert saved.versions == {}


def test_values_of_two_people_are_merged_and_only_the_same_cell_clashes(cast, section):
    row = answer(section, 2)
    save(section, row, cast.dana, 0, content={"cells": {"m1/m1/2025": "1"}})

    save(section, row, cast.jonas, 1, content={"cells": {"m1/m1/2025": "2", "m2/m2/2025": "5"}})
    saved = save(section, row, cast.dana, 1, content={"cells": {"m1/m1/2025": "3", "m2/m2/2024": "4"}})

    assert answer(section, 2).content["cells"] == {"m1/m1/2025": "2", "m2/m2/2025": "5", "m2/m2/2024": "4"}
    assert [(each.path, each.theirs, each.mine) for each in saved.clashes[0].values] == [
        (("cells", "m1/m1/2025"), "2", "3")
    ]


def test_a_moved_paragraph_is_one_change(cast, section):
    write(section, 1, "One.", "Two.", "Three.", by=cast.dana)
    row = answer(section)
    one, two, three = pieces(row)

    save(section, row, cast.dana, 1, paragraphs=[two, three, one])

    assert texts(row) == ["Two.", "Three.", "One."]
    assert [(each.change, each.text) for each in ParagraphVersion.objects.filter(answer=row, number=2)] == [
        (Change.MOVED, "One.")
    ]


def test_a_paragraph_left_empty_is_removed_and_stays_in_the_history(cast, section):
    write(section, 1, "One.", "Two.", by=cast.dana)
    row = answer(section)
    one, two = pieces(row)

    save(section, row, cast.dana, 1, paragraphs=[piece("  ", one.key), two])

    assert texts(row) == ["Two."]
    assert [each.change for each in ParagraphVersion.objects.filter(answer=row, number=2)] == [Change.REMOVED]


def test_a_paragraph_sent_twice_is_refused(cast, section):
    key = str(uuid.uuid4())

    with pytest.raises(Refused):
        save(section, answer(section), cast.dana, 0, paragraphs=[piece("One.", key), piece("Two.", key)])


def test_a_contributor_writes_the_question_asked_and_no_other(cast, section):
    writing.ask(section, cast.justice, 2, by=cast.amina)
    asked, other = answer(section, 2), answer(section, 1)

    save(section, asked, cast.rosa, 0, content={"cells": {"m1/m1/2025": "12"}})
    with pytest.raises(Refused):
        save(section, other, cast.rosa, 0, paragraphs=[piece("Mine.")])

    assert answer(section, 2).origins == {"cells/m1/m1/2025": cast.justice.pk}
    assert texts(other) == []


def test_one_refused_answer_takes_the_whole_save_back(cast, section):
    writing.ask(section, cast.justice, 2, by=cast.amina)
    edits = [
        AnswerEdit(answer(section, 2).pk, 0, content={"cells": {"m1/m1/2025": "12"}}),
        AnswerEdit(answer(section, 1).pk, 0, paragraphs=[piece("Mine.")]),
    ]

    with pytest.raises(Refused):
        save_answers(section, edits, by=cast.rosa)

    assert answer(section, 2).version == 0


def test_a_coordinator_edits_paragraphs_in_review_and_nothing_else(cast, section):
    write(section, 1, "One.", by=cast.dana)
    ReportSection.objects.filter(pk=section.pk).update(status="in_review")
    row = answer(section)
    (one,) = pieces(row)

    save_answers(
        section, [AnswerEdit(row.pk, 1, paragraphs=[piece("One, mended.", one.key)])], by=cast.amina, why=Why.EDITORIAL
    )
    with pytest.raises(Refused):
        save_answers(
            section,
            [AnswerEdit(answer(section, 2).pk, 0, content={"cells": {"m1/m1/2025": "1"}})],
            by=cast.amina,
            why=Why.EDITORIAL,
        )

    kept = Paragraph.objects.get(answer=row)
    assert (kept.text, kept.is_editorial, kept.origin_id) == ("One, mended.", True, cast.health.pk)
    assert AnswerVersion.objects.get(answer=row, number=2).why == Why.EDITORIAL


def test_the_counters_of_a_section_are_those_of_the_frozen_report(cast, section):
    write(section, 1, "A licence is **required**.", "It is renewed.[^1]\n\n[^1]: Each year.", by=cast.dana)
    write(section, 2, by=cast.dana, content={"cells": {"m1/m1/2025": "3"}, "place": "text"})
    write(section, 3, "Since 2023.", by=cast.dana, content={"choice": "yes"})

    row = ReportSection.objects.get(pk=section.pk)
    frozen = freeze.content(section.report)["sections"][0]
    assert (row.words, row.paragraphs) == (frozen["words"], frozen["paragraphs"])
    assert (row.answered, row.required_missing) == (3, 0)


def test_each_version_names_the_one_before_by_its_hash(cast, section):
    write(section, 1, "One.", by=cast.dana)
    write(section, 1, "One.", "Two.", by=cast.jonas)

    before = ""
    for version in AnswerVersion.objects.filter(answer=answer(section)).order_by("number"):
        assert version.previous_sha256 == before
        assert version.sha256 == version_digest(version, list(version.paragraphs.order_by("pk")))
        before = version.sha256
    assert answer(section).version_sha256 == before


def test_a_disposition_answers_a_question_and_prints_its_reference(cast, section):
    write(
        section,
        1,
        by=cast.dana,
        disposition={"disposition": "no_change", "target_document": "CMW/C/ARC/2", "target_paragraph": "131"},
    )

    row = answer(section)
    assert (row.is_answered, row.paragraph_count) == (True, 1)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_a_save_costs_the_same_however_much_it_saves(cast, section, statements, count):
    write(section, 1, "Start.", by=cast.dana)
    row = answer(section)
    edited = [*pieces(row), *(piece(f"Number {n}.") for n in range(count))]
    permissions.remember(cast.dana)

    with statements() as seen:
        save(section, row, cast.dana, 1, paragraphs=edited)

    assert len(seen) == 7


words = st.lists(st.sampled_from(["fees", "law", "licence", "court", "2025"]), min_size=1, max_size=4).map(" ".join)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mine=st.lists(words, min_size=3, max_size=3), theirs=st.lists(words, min_size=3, max_size=3))
def test_nothing_typed_by_either_side_is_lost(cast, section, mine, theirs):
    Paragraph.objects.all().delete()
    row = answer(section)
    save(section, row, cast.dana, row.version, paragraphs=[piece(f"Paragraph {n}.") for n in range(3)])
    base, version = pieces(row), answer(section).version

    save(section, row, cast.jonas, version, paragraphs=[piece(t, p.key) for t, p in zip(theirs, base, strict=True)])
    saved = save(
        section, row, cast.dana, version, paragraphs=[piece(t, p.key) for t, p in zip(mine, base, strict=True)]
    )

    clashing = {each.mine for clash in saved.clashes for each in clash.texts}
    for text in mine:
        assert text in texts(row) or text in clashing
    for text in theirs:
        assert text in texts(row)
