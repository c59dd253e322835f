"""Comments: who writes, who reads, resolving, withdrawing, objecting to an editorial edit."""

import uuid

import pytest

from accounts.choices import Role
from accounts.exceptions import Denial, Refused
from accounts.models import HistoryEntry
from reporting.reports.choices import Audience, Why
from reporting.reports.permissions_comments import visible_comments
from reporting.reports.services.comment import (
    add_comment,
    object_to_edit,
    reopen_comment,
    resolve_comment,
    withdraw_comment,
)
from reporting.reports.services.contribution import ask_contribution
from reporting.reports.services.section import move_section
from tests import factories
from tests.reporting.reports import factories as made


@pytest.fixture
def section(cast):
    return made.section(made.report(cast), "f1")


def refusal(function, *args, **fields) -> Refused:
    with pytest.raises(Refused) as caught:
        function(*args, **fields)
    return caught.value


def readers(cast, section, *others) -> set[str]:
    people = [cast.amina, cast.wen, cast.dana, cast.jonas, cast.rosa, cast.mina, cast.nuri, cast.idris, *others]
    fresh = made.section(section.report, section.slug)
    return {user.name for user in people if visible_comments(user, fresh).exists()}


def first(section):
    return section.answers.order_by("question__position")[0]


def test_a_comment_to_the_section_is_read_by_its_bodies_and_the_coordinators(cast, section):
    add_comment(section, text="Which year?", by=cast.dana)

    assert readers(cast, section) == {"Amina", "Wen", "Dana", "Jonas"}


def test_a_comment_to_ones_own_body_stays_there(cast, section):
    comment = add_comment(section, text="Between us.", by=cast.dana, audience=Audience.BODY)

    assert comment.body == cast.health
    assert readers(cast, section) == {"Dana", "Jonas"}


def test_coordinators_talk_among_themselves_too(cast, section):
    add_comment(section, text="Weak.", by=cast.amina, audience=Audience.BODY)

    assert readers(cast, section) == {"Amina", "Wen"}


def test_a_body_asked_reads_comments_on_what_it_is_asked_and_on_no_other_question(cast, section):
    asked, other = section.answers.order_by("question__position")[:2]
    ask_contribution(section, body=cast.justice, answers=[asked], by=cast.jonas)
    add_comment(section, text="On yours.", by=cast.jonas, answer=asked)
    add_comment(section, text="On another.", by=cast.jonas, answer=other)

    seen = visible_comments(cast.rosa, made.section(section.report, "f1"))
    assert [comment.text for comment in seen] == ["On yours."]


def test_a_body_asked_does_not_comment_on_questions_that_it_may_not_read(cast, section):
    asked, other = section.answers.order_by("question__position")[:2]
    ask_contribution(section, body=cast.justice, answers=[asked], by=cast.jonas)

    refused = refusal(add_comment, made.section(section.report, "f1"), text="?", by=cast.rosa, answer=other)

    assert refused.denial == Denial.HIDDEN


def test_in_validation_every_body_in_the_report_comments_and_reads(cast):
    section = made.section(made.validated(cast), "f1")

    comment = add_comment(section, text="Not our view.", by=cast.rosa)

    assert comment.body == cast.justice
    assert "Rosa" in readers(cast, section)


@pytest.mark.parametrize("name", ["mina", "nuri", "idris"])
def test_those_outside_the_section_do_not_comment(cast, section, name):
    assert refusal(add_comment, section, text="Hello", by=getattr(cast, name)).denial == Denial.NO_RIGHT


def test_a_focal_point_of_another_section_waits_for_validation(cast, section):
    assert refusal(add_comment, section, text="Hello", by=cast.rosa).reason == "The report is not in validation."


def test_a_reply_stays_where_its_thread_is_and_with_those_who_read_it(cast, section):
    key = made.write(section, "A paragraph.", cast.dana)
    top = add_comment(section, text="?", by=cast.dana, answer=first(section), paragraph_key=key, audience=Audience.BODY)

    reply = add_comment(section, text="Yes.", by=cast.jonas, parent=top, audience=Audience.SECTION)

    assert (reply.audience, str(reply.paragraph_key), reply.answer_id) == (Audience.BODY, key, top.answer_id)
    assert readers(cast, section) == {"Dana", "Jonas"}


def test_a_reply_to_a_reply_joins_the_same_thread(cast, section):
    top = add_comment(section, text="?", by=cast.dana)
    reply = add_comment(section, text="Yes.", by=cast.jonas, parent=top)

    assert add_comment(section, text="Thanks.", by=cast.dana, parent=reply).parent == top


def test_nobody_replies_in_a_thread_that_they_do_not_read(cast, section):
    top = add_comment(section, text="Between us.", by=cast.dana, audience=Audience.BODY)

    assert refusal(add_comment, section, text="I heard.", by=cast.amina, parent=top).denial == Denial.HIDDEN


