"""The table of assignments, and the questions that are not asked."""

from typing import Any

from django.utils.translation import get_language

from reporting.reports.choices import FellOut, SectionStatus
from reporting.reports.forms.assign import AssignmentTable
from reporting.reports.models import Report
from reporting.reports.presenters.words import page_url, section_sign, section_title


def table_rows(report: Report, table: AssignmentTable) -> list[dict[str, Any]]:
    """One row per section: what it is, where it stands, the text of its inputs, and what is wrong with it."""
    rows = []
    for section in table.sections:
        sign, word = section_sign(section)
        rows.append(
            {
                "pk": section.pk,
                "code": section.code,
                "title": section_title(section),
                "url": page_url("section_contributions", report.slug, section.slug),
                "sign": sign,
                "status": word,
                "typed": table.typed(section),
                "chosen": section.pk in table.chosen,
                "errors": table.errors.get(section.pk, []),
                "lead_fixed": str(section.lead or "") if section.status == SectionStatus.CLEARED else "",
                "last_words": section.last_words,
            }
        )
    return rows


def unasked(report: Report) -> list[dict[str, Any]]:
    """The questions not asked, by reason, each with its section: one statement."""
    language = get_language()
    groups: dict[str, dict[str, Any]] = {}
    answers = report.answers.filter(asked=False).select_related("question", "section__section")
    for answer in answers.order_by("section__position", "question__position"):
        reason = answer.fell_out or FellOut.COORDINATOR
        group = groups.setdefault(reason, {"reason": FellOut(reason).label, "rows": []})
        group["rows"].append(
            {
                "pk": answer.pk,
                "code": answer.question.code,
                "text": answer.question.wording("text", language)[0],
                "section": answer.section.code,
                "cleared": answer.section.status == SectionStatus.CLEARED,
            }
        )
    return list(groups.values())
