"""What a person types: files, lists and verdicts; 0 or 1, the reason on stderr, no half file."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Agency
from exports import store
from exports.document import SUBMISSION
from exports.formats.json import load
from exports.registry import FORMATS
from reporting.assistance.services.request import Draft, create_request
from reporting.reports.models import Submission
from tests.reporting.reports import factories as made

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def report(cast):
    report = made.report(cast)
    made.write(made.section(report, "f1"), "The text of f1.", cast.jonas)
    return report


@pytest.fixture
def request_row(cast):
    Agency.objects.get_or_create(code="ILO", defaults={"name": "International Labour Organization"})
    return create_request(cast.arcadia, by=cast.jonas, draft=Draft(title="Tracing of fees", responsible=cast.health))


def run(*arguments: object) -> str:
    out = StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


def export(row, path: Path, *more: str, format: str = "json") -> None:
    run("export_report", row.pk, "--format", format, "--output", path, *more)


@pytest.mark.parametrize("format", list(FORMATS))
def test_export_report_writes_a_file_of_each_format(report, tmp_path, format):
    path = tmp_path / f"report.{format}"

    export(report, path, format=format)

    assert path.read_bytes()[:2] in {b"%P", b"PK", b'{"'}
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == [path.name]


def test_export_report_takes_form_and_language(report, tmp_path):
    path = tmp_path / "report.json"

    export(report, path, "--form", "working", "--language", "ar")

    document = load(path.read_bytes())
    assert (document.form, document.language, document.direction) == ("working", "ar", "rtl")


def test_a_draft_in_the_submission_form_is_marked_and_an_endorsed_report_is_the_stored_file(cast, report, tmp_path):
    draft, final = tmp_path / "draft.json", tmp_path / "final.json"
    endorsed = made.endorsed(cast)

    export(report, draft)
    export(endorsed, final)

    submission = Submission.objects.get(report=endorsed)
    assert load(draft.read_bytes()).foot.endswith("Not endorsed.")
    assert load(final.read_bytes()).form == SUBMISSION
    assert final.read_bytes() == store.data_of(store.file_of(submission, "json"))
    assert "Submission 1 of" in run("verify", final)


@pytest.mark.parametrize("format", list(FORMATS))
def test_export_request_writes_a_file_of_each_format(request_row, tmp_path, format):
    path = tmp_path / f"request.{format}"

    run("export_request", request_row.pk, "--format", format, "--output", path)

    assert path.read_bytes()[:2] in {b"%P", b"PK", b'{"'}


@pytest.mark.parametrize(("command", "noun"), [("export_report", "report"), ("export_request", "request")])
def test_an_unknown_number_is_said_and_writes_nothing(db, tmp_path, command, noun):
    path = tmp_path / "file.json"

    with pytest.raises(CommandError, match=f"There is no {noun} 999999."):
        run(command, 999999, "--format", "json", "--output", path)

    assert not path.exists()


@pytest.mark.parametrize("where", ["absent/report.json", "."])
def test_an_output_that_cannot_be_written_is_said(report, tmp_path, where):
    with pytest.raises(CommandError, match="cannot be written"):
        export(report, tmp_path / where)

    assert [each for each in tmp_path.rglob("*") if each.is_file()] == []


def test_what_stood_there_stays_when_the_disk_fails(report, tmp_path, monkeypatch):
    path = tmp_path / "report.json"
    path.write_text("what stood there")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CommandError, match="No space left on device"):
        export(report, path)

    assert path.read_text() == "what stood there"
    assert [each.name for each in tmp_path.iterdir()] == ["report.json"]


def test_reports_and_requests_are_lines_of_json(report, request_row):
    [line] = [json.loads(each) for each in run("reports").splitlines()]
    [other] = [json.loads(each) for each in run("requests").splitlines()]

    assert (line["id"], line["state"], line["kind"], line["status"], line["due"]) == (
        report.pk, "ARC", "periodic", "drafting", None,
    )  # fmt: skip
    assert (other["id"], other["state"], other["title"], other["status"]) == (
        request_row.pk, "ARC", "Tracing of fees", "draft",
    )  # fmt: skip


def test_verify_says_that_a_file_is_none_with_its_hash(db, tmp_path):
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"%PDF-1.7 something else")

    with pytest.raises(CommandError, match=r"This is none of the files made here\. SHA-256 [0-9a-f]{64}$") as error:
        run("verify", path)

    assert error.value.returncode == 1


@pytest.mark.parametrize("name", ["absent.pdf", "."])
def test_verify_says_that_a_file_cannot_be_read(db, tmp_path, name):
    with pytest.raises(CommandError, match="cannot be read"):
        run("verify", tmp_path / name)


@pytest.mark.parametrize("command", ["export_report", "export_request", "verify", "reports", "requests"])
def test_help_is_printed_with_status_0(command, capsys):
    with pytest.raises(SystemExit) as end:
        call_command(command, "--help")

    assert end.value.code == 0
    assert command in capsys.readouterr().out


def test_the_command_line_ends_with_1_and_speaks_on_stderr(tmp_path):
    """As a person types it, in a process of its own: a line that cannot be read, and a file that is not there."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "SERVANDA_DATA": str(tmp_path)}
    for arguments in (["export_report", "three", "--format", "odt"], ["verify", "absent.pdf"]):
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True
        )

        assert (done.returncode, done.stdout) == (1, "")
        assert "rror" in done.stderr or "cannot be read" in done.stderr
