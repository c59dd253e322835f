"""The acts of a report, as sentences."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import HistoryEntry

ACTS: dict[str, Any] = {
    "report.start": gettext_lazy("started the report"),
    "report.set_dates": gettext_lazy("changed the dates"),
    "report.open": gettext_lazy("opened the report for drafting"),
    "report.consolidate": gettext_lazy("began the consolidation"),
    "report.back_to_drafting": gettext_lazy("took the report back to drafting"),
    "report.validate": gettext_lazy("sent the draft to every body for validation"),
    "report.back_to_consolidation": gettext_lazy("took the report back to consolidation"),
    "report.endorse": gettext_lazy("recorded the endorsement"),
    "report.transmit": gettext_lazy("recorded the transmission"),
    "report.receive": gettext_lazy("recorded the receipt"),
    "report.returned_by_secretariat": gettext_lazy("recorded the secretariat’s return"),
    "report.consider": gettext_lazy("marked the report as considered"),
    "report.close": gettext_lazy("closed the report"),
    "reportsection.assign": gettext_lazy("assigned the section"),
    "reportsection.name_drafters": gettext_lazy("named the drafters"),
    "reportsection.start": gettext_lazy("began to write"),
    "reportsection.send_for_review": gettext_lazy("sent the section for review"),
    "reportsection.return": gettext_lazy("returned the section"),
    "reportsection.clear": gettext_lazy("cleared the section"),
    "reportsection.reopen": gettext_lazy("reopened the section"),
    "answer.ask": gettext_lazy("changed whether a question is asked"),
    "contribution.ask": gettext_lazy("asked for a contribution"),
    "contribution.send": gettext_lazy("sent a contribution"),
    "contribution.take_over": gettext_lazy("took a contribution over"),
    "contribution.return": gettext_lazy("returned a contribution"),
    "contribution.withdraw": gettext_lazy("withdrew a contribution"),
}


def lines(entries: list[HistoryEntry]) -> list[dict[str, Any]]:
    """Newest first: who, when, what, on what, and the reason given."""
    return [
        {
            "at": entry.at,
            "actor": entry.actor_name or _("The system"),
            "act": ACTS.get(entry.act) or entry.act.replace(".", " ").replace("_", " "),
            "subject": entry.subject_label,
            "reason": entry.reason,
        }
        for entry in entries
    ]
