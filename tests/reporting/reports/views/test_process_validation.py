"""Checks, validation and endorsement as pages."""

import datetime

import pytest

from accounts.choices import Role
from reporting.reports.models import Report, Submission, ValidationReply
from reporting.reports.services.move import move_report
from reporting.reports.services.validation import record_reply
from tests import factories as people
from tests.reporting.reports import factories as make

pytestmark = pytest.mark.django_db

TOMORROW = datetime.date.today() + datetime.timedelta(days=1)


def in_validation(cast, **fields) -> Report:
    row = make.report(cast, **fields)
    make.pass_through(row, cast)
    move_report(row, move="consolidate", by=cast.amina)
    return move_report(row, move="validate", by=cast.amina, until=TOMORROW)


def status(report: Report) -> str:
    return Report.objects.get(pk=report.pk).status


def test_the_checks_link_to_what_is_not_cleared_and_what_is_missing(cast, signed_in):
    report = make.report(cast)

    page = signed_in(cast.amina).get(f"/reports/{report.slug}/check/")

    html = page.content.decode()
    assert page.status_code == 200
    assert "3 sections are not cleared." in html
    assert f'href="/reports/{report.slug}/sections/f1/"' in html


def test_the_checks_are_for_coordinators_and_other_states_learn_nothing(cast, signed_in):
    report = make.report(cast)
    address = f"/reports/{report.slug}/check/"

    assert signed_in(cast.jonas).get(address).status_code == 403
    assert signed_in(cast.idris).get(address).status_code == 404


def test_the_checks_cost_the_same_for_empty_and_for_written_sections(cast, signed_in, statements):
    report = make.report(cast)
    client = signed_in(cast.amina)
    client.get(f"/reports/{report.slug}/check/")
    with statements() as before:
        client.get(f"/reports/{report.slug}/check/")
    make.pass_through(report, cast)

    with statements() as after:
        client.get(f"/reports/{report.slug}/check/")

    assert len(after) <= len(before) + 1


def test_a_coordinator_sends_the_draft_for_validation(cast, signed_in):
    report = make.report(cast)
    make.pass_through(report, cast)
    move_report(report, move="consolidate", by=cast.amina)

    page = signed_in(cast.amina).post(f"/reports/{report.slug}/validation/start/", {"until": TOMORROW}, follow=True)

    assert page.status_code == 200
    assert status(report) == "validation"
    assert page.content.decode().count("Has not answered yet") == 2


def test_sending_too_early_shows_the_reason_and_the_day_typed(cast, signed_in):
    report = make.report(cast)

    page = signed_in(cast.amina).post(f"/reports/{report.slug}/validation/start/", {"until": TOMORROW})

    assert page.status_code == 409
    assert "This cannot be done now: the state is “Drafting”." in page.content.decode()
    assert status(report) == "drafting"


def test_a_focal_point_objects_and_the_coordinator_settles_it(cast, signed_in):
    report = in_validation(cast)
    address = f"/reports/{report.slug}/validation/"
    body = cast.justice.pk

    page = signed_in(cast.rosa).post(
        f"{address}reply/{body}/", {f"b{body}-reply": "objection", f"b{body}-text": "F2 omits the law."}, follow=True
    )
    assert "F2 omits the law." in page.content.decode()
    row = ValidationReply.objects.get()

    page = signed_in(cast.amina).post(f"{address}settle/{row.pk}/", {f"s{row.pk}-note": "Added to F2."}, follow=True)

    assert "Added to F2." in page.content.decode()
    row.refresh_from_db()
    assert row.settled_by == cast.amina


def test_an_objection_without_text_comes_back_with_what_to_do(cast, signed_in):
    report = in_validation(cast)
    body = cast.justice.pk

    page = signed_in(cast.rosa).post(
        f"/reports/{report.slug}/validation/reply/{body}/", {f"b{body}-reply": "objection", f"b{body}-text": ""}
    )

    assert page.status_code == 422
    assert "Say what the body objects to." in page.content.decode()
    assert not ValidationReply.objects.exists()


def test_nobody_replies_for_another_body(cast, signed_in):
    report = in_validation(cast)
    body = cast.justice.pk

    page = signed_in(cast.jonas).post(
        f"/reports/{report.slug}/validation/reply/{body}/", {f"b{body}-reply": "no_objection"}
    )

    assert page.status_code == 403


def test_silence_is_shown_as_silence_once_the_day_has_passed(cast, signed_in):
    report = in_validation(cast)
    record_reply(report, body=cast.health, reply="no_objection", by=cast.jonas)
    Report.objects.filter(pk=report.pk).update(validation_until=datetime.date(2026, 1, 1))

    html = signed_in(cast.amina).get(f"/reports/{report.slug}/validation/").content.decode()

    assert html.count("Silent") == 1
    assert html.count("No objection") >= 1


def test_the_page_of_validation_is_closed_to_other_bodies_and_states(cast, signed_in):
    report = in_validation(cast)
    outsider = people.member("Otto", people.body(cast.arcadia, "transport"), Role.FOCAL_POINT)
    address = f"/reports/{report.slug}/validation/"

    assert signed_in(outsider).get(address).status_code == 403
    assert signed_in(cast.idris).get(address).status_code == 404


def test_the_draft_goes_back_with_a_reason(cast, signed_in):
    report = in_validation(cast)
    client = signed_in(cast.amina)

    assert client.post(f"/reports/{report.slug}/validation/end/", {"reason": ""}).status_code == 422
    client.post(f"/reports/{report.slug}/validation/end/", {"reason": "F2 changes."})

    assert status(report) == "consolidation"


def endorsement(**fields) -> dict[str, str]:
    return {"authority": "Council of Ministers", "endorsed_on": datetime.date.today().isoformat()} | fields


def test_an_endorsement_freezes_the_report(cast, signed_in):
    report = make.validated(cast)

    page = signed_in(cast.amina).post(f"/reports/{report.slug}/endorse/", endorsement(), follow=True)

    submission = Submission.objects.get()
    assert page.redirect_chain == [(f"/reports/{report.slug}/submissions/1/", 302)]
    assert submission.sha256 in page.content.decode()
    assert status(report) == "endorsed"


def test_the_reason_for_the_length_is_asked_only_over_the_limit(cast, signed_in):
    within = make.validated(cast)

    assert "over_limit_reason" not in signed_in(cast.amina).get(f"/reports/{within.slug}/endorse/").content.decode()


def test_over_the_limit_an_endorsement_needs_a_reason(cast, signed_in):
    report = make.validated(cast)
    Report.objects.filter(pk=report.pk).update(word_limit=3)
    client = signed_in(cast.amina)

    page = client.post(f"/reports/{report.slug}/endorse/", endorsement())
    assert page.status_code == 422
    client.post(f"/reports/{report.slug}/endorse/", endorsement(over_limit_reason="Three cycles in one."))

    assert Submission.objects.get().over_limit_reason == "Three cycles in one."


def test_an_endorsement_before_all_were_heard_shows_the_reason_and_what_was_typed(cast, signed_in):
    report = in_validation(cast)

    page = signed_in(cast.amina).post(f"/reports/{report.slug}/endorse/", endorsement(reference="CM/12"))

    assert page.status_code == 409
    assert 'value="CM/12"' in page.content.decode()
    assert "2 bodies have not answered yet" in page.content.decode()
