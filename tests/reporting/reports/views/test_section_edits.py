"""The page of editorial changes: old and new since the section was sent, objections, and what they hold up."""

import re

import pytest
from django.utils import formats, timezone

from accounts.permissions import regrant
from reporting.reports.choices import Audience, Why
from reporting.reports.models import Comment
from reporting.reports.services.answer import AnswerEdit, save_answers
from reporting.reports.services.comment import object_to_edit, resolve_comment, withdraw_comment
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

    assert re.search(r"A licence is <del>.*?</bdi>needed</del><ins>.*?</bdi>required</ins> in all cases\.", html)
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

    assert re.search(r"<del><bdi[^>]*>[^<]*</bdi>A licence is needed in all cases\.</del>", html)
    assert re.search(r"<ins><bdi[^>]*>[^<]*</bdi>Quite another text\.</ins>", html)
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


def test_a_second_open_objection_of_the_body_to_the_same_paragraph_is_refused_and_leads_to_the_first(
    cast, section, signed_in
):
    first = objection(cast, section)
    when = formats.date_format(timezone.localtime(first.at), "j F, H:i")

    assert refusal(objection, cast, section, "Once more.").reason == (
        f"Jonas objected to this change on {when} already. Go on in the thread of that objection."
    )
    answer = signed_in(cast.jonas).post(page(section), data(section, "Once more."))
    assert (answer.status_code, Comment.objects.count()) == (409, 1)
    resolve_comment(first, by=cast.amina)
    assert objection(cast, section, "Once more.").is_objection


def test_an_objection_that_was_withdrawn_and_one_to_another_paragraph_are_no_hindrance(cast, section):
    withdraw_comment(objection(cast, section), by=cast.jonas)
    objection(cast, section)

    whole = object_to_edit(section, text="All of it.", by=cast.jonas, answer=section.first)

    assert (whole.paragraph_key, Comment.objects.unresolved().count()) == (None, 2)


def test_when_the_lead_changes_the_new_one_may_object_beside_the_old_one(cast, section, signed_in):
    objection(cast, section)
    type(section).objects.filter(pk=section.pk).update(lead=cast.justice)
    moved = made.section(section.report, "f1")
    regrant(moved)

    html = shown(signed_in(cast.rosa), section)
    assert ("That changes the law." in html, "Object to this change" in html) == (True, True)
    object_to_edit(moved, text="Ours too.", by=cast.rosa, answer=section.first, paragraph_key=section.key)

    assert Comment.objects.unresolved().count() == 2


def test_the_focal_point_reads_that_the_report_is_not_endorsed_before_an_objection_is_resolved(
    cast, section, signed_in
):
    said = "An objection is a comment, and the report is not endorsed before it is resolved."

    assert said in shown(signed_in(cast.jonas), section)
    assert said not in shown(signed_in(cast.dana), section)


def test_an_open_objection_holds_the_endorsement_up_whatever_the_reason_and_names_its_section(cast, signed_in):
    report = made.validated(cast)
    section = made.section(report, "f1")
    first = section.answers.order_by("question__position").first()
    first.versions.update(why=Why.EDITORIAL)
    row = object_to_edit(section, text="That changes the law.", by=cast.jonas, answer=first)
    said = {"by": cast.amina, "authority": "Council of Ministers", "endorsed_on": TODAY}
    reason = "An objection to an editorial change is open and must be resolved before the endorsement: F1."

    assert refusal(endorse, report, **said, objections_reason="The Council has decided.").reason == reason
    html = signed_in(cast.amina).get(f"/reports/{report.slug}/endorse/").content.decode()
    assert (reason in html, f'href="/reports/{report.slug}/check/"' in html) == (True, True)
    assert "Endorse and freeze the report" not in html

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
