"""Consultations: a frozen copy for consulted bodies, their comments, and the coordinators' answers."""

import datetime

import pytest

from accounts.choices import BodyKind, Role
from accounts.exceptions import Denial, Refused
from accounts.models import HistoryEntry
from reporting.reports.choices import Audience
from reporting.reports.permissions_comments import visible_comments, visible_round_comments
from reporting.reports.services.comment import add_comment
from reporting.reports.services.consultation import (
    answer_comment,
    close_overdue_rounds,
    close_round,
    comment_in_round,
    open_round,
)
from tests import factories
from tests.reporting.reports import factories as made

TODAY = datetime.date.today()
TOMORROW = TODAY + datetime.timedelta(days=1)


def refusal(function, *args, **fields) -> Refused:
    with pytest.raises(Refused) as caught:
        function(*args, **fields)
    return caught.value


@pytest.fixture
def report(cast):
    report = made.report(cast)
    made.write(made.section(report, "f1"), "As it stood.", cast.dana)
    made.write(made.section(report, "f2"), "Not shared.", cast.rosa)
    return report


def share(report, cast, **fields):
    given = {"sections": [made.section(report, "f1")], "bodies": [cast.nhri], "closes_on": TOMORROW, "by": cast.amina}
    return open_round(report, **(given | fields))


def test_a_round_shows_the_chosen_sections_as_they_stood(cast, report):
    consultation = share(report, cast)
    made.write(made.section(report, "f1"), "Written later.", cast.dana, question=2)

    consultation.refresh_from_db()
    assert [each["short_code"] for each in consultation.content["sections"]] == ["F1"]
    assert "As it stood." in str(consultation.content)
    assert "Written later." not in str(consultation.content)
    assert "Not shared." not in str(consultation.content)


def test_a_body_consulted_comments_and_is_answered(cast, report):
    consultation = share(report, cast)
    section = made.section(report, "f1")
    comment = comment_in_round(consultation, section=section, text="Add remedies.", by=cast.nuri)
    answer_comment(comment, text="Paragraph 9 does.", by=cast.wen)

    seen = visible_round_comments(cast.nuri, consultation)
    assert [(row.text, row.body) for row in seen] == [
        ("Add remedies.", cast.nhri),
        ("Paragraph 9 does.", cast.mechanism),
    ]
    assert {row.audience for row in seen} == {Audience.CONSULTATION}


def test_bodies_consulted_see_nothing_else_that_is_said_of_the_section(cast, report):
    consultation = share(report, cast)
    section = made.section(report, "f1")
    add_comment(section, text="They will not like this.", by=cast.jonas)

    assert list(visible_round_comments(cast.nuri, consultation)) == []
    assert list(visible_comments(cast.nuri, section)) == []


def test_the_bodies_of_the_section_read_what_the_consulted_say(cast, report):
    section = made.section(report, "f1")
    comment_in_round(share(report, cast), section=section, text="Add remedies.", by=cast.nuri)

    readers = [user.name for user in (cast.dana, cast.amina, cast.rosa) if visible_comments(user, section).exists()]
    assert readers == ["Dana", "Amina"]


def test_a_body_that_is_not_consulted_sees_no_round_and_no_comment(cast, report):
    union = factories.body(cast.arcadia, "union", kind=BodyKind.CONSULTED)
    nils = factories.member("Nils", union, Role.CONSULTED)
    consultation = share(report, cast)
    section = made.section(report, "f1")
    comment_in_round(consultation, section=section, text="Add remedies.", by=cast.nuri)

    assert not visible_round_comments(nils, consultation).exists()
    assert refusal(comment_in_round, consultation, section=section, text="Hm.", by=nils).denial == Denial.HIDDEN


def test_nobody_comments_on_a_section_that_was_not_shared(cast, report):
    refused = refusal(comment_in_round, share(report, cast), section=made.section(report, "f2"), text="?", by=cast.nuri)

    assert refused.denial == Denial.HIDDEN


def test_a_closed_round_takes_no_comments(cast, report):
    consultation = close_round(share(report, cast), by=cast.amina)

    refused = refusal(comment_in_round, consultation, section=made.section(report, "f1"), text="?", by=cast.nuri)

    assert refused.reason == "The consultation has closed."


def test_rounds_close_by_themselves_after_their_last_day(cast, report):
    consultation = share(report, cast)

    assert close_overdue_rounds(TOMORROW) == 0
    assert close_overdue_rounds(TOMORROW + datetime.timedelta(days=1)) == 1
    assert close_overdue_rounds(TOMORROW + datetime.timedelta(days=1)) == 0
    consultation.refresh_from_db()
    assert (consultation.status, consultation.status_by) == ("closed", None)
    assert HistoryEntry.objects.filter(act="consultationround.close").count() == 1


def test_rounds_are_numbered_within_the_report(cast, report):
    assert [share(report, cast).number, share(report, cast).number] == [1, 2]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"sections": []}, "Choose sections of this report in which something is asked."),
        ({"bodies": []}, "Choose consulted bodies of the State that are active."),
        (
            {"closes_on": TODAY - datetime.timedelta(days=1)},
            "The date until which the bodies may comment has passed.",
        ),
    ],
)
def test_a_round_has_sections_bodies_and_a_day_ahead(cast, report, fields, reason):
    assert refusal(share, report, cast, **fields).reason == reason


def test_ministries_are_not_consulted(cast, report):
    refusal(share, report, cast, bodies=[cast.justice])


@pytest.mark.parametrize("name", ["jonas", "mina", "nuri", "idris"])
def test_only_coordinators_share(cast, report, name):
    refusal(share, report, cast, by=getattr(cast, name))
