"""Validation, endorsement, and the way to the mechanism and back."""

import datetime
import json

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from accounts import append_only
from accounts.exceptions import Denial, NotReady, Refused
from accounts.models import HistoryEntry
from accounts.permissions import allows
from reporting.reports import freeze
from reporting.reports.choices import ReportStatus
from reporting.reports.models import Submission
from reporting.reports.permissions import READ_SUBMISSION
from reporting.reports.services import submission as service
from reporting.reports.services.comment import add_comment
from reporting.reports.services.move import move_report
from reporting.reports.services.section import move_section
from reporting.reports.services.submission import (
    endorse,
    publish,
    receive,
    record_symbol,
    returned_by_secretariat,
    take_back,
    transmit,
)
from reporting.reports.services.validation import record_reply, settle_objection, silent_bodies
from tests.reporting.reports import factories as made

TODAY = datetime.date.today()
TOMORROW = TODAY + datetime.timedelta(days=1)
YESTERDAY = TODAY - datetime.timedelta(days=1)


def refusal(function, *args, **fields) -> Refused:
    with pytest.raises(Refused) as caught:
        function(*args, **fields)
    return caught.value


def record(report, by, **fields) -> Submission:
    return endorse(report, by=by, **({"authority": "Council of Ministers", "endorsed_on": TODAY} | fields))


@pytest.fixture
def validated(cast):
    return made.validated(cast)


@pytest.fixture
def endorsed(cast):
    return made.endorsed(cast)


# --- moves -------------------------------------------------------------------------------


def test_a_report_is_consolidated_once_every_section_is_cleared(cast):
    report = made.report(cast)

    assert refusal(move_report, report, move="consolidate", by=cast.amina).reason == "3 sections are not cleared yet."

    made.pass_through(report, cast)
    assert move_report(report, move="consolidate", by=cast.amina).status == ReportStatus.CONSOLIDATION


def test_validation_needs_a_day_ahead_and_begins_a_round(cast):
    report = made.report(cast)
    made.pass_through(report, cast)
    move_report(report, move="consolidate", by=cast.amina)

    assert refusal(move_report, report, move="validate", by=cast.amina).reason == (
        "Give the date until which the bodies may object."
    )
    assert refusal(move_report, report, move="validate", by=cast.amina, until=YESTERDAY).reason == (
        "That date has passed."
    )
    report = move_report(report, move="validate", by=cast.amina, until=TOMORROW)
    assert (report.validation_round, report.validation_until) == (1, TOMORROW)


def test_reopening_a_section_in_validation_takes_the_report_back_and_leaves_the_others_cleared(cast, validated):
    move_section(made.section(validated, "f1"), move="reopen", by=cast.amina, reason="A figure is wrong.")

    validated.refresh_from_db()
    states = dict(validated.sections.values_list("slug", "status"))
    assert validated.status == ReportStatus.DRAFTING
    assert states == {"f1": "returned", "f2": "cleared", "g1": "cleared"}


@pytest.mark.parametrize("move", ["endorse", "transmit", "receive", "back_to_drafting", "nonsense"])
def test_moves_with_a_service_of_their_own_are_not_made_bare(cast, validated, move):
    with pytest.raises(ValueError, match="not a plain move"):
        move_report(validated, move=move, by=cast.amina)


# --- validation --------------------------------------------------------------------------


def test_a_body_may_change_its_reply_within_the_round(cast, validated):
    record_reply(validated, body=cast.justice, reply="objection", text="Paragraph 2.", by=cast.rosa)

    assert [(row.body, row.reply, row.text) for row in validated.replies.order_by("body__name")] == [
        (cast.health, "no_objection", ""),
        (cast.justice, "objection", "Paragraph 2."),
    ]


def test_an_objection_says_to_what(cast, validated):
    assert refusal(record_reply, validated, body=cast.justice, reply="objection", by=cast.rosa).reason == (
        "Say what the body objects to."
    )


