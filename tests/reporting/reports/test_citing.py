"""Files from the library, what changed there after it was cited, and keeping there what was typed."""

import dataclasses
import datetime
import threading

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from accounts import files
from accounts.exceptions import Denial, Refused
from accounts.models import HistoryEntry, StateParty
from reporting.reports import freeze
from reporting.reports.models import Answer, Attachment, Citation, LibraryItem, LibraryVersion
from reporting.reports.services.answer import AnswerEdit, save_answers
from reporting.reports.services.attachment import make_annex
from reporting.reports.services.citing import cite, keep, let_stand, take_over
from reporting.reports.services.library import ItemFacts, add_version, edit_item, withdraw_item
from reporting.reports.services.move import move_report
from reporting.reports.services.submission import endorse
from reporting.reports.services.upload import remove
from reporting.reports.services.validation import record_reply
from tests.reporting.reports import factories as made
from tests.reporting.reports import library

TODAY = datetime.date.today()


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def report(cast):
    return made.report(cast)


@pytest.fixture
def laws(report) -> Answer:
    """F2 of Justice, whose second question asks for laws."""
    return asked(made.section(report, "f2"), "legal_references")


@pytest.fixture
def papers(report) -> Answer:
    """G1 of Health, whose fourth question asks for files."""
    return asked(made.section(report, "g1"), "files")


def asked(section, kind: str) -> Answer:
    row = section.answers.select_related("question").get(question__kind=kind)
    row.section = section
    return row


def entries(answer: Answer) -> list[dict]:
    answer.refresh_from_db(fields=["content", "version"])
    return answer.content.get("references", answer.content.get("files", []))


def write(answer: Answer, listed: list[dict], by) -> None:
    name = "files" if answer.question.kind == "files" else "references"
    answer.refresh_from_db(fields=["content", "version"])
    save_answers(answer.section, [AnswerEdit(answer.pk, answer.version, content={name: listed})], by=by)


def stored(settings) -> int:
    return len([path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()])


def refusal(function, *args, **fields) -> Refused:
    with pytest.raises(Refused) as caught:
        function(*args, **fields)
    return caught.value


def newer(item: LibraryItem, by, content: bytes = b"%PDF-2 newer") -> LibraryVersion:
    return add_version(item, file=ContentFile(content, name="newer.pdf"), by=by)


# --- files -----------------------------------------------------------------------------------


def test_a_file_of_the_library_stands_in_an_answer_without_a_second_copy(cast, papers, settings):
    item = library.item(cast.rosa, "Study", content=b"%PDF-1 study", language="en", link="https://study.example")

    key = cite(papers.section, answer=papers.pk, item=item.pk, by=cast.dana)

    row = papers.attachments.get()
    assert entries(papers) == [
        {
            "key": key,
            "title": "Study",
            "link": "https://study.example",
            "language": "en",
            "attachment": row.pk,
            "library": item.pk,
        }
    ]
    version = item.versions.get()
    assert (row.library_version, row.sha256, row.is_annex, row.file.name) == (
        version,
        version.sha256,
        False,
        version.file.name,
    )
    assert Citation.objects.get().version == version
    assert stored(settings) == 1


def test_what_has_neither_a_file_nor_a_link_answers_no_question_for_files(cast, papers):
    item = library.item(cast.rosa, "Study")

    assert (
        "neither a file nor a link"
        in refusal(cite, papers.section, answer=papers.pk, item=item.pk, by=cast.dana).reason
    )
    assert entries(papers) == []


def test_a_file_that_the_answer_has_is_not_cited_again(cast, papers):
    item = library.item(cast.rosa, "Study", content=b"%PDF-1 study")
    cite(papers.section, answer=papers.pk, item=item.pk, by=cast.dana)

    assert "here already" in refusal(cite, papers.section, answer=papers.pk, item=item.pk, by=cast.jonas).reason
    assert (papers.attachments.count(), Citation.objects.count()) == (1, 1)


def test_a_cited_file_that_is_taken_off_stays_in_the_library(cast, papers):
    item = library.item(cast.rosa, "Study", content=b"%PDF-1 study")
    cite(papers.section, answer=papers.pk, item=item.pk, by=cast.dana)

    remove(papers.attachments.get(), by=cast.dana)

    assert (entries(papers), Citation.objects.count()) == ([], 0)
    with item.versions.get().file.open() as kept:
        assert kept.read() == b"%PDF-1 study"


def test_an_annex_freezes_the_version_that_was_cited(cast):
    report = made.report(cast)
    papers = asked(made.section(report, "g1"), "files")
    item = library.item(cast.rosa, "Study", content=b"%PDF-1 study")
    cite(papers.section, answer=papers.pk, item=item.pk, by=cast.dana)
    make_annex(papers.attachments.get(), by=cast.amina)
    first = item.versions.get()

    newer(item, cast.rosa)

    [annex] = freeze.content(report)["annexes"]
    assert (annex["sha256"], annex["title"]) == (first.sha256, "Study")


