"""The page of editorial changes: old and new since the section was sent, objections, and what they hold up."""

import re

import pytest
from django.utils import timezone

from reporting.reports.choices import Audience, Why
from reporting.reports.models import Comment
from reporting.reports.services.answer import AnswerEdit, save_answers
from reporting.reports.services.comment import object_to_edit, resolve_comment
from reporting.reports.services.section import move_section
from reporting.reports.services.submission import endorse
from tests.reporting.reports import factories as made
from tests.reporting.reports import writing
from tests.reporting.reports.test_submissions import TODAY, refusal
from tests.reporting.reports.writing import piece

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(cast):
    """F1 of Health, in review: Jonas sent it, and Amina put it otherwise."""
    report = made.report(cast)
    key = made.write(made.section(report, "f1"), "A licence is needed in all cases.", cast.dana)
    move_section(made.section(report, "f1"), move="send_for_review", by=cast.jonas)
    made.write(
        made.section(report, "f1"), "A licence is required in all cases.", cast.amina, key=key, why=Why.EDITORIAL
    )
    found = made.section(report, "f1")
    found.key, found.first = key, found.answers.order_by("question__position").first()
    return found


def page(section) -> str:
    return f"/reports/{section.report.slug}/sections/f1/edits/"


def read(client, section) -> str:
    return re.sub(r"<[^>]+>", "", re.sub(r'<span class="hidden-text">[^<]+</span>', "", shown(client, section)))


def shown(client, section) -> str:
    return client.get(page(section)).content.decode()


def data(section, text="That changes the law.") -> dict[str, str]:
    return {"answer": str(section.first.pk), "paragraph": section.key, "text": text}


def objection(cast, section, text="That changes the law.") -> Comment:
    return object_to_edit(section, text=text, by=cast.jonas, answer=section.first, paragraph_key=section.key)


def test_the_lead_reads_old_and_new_with_the_words_that_differ_and_by_whom(cast, section, signed_in):
    html = shown(signed_in(cast.dana), section)

    assert re.search(r"A licence is <del>.*?</span>needed</del><ins>.*?</span>required</ins> in all cases\.", html)
    assert "<bdi>Amina</bdi>" in html
    assert "Describe F1, 1." in html


def test_what_was_edited_before_the_section_was_sent_again_is_not_shown(cast, section, signed_in):
    move_section(section, move="return", by=cast.amina, reason="The year is missing.")
    move_section(made.section(section.report, "f1"), move="send_for_review", by=cast.jonas)

    assert "No editorial change since the section was sent" in shown(signed_in(cast.jonas), section)


def test_an_edit_that_was_taken_back_is_no_change(cast, section, signed_in):
    made.write(section, "A licence is needed in all cases.", cast.amina, key=section.key, why=Why.EDITORIAL)

    assert "No editorial change since the section was sent" in shown(signed_in(cast.jonas), section)


def test_what_was_taken_out_and_put_in_is_shown_as_such(cast, section, signed_in):
    section.first.refresh_from_db()
    edit = AnswerEdit(section.first.pk, section.first.version, paragraphs=[piece("Quite another text.")])
    save_answers(section, [edit], by=cast.wen, why=Why.EDITORIAL)

    html = shown(signed_in(cast.jonas), section)

    assert re.search(r"<del><span[^>]*>[^<]*</span>A licence is needed in all cases\.</del>", html)
    assert re.search(r"<ins><span[^>]*>[^<]*</span>Quite another text\.</ins>", html)
    assert html.count("Object to this change") == 2


@pytest.mark.parametrize(
    ("name", "reads", "may_object"),
    [("jonas", 200, True), ("dana", 200, False), ("amina", 200, False), ("rosa", 403, False)],
)
def test_the_bodies_read_and_only_the_lead_s_focal_point_has_the_form(
    cast, section, signed_in, name, reads, may_object
):
    client = signed_in(getattr(cast, name))

    answer = client.get(page(section))

    assert (answer.status_code, "Object to this change" in answer.content.decode()) == (reads, may_object)
    assert client.post(page(section), data(section)).status_code == (302 if may_object else 403)
    assert Comment.objects.filter(is_objection=True).count() == int(may_object)


