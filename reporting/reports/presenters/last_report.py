"""What the State said on the same articles last time, from the frozen content of its last submission."""

from typing import Any

from django.utils.safestring import mark_safe

from accounts import permissions
from reporting.reports.models import ReportSection, Submission
from reporting.reports.permissions import READ_SUBMISSION
from reporting.reports.presenters.outline import Place
from reporting.text import markup


def last_report(here: Place) -> dict[str, Any] | None:
    """{"title", "year", "paragraphs": [{"number", "html"}], "first", "last"}; None where there is none to read."""
    cycle = here.report.cycle
    earlier = Submission.objects.of(here.user).filter(
        report__cycle__mechanism=cycle.mechanism_id,
        report__cycle__instrument=cycle.instrument_id,
        report__cycle__number_from__lt=cycle.number_from,
    )
    rows = earlier.select_related("report__cycle__instrument", "report__state_party").order_by(
        "-report__cycle__number_from", "-number"
    )
    submission = rows.first()
    if submission is None or not permissions.allows(here.user, READ_SUBMISSION, submission):
        return None
    paragraphs = _paragraphs(submission.content, here.section)
    return {
        "title": submission.report.title_here,
        "year": submission.endorsed_on.year,
        "language": submission.content["report"]["language"],
        "paragraphs": paragraphs,
        "first": paragraphs[0]["number"] if paragraphs else "",
        "last": paragraphs[-1]["number"] if paragraphs else "",
    }


def _paragraphs(content: dict[str, Any], section: ReportSection) -> list[dict[str, Any]]:
    """The numbered paragraphs of the same section: same code, else one of its articles."""
    frozen = content["sections"]
    same = [each for each in frozen if each["code"] == section.section.code]
    articles = {str(each) for each in section.section.articles}
    chosen = same or [each for each in frozen if articles & {str(name) for name in each["articles"]}][:1]
    found, number = [], 1
    for each in frozen:
        for answer in each["answers"]:
            if not answer["is_exported"]:
                continue
            disposition = answer["disposition"] or {}
            texts = [disposition["prints"]] if disposition.get("prints") else [p["text"] for p in answer["paragraphs"]]
            for text in texts:
                if each in chosen:
                    # markup.html escapes what was typed
                    found.append({"number": number, "html": mark_safe(markup.html(text))})  # noqa: S308
                number += 1
    return found