def test_nobody_replies_for_another_body(cast, validated):
    assert refusal(record_reply, validated, body=cast.health, reply="no_objection", by=cast.rosa).denial == (
        Denial.NO_RIGHT
    )


@pytest.mark.parametrize("name", ["dana", "amina", "mina", "nuri", "idris"])
def test_only_focal_points_of_bodies_in_the_report_reply(cast, validated, name):
    refusal(record_reply, validated, body=cast.health, reply="no_objection", by=getattr(cast, name))


def test_an_open_objection_stands_against_endorsement_until_it_is_settled(cast, validated):
    reply = record_reply(validated, body=cast.justice, reply="objection", text="Paragraph 2.", by=cast.rosa)

    assert "One objection is open." in refusal(record, validated, cast.amina).reason

    settle_objection(reply, note="Paragraph 2 now says so.", by=cast.wen)
    assert record(validated, cast.amina).number == 1


def test_an_objection_can_be_overruled_with_a_reason(cast, validated):
    record_reply(validated, body=cast.justice, reply="objection", text="Paragraph 2.", by=cast.rosa)

    made_ = record(validated, cast.amina, objections_reason="The Cabinet decided.")

    assert made_.objections_reason == "The Cabinet decided."


def test_settling_twice_names_who_was_first(cast, validated):
    reply = record_reply(validated, body=cast.justice, reply="objection", text="Paragraph 2.", by=cast.rosa)
    settle_objection(reply, note="Done.", by=cast.wen)

    assert refusal(settle_objection, reply, note="Done.", by=cast.amina).reason.startswith("Already settled by Wen on ")


def test_a_body_that_has_not_answered_is_waited_for_until_the_date(cast, validated):
    validated.replies.filter(body=cast.justice).delete()

    assert "One body has not answered yet" in refusal(record, validated, cast.amina).reason


def test_after_the_date_silence_is_recorded_as_silence(cast, validated):
    validated.replies.filter(body=cast.justice).delete()
    type(validated).objects.filter(pk=validated.pk).update(validation_until=YESTERDAY)

    assert silent_bodies(validated) == [cast.justice]
    record(validated, cast.amina)

    assert HistoryEntry.objects.get(act="submission.freeze").facts["silent"] == ["Ministry of Justice"]


def test_a_new_round_hears_every_body_again(cast, validated):
    move_report(validated, move="back_to_consolidation", by=cast.amina, reason="A slip.")
    report = move_report(validated, move="validate", by=cast.amina, until=TOMORROW)

    assert report.validation_round == 2
    assert silent_bodies(report) == [cast.health, cast.justice]


# --- endorsement -------------------------------------------------------------------------


def test_endorsing_freezes_the_whole_report_with_its_hash(cast, validated):
    submission = record(validated, cast.amina, reference="CM/2026/11")

    submission = Submission.objects.get(pk=submission.pk)
    assert (submission.number, submission.schema, submission.reference) == (1, 2, "CM/2026/11")
    assert submission.sha256 == freeze.digest(submission.content)
    assert submission.content["report"]["status"] == ReportStatus.ENDORSED
    assert [each["short_code"] for each in submission.content["sections"]] == ["F1", "F2", "G1"]
    assert (submission.words, submission.paragraphs) == (freeze.total_words(submission.content), 3)


def test_canonical_json_has_one_spelling():
    assert freeze.canonical({"b": 1, "a": "é"}) == '{"a":"é","b":1}'.encode()
    assert json.loads(freeze.canonical({"b": 1, "a": "é"})) == {"a": "é", "b": 1}


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"authority": " "}, "Name the authority that endorsed the report."),
        ({"endorsed_on": None}, "Give the date of the endorsement."),
        ({"endorsed_on": TOMORROW}, "The date of the endorsement lies ahead."),
    ],
)
def test_an_endorsement_has_an_authority_and_a_day(cast, validated, fields, reason):
    assert refusal(record, validated, cast.amina, **fields).reason == reason
    assert not Submission.objects.exists()
    validated.refresh_from_db()
    assert validated.status == ReportStatus.VALIDATION


