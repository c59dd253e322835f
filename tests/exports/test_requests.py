"""Files of requests, opened again: what its reader may see, and nothing else."""

import datetime
import io

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from accounts.models import Agency
from reporting.assistance.models import AssistanceRequest
from reporting.assistance.services.request import Draft, clear_request, create_request
from reporting.assistance.services.submission import submit_request
from reporting.instruments.choices import Coverage
from reporting.instruments.models import Instrument, Provision, Theme
from tests import factories


@pytest.fixture
def submitted(cast) -> AssistanceRequest:
    """An enquiry of Health to ILO, submitted; its title has changed in no later draft."""
    instrument = Instrument.objects.create(code="CMW", short_name="CMW", title="Convention", kind="convention")
    theme = Theme.objects.create(code="fees", title="Recruitment fees", coverage=Coverage.GAP)
    draft = Draft(
        title="Tracing of fees",
        responsible=cast.health,
        need="Inspectors can establish whether a fee was paid.",
        in_place="An Act.",
        missing="=A method",
        kinds=["training"],
        themes=[theme],
        provisions=[Provision.objects.create(instrument=instrument, article="66")],
        why_now="Licences are renewed.",
        needed_by_on=datetime.date(2030, 1, 31),
        counterpart_unit="Inspectorate",
        counterpart_name="Jonas",
        counterpart_email="jonas@example.org",
        counterpart_phone="1",
        agencies=[factories.agency()],
        internal_priority="high",
    )
    request = create_request(cast.arcadia, by=cast.jonas, draft=draft)
    clear_request(request, by=cast.jonas)
    submit_request(request, move="submit_as_enquiry", by=cast.amina)
    return AssistanceRequest.objects.get(pk=request.pk)


def words_of(response, format: str) -> str:
    data = io.BytesIO(b"".join(response.streaming_content) if response.streaming else response.content)
    if format == "pdf":
        text = "\n".join(page.extract_text() for page in PdfReader(data).pages)
    elif format == "docx":
        file = Document(data)
        cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
        text = "\n".join([*(paragraph.text for paragraph in file.paragraphs), *cells])
    else:
        rows = (row for sheet in load_workbook(data) for row in sheet.iter_rows(values_only=True))
        text = "\n".join(str(value) for row in rows for value in row if value is not None)
    return " ".join(text.split())


@pytest.mark.parametrize("format", ["pdf", "docx", "xlsx"])
def test_the_state_and_the_agency_addressed_read_the_same_need(cast, submitted, signed_in, format: str):
    officer = factories.officer("Ines", Agency.objects.get(code="ILO"))
    address = f"/assistance/{submitted.reference}/export/{format}/"

    own, theirs = (words_of(signed_in(user).get(address), format) for user in (cast.jonas, officer))

    for said in (own, theirs):
        assert "Inspectors can establish whether a fee was paid." in said
        assert "High" not in said


def test_others_are_told_nothing(cast, submitted, signed_in):
    other = factories.officer("Omar", Agency.objects.create(code="IOM", name="IOM"))
    address = f"/assistance/{submitted.reference}/export/pdf/"

    answers = [signed_in(user).get(address).status_code for user in (cast.rosa, cast.idris, other)]

    assert answers == [404, 404, 404]


def test_a_filtered_list_leaves_as_a_workbook_without_formulas(cast, submitted, signed_in):
    create_request(cast.arcadia, by=cast.jonas, draft=Draft(title="=1+1", responsible=cast.health))
    client = signed_in(cast.amina)

    everything = load_workbook(io.BytesIO(client.get("/assistance/export/list.xlsx").content))["Requests"]
    drafts = load_workbook(io.BytesIO(client.get("/assistance/export/list.xlsx?status=draft").content))["Requests"]

    titles = [[row[2].value for row in sheet.iter_rows(min_row=2)] for sheet in (everything, drafts)]
    assert [sorted(each) for each in titles] == [["=1+1", "Tracing of fees"], ["=1+1"]]
    assert [cell.data_type for row in drafts.iter_rows(min_row=2) for cell in row if cell.value == "=1+1"] == ["s"]
