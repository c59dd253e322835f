"""What coordinators do on the pages of a report."""

import datetime

import pytest
from django.urls import reverse

from reporting.reports.choices import FellOut, ReportStatus
from reporting.reports.models import Report
from tests.reporting.reports import factories as made


def table_of(report: Report, **changes) -> dict[str, str]:
    """The assignment table as it stands, with some inputs changed."""
    data = {}
    for row in report.sections.all():
        data[f"lead-{row.pk}"] = str(row.lead_id or "")
        data[f"due-{row.pk}"] = row.due_on.isoformat() if row.due_on else ""
        data[f"words-{row.pk}"] = "" if row.allotment is None else str(row.allotment)
    return data | changes


@pytest.fixture
def report(cast) -> Report:
    return made.report(cast)


@pytest.fixture
def amina(cast, signed_in):
    return signed_in(cast.amina)


def test_a_report_is_started_from_its_cycle(cast, amina):
    cycle = made.cycle(cast)
    questionnaire = made.questionnaire(cycle.instrument)
    data = {"questionnaire": questionnaire.pk, "kind": "periodic", "tier": "full", "last_year": "2025"}

    response = amina.post(f"{reverse('report_new')}?cycle={cycle.slug}", data)

    report = Report.objects.get()
    assert response.url == f"/reports/{report.slug}/"
    assert (report.status, report.sections.count()) == (ReportStatus.PLANNED, 3)


def test_the_same_report_twice_is_refused_with_a_sentence(cast, amina, report):
    data = {"questionnaire": report.questionnaire_id, "kind": "periodic", "tier": "full", "last_year": "2025"}

    response = amina.post(f"{reverse('report_new')}?cycle={report.cycle.slug}", data)

    assert response.status_code == 409
    assert "This report has been started already in this review cycle." in response.content.decode()
    assert Report.objects.count() == 1


def test_a_planned_report_is_opened_for_drafting(cast, amina):
    report = made.report(cast, opened=False)

    amina.post(f"/reports/{report.slug}/move/", {"move": "open"})

    report.refresh_from_db()
    assert report.status == ReportStatus.DRAFTING


def test_a_move_made_twice_says_who_was_first(cast, amina):
    report = made.report(cast, opened=False)
    amina.post(f"/reports/{report.slug}/move/", {"move": "open"})

    response = amina.post(f"/reports/{report.slug}/move/", {"move": "open"})

    assert response.status_code == 409
    assert "Already drafting by Amina" in response.content.decode()


def test_consolidation_waits_for_every_section_and_says_so(cast, amina, report):
    page = amina.get(f"/reports/{report.slug}/")
    response = amina.post(f"/reports/{report.slug}/move/", {"move": "consolidate"})

    assert [(move.name, move.why_not) for move in page.context["moves"]] == [
        ("consolidate", "3 sections are not cleared yet.")
    ]
    assert response.status_code == 409
    assert "3 sections are not cleared yet." in response.content.decode()


@pytest.mark.parametrize("move", ["endorse", "transmit", "nonsense", "back_to_drafting"])
def test_moves_with_pages_of_their_own_are_not_made_here(amina, report, move):
    assert amina.post(f"/reports/{report.slug}/move/", {"move": move}).status_code == 422


@pytest.mark.parametrize("name", ["dana", "jonas", "mina"])
def test_others_do_not_move_the_report(cast, signed_in, report, name):
    assert (
        signed_in(getattr(cast, name)).post(f"/reports/{report.slug}/move/", {"move": "consolidate"}).status_code == 403
    )


def test_a_due_date_is_changed_with_its_source_only(amina, report):
    due = (datetime.date.today() + datetime.timedelta(days=200)).isoformat()

    refused = amina.post(f"/reports/{report.slug}/dates/", {"due_on": due})
    amina.post(f"/reports/{report.slug}/dates/", {"due_on": due, "due_source": "Concluding observations, para. 70"})

    report.refresh_from_db()
    assert refused.status_code == 409
    assert "Give the source of the due date" in refused.content.decode()
    assert report.due_on.isoformat() == due


def test_only_a_planned_report_is_deleted(cast, amina):
    planned = made.report(cast, opened=False)
    page = amina.get(f"/reports/{planned.slug}/delete/")
    response = amina.post(f"/reports/{planned.slug}/delete/")

    assert page.status_code == 200
    assert response.url == f"/cycles/{planned.cycle.slug}/"
    assert not Report.objects.exists()


def test_a_report_in_drafting_is_not_deleted(amina, report):
    response = amina.post(f"/reports/{report.slug}/delete/")

    assert response.status_code == 409
    assert Report.objects.exists()


def test_a_new_lead_is_confirmed_before_it_is_saved(cast, amina, report):
    section = made.section(report, "f1")
    data = table_of(report, **{f"lead-{section.pk}": str(cast.justice.pk)})

    page = amina.post(f"/reports/{report.slug}/assign/", data)
    section.refresh_from_db()
    assert section.lead == cast.health
    change = page.context["changes"][0]
    assert (change.gains, change.loses) == (("Rosa",), ("Dana", "Jonas"))

    amina.post(f"/reports/{report.slug}/assign/", {**data, "confirmed": "1"})

    section.refresh_from_db()
    assert section.lead == cast.justice


def test_the_ticked_sections_are_set_at_once(amina, report):
    ticked = list(report.sections.values_list("pk", flat=True)[:2])
    data = table_of(report) | {"chosen": ticked, "all-due": "2027-03-31", "all-words": "120"}

    amina.post(f"/reports/{report.slug}/assign/", data)

    found = set(report.sections.values_list("due_on", "allotment"))
    assert set(report.sections.filter(pk__in=ticked).values_list("due_on", "allotment")) == {
        (datetime.date(2027, 3, 31), 120)
    }
    assert len(found) == 2


def test_an_error_stands_beside_its_section_and_nothing_is_saved(amina, report):
    first, second = report.sections.all()[:2]
    data = table_of(report, **{f"words-{first.pk}": "many", f"words-{second.pk}": "77"})

    response = amina.post(f"/reports/{report.slug}/assign/", data)

    second.refresh_from_db()
    row = next(row for row in response.context["rows"] if row["pk"] == first.pk)
    assert response.status_code == 422
    assert (row["errors"], row["typed"]["words"]) == (["Give the words allotted as a whole number."], "many")
    assert second.allotment != 77


def test_a_body_of_another_state_cannot_be_made_lead(cast, amina, report):
    section = made.section(report, "f1")
    data = table_of(report, **{f"lead-{section.pk}": str(cast.qamar_mechanism.pk)})

    response = amina.post(f"/reports/{report.slug}/assign/", data)

    assert response.status_code == 422
    assert cast.qamar_mechanism not in response.context["leads"]


def test_a_question_that_was_left_out_is_put_back(amina, report):
    answer = report.answers.first()
    report.answers.filter(pk=answer.pk).update(asked=False, fell_out=FellOut.ROLE)

    page = amina.get(f"/reports/{report.slug}/questions/")
    amina.post(f"/reports/{report.slug}/questions/", {"answer": answer.pk})

    answer.refresh_from_db()
    assert [(group["reason"], len(group["rows"])) for group in page.context["groups"]] == [
        ("For another role of the State", 1)
    ]
    assert (answer.asked, answer.fell_out) == (True, "")