def test_the_audience_of_consultations_belongs_to_consultations(cast, section):
    refusal(add_comment, section, text="To all.", by=cast.amina, audience=Audience.CONSULTATION)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (" \n ", "Write the comment."),
        ("x" * 10_001, "A comment may have 10,000 characters; this one has 10,001."),
    ],
)
def test_a_comment_says_something_and_is_no_report(cast, section, text, reason):
    assert refusal(add_comment, section, text=text, by=cast.dana).reason == reason


def test_a_comment_names_a_paragraph_of_its_answer(cast, section):
    refused = refusal(add_comment, section, text="?", by=cast.dana, answer=first(section), paragraph_key=uuid.uuid4())

    assert refused.reason == "This paragraph is not in the answer."


def test_the_act_of_a_comment_does_not_say_what_it_says(cast, section):
    add_comment(section, text="A secret.", by=cast.dana)

    entry = HistoryEntry.objects.get(act="comment.add")
    assert entry.context == section.report.slug
    assert "secret" not in str([entry.facts, entry.subject_label, entry.reason])


def test_nobody_comments_on_an_endorsed_report(cast):
    section = made.section(made.endorsed(cast), "f1")

    assert refusal(add_comment, section, text="Late.", by=cast.amina).reason == "The report has been endorsed."


# --- resolving, withdrawing --------------------------------------------------------------


@pytest.mark.parametrize("name", ["dana", "jonas", "amina", "wen"])
def test_the_lead_and_the_coordinators_resolve(cast, section, name):
    comment = add_comment(section, text="?", by=cast.dana)

    assert resolve_comment(comment, by=getattr(cast, name)).resolved_by == getattr(cast, name)


def test_resolving_twice_names_who_was_first(cast, section):
    comment = add_comment(section, text="?", by=cast.dana)
    resolve_comment(comment, by=cast.amina)

    assert refusal(resolve_comment, comment, by=cast.wen).reason.startswith("Already resolved by Amina on ")


def test_a_thread_can_be_taken_up_again(cast, section):
    comment = resolve_comment(add_comment(section, text="?", by=cast.dana), by=cast.amina)

    assert reopen_comment(comment, by=cast.jonas).resolved_at is None


def test_a_body_asked_does_not_resolve(cast, section):
    ask_contribution(section, body=cast.justice, answers=[first(section)], by=cast.jonas)
    comment = add_comment(made.section(section.report, "f1"), text="?", by=cast.rosa)

    assert refusal(resolve_comment, comment, by=cast.rosa).denial == Denial.NO_RIGHT


def test_a_withdrawn_comment_leaves_a_stub_without_its_words(cast, section):
    comment = withdraw_comment(add_comment(section, text="A slip.", by=cast.dana), by=cast.dana)

    comment.refresh_from_db()
    assert (comment.text, comment.withdrawn_at is not None) == ("", True)
    assert readers(cast, section) == {"Amina", "Wen", "Dana", "Jonas"}


def test_nobody_withdraws_the_comment_of_another(cast, section):
    comment = add_comment(section, text="Mine.", by=cast.dana)

    assert refusal(withdraw_comment, comment, by=cast.amina).reason == "Only its author may withdraw a comment."


# --- objections to editorial edits -------------------------------------------------------


@pytest.fixture
def edited(cast, section):
    """(section, key) of a paragraph that Amina changed in review."""
    key = made.write(section, "As Health wrote it.", cast.dana)
    move_section(made.section(section.report, "f1"), move="send_for_review", by=cast.jonas)
    section = made.section(section.report, "f1")
    made.write(section, "As Amina put it.", cast.amina, key=key, why=Why.EDITORIAL)
    return made.section(section.report, "f1"), key


def test_the_sending_focal_point_objects_to_an_editorial_edit(cast, edited):
    section, key = edited

    comment = object_to_edit(
        section, text="That changes the law.", by=cast.jonas, answer=first(section), paragraph_key=key
    )

    assert (comment.is_objection, comment.body) == (True, cast.health)
    assert readers(cast, section) == {"Amina", "Wen", "Dana", "Jonas"}


@pytest.mark.parametrize("name", ["dana", "rosa", "amina", "idris"])
def test_nobody_else_objects_to_an_edit(cast, edited, name):
    section, key = edited

    refused = refusal(
        object_to_edit, section, text="No.", by=getattr(cast, name), answer=first(section), paragraph_key=key
    )

    assert refused.denial == Denial.NO_RIGHT


def test_what_no_coordinator_edited_gives_nothing_to_object_to(cast, section):
    key = made.write(section, "Our own.", cast.dana)

    refused = refusal(object_to_edit, section, text="No.", by=cast.jonas, answer=first(section), paragraph_key=key)

    assert refused.reason == "No coordinator has edited this, so there is nothing to object to. Write a comment."


def test_a_coordinator_of_another_body_sees_no_comments(cast, section):
    other = factories.body(cast.arcadia, "second", kind="mechanism", coordinates=True)
    otto = factories.member("Otto", other, Role.COORDINATOR)
    add_comment(section, text="?", by=cast.dana)

    assert readers(cast, section, otto) == {"Amina", "Wen", "Dana", "Jonas"}