def test_an_objection_stands_with_its_change_and_leads_to_the_thread(cast, section, signed_in):
    client = signed_in(cast.jonas)

    client.post(page(section), data(section))

    row = Comment.objects.get()
    assert (row.is_objection, row.by, str(row.paragraph_key)) == (True, cast.jonas, section.key)
    html = shown(client, section)
    assert "That changes the law." in html
    assert f"/sections/f1/comments/#c-{row.pk}" in html
    assert "Object to this change" not in html  # one goes on in the thread
    resolve_comment(row, by=cast.amina)
    html = shown(client, section)
    assert "That changes the law." not in html
    assert "Object to this change" in html


def test_an_objection_to_what_is_no_longer_shown_is_still_listed(cast, section, signed_in):
    objection(cast, section)
    made.write(section, "A licence is needed in all cases.", cast.amina, key=section.key, why=Why.EDITORIAL)

    text = read(signed_in(cast.jonas), section)

    assert "Other open objections" in text
    assert "That changes the law." in text


def test_without_a_reason_the_page_comes_back(cast, section, signed_in):
    answer = signed_in(cast.jonas).post(page(section), data(section, text=" "))

    assert answer.status_code == 409
    assert "Write the comment." in answer.content.decode()


def test_once_the_report_is_endorsed_what_was_typed_is_kept_and_nothing_written(cast, section, signed_in):
    made.set_state(section.report, "endorsed")

    answer = signed_in(cast.jonas).post(page(section), data(section))

    assert answer.status_code == 409
    assert not Comment.objects.exists()


@pytest.mark.parametrize("broken", [{"answer": "0"}, {"answer": "x"}, {"paragraph": "x"}])
def test_an_objection_to_what_is_not_there_finds_nothing(cast, section, signed_in, broken):
    assert signed_in(cast.jonas).post(page(section), data(section) | broken).status_code == 404


def test_the_section_and_its_history_lead_to_the_page_once_something_was_edited(cast, section, signed_in):
    client, root = signed_in(cast.jonas), page(section).removesuffix("edits/")
    untouched = root.replace("/f1/", "/g1/")

    assert all(page(section) in client.get(root + part).content.decode() for part in ("", "history/"))
    assert all("/edits/" not in client.get(untouched + part).content.decode() for part in ("", "history/"))


def test_endorsing_waits_for_an_open_objection_and_names_its_section(cast):
    report = made.validated(cast)
    section = made.section(report, "f1")
    first = section.answers.order_by("question__position").first()
    first.versions.update(why=Why.EDITORIAL)
    row = object_to_edit(section, text="That changes the law.", by=cast.jonas, answer=first)
    said = {"by": cast.amina, "authority": "Council of Ministers", "endorsed_on": TODAY}

    assert refusal(endorse, report, **said).reason == (
        "One objection is open. Settle it, or give the reason for endorsing all the same. "
        "Objections to editorial changes are open in: F1."
    )

    resolve_comment(row, by=cast.amina)
    assert endorse(report, **said).number == 1


def test_the_page_costs_the_same_however_much_was_edited(cast, signed_in, statements):
    found = []
    narrative = ("narrative", "Who may recruit?", False, {})
    for size in (1, 3, 100):
        questions = writing.questionnaire(prefix=f"E{size}", questions=[narrative] * size)
        section = writing.section(writing.report(cast, number=size, made=questions))
        type(section).objects.filter(pk=section.pk).update(status="in_review")
        edits = [
            AnswerEdit(row.pk, 0, paragraphs=[piece(f"New {number}.")])
            for number, row in enumerate(section.answers.all())
        ]
        save_answers(section, edits, by=cast.amina, why=Why.EDITORIAL)
        Comment.objects.bulk_create(
            Comment(
                state_party=cast.arcadia,
                section=section,
                answer=row,
                by=cast.jonas,
                body=cast.health,
                audience=Audience.SECTION,
                at=timezone.now(),
                text="No.",
                is_objection=True,
            )
            for row in section.answers.all()
        )
        client, address = signed_in(cast.jonas), f"/reports/{section.report.slug}/sections/f1/edits/"
        client.get(address)
        with statements() as seen:
            html = client.get(address).content.decode()
        assert html.count("<ins>") == size
        found.append(len(seen))

    assert len(set(found)) == 1
    assert found[0] <= 14
