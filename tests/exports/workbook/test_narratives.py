"""Texts go out in a workbook and come back: by paragraph, by words, nothing before Apply, everything once."""

import pytest

from accounts.exceptions import Refused
from accounts.models import HistoryEntry
from exports.workbook import services
from exports.workbook.exceptions import Moved, Undecided
from reporting.reports.choices import Why
from reporting.reports.models import AnswerVersion, Paragraph, Report
from tests.exports.workbook import filling
from tests.reporting.reports import factories as made

pytestmark = pytest.mark.django_db
TEXT = "Recruitment agencies need a licence and are inspected twice a year."


@pytest.fixture
def report(cast) -> Report:
    row = made.report(cast)
    made.write(made.section(row, "f1"), TEXT, cast.jonas)
    return Report.objects.select_related("cycle__instrument", "cycle__mechanism", "state_party", "questionnaire").get(
        pk=row.pk
    )


def texts(report: Report) -> list[str]:
    rows = Paragraph.objects.filter(answer__report=report).order_by("answer__question__position", "position")
    return list(rows.values_list("text", flat=True))


def statuses(filled, report, by) -> list[str]:
    return [entry.status for each in filling.previewed(filled, report, by).planned for entry in each.entries]


def test_a_workbook_handed_in_untouched_changes_nothing_and_leaves_no_trace(cast, report):
    _row, data = filling.downloaded(report, cast.jonas)

    filled = filling.handed_in(report, data, cast.jonas)
    filling.applied(filled, report, cast.jonas)

    assert (filled.changes, filled.problems, filled.remarks) == ({}, [], [])
    assert AnswerVersion.objects.filter(answer__report=report).count() == 1


def test_a_changed_paragraph_arrives_when_it_is_applied_and_not_before(cast, report):
    _row, data = filling.downloaded(report, cast.jonas)
    book = filling.opened(data)
    filling.cell(book, "F1", "Paragraph 1").value = "They need a licence."

    filled = filling.handed_in(report, filling.saved(book), cast.jonas)
    before = texts(report)
    filling.applied(filled, report, cast.jonas)

    assert (before, texts(report)) == ([TEXT], ["They need a licence."])


def test_the_history_says_that_it_came_from_a_workbook(cast, report):
    _row, data = filling.downloaded(report, cast.jonas)
    book = filling.opened(data)
    filling.cell(book, "F1", "Paragraph 1").value = "They need a licence."

    filling.applied(filling.handed_in(report, filling.saved(book), cast.jonas), report, cast.jonas)

    last = AnswerVersion.objects.order_by("pk").last()
    acts = HistoryEntry.objects.filter(act__startswith="workbook.").order_by("pk")
    assert (last.why, last.by, last.number) == (Why.WORKBOOK, cast.jonas, 2)
    assert [(entry.act, entry.actor_name) for entry in acts] == [
        ("workbook.download", "Jonas"),
        ("workbook.apply", "Jonas"),
    ]


def test_what_stands_in_an_empty_row_becomes_a_paragraph_at_the_end(cast, report):
    _row, data = filling.downloaded(report, cast.jonas)
    book = filling.opened(data)
    filling.cell(book, "F1", "New paragraph", at=1).value = "=SUM is a word here."
    filling.cell(book, "F1", "New paragraph", at=1).data_type = "s"

    filling.applied(filling.handed_in(report, filling.saved(book), cast.jonas), report, cast.jonas)

    assert texts(report) == [TEXT, "=SUM is a word here."]


def test_a_paragraph_whose_cell_is_emptied_goes(cast, report):
    _row, data = filling.downloaded(report, cast.jonas)
    book = filling.opened(data)
    filling.cell(book, "F1", "Paragraph 1").value = None

    filling.applied(filling.handed_in(report, filling.saved(book), cast.jonas), report, cast.jonas)

    assert texts(report) == []