def test_a_submission_names_the_hash_of_the_version_whatever_came_later(cast):
    report = made.report(cast)
    papers = asked(made.section(report, "g1"), "files")
    item = library.item(cast.rosa, "Study", content=b"%PDF-1 study")
    cite(papers.section, answer=papers.pk, item=item.pk, by=cast.dana)
    make_annex(papers.attachments.get(), by=cast.amina)
    made.pass_through(report, cast)
    move_report(report, move="consolidate", by=cast.amina)
    report = move_report(report, move="validate", by=cast.amina, until=TODAY)
    for body, by in ((cast.health, cast.jonas), (cast.justice, cast.rosa)):
        record_reply(report, body=body, reply="no_objection", by=by)
    submission = endorse(report, authority="Cabinet", endorsed_on=TODAY, by=cast.amina)
    first = item.versions.get()

    newer(item, cast.rosa)
    withdraw_item(item, reason="Replaced.", by=cast.rosa)

    submission.refresh_from_db()
    assert [each["sha256"] for each in submission.content["annexes"]] == [first.sha256]


def test_what_is_internal_in_the_library_is_made_no_annex(cast, papers):
    item = library.item(cast.rosa, "Audit", content=b"%PDF-1 audit", is_public=False)
    cite(papers.section, answer=papers.pk, item=item.pk, by=cast.dana)

    assert "internal in the library" in refusal(make_annex, papers.attachments.get(), by=cast.amina).reason
    edit_item(item, ItemFacts(kind="law", title="Audit"), revision=1, by=cast.rosa)
    assert make_annex(papers.attachments.get(), by=cast.amina).is_annex


# --- what changed ----------------------------------------------------------------------------


def test_what_changed_is_taken_over_and_the_article_stays(cast, laws):
    item = library.item(cast.dana, "Labour Act", number="5", link="https://law.example/5")
    key = cite(laws.section, answer=laws.pk, item=item.pk, by=cast.rosa)
    write(laws, [{**entries(laws)[0], "article": "12"}], cast.rosa)
    edit_item(item, ItemFacts(kind="law", title="Labour Code", number="5 bis"), revision=1, by=cast.dana)
    assert entries(laws)[0]["title"] == "Labour Act"

    take_over(laws.section, answer=laws.pk, key=key, by=cast.rosa)

    assert entries(laws) == [
        {"key": key, "title": "Labour Code", "number": "5 bis", "article": "12", "library": item.pk}
    ]
    assert Citation.objects.get().revision == 2
    assert laws.version == 3


def test_an_entry_that_its_writers_let_stand_is_marked_no_more(cast, laws):
    item = library.item(cast.dana, "Labour Act")
    key = cite(laws.section, answer=laws.pk, item=item.pk, by=cast.rosa)
    edit_item(item, ItemFacts(kind="law", title="Labour Code"), revision=1, by=cast.dana)

    let_stand(laws.section, answer=laws.pk, key=key, by=cast.rosa)

    assert (entries(laws)[0]["title"], Citation.objects.get().revision) == ("Labour Act", 2)


def test_a_day_of_expiry_makes_no_entry_stale(cast, laws):
    item = library.item(cast.dana, "Labour Act")
    cite(laws.section, answer=laws.pk, item=item.pk, by=cast.rosa)

    edit_item(item, ItemFacts(kind="law", title="Labour Act", is_public=False), revision=1, by=cast.dana)

    item.refresh_from_db()
    assert (item.revision, item.told_revision) == (2, 1)


def test_a_newer_file_is_taken_over_as_internal_and_the_earlier_one_stays_kept(cast, papers, settings):
    item = library.item(cast.rosa, "Study", content=b"%PDF-1 study")
    key = cite(papers.section, answer=papers.pk, item=item.pk, by=cast.dana)
    make_annex(papers.attachments.get(), by=cast.amina)
    second = newer(item, cast.rosa)

    take_over(papers.section, answer=papers.pk, key=key, by=cast.dana)

    old, new = papers.attachments.order_by("pk")
    assert (old.removed_at is not None, new.removed_at, new.library_version, new.is_annex) == (
        True,
        None,
        second,
        False,
    )
    assert [each["attachment"] for each in entries(papers)] == [new.pk]
    citation = Citation.objects.get()
    assert (citation.version, citation.revision) == (second, 2)
    assert stored(settings) == 2


@pytest.mark.parametrize("name", ["dana", "amina", "mina", "nuri", "idris"])
@pytest.mark.parametrize("act", [take_over, let_stand, keep])
def test_only_those_who_write_in_the_answer_settle_its_entries(cast, laws, act, name):
    key = cite(laws.section, answer=laws.pk, item=library.item(cast.dana).pk, by=cast.rosa)

    assert refusal(act, laws.section, answer=laws.pk, key=key, by=getattr(cast, name)).denial == Denial.NO_RIGHT


