"""The page after a move: who has the section now, by when they answer, and what comes next."""

from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from reporting.reports.choices import ContributionStatus, SectionStatus
from reporting.reports.presenters.outline import Place, neighbours
from reporting.reports.presenters.section import head


def sent(here: Place) -> dict[str, Any]:
    title, text = _said(here)
    return {"head": head(here), "title": title, "text": text, "around": neighbours(here)}


def _said(here: Place) -> tuple[str, str]:
    section, report = here.section, here.report
    said = {
        "section": section.code,
        "lead": section.lead or _("the lead body"),
        "coordinators": report.cycle.coordinating_body,
        "date": formats.date_format(report.review_ends_on, "DATE_FORMAT") if report.review_ends_on else "",
    }
    if here.answer_ids is not None:
        sent = any(each.status == ContributionStatus.SENT for each in section.contributions.all())
        if sent:
            return (
                _("Your contribution to %(section)s is with %(lead)s") % said,
                _("It is taken over, or comes back to you with a reason. You are told either way."),
            )
    match section.status:
        case SectionStatus.IN_REVIEW:
            text = _("They clear it, or return it with a reason. You are told either way.")
            if report.review_ends_on:
                text += " " + _("The review ends on %(date)s.") % said
            return _("%(section)s is with %(coordinators)s now") % said, text
        case SectionStatus.RETURNED:
            return (
                _("%(section)s is with %(lead)s again") % said,
                _("They see your reason on top of the section until they send it again."),
            )
        case SectionStatus.CLEARED:
            return (
                _("%(section)s is cleared") % said,
                _("Its text is locked. A coordinator can reopen it, with a reason, until the report is endorsed."),
            )
    return _("%(section)s is with %(lead)s") % said, ""
