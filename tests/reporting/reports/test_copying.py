"""Using what was said elsewhere: who may copy what, where it comes to stand, and what is said when it changes."""

import re
import uuid

import pytest

from accounts.exceptions import Denial, Refused
from reporting.instruments.models import Provision, Theme, ThemeProvision
from reporting.reports.choices import Why
from reporting.reports.models import AnswerVersion, Paragraph
from reporting.reports.presenters.sources import stale
from reporting.reports.services.copying import copy_paragraphs, settle_source
from reporting.reports.services.move import move_report
from tests.reporting.reports import factories as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(cast):
    """A report under another treaty: F1 written by Health, F2 by Justice."""
    row = made.report(cast)
    made.write(made.section(row, "f1"), "No fee may be charged.", cast.dana)
    made.write(made.section(row, "f2"), "The courts may order repayment.", cast.rosa)
    return row


@pytest.fixture
def section(cast):
    """The section of Health in the report that is being written."""
    return made.section(made.report(cast), "f1")


def answers(section):
    return list(section.answers.order_by("question__position"))


def first(section, *, report=None, slug="f1"):
    """The first answer of a section, by default of another report."""
    return answers(made.section(report, slug))[0] if report else answers(section)[0]


def copy(section, source, by, *, to=None, keys=None) -> list[str]:
    keys = keys if keys is not None else [row.key for row in source.paragraphs.all()]
    return copy_paragraphs(section, to=(to or answers(section)[0]).pk, source=source.pk, keys=keys, by=by)


def texts(section) -> list[str]:
    return [row.text for row in answers(section)[0].paragraphs.order_by("position")]


def is_stale(key) -> bool:
    return Paragraph.objects.annotate(is_stale=stale()).get(key=key).is_stale


def same_theme(*sections) -> None:
    """Each section has a provision of its own, all under one theme."""
    theme = Theme.objects.create(code="fees", title="Recruitment fees", coverage="well")
    for number, row in enumerate(sections):
        form = row.section
        provision = Provision.objects.create(instrument=form.questionnaire.instrument, article=str(number))
        form.provisions.add(provision)
        ThemeProvision.objects.create(theme=theme, provision=provision)


# --- copying -----------------------------------------------------------------------------


def test_copied_paragraphs_come_to_the_end_and_remember_their_source(cast, section, other):
    made.write(section, "A licence is required.", cast.dana)
    source = first(section, report=other)

    (key,) = copy(section, source, cast.dana)

    assert texts(section) == ["A licence is required.", "No fee may be charged."]
    row = Paragraph.objects.get(key=key)
    assert (row.source_answer, row.source_key) == (source, source.paragraphs.get().key)
    assert row.source_label == f"{other.cycle}, F1, 1"
    assert AnswerVersion.objects.filter(answer=row.answer).last().why == Why.COPIED


def test_a_copy_has_a_key_of_its_own_and_can_be_made_twice(cast, section, other):
    source = first(section, report=other)

    keys = [copy(section, source, cast.dana)[0] for _time in range(2)]

    assert len({*keys, str(source.paragraphs.get().key)}) == 3
    assert texts(section) == ["No fee may be charged."] * 2


def test_the_draft_of_another_body_cannot_be_copied_and_nothing_tells_that_it_exists(cast, section, other):
    with pytest.raises(Refused) as refused:
        copy(section, first(section, report=other, slug="f2"), cast.dana)

    assert refused.value.denial is Denial.HIDDEN
    assert texts(section) == []


def test_what_an_endorsed_report_prints_can_be_copied_by_every_body(cast, section):
    other = made.endorsed(cast)

    copy(section, first(section, report=other, slug="f2"), cast.dana)

    assert texts(section) == ["The text of f2."]


def test_answers_of_another_state_are_no_source(cast, section, other):
    source = first(section, report=other)
    type(source).objects.filter(pk=source.pk).update(state_party=cast.qamar)

    with pytest.raises(Refused) as refused:
        copy(section, source, cast.amina)

    assert refused.value.denial is Denial.HIDDEN


