"""The library of a State, and the answers that cite it."""

import datetime

import pytest
from django.core.files.base import ContentFile

from accounts.exceptions import Denial, Refused
from accounts.models import HistoryEntry
from reporting.reports import freeze
from reporting.reports.models import Citation, LibraryItem
from reporting.reports.services.answer import AnswerEdit, save_answers
from reporting.reports.services.citing import cite
from reporting.reports.services.library import (
    ItemFacts,
    add_item,
    add_version,
    edit_item,
    restore_item,
    withdraw_item,
)
from tests import factories
from tests.reporting.reports import factories as made
from tests.reporting.reports import library
from tests.reporting.reports.library import references


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def section(cast):
    """F2 of Justice, whose second question asks for laws."""
    return made.section(made.report(cast), "f2")


def refusal(function, *args, **fields) -> Refused:
    with pytest.raises(Refused) as caught:
        function(*args, **fields)
    return caught.value


def cited(section) -> list[tuple[str, int]]:
    rows = Citation.objects.filter(answer=references(section)).values_list("item__title", "revision")
    return list(rows)


# --- who keeps what ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["dana", "jonas", "amina", "rosa"])
def test_drafters_focal_points_and_coordinators_add_for_their_own_body(cast, name):
    by = getattr(cast, name)

    row = library.item(by, number="22/1988")

    assert (row.body, row.created_by, row.state_party) == (by.memberships.get().body, by, cast.arcadia)
    assert [(act.act, act.actor_id) for act in HistoryEntry.objects.filter(act__startswith="library")] == [
        ("libraryitem.add", by.pk)
    ]
    assert row.history.count() == 1


@pytest.mark.parametrize("name", ["mina", "nuri"])
def test_missions_and_bodies_consulted_are_told_of_no_library(cast, name):
    by = getattr(cast, name)
    item = library.item(cast.dana)

    assert refusal(library.item, by, "Another").denial == Denial.HIDDEN
    assert refusal(withdraw_item, item, reason="Old.", by=by).denial == Denial.HIDDEN


def test_an_item_of_another_state_does_not_exist(cast):
    item = library.item(cast.dana)

    assert refusal(add_version, item, file=ContentFile(b"%PDF-1", name="a.pdf"), by=cast.idris).denial == Denial.HIDDEN
    assert list(LibraryItem.objects.of(cast.idris)) == []


@pytest.mark.parametrize(("name", "reason"), [("dana", None), ("jonas", None), ("amina", None), ("rosa", "The body")])
def test_the_body_that_keeps_an_item_and_the_coordinators_change_it(cast, name, reason):
    item = library.item(cast.dana)
    facts = ItemFacts(kind="law", title="Foreign Employment Act")

    if reason:
        refused = refusal(edit_item, item, facts, revision=1, by=getattr(cast, name))
        assert (refused.denial, refused.reason[:8]) == (Denial.NO_RIGHT, reason)
    else:
        assert edit_item(item, facts, revision=1, by=getattr(cast, name)).title == "Foreign Employment Act"


def test_nobody_keeps_an_item_for_a_body_of_others(cast):
    facts = ItemFacts(kind="law", title="Act")

    assert refusal(add_item, facts, by=cast.dana, body=cast.justice).reason == "Choose one of your own bodies."


def test_the_same_law_is_kept_once(cast):
    library.item(cast.dana, "Labour Act", number="5")

    assert "already" in refusal(library.item, cast.rosa, "labour act", number="5").reason
    assert library.item(cast.rosa, "Labour Act", number="6").number == "6"


def test_two_who_change_one_item_do_not_overwrite_each_other(cast):
    item = library.item(cast.dana)
    edit_item(item, ItemFacts(kind="law", title="First"), revision=1, by=cast.dana)

    refused = refusal(edit_item, item, ItemFacts(kind="law", title="Second"), revision=1, by=cast.amina)

    item.refresh_from_db()
    assert (item.title, item.history.count()) == ("First", 2)
    assert "meanwhile" in refused.reason


# --- files ---------------------------------------------------------------------------------


def test_a_newer_file_comes_before_the_earlier_ones_which_stay(cast):
    item = library.item(cast.dana, content=b"%PDF-1 first")

    add_version(item, file=ContentFile(b"%PDF-1 second", name="act 2.pdf"), by=cast.jonas)

    rows = list(item.versions.all())
    assert [(row.number, row.file_name, row.uploaded_by) for row in rows] == [
        (2, "act 2.pdf", cast.jonas),
        (1, "act.pdf", cast.dana),
    ]
    for row, content in zip(rows, (b"%PDF-1 second", b"%PDF-1 first"), strict=True):
        with row.file.open() as kept:
            assert kept.read() == content
    assert len({row.sha256 for row in rows}) == 2


def test_the_same_bytes_are_no_newer_file(cast, settings):
    item = library.item(cast.dana, content=b"%PDF-1 first")

    refused = refusal(add_version, item, file=ContentFile(b"%PDF-1 first", name="b.pdf"), by=cast.dana)

    assert refused.reason == "This file is here already, as version 1."
    assert len([path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]) == 1


def test_a_file_that_cannot_be_kept_leaves_no_item(cast):
    assert "accepted type" in refusal(library.item, cast.dana, content=b"<svg>", name="a.svg").reason
    assert not LibraryItem.objects.exists()


# --- withdrawn and expired -------------------------------------------------------------------


