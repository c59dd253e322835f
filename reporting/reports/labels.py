"""How sections and reports are named in acts and notices: kept by their codes, said in the reader's language."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language

from accounts.labels import Kept, Labels
from reporting.cycles.titles import Occasion, title_here
from reporting.instruments.choices import ReportKind
from reporting.instruments.models import Instrument
from reporting.questionnaires.models import Section
from reporting.reports.models import Report, ReportSection


def keep_section(row: ReportSection) -> Kept:
    return {"code": row.code, "section": row.section.code}


def say_sections(rows: Sequence[Kept]) -> list[str]:
    """ "F2 Recruitment"; "" for a section of which the catalogue knows nothing."""
    found = {row.code: row for row in Section.objects.filter(code__in={row["section"] for row in rows})}
    language = get_language() or "en"
    names = []
    for row in rows:
        section = found.get(row["section"])
        names.append(f"{row['code']} {section.wording('title', language)[0]}" if section else "")
    return names


def keep_report(row: Report) -> Kept:
    cycle = row.cycle
    return {
        "kind": row.kind,
        "state": row.state_party.name,
        "instrument": cycle.instrument.code if cycle.instrument else "",
        "first": cycle.number_from,
        "last": cycle.number_to,
        "due_year": row.due_on.year if row.due_on else None,
    }


def say_reports(rows: Sequence[Kept]) -> list[str]:
    """The title in the usual words; "" for a report of a kind or an instrument that is not known."""
    codes = {row["instrument"] for row in rows if row["instrument"]}
    found = {row.code: row for row in Instrument.objects.filter(code__in=codes)} if codes else {}
    return [_report(row, found) for row in rows]


def _report(row: Kept, instruments: dict[str, Instrument]) -> str:
    instrument = instruments.get(row["instrument"])
    if row["kind"] not in ReportKind.values or (row["instrument"] and instrument is None):
        return ""
    facts: dict[str, Any] = {name: row[name] for name in ("kind", "state", "first", "last", "due_year")}
    return title_here(Occasion(instrument=instrument, **facts))


LABELS = {
    "reports.reportsection": Labels(keep_section, say_sections),
    "reports.report": Labels(keep_report, say_reports),
}
