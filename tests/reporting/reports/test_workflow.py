"""The moves: which there are, that every other is refused, and that two at once have one effect."""

import threading

import pytest
from django.db import connection

from accounts.exceptions import Denial, Refused
from accounts.models import HistoryEntry
from accounts.permissions import why_not
from reporting.reports.choices import ContributionStatus, ReportStatus, RoundStatus, SectionStatus
from reporting.reports.models import ConsultationRound, ReportSection
from reporting.reports.services.consultation import close_round, open_round
from reporting.reports.services.contribution import ask_contribution, move_contribution
from reporting.reports.services.move import move_report
from reporting.reports.services.section import move_section
from reporting.reports.workflow import CONTRIBUTION_MOVES, REPORT_MOVES, ROUND_MOVES, SECTION_MOVES
from tests.reporting.reports import factories as made

# design.md, section 4, row by row: (from, move, to)
SECTION_WAYS = {
    ("not_started", "start", "drafting"),
    ("drafting", "send_for_review", "in_review"),
    ("returned", "send_for_review", "in_review"),
    ("in_review", "return", "returned"),
    ("in_review", "clear", "cleared"),
    ("cleared", "reopen", "returned"),
}
CONTRIBUTION_WAYS = {
    ("asked", "send", "sent"),
    ("returned", "send", "sent"),
    ("sent", "take_over", "taken_over"),
    ("sent", "return", "returned"),
    ("asked", "withdraw", "withdrawn"),
    ("sent", "withdraw", "withdrawn"),
    ("returned", "withdraw", "withdrawn"),
}
ROUND_WAYS = {("open", "close", "closed")}
REPORT_WAYS = {
    ("planned", "open", "drafting"),
    ("drafting", "consolidate", "consolidation"),
    ("consolidation", "back_to_drafting", "drafting"),
    ("validation", "back_to_drafting", "drafting"),
    ("consolidation", "validate", "validation"),
    ("validation", "back_to_consolidation", "consolidation"),
    ("endorsed", "back_to_consolidation", "consolidation"),
    ("validation", "endorse", "endorsed"),
    ("endorsed", "transmit", "transmitted"),
    ("transmitted", "receive", "received"),
    ("transmitted", "returned_by_secretariat", "consolidation"),
    ("received", "returned_by_secretariat", "consolidation"),
    ("received", "consider", "considered"),
    ("considered", "close", "closed"),
}
TABLES = [
    pytest.param(SECTION_MOVES, SECTION_WAYS, id="section"),
    pytest.param(CONTRIBUTION_MOVES, CONTRIBUTION_WAYS, id="contribution"),
    pytest.param(ROUND_MOVES, ROUND_WAYS, id="round"),
    pytest.param(REPORT_MOVES, REPORT_WAYS, id="report"),
]


def refusal(function, *args, **fields) -> Refused:
    with pytest.raises(Refused) as caught:
        function(*args, **fields)
    return caught.value


@pytest.mark.parametrize(("table", "ways"), TABLES)
def test_the_table_has_the_ways_of_the_design_and_no_others(table, ways):
    assert {(source, name, move.target) for name, move in table.items() for source in move.sources} == ways


@pytest.fixture
def report(cast):
    return made.report(cast)


def complement(states, table, ways):
    known = {(source, name) for source, name, _target in ways}
    return [(str(state), name) for state in states for name in table if (str(state), name) not in known]


# Who has the right to each move, so that nothing but the state stands against it.
SECTION_BY = {"start": "dana", "send_for_review": "jonas"}
CONTRIBUTION_BY = {"send": "rosa", "take_over": "jonas", "return": "jonas", "withdraw": "jonas"}


@pytest.mark.parametrize(("state", "move"), complement(SectionStatus, SECTION_MOVES, SECTION_WAYS))
def test_every_other_move_of_a_section_is_refused(cast, report, state, move):
    section = made.section(report, "f1")
    made.set_state(section, state)
    by = getattr(cast, SECTION_BY.get(move, "amina"))

    refused = refusal(move_section, section, move=move, by=by, reason="A reason.")

    section.refresh_from_db()
    assert (section.status, refused.denial) == (state, Denial.STATE)