@pytest.mark.parametrize("act", [take_over, let_stand])
def test_an_entry_that_cites_nothing_has_nothing_to_settle(cast, laws, act):
    write(laws, [{"key": "k1", "title": "Civil Code"}], cast.rosa)

    assert "does not cite" in refusal(act, laws.section, answer=laws.pk, key="k1", by=cast.rosa).reason


# --- keeping what was typed --------------------------------------------------------------------


def test_a_typed_law_is_kept_in_the_library_for_the_lead_body_and_cited(cast, laws):
    said = {"title": "Civil Code", "number": "3", "date": "1990", "link": "https://law.example/3"}
    write(laws, [{"key": "k1", **said, "article": "7"}], cast.rosa)

    item = keep(laws.section, answer=laws.pk, key="k1", by=cast.rosa)

    assert {name: getattr(item, name) for name in said} == said
    assert (item.kind, item.body, item.is_public) == ("law", cast.justice, True)
    assert entries(laws) == [{"key": "k1", **said, "article": "7", "library": item.pk}]
    assert Citation.objects.get().item == item
    assert "in the library already" in refusal(keep, laws.section, answer=laws.pk, key="k1", by=cast.rosa).reason


def test_a_file_of_an_answer_is_kept_in_the_library_without_a_second_copy(cast, papers, settings):
    edit = AnswerEdit(papers.pk, 0, content={"files": [{"key": "k1", "title": "Study", "attachment": 0}]})
    received = files.receive(ContentFile(b"%PDF-1 study", name="study.pdf"))
    save_answers(papers.section, [dataclasses.replace(edit, uploads={"k1": received})], by=cast.dana)

    item = keep(papers.section, answer=papers.pk, key="k1", by=cast.dana)

    version, row = item.versions.get(), Attachment.objects.get()
    assert (version.file.name, version.sha256, version.file_name) == (row.file.name, row.sha256, "study.pdf")
    assert (row.library_version, Citation.objects.get().version, item.is_public) == (version, version, False)
    assert stored(settings) == 1


def test_what_the_library_has_already_is_not_kept_twice(cast, laws):
    library.item(cast.dana, "Civil Code")
    write(laws, [{"key": "k1", "title": "civil code"}], cast.rosa)

    assert "already" in refusal(keep, laws.section, answer=laws.pk, key="k1", by=cast.rosa).reason
    assert "library" not in entries(laws)[0]


def test_an_entry_that_says_more_than_an_item_can_is_shortened_first(cast, laws):
    write(laws, [{"key": "k1", "title": "x" * 501}], cast.rosa)

    assert "at most 500 characters" in refusal(keep, laws.section, answer=laws.pk, key="k1", by=cast.rosa).reason
    assert not LibraryItem.objects.exists()


def test_every_row_is_of_the_state(cast, papers):
    item = library.item(cast.rosa, "Study", content=b"%PDF-1 study")
    cite(papers.section, answer=papers.pk, item=item.pk, by=cast.dana)

    rows = [LibraryItem, LibraryVersion, Citation, Attachment]
    assert {model.objects.get().state_party for model in rows} == {StateParty.objects.get(code="ARC")}


# --- at the same moment ------------------------------------------------------------------------


def at_once(*acts) -> list[str]:
    """Each act in a thread of its own, begun together: "done", or the reason of its refusal."""
    start, outcomes = threading.Barrier(len(acts)), []

    def attempt(act) -> None:
        start.wait()
        try:
            act()
            outcomes.append("done")
        except Refused as refused:
            outcomes.append(refused.reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


@pytest.mark.django_db(transaction=True)
def test_two_who_cite_in_one_answer_at_the_same_moment_both_have_their_entry(cast, papers):
    first, second = (library.item(cast.rosa, title, link="https://law.example") for title in ("First", "Second"))

    outcomes = at_once(
        lambda: cite(papers.section, answer=papers.pk, item=first.pk, by=cast.dana),
        lambda: cite(papers.section, answer=papers.pk, item=second.pk, by=cast.jonas),
    )

    assert outcomes == ["done", "done"]
    assert sorted(each["title"] for each in entries(papers)) == ["First", "Second"]
    assert (papers.version, Citation.objects.count()) == (2, 2)


@pytest.mark.django_db(transaction=True)
def test_an_item_is_withdrawn_once_and_the_second_reads_by_whom(cast):
    item = library.item(cast.dana)

    outcomes = at_once(
        lambda: withdraw_item(item, reason="Repealed.", by=cast.dana),
        lambda: withdraw_item(item, reason="Old.", by=cast.amina),
    )

    item.refresh_from_db()
    reason, done = outcomes
    assert (done, reason.partition(" on ")[0]) == (
        "done",
        f"The item was withdrawn from the library by {item.withdrawn_by}",
    )
    assert (item.revision, HistoryEntry.objects.filter(act="libraryitem.withdraw").count()) == (2, 1)