def test_an_item_is_withdrawn_with_a_reason_and_brought_back(cast, section):
    item = library.item(cast.dana)
    assert "reason" in refusal(withdraw_item, item, reason=" ", by=cast.dana).reason

    withdraw_item(item, reason="Repealed in 2025.", by=cast.dana)
    assert "withdrawn" in refusal(cite, section, answer=references(section).pk, item=item.pk, by=cast.rosa).reason
    assert "withdrawn" in refusal(withdraw_item, item, reason="Again.", by=cast.amina).reason
    restore_item(item, by=cast.amina)

    assert cite(section, answer=references(section).pk, item=item.pk, by=cast.rosa)
    assert "already" in refusal(restore_item, item, by=cast.amina).reason


def test_a_withdrawn_item_stays_where_it_is_cited(cast, section):
    item = library.item(cast.dana)
    cite(section, answer=references(section).pk, item=item.pk, by=cast.rosa)

    withdraw_item(item, reason="Repealed.", by=cast.dana)
    made.write(section, "Another question.", cast.rosa)

    assert cited(section) == [("Act on Foreign Employment", 1)]


def test_an_item_expires_on_the_day_after_its_last(cast):
    item = library.item(cast.dana, valid_until=datetime.date(2026, 3, 31))

    assert [item.has_expired(datetime.date(2026, *day)) for day in ((3, 31), (4, 1))] == [False, True]
    assert [LibraryItem.objects.expired(datetime.date(2026, *day)).count() for day in ((3, 31), (4, 1))] == [0, 1]


# --- citing ----------------------------------------------------------------------------------


def test_a_cited_entry_says_what_the_item_said_and_keeps_its_id(cast, section):
    item = library.item(cast.dana, number="22/1988", date="1988-05-01", link="https://law.example/22", language="ar")

    key = cite(section, answer=references(section).pk, item=item.pk, by=cast.rosa)

    answer = references(section)
    assert answer.content == {
        "references": [
            {
                "key": key,
                "title": "Act on Foreign Employment",
                "number": "22/1988",
                "date": "1988-05-01",
                "link": "https://law.example/22",
                "library": item.pk,
            }
        ]
    }
    assert (answer.version, answer.is_answered, cited(section)) == (1, True, [("Act on Foreign Employment", 1)])


def test_the_citation_follows_the_content(cast, section):
    first, second = library.item(cast.dana), library.item(cast.dana, "Penal Code")
    for item in (first, second):
        cite(section, answer=references(section).pk, item=item.pk, by=cast.rosa)
    answer = references(section)
    entries = answer.content["references"]

    save_answers(section, [AnswerEdit(answer.pk, 2, content={"references": entries[1:]})], by=cast.rosa)
    assert cited(section) == [("Penal Code", 1)]
    save_answers(section, [AnswerEdit(answer.pk, 3, content={})], by=cast.rosa)
    assert cited(section) == []


def test_a_citation_and_an_older_page_of_somebody_else_do_not_clash(cast, section):
    answer = references(section)
    typed = {"references": [{"key": "k1", "title": "Civil Code"}]}
    cite(section, answer=answer.pk, item=library.item(cast.dana).pk, by=cast.rosa)

    saved = save_answers(section, [AnswerEdit(answer.pk, 0, content=typed)], by=cast.rosa)

    assert saved.clashes == []
    titles = [entry["title"] for entry in references(section).content["references"]]
    assert (titles, cited(section)) == (
        ["Act on Foreign Employment", "Civil Code"],
        [("Act on Foreign Employment", 1)],
    )


def test_an_item_of_another_state_is_refused_with_a_sentence_and_nothing_is_saved(cast, section):
    theirs = library.item(cast.idris, "Law of Qamar")
    answer = references(section)
    forged = {"references": [{"key": "k1", "title": "Mine", "library": theirs.pk}]}

    refused = refusal(save_answers, section, [AnswerEdit(answer.pk, 0, content=forged)], by=cast.rosa)

    assert refused.reason.startswith("The page named an item that is not in your State’s library.")
    assert refusal(cite, section, answer=answer.pk, item=theirs.pk, by=cast.rosa).denial == Denial.HIDDEN
    assert (references(section).content, Citation.objects.count()) == ({}, 0)


@pytest.mark.parametrize("name", ["dana", "jonas", "amina", "mina", "nuri", "idris"])
def test_only_those_who_write_in_an_answer_cite_there(cast, section, name):
    item = library.item(cast.dana)

    assert refusal(cite, section, answer=references(section).pk, item=item.pk, by=getattr(cast, name)).denial in {
        Denial.NO_RIGHT,
        Denial.HIDDEN,
    }
    assert Citation.objects.count() == 0


def test_a_question_that_asks_for_no_laws_takes_none(cast, section):
    narrative = section.answers.get(question__kind="narrative")

    assert "laws" in refusal(cite, section, answer=narrative.pk, item=library.item(cast.dana).pk, by=cast.rosa).reason


def test_the_report_prints_the_entry_and_nothing_of_the_library(cast, section):
    cite(section, answer=references(section).pk, item=library.item(cast.dana, number="22").pk, by=cast.rosa)

    content = freeze.content(section.report)

    blocks = [block for part in content["sections"] for answer in part["answers"] for block in answer["blocks"]]
    items = [item for block in blocks if block["type"] == "references" for item in block["items"]]
    assert items == [{"title": "Act on Foreign Employment", "number": "22", "date": "", "article": "", "link": ""}]


def test_a_coordinator_of_a_body_that_coordinates_reads_the_library_of_the_state(cast):
    other = factories.body(cast.arcadia, "other")
    item = library.item(factories.member("Lars", other, "focal_point"))

    assert list(LibraryItem.objects.of(cast.amina)) == [item]
