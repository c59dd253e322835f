"""What the record keeps as keys is read as words: every act has some, and every fact that an act keeps."""

import ast
import re
from pathlib import Path

import pytest
from django.utils import translation

from accounts import history
from accounts.models import HistoryEntry
from accounts.presenters import record
from reporting.assistance.workflow import POSITION_MOVES, REQUEST_MOVES
from reporting.reports.workflow import CONTRIBUTION_MOVES, REPORT_MOVES, ROUND_MOVES, SECTION_MOVES

ROOT = Path(__file__).resolve().parents[2]
TABLES = {
    "reportsection": SECTION_MOVES,
    "contribution": CONTRIBUTION_MOVES,
    "consultationround": ROUND_MOVES,
    "report": REPORT_MOVES,
    "assistancerequest": REQUEST_MOVES,
    "agencyposition": POSITION_MOVES,
}
# Facts of acts in the installation's own chain, which no page shows.
UNSHOWN = {"catalogue.load", "questionnaire."}


def recorded() -> list[tuple[str, list[str]]]:
    """(act, names of its facts) of every act that the code records by its name."""
    found = []
    for top in ("accounts", "reporting", "exports"):
        for path in (ROOT / top).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and ast.unparse(node.func) in {"history.record", "_recorder", "record"}:
                    names = [each.arg for each in node.keywords if each.arg]
                    for literal in ast.walk(node.args[0]) if node.args else ():
                        if isinstance(literal, ast.Constant) and isinstance(literal.value, str):
                            found.append((literal.value, names))
    return [(act, names) for act, names in found if act not in UNSHOWN and not act.startswith(".")]


def test_every_act_that_is_recorded_has_words():
    acts = {act for act, _names in recorded()} | {f"{kind}.{move}" for kind, table in TABLES.items() for move in table}

    assert len(acts) > 80
    assert sorted(act for act in acts if act not in record.ACTS) == []


def test_every_fact_of_an_act_has_a_name():
    arguments = {"by", "subject", "reason", "context", "chain", "comment", "attachment"}
    names = {name for _act, names in recorded() for name in names} - arguments

    assert len(names) > 30
    assert sorted(name for name in names if name not in record.FACTS) == []


@pytest.fixture
def line(cast):
    def made(**facts):
        entry = history.record("body.change", by=cast.amina, subject=cast.health, **facts)
        return {each["name"]: each["value"] for each in record.details(HistoryEntry.objects.get(pk=entry.pk))}

    return made


def test_codes_days_lists_and_what_stood_before_are_read_as_words(line):
    assert line(role="focal_point", on="2026-11-26", scope=["Arcadia", "Qamar"], coordinates=True) == {
        "Role": "Focal point",
        "On": "26 November 2026",
        "States within scope": "Arcadia, Qamar",
        "Coordinates reports": "Yes",
    }
    assert line(before={"name": "Health", "coordinates": False}) == {"Before": "Name: Health; Coordinates reports: No"}


def test_a_reference_of_digits_is_no_day(line):
    assert line(reference="20261126", symbol="2026-W48", on="2026-02-30") == {
        "Reference": "20261126",
        "Document symbol": "2026-W48",
        "On": "2026-02-30",
    }


def test_a_moment_is_written_out_with_its_hour(line):
    assert line(before={"on": "2026-11-26 14:30:00+00:00"}) == {"Before": "On: 26 November 2026, 14:30"}


def test_facts_that_say_nothing_are_left_out_and_unknown_ones_stand_as_they_were_kept(line):
    assert line(handed_over_to="", scope=[], from_elsewhere="kept", role="harpooner") == {
        "from_elsewhere": "kept",
        "Role": "harpooner",
    }


def test_an_act_that_nobody_knows_is_shown_by_its_name(cast):
    entry = history.record("body.levitate", by=cast.amina, subject=cast.health)

    assert record.lines([entry])[0]["act"] == "body.levitate"


def test_an_administrator_reads_the_record_in_the_own_language(cast, signed_in, translated):
    cast.jonas.language, cast.jonas.is_administrator = "ar", True
    cast.jonas.save(update_fields=["language", "is_administrator"])
    with translation.override("en"):
        history.record("person.join", by=cast.amina, subject=cast.dana, body="Ministry of Health", role="drafter")

    page = signed_in(cast.jonas).get("/settings/history/?act=person.join").content.decode()

    lines = page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert "أسند دورا" in lines
    assert "محرر" in lines
    assert "Ministry of Health" in lines
    assert not {"person.join", "drafter", "role"} & set(re.findall(r"[\w.]+", lines))