@pytest.mark.parametrize(("state", "move"), complement(ContributionStatus, CONTRIBUTION_MOVES, CONTRIBUTION_WAYS))
def test_every_other_move_of_a_contribution_is_refused(cast, report, state, move):
    section = made.section(report, "f1")
    row = ask_contribution(section, body=cast.justice, answers=section.answers.all()[:1], by=cast.jonas)
    made.set_state(row, state)

    refused = refusal(move_contribution, row, move=move, by=getattr(cast, CONTRIBUTION_BY[move]), reason="A reason.")

    row.refresh_from_db()
    assert (row.status, refused.denial) == (state, Denial.STATE)


def test_every_other_move_of_a_report_is_refused(cast, report):
    allowed = []
    for state, move in complement(ReportStatus, REPORT_MOVES, REPORT_WAYS):
        report.status = state
        if why_not(cast.amina, REPORT_MOVES[move], report, moves=REPORT_MOVES) is None:
            allowed.append((state, move))

    assert allowed == []


def test_sections_move_while_the_report_is_drafted(cast, report):
    section, allowed = made.section(report, "f1"), set()
    for state in ReportStatus:
        for source, move, _target in SECTION_WAYS:
            section.report.status, section.status, section.required_missing = state, source, 0
            by = getattr(cast, SECTION_BY.get(move, "amina"))
            if why_not(by, SECTION_MOVES[move], section, moves=SECTION_MOVES) is None:
                allowed.add((str(state), move))

    assert allowed == {("drafting", move) for _source, move, _target in SECTION_WAYS}


# --- requirements ------------------------------------------------------------------------


@pytest.mark.parametrize(("state", "move"), [("in_review", "return"), ("cleared", "reopen")])
def test_returning_and_reopening_need_a_reason(cast, report, state, move):
    section = made.section(report, "f1")
    made.set_state(section, state)

    assert refusal(move_section, section, move=move, by=cast.amina, reason="  ").reason == (
        "Give the reason: the people concerned will read it."
    )


def test_a_section_with_a_required_question_open_is_not_sent(cast, report):
    made.write(made.section(report, "f1"), "Not the required one.", cast.dana, question=2)

    refused = refusal(move_section, made.section(report, "f1"), move="send_for_review", by=cast.jonas)

    assert refused.reason == "One required question has neither an answer nor a reason for having none."


def test_open_contributions_need_a_reason(cast, report):
    section = made.section(report, "f1")
    ask_contribution(section, body=cast.justice, answers=section.answers.all()[:1], by=cast.jonas)
    made.write(made.section(report, "f1"), "Text.", cast.dana)

    section = made.section(report, "f1")
    assert "Ministry of Justice" in refusal(move_section, section, move="send_for_review", by=cast.jonas).reason
    assert move_section(section, move="send_for_review", by=cast.jonas, reason="Justice is late.").status == "in_review"


# --- two at once -------------------------------------------------------------------------


def test_clearing_twice_has_one_effect_and_names_who_was_first(cast, report):
    section = made.section(report, "f1")
    made.set_state(section, "in_review")
    move_section(section, move="clear", by=cast.amina)

    refused = refusal(move_section, section, move="clear", by=cast.wen)

    assert refused.reason.startswith("Already cleared by Amina on ")
    assert HistoryEntry.objects.filter(act="reportsection.clear").count() == 1


def test_opening_a_report_twice_has_one_effect(cast):
    report = made.report(cast)

    refused = refusal(move_report, report, move="open", by=cast.wen)

    assert refused.reason.startswith("Already drafting by Amina on ")


def test_closing_a_consultation_twice_has_one_effect(cast, report):
    consultation = open_round(
        report,
        sections=[made.section(report, "f1")],
        bodies=[cast.nhri],
        closes_on=made.datetime.date.today(),
        by=cast.amina,
    )
    close_round(consultation, by=cast.amina)

    assert refusal(close_round, consultation, by=cast.wen).reason.startswith("Already closed by Amina on ")
    assert ConsultationRound.objects.get().status == RoundStatus.CLOSED


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_at_the_same_moment_have_one_effect(cast):
    report = made.report(cast)
    section = made.section(report, "f1")
    made.set_state(section, "in_review")
    start, outcomes = threading.Barrier(2), []

    def clear(by):
        start.wait()
        try:
            move_section(made.section(report, "f1"), move="clear", by=by)
            outcomes.append("cleared")
        except Refused as refused:
            outcomes.append(refused.reason.partition(" by ")[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=clear, args=(by,)) for by in (cast.amina, cast.wen)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["Already cleared", "cleared"]
    assert ReportSection.objects.get(pk=section.pk).status == "cleared"
    assert HistoryEntry.objects.filter(act="reportsection.clear").count() == 1
