"""The filtered inbox of an agency as a workbook, and one request as JSON; where a request arose is in no file."""

import datetime
import io
import json
import uuid

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from accounts.notifications import mail_digests
from reporting.assistance.services import request as requests
from reporting.assistance.services import submission, talk
from reporting.questionnaires.models import Section
from tests.exports.test_requests import words_of
from tests.reporting.assistance import factories
from tests.reporting.reports import factories as reports

pytestmark = pytest.mark.django_db
LIST = "/agency/requests/export/list.xlsx"
HEAD = [
    "Reference",
    "State party",
    "Title",
    "Status",
    "Kind of assistance",
    "Provisions",
    "Needed by",
    "Agencies addressed",
]


@pytest.fixture
def cast(cast):
    for code in ("ILO", "IOM"):
        factories.desk(cast, code)
    return cast


def book(client, address):
    return load_workbook(io.BytesIO(client.get(address).content))


def rows_of(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_inbox_leaves_with_what_was_submitted_and_the_filters_on_a_cover(cast, signed_in):
    row = factories.request(cast, "returned", agencies=[cast.ilo, cast.iom])
    draft = factories.draft(cast, title="Canary of the mended draft", agencies=[cast.ilo, cast.iom])
    requests.change_request(row, by=cast.dana, version=row.version, draft=draft)
    factories.request(cast, "submitted", title="To IOM alone", agencies=[cast.iom])
    factories.request(cast, "submitted", title="Other kind", kinds=["data"])

    file = book(signed_in(cast.ilo_reader), f"{LIST}?kind=training&q=fees&position=no_answer")

    cover, listed = (rows_of(sheet) for sheet in file.worksheets)
    assert dict(cover[1:])["Search requests"] == "fees"
    assert dict(cover[1:])["Your position"] == "No answer yet"
    assert dict(cover[1:])["Kind of assistance"] == "Training"
    assert dict(cover[1:])["Requests"] == "1"
    assert listed == [
        HEAD,
        [
            row.reference,
            "Arcadia",
            "Monitoring recruitment fees",
            "No answer yet",
            "Training; Legal drafting or review",
            "CMW 66",
            "30 April 2027",
            "ILO, IOM",
        ],
    ]


def test_the_inbox_holds_no_draft_no_other_agency_and_no_state_out_of_scope(cast, signed_in):
    from tests import factories as people

    factories.request(cast, "authorised", title="A draft")
    factories.request(cast, "submitted", title="To IOM alone", agencies=[cast.iom])
    factories.request(cast, "submitted")
    narrow = people.officer("Nadia", cast.ilo, "head", scope=[cast.qamar])

    titles = {
        who: [row[2] for row in rows_of(book(signed_in(user), LIST).worksheets[1])[1:]]
        for who, user in (("ilo", cast.ilo_head), ("narrow", narrow))
    }

    assert titles == {"ilo": ["Monitoring recruitment fees"], "narrow": []}


@pytest.mark.parametrize("name", ["amina", "jonas", "adam"])
def test_only_officers_of_an_agency_fetch_an_inbox(cast, signed_in, name):
    from tests import factories as people

    user = getattr(cast, name, None) or people.person("Adam", agency=cast.ilo, is_administrator=True)

    assert signed_in(user).get(LIST).status_code == 404


@pytest.mark.parametrize("start", "=@")
def test_nothing_in_the_inbox_is_read_as_a_formula(cast, signed_in, start):
    factories.request(cast, "submitted", title=f"{start}1+1", need="N")

    file = book(signed_in(cast.ilo_head), f"{LIST}?q=%3D1")
    everything = book(signed_in(cast.ilo_head), LIST)

    for sheet in (*file.worksheets, *everything.worksheets):
        assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert [row[2].value for row in everything["Requests"].iter_rows(min_row=2)] == [f"{start}1+1".strip()]


def test_one_request_as_json_holds_every_field_that_was_submitted(cast, signed_in):
    row = factories.request(
        cast,
        "submitted",
        recommendations="CMW/C/ARC/CO/2, 14",
        tried_before="Twice.",
        plan_link="Measure 7",
        security_forces=True,
        internal_priority="urgent",
    )

    said = {
        name: json.loads(signed_in(getattr(cast, name)).get(f"/assistance/{row.reference}/export/json/").content)
        for name in ("jonas", "ilo_head")
    }

    for each in said.values():
        assert (each["schema"], each["number"]) == ("servanda.request", 1)
        submitted = row.last_version.content
        assert {name: each["request"][name] for name in submitted} == submitted
        assert {*each["request"]} - {*submitted} == {
            *("version", "submitted_at", "status", "status_label", "is_draft", "positions", "messages")
        }
    assert "urgent" not in json.dumps(said)


def test_the_letter_names_recommendations_consultations_and_forces(cast, signed_in):
    row = factories.request(
        cast,
        "submitted",
        recommendations="CMW/C/ARC/CO/2, 14\nCMW/C/ARC/CO/2, 15",
        social_partners_consulted_on=factories.draft(cast).needed_by_on,
        security_forces=True,
    )

    text = words_of(signed_in(cast.ilo_head).get(f"/assistance/{row.reference}/export/docx/"), "docx")

    assert "CMW/C/ARC/CO/2, 14" in text
    assert "CMW/C/ARC/CO/2, 15" in text
    assert "30 April 2027" in text
    assert "Police, border, prison or armed forces take part." in text


def test_a_pdf_that_cannot_be_made_offers_the_other_formats(cast, signed_in):
    row = factories.request(cast, "submitted", title="הדרכת מפקחים", need="תמיכה")
    base = f"/assistance/{row.reference}/export"

    for client in (signed_in(cast.jonas), signed_in(cast.ilo_head)):
        answer = client.get(f"{base}/pdf/")
        page = answer.content.decode()

        assert answer.status_code == 409
        assert "A PDF in the script Hebrew is not available yet; take the Word or Excel file." in page
        for format in ("docx", "xlsx", "json"):
            assert f'href="{base}/{format}/"' in page
            assert client.get(f"{base}/{format}/").status_code == 200


def test_where_a_request_arose_is_in_no_file_page_search_mail_or_notice_of_an_agency(cast, signed_in, mailoutbox):
    report = reports.report(cast)
    section = reports.section(report, "f1")
    Section.objects.filter(pk=section.section_id).update(title="Canary heading")
    type(report).objects.filter(pk=report.pk).update(slug="canary-report")
    answer = section.answers.select_related("section", "question").first()
    type(answer.question).objects.filter(pk=answer.question_id).update(text="Canary question", code="CANARY-Q1")
    row = requests.create_request(cast.arcadia, by=cast.jonas, draft=factories.draft(cast), origin=answer)
    requests.clear_request(row, by=cast.jonas)
    row = submission.submit_request(row, move="submit_as_enquiry", by=cast.amina).request
    talk.write_to_agencies(row, by=cast.amina, text="We wait for you.", token=uuid.uuid4())
    cast.ilo_head.notifications.update(at=timezone.now() - datetime.timedelta(days=2))  # else they wait for the morning
    mail_digests()
    client = signed_in(cast.ilo_head)
    pages = [
        "/home/",
        "/agency/requests/",
        f"/agency/requests/{row.reference}/",
        "/agency/requests/?q=heading",
        "/search/?q=heading",
        "/notifications/",
    ]
    files = {format: f"/assistance/{row.reference}/export/{format}/" for format in ("pdf", "docx", "xlsx")}

    texts = {address: client.get(address).content.decode() for address in pages}
    texts |= {format: words_of(client.get(address), format) for format, address in files.items()}
    texts["json"] = client.get(f"/assistance/{row.reference}/export/json/").content.decode()
    texts["list"] = "\n".join(str(each) for sheet in book(client, LIST).worksheets for each in rows_of(sheet))
    texts["mail"] = "\n".join(mail.body for mail in mailoutbox if cast.ilo_head.email in mail.to)
    texts["notices"] = str([notice.names for notice in cast.ilo_head.notifications.all()])

    assert "Canary heading" in signed_in(cast.jonas).get(f"/assistance/{row.reference}/").content.decode()
    leaked = {place for place, text in texts.items() if "canary" in text.lower()}
    assert leaked == set()
    assert row.reference in texts["notices"]
    assert row.reference in texts["mail"]
