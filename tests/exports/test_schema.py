"""What leaves as JSON obeys its published schema, and draws the same file again where there is no database."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from jsonschema import Draft202012Validator

from exports import exporting, schemas, store
from exports.document import SUBMISSION, WORKING
from exports.formats.json import load, render
from exports.registry import FORMATS
from reporting.assistance.services import talk
from reporting.reports.models import Submission
from tests.exports.documents import arabic, report, request, working
from tests.reporting.assistance import factories as requests
from tests.reporting.reports import factories as made

ROOT = Path(__file__).parents[2]
DOCUMENT, REQUEST = "servanda.document-1", "servanda.request-1"


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def wrong_with(name: str, data: bytes | str) -> list[str]:
    """What stands in ``data`` against a schema."""
    validator = Draft202012Validator(schemas.SCHEMAS[name](), format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(json.loads(data))]


@pytest.mark.parametrize("name", list(schemas.SCHEMAS))
def test_a_schema_is_one_of_draft_2020_12_and_is_served_to_anybody(client, name):
    answer = client.get(f"/schemas/{name}.schema.json")

    served = json.loads(answer.content)
    Draft202012Validator.check_schema(served)
    assert served["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert answer["Content-Type"] == "application/schema+json"
    assert client.get("/schemas/other-1.schema.json").status_code == 404


@pytest.mark.parametrize("make", [report, working, request, arabic])
def test_every_shape_of_a_document_obeys_the_schema(make):
    assert wrong_with(DOCUMENT, render(make())) == []


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("title", None),
        ("titel", "x"),
        ("sections", [{"is": "Annex", "title": "x"}]),
        ("generated_at", "2027-03-18"),
        ("annexes", [{"is": "Annex"}]),
        ("listings", [{"is": "Nothing"}]),
    ],
)
def test_neither_the_schema_nor_the_reader_takes_anything_else(place, value):
    content = json.loads(render(report()))
    content["document"][place] = value
    data = json.dumps(content)

    assert wrong_with(DOCUMENT, data) != []
    with pytest.raises(ValueError, match="document"):
        load(data.encode())


def test_a_row_shorter_than_the_head_is_refused_by_name(tmp_path):
    content = json.loads(render(report()))
    table = next(b for s in content["document"]["sections"] for b in s.get("blocks", ()) if b["is"] == "Table")
    table["rows"][0].pop()

    with pytest.raises(ValueError, match=r"blocks\[2\]\.rows are not all as long as the head"):
        load(json.dumps(content).encode())


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
@pytest.mark.parametrize("form", [SUBMISSION, WORKING])
def test_every_export_of_a_report_obeys_the_schema_and_comes_back_equal(cast, form, language):
    row = made.report(cast)
    made.write(made.section(row, "f1"), "*The text* of f1.[^1]\n\n[^1]: A note.", cast.jonas)

    content = exporting.report_content(row, cast.amina, language=language)
    data = exporting.render(content, form=form, format_slug="json", at=timezone.now())

    assert wrong_with(DOCUMENT, data) == []
    assert render(load(data)) == data


def test_the_json_of_a_submission_draws_every_other_file_of_it_byte_for_byte(cast):
    submission = Submission.objects.get(report=made.endorsed(cast))
    data = store.data_of(store.file_of(submission, "json"))

    for slug, each in FORMATS.items():
        assert each.render(load(data)) == store.data_of(store.file_of(submission, slug))
    assert wrong_with(DOCUMENT, data) == []


def test_a_request_obeys_its_schema_as_the_state_and_as_the_agency_reads_it(cast, signed_in):
    requests.desk(cast)
    row = requests.position(cast, "agreed").request
    talk.write_to_agencies(row, by=cast.jonas, text="When may it begin?", agency=cast.ilo)
    readers = [cast.amina, cast.ilo_desk]

    said = [signed_in(user).get(f"/assistance/{row.reference}/export/json/").content for user in readers]

    assert [wrong_with(REQUEST, each) for each in said] == [[], []]
    assert all(json.loads(each)["request"]["positions"][0]["plan"]["activities"] for each in said)
    spoiled = json.loads(said[0])
    del spoiled["request"]["need"]
    assert wrong_with(REQUEST, json.dumps(spoiled)) == ["$.request: 'need' is a required property"]


def no_database(*arguments: object) -> subprocess.CompletedProcess[str]:
    """As it is typed where no database can be reached."""
    nowhere = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    line = [sys.executable, "manage.py", *map(str, arguments)]
    return subprocess.run(line, cwd=ROOT, env={**os.environ, **nowhere}, capture_output=True, text=True, timeout=120)


def test_json_becomes_the_same_pdf_where_no_database_can_be_reached(cast, tmp_path):
    submission = Submission.objects.get(report=made.endorsed(cast))
    path, drawn = tmp_path / "report.json", tmp_path / "report.pdf"
    path.write_bytes(store.data_of(store.file_of(submission, "json")))

    reached = no_database("reports")
    done = no_database("render", path, "--output", drawn)

    assert reached.returncode == 1  # there is none indeed
    assert (done.returncode, done.stderr) == (0, "")
    assert drawn.read_bytes() == store.data_of(store.file_of(submission, "pdf"))


@pytest.mark.parametrize(
    ("data", "output", "sentence"),
    [
        (b"{", "x.pdf", "This is not JSON"),
        (b'{"schema":"servanda.request","number":1}', "x.pdf", "does not say that it is servanda.document, number 1"),
        (render(report()), "x.odt", "“odt” is no format. Name one with --format: pdf, docx, xlsx, json."),
        (None, "x.pdf", "cannot be read: No such file or directory"),
    ],
)
def test_what_cannot_be_drawn_is_said_and_writes_nothing(tmp_path, data, output, sentence):
    path = tmp_path / "x.json"
    if data is not None:
        path.write_bytes(data)

    with pytest.raises(CommandError, match=sentence):
        call_command("render", str(path), "--output", str(tmp_path / output))

    assert not (tmp_path / output).exists()