def test_words_changed_here_and_there_are_put_together(cast, report):
    _row, data = filling.downloaded(report, cast.jonas)
    key = Paragraph.objects.get().key
    made.write(made.section(report, "f1"), TEXT.replace("twice", "four times"), cast.dana, key=str(key))
    book = filling.opened(data)
    filling.cell(book, "F1", "Paragraph 1").value = TEXT.replace("a licence", "two licences")

    filled = filling.handed_in(report, filling.saved(book), cast.jonas)
    shown = statuses(filled, report, cast.jonas)
    filling.applied(filled, report, cast.jonas)

    assert shown == ["merged"]
    assert texts(report) == ["Recruitment agencies need two licences and are inspected four times a year."]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [("theirs", ["Theirs."]), ("mine", ["Mine."]), ("both", ["Theirs.", "Mine."])],
)
def test_where_both_changed_the_same_words_the_person_chooses(cast, report, choice, expected):
    _row, data = filling.downloaded(report, cast.jonas)
    key = Paragraph.objects.get().key
    made.write(made.section(report, "f1"), "Theirs.", cast.dana, key=str(key))
    book = filling.opened(data)
    filling.cell(book, "F1", "Paragraph 1").value = "Mine."
    filled = filling.handed_in(report, filling.saved(book), cast.jonas)
    (entry,) = [entry for each in filling.previewed(filled, report, cast.jonas).planned for entry in each.entries]

    with pytest.raises(Undecided):
        filling.applied(filled, report, cast.jonas)
    before = texts(report)
    filling.applied(filled, report, cast.jonas, {entry.name: choice})

    assert (entry.status, entry.base, entry.theirs, entry.mine) == ("clash", TEXT, "Theirs.", "Mine.")
    assert (before, texts(report)) == (["Theirs."], expected)


def test_a_preview_that_no_longer_holds_is_shown_again_and_saves_nothing(cast, report):
    _row, data = filling.downloaded(report, cast.jonas)
    book = filling.opened(data)
    filling.cell(book, "F1", "New paragraph").value = "More."
    filled = filling.handed_in(report, filling.saved(book), cast.jonas)
    seen = filling.previewed(filled, report, cast.jonas).seen
    made.write(made.section(report, "f1"), "Another.", cast.dana)

    with pytest.raises(Moved):
        services.apply(filled, report, seen=seen, chosen={}, by=cast.jonas)

    assert texts(report) == ["Another."]


def test_applied_twice_it_arrives_once(cast, report):
    _row, data = filling.downloaded(report, cast.jonas)
    book = filling.opened(data)
    filling.cell(book, "F1", "New paragraph").value = "More."
    filled = filling.handed_in(report, filling.saved(book), cast.jonas)
    seen = filling.previewed(filled, report, cast.jonas).seen

    for _time in range(2):
        services.apply(filled, report, seen=seen, chosen={}, by=cast.jonas)

    assert texts(report) == [TEXT, "More."]


def test_handed_in_a_second_time_what_has_arrived_is_unchanged(cast, report):
    _row, data = filling.downloaded(report, cast.jonas)
    book = filling.opened(data)
    filling.cell(book, "F1", "New paragraph").value = "More."
    filling.cell(book, "F1", "Paragraph 1").value = "Other."
    for _time in range(2):
        filled = filling.handed_in(report, filling.saved(book), cast.jonas)
        shown = statuses(filled, report, cast.jonas)
        filling.applied(filled, report, cast.jonas)

    assert (shown, texts(report)) == (["same", "same"], ["Other.", "More."])


def test_nothing_of_a_section_that_was_sent_meanwhile_is_changed(cast, report):
    _row, data = filling.downloaded(report, cast.jonas)
    book = filling.opened(data)
    filling.cell(book, "F1", "New paragraph").value = "More."
    filling.cell(book, "G1", "New paragraph").value = "In time."
    filled = filling.handed_in(report, filling.saved(book), cast.jonas)
    report.sections.filter(slug="f1").update(status="in_review")

    preview = filling.previewed(filled, report, cast.jonas)
    filling.applied(filled, report, cast.jonas)

    assert list(preview.closed.values()) == [
        "The section is in review, so its text is locked. A coordinator can return it."
    ]
    assert texts(report) == [TEXT, "In time."]


def test_a_workbook_holds_only_what_its_person_may_write(cast, report):
    made.write(made.section(report, "f2"), "Secret of Justice.", cast.rosa)

    _row, data = filling.downloaded(report, cast.jonas)

    book = filling.opened(data)
    said = [str(cell.value) for page in book.worksheets for line in page.iter_rows() for cell in line if cell.value]
    assert not [text for text in said if "Secret" in text]
    assert [name for name in book.sheetnames if name[0] in "FG"] == ["F1", "F1-Q3", "G1"]


def test_who_may_write_nothing_gets_no_workbook(cast, report):
    with pytest.raises(Refused) as refused:
        filling.downloaded(report, cast.amina)

    assert refused.value.reason == (
        "Only the drafters of the lead body, and bodies asked for this question, may write here."
    )