def test_a_paragraph_of_a_third_answer_is_not_copied_under_the_name_of_one_that_may_be_read(cast, section, other):
    hidden = first(section, report=other, slug="f2").paragraphs.get().key

    with pytest.raises(Refused, match="Tick the paragraphs"):
        copy(section, first(section, report=other), cast.dana, keys=[hidden])

    assert texts(section) == []


@pytest.mark.parametrize("keys", [[], [uuid.uuid4()]])
def test_without_a_paragraph_that_is_there_nothing_is_copied(cast, section, other, keys):
    with pytest.raises(Refused, match="Tick the paragraphs"):
        copy(section, first(section, report=other), cast.dana, keys=keys)

    assert not AnswerVersion.objects.filter(answer__section=section).exists()


def test_only_a_question_with_text_takes_paragraphs(cast, section, other):
    table = answers(section)[2]

    with pytest.raises(Refused, match="Choose the question"):
        copy(section, first(section, report=other), cast.dana, to=table)


def test_nothing_is_copied_into_a_section_that_is_with_the_coordinator(cast, section, other):
    made.set_state(section, "in_review")

    with pytest.raises(Refused) as refused:
        copy(section, first(section, report=other), cast.dana)

    assert refused.value.denial is Denial.STATE


# --- when the source changes --------------------------------------------------------------


@pytest.fixture
def copied(cast, section, other):
    """The key of a copy, and its source."""
    source = first(section, report=other)
    return copy(section, source, cast.dana)[0], source


def change(source, cast, text: str) -> None:
    source.refresh_from_db()
    made.write(made.section(source.report, "f1"), text, cast.dana, key=str(source.paragraphs.get().key))


def test_a_copy_is_stale_once_its_source_says_something_else(cast, copied):
    key, source = copied
    assert not is_stale(key)

    change(source, cast, "No fee and no cost may be charged.")

    assert is_stale(key)


def test_what_else_is_written_in_the_source_does_not_make_the_copy_stale(cast, section, other):
    source = first(section, report=other)
    (key,) = copy(section, source, cast.dana)
    copy_paragraphs(
        made.section(other, "f1"), to=source.pk, source=source.pk, keys=[source.paragraphs.get().key], by=cast.dana
    )

    assert not is_stale(key)


def test_the_new_text_of_the_source_is_taken_over_in_place(cast, section, copied):
    key, source = copied
    change(source, cast, "No fee and no cost may be charged.")

    settle_source(section, uuid.UUID(key), take=True, by=cast.dana)

    assert texts(section) == ["No fee and no cost may be charged."]
    assert not is_stale(key)


def test_keeping_the_text_is_a_decision_until_the_source_changes_again(cast, section, copied):
    key, source = copied
    change(source, cast, "No fee and no cost may be charged.")

    settle_source(section, uuid.UUID(key), take=False, by=cast.dana)
    assert (texts(section), is_stale(key)) == (["No fee may be charged."], False)

    change(source, cast, "No fee at all.")
    assert is_stale(key)


def test_a_source_that_one_may_no_longer_read_is_not_taken_over(cast, section, copied):
    key, source = copied
    change(source, cast, "Changed.")
    type(source).objects.filter(pk=source.pk).update(state_party=cast.qamar)

    with pytest.raises(Refused):
        settle_source(section, uuid.UUID(key), take=True, by=cast.dana)

    assert texts(section) == ["No fee may be charged."]


# --- pages -------------------------------------------------------------------------------


def address(section, name: str) -> str:
    return f"/reports/{section.report.slug}/sections/f1/{name}"


def form_of(html: str) -> dict[str, str]:
    """What the first form of a source sends with everything ticked and its proposed question."""
    html = html[html.index('class="source"') :]
    found = dict(re.findall(r'name="(source|to|paragraph)" value="([^"]+)"', html))
    options = re.findall(r'<option value="(\d+)"( selected)?', html[: html.index("</form>")])
    if options:
        found["to"] = next((pk for pk, selected in options if selected), options[0][0])
    return found


