"""A report in which every kind of question has an answer."""

from accounts.models import User
from reporting.reports.models import Answer, Report
from reporting.reports.services.answer import AnswerEdit, save_answers
from tests.reporting.reports import factories as made


def full(cast) -> Report:
    """A report in which every kind of question has an answer."""
    row = made.report(cast)
    year = row.last_year
    made.write(made.section(row, "f1"), "Agencies need a licence.", cast.jonas)
    table = {
        "cells": {f"m1/m1/{year}": "1250", f"m1/m1/{year - 1}": "not_available"},
        "sources": {"m1": {"source": "Labour force survey", "reference_date": "2025-01-01"}},
        "breakdowns": {
            "sex": {
                "rows": [{"key": "r1", "label": "Women"}, {"key": "r2", "label": "Men"}],
                "cells": {f"r1/{year}": "600.5", f"r2/{year}": "suppressed"},
            }
        },
    }
    put(row, "F1-Q2", {"choice": "partly"}, cast.jonas)
    put(row, "F1-Q3", table, cast.jonas)
    put(row, "G1-Q2", {"value": "3.5", "unit": "per cent", "year": "2024", "source": "Census"}, cast.jonas)
    put(row, "G1-Q3", {"date": "2024-03-31", "note": "=Ratified, +later"}, cast.jonas)
    law = {
        "key": "a1",
        "title": "Act on Agencies",
        "number": "12",
        "date": "2019-03-04",
        "link": "https://example.org/",
    }
    put(row, "F2-Q2", {"references": [law]}, cast.rosa)
    put(row, "F2-Q3", {"value": "12", "note": "@all"}, cast.rosa)
    rows = Report.objects.select_related("cycle__instrument", "cycle__mechanism", "state_party", "questionnaire")
    return rows.get(pk=row.pk)


def answer(report: Report, code: str) -> Answer:
    return report.answers.select_related("question").get(question__code__endswith=code)


def put(report: Report, code: str, content: dict, by: User) -> None:
    row = answer(report, code)
    section = made.section(report, code[:2].lower())
    save_answers(section, [AnswerEdit(row.pk, row.version, content=content)], by=by)