def test_a_report_over_its_limit_needs_a_reason(cast):
    report = made.validated(cast, limit=5)

    with pytest.raises(NotReady, match="the limit is 5"):
        record(report, cast.amina)
    assert record(report, cast.amina, over_limit_reason="Two reports in one.").number == 1


@pytest.mark.parametrize("name", ["jonas", "dana", "mina", "nuri", "idris"])
def test_only_coordinators_record_the_endorsement(cast, validated, name):
    assert refusal(record, validated, getattr(cast, name)).denial == Denial.NO_RIGHT


def test_endorsing_twice_has_one_effect(cast, validated):
    record(validated, cast.amina)

    refused = refusal(record, validated, cast.wen)

    assert refused.reason.startswith("Already endorsed by Amina")
    assert Submission.objects.count() == 1


def test_the_file_of_the_decision_is_kept(cast, validated, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    submission = record(validated, cast.amina, decision_file=ContentFile(b"%PDF-1.7", name="decision.pdf"))

    with submission.decision_file.open() as stored:
        assert (submission.decision_file_name, stored.read()) == ("decision.pdf", b"%PDF-1.7")


def test_what_is_registered_runs_with_the_submission_once_it_is_committed(
    cast, validated, monkeypatch, django_capture_on_commit_callbacks
):
    seen = []
    monkeypatch.setattr(service, "on_endorsed", [seen.append])

    with django_capture_on_commit_callbacks(execute=True):
        submission = record(validated, cast.amina)
        assert seen == []

    assert seen == [submission]


def test_the_database_refuses_to_change_a_submission(cast, endorsed):
    submission = endorsed.submissions.get()

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Submission.objects.filter(pk=submission.pk).update(words=0)
    submission.authority = "Somebody else"
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        submission.save()


@pytest.mark.parametrize(
    "delete",
    [
        lambda submission: submission.delete(),
        lambda submission: Submission.objects.filter(pk=submission.pk)._raw_delete("default"),
    ],
    ids=["one", "raw"],
)
def test_the_database_refuses_to_delete_a_submission(cast, endorsed, delete):
    submission = endorsed.submissions.get()

    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        delete(Submission.objects.get(pk=submission.pk))

    assert endorsed.submissions.get().sha256 == submission.sha256


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE; its DELETE is refused above")
def test_the_database_refuses_to_empty_the_submissions(cast, endorsed):
    connection.check_constraints()  # what waits for the commit would stand in the way of TRUNCATE by itself

    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE reports_submission CASCADE")

    assert endorsed.submissions.count() == 1


@pytest.mark.django_db(transaction=True)
def test_emptying_a_whole_database_takes_submissions_along(cast, endorsed):
    assert Submission.objects.count() == 1

    call_command("flush", interactive=False, verbosity=0)

    assert Submission.objects.count() == 0


def test_after_a_database_was_emptied_submissions_are_guarded_again(cast, endorsed):
    with append_only.lifted(connection):
        pass

    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        endorsed.submissions.get().delete()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Submission.objects.update(words=0)


def test_endorsing_again_needs_a_note_and_leaves_the_first_as_it_was(cast, endorsed):
    first = endorsed.submissions.get()
    before = (first.sha256, first.content)
    take_back(endorsed, by=cast.amina, reason="A corrigendum.")
    move_report(endorsed, move="validate", by=cast.amina, until=TOMORROW)
    for body, by in ((cast.health, cast.jonas), (cast.justice, cast.rosa)):
        record_reply(endorsed, body=body, reply="no_objection", by=by)

    assert refusal(record, endorsed, cast.amina).reason == "Say in a note what changed since submission 1."
    second = record(endorsed, cast.amina, corrigendum_note="Table 2.")

    first.refresh_from_db()
    assert (second.number, second.corrigendum_note) == (2, "Table 2.")
    assert (first.sha256, first.content) == before


def test_a_resolved_or_withdrawn_objection_to_an_edit_no_longer_stands_in_the_way(cast, validated):
    comment = add_comment(made.section(validated, "f1"), text="No.", by=cast.jonas)
    type(comment).objects.filter(pk=comment.pk).update(is_objection=True)

    assert "An objection to an editorial change is open" in refusal(record, validated, cast.amina).reason


# --- transmission ------------------------------------------------------------------------


def send(report, by, **fields):
    given = {"note_verbale": "NV 12/2026", "sent_on": TODAY, "file_formats": ["docx", "pdf"]}
    return transmit(report, by=by, **(given | fields))


def test_the_mission_records_note_receipt_and_symbol(cast, endorsed):
    sent = send(endorsed, cast.mina)
    receive(endorsed, received_on=TODAY, acknowledgement="NV 3", by=cast.mina)
    row = record_symbol(endorsed, symbol="CMW/C/ARC/3", by=cast.mina)

    endorsed.refresh_from_db()
    assert (sent.addressee, sent.files) == ("the Committee", "docx pdf")
    assert (row.acknowledgement, row.symbol, endorsed.status) == ("NV 3", "CMW/C/ARC/3", ReportStatus.RECEIVED)


def test_a_note_verbale_has_a_number_and_a_day(cast, endorsed):
    refused = refusal(send, endorsed, cast.mina, note_verbale="", sent_on=None)

    assert refused.reason == "Give the number of the note verbale. Give the date of the note verbale."


@pytest.mark.parametrize("name", ["jonas", "dana", "nuri", "idris"])
def test_nobody_else_records_a_transmission(cast, endorsed, name):
    assert refusal(send, endorsed, getattr(cast, name)).denial == Denial.NO_RIGHT


def test_an_internal_sheet_is_never_transmitted(cast):
    report = made.endorsed(cast, kind="internal_sheet")

    assert refusal(send, report, cast.mina).reason == "An internal sheet is never transmitted."


def test_what_the_secretariat_returns_goes_back_to_consolidation(cast, endorsed):
    send(endorsed, cast.mina)

    row = returned_by_secretariat(endorsed, reason="Too long.", by=cast.mina)

    endorsed.refresh_from_db()
    assert (row.returned_reason, row.returned_on, endorsed.status) == ("Too long.", TODAY, ReportStatus.CONSOLIDATION)


def test_a_report_that_was_transmitted_is_not_taken_back_without_the_secretariat(cast, endorsed):
    send(endorsed, cast.mina)

    assert refusal(take_back, endorsed, by=cast.amina, reason="Second thoughts.").reason == (
        "This cannot be done now: the state is “Transmitted”."
    )


def test_a_received_report_is_considered_and_closed(cast, endorsed):
    send(endorsed, cast.mina)
    receive(endorsed, received_on=TODAY, by=cast.mina)

    assert move_report(endorsed, move="consider", by=cast.amina).status == ReportStatus.CONSIDERED
    assert move_report(endorsed, move="close", by=cast.amina).status == ReportStatus.CLOSED


# --- publication -------------------------------------------------------------------------


def reads(cast, submission) -> list[str]:
    row = Submission.objects.select_related("report").get(pk=submission.pk)
    people = (cast.amina, cast.dana, cast.rosa, cast.mina, cast.nuri, cast.idris)
    return [user.name for user in people if allows(user, READ_SUBMISSION, row)]


def test_bodies_consulted_read_a_submission_once_it_is_published(cast, endorsed):
    submission = endorsed.submissions.get()

    assert reads(cast, submission) == ["Amina", "Dana", "Rosa", "Mina"]
    publish(endorsed, by=cast.amina)
    assert reads(cast, submission) == ["Amina", "Dana", "Rosa", "Mina", "Nuri"]


def test_publishing_twice_says_when(cast, endorsed):
    publish(endorsed, by=cast.amina)

    assert refusal(publish, endorsed, by=cast.wen).reason.startswith("Already published on ")


def test_a_draft_is_not_published(cast, validated):
    assert refusal(publish, validated, by=cast.amina).reason == "The report has not been endorsed."