def test_asked_elsewhere_shows_answers_to_the_same_duties_that_one_may_read(cast, section, other, signed_in):
    same_theme(section, made.section(other, "f1"), made.section(other, "f2"))

    html = signed_in(cast.dana).get(address(section, "elsewhere/")).content.decode()

    assert "No fee may be charged." in html
    assert "The courts may order repayment." not in html
    assert (
        "The courts may order repayment." in signed_in(cast.amina).get(address(section, "elsewhere/")).content.decode()
    )


def test_an_answer_to_another_duty_is_not_offered(cast, section, other, signed_in):
    same_theme(section)

    assert "No fee may be charged." not in signed_in(cast.dana).get(address(section, "elsewhere/")).content.decode()


def test_asked_elsewhere_costs_the_same_for_one_answer_and_for_many(cast, section, signed_in, statements):
    rows = [made.section(made.report(cast), "f1") for _number in range(3)]
    same_theme(section, *rows)
    client, counts = signed_in(cast.dana), []
    for row in rows:
        made.write(row, "No fee.", cast.dana)
        client.get(address(section, "elsewhere/"))
        with statements() as seen:
            client.get(address(section, "elsewhere/"))
        counts.append(len(seen))

    assert counts[0] == counts[-1] <= 14, counts


def test_ticked_paragraphs_are_copied_from_the_page(cast, section, other, signed_in):
    same_theme(section, made.section(other, "f1"))
    client = signed_in(cast.dana)
    html = client.get(address(section, "elsewhere/")).content.decode()
    data = form_of(html)

    answer = client.post(address(section, "copy/"), data)

    (row,) = answers(section)[0].paragraphs.all()
    assert answer["Location"] == address(section, f"#p-{row.key}")
    page = client.get(address(section, "")).content.decode()
    assert f"From {other.cycle}, F1, 1, copied on" in page


def test_with_nothing_ticked_the_page_comes_back_with_a_sentence(cast, section, other, signed_in):
    same_theme(section, made.section(other, "f1"))
    data = {"source": first(section, report=other).pk, "to": answers(section)[0].pk}

    answer = signed_in(cast.dana).post(address(section, "copy/"), data)

    assert answer.status_code == 409
    assert "Tick the paragraphs that you want to copy." in answer.content.decode()


@pytest.mark.parametrize(
    ("data", "status"), [({"source": "x"}, 409), ({"source": "1", "to": "1", "paragraph": "no key"}, 404)]
)
def test_what_no_page_sends_copies_nothing(cast, section, signed_in, data, status):
    assert signed_in(cast.dana).post(address(section, "copy/"), data).status_code == status
    assert texts(section) == []


def test_a_stale_copy_is_marked_and_leads_to_both_texts(cast, section, copied, signed_in):
    key, source = copied
    change(source, cast, "No fee and no cost may be charged.")
    client = signed_in(cast.dana)

    page = client.get(address(section, "")).content.decode()
    both = client.get(address(section, f"sources/{key}/")).content.decode()

    assert address(section, f"sources/{key}/") in page
    assert "The source has changed since" in page
    assert '<ins><bdi class="hidden-text">[added]</bdi>' in both
    client.post(address(section, f"sources/{key}/"), {"do": "take"})
    assert texts(section) == ["No fee and no cost may be charged."]


def test_the_last_report_offers_its_paragraphs_to_the_same_question(cast, signed_in):
    last = made.endorsed(cast)
    cycle = made.open_cycle(last.cycle.instrument, number_from=4, coordinating_body=cast.mechanism, by=cast.amina)
    now = made.start_report(cycle, questionnaire=last.questionnaire, kind="periodic", by=cast.amina)
    made.assign(now, cast)
    section = made.section(move_report(now, move="open", by=cast.amina), "f1")
    client = signed_in(cast.dana)
    html = client.get(address(section, "last/")).content.decode()
    data = form_of(html)

    client.post(address(section, "copy/"), data)

    assert "Copy paragraph 1" in html
    assert texts(section) == ["The text of f1."]
