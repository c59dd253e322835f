"""Closed lists of reports, and the object permissions that groups and named drafters receive."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

VIEW = "view_reportsection"
DRAFT = "draft_reportsection"
COMMENT = "comment_reportsection"
SEND = "send_reportsection"
WRITE_CONTRIBUTION = "write_contribution"
SEND_CONTRIBUTION = "send_contribution"
COMMENT_ROUND = "comment_consultationround"

SECTION_PERMISSIONS: list[tuple[str, Any]] = [
    (VIEW, "Can read the section and its answers"),
    (DRAFT, "Can write the answers of the section"),
    (COMMENT, "Can comment on the section"),
    (SEND, "Can send the section for review"),
]
CONTRIBUTION_PERMISSIONS: list[tuple[str, Any]] = [
    (WRITE_CONTRIBUTION, "Can write the answers asked for"),
    (SEND_CONTRIBUTION, "Can send the contribution to the lead"),
]
ROUND_PERMISSIONS: list[tuple[str, Any]] = [(COMMENT_ROUND, "Can comment on the sections of the round")]


class ReportStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    DRAFTING = "drafting", _("Drafting")
    CONSOLIDATION = "consolidation", _("Consolidation")
    VALIDATION = "validation", _("Validation")
    ENDORSED = "endorsed", _("Endorsed")
    TRANSMITTED = "transmitted", _("Transmitted")
    RECEIVED = "received", _("Received")
    CONSIDERED = "considered", _("Considered")
    CLOSED = "closed", _("Closed")


BEFORE_ENDORSED = {
    ReportStatus.PLANNED,
    ReportStatus.DRAFTING,
    ReportStatus.CONSOLIDATION,
    ReportStatus.VALIDATION,
}
ENDORSED_OR_LATER = set(ReportStatus) - BEFORE_ENDORSED


class SectionStatus(models.TextChoices):
    NOT_STARTED = "not_started", _("Not started")
    DRAFTING = "drafting", _("Drafting")
    IN_REVIEW = "in_review", _("In review")
    RETURNED = "returned", _("Returned")
    CLEARED = "cleared", _("Cleared")


WRITABLE = {SectionStatus.NOT_STARTED, SectionStatus.DRAFTING, SectionStatus.RETURNED}


class ContributionStatus(models.TextChoices):
    ASKED = "asked", pgettext_lazy("contribution", "Asked")
    SENT = "sent", pgettext_lazy("contribution", "Sent")
    RETURNED = "returned", pgettext_lazy("contribution", "Returned")
    TAKEN_OVER = "taken_over", _("Taken over")
    WITHDRAWN = "withdrawn", pgettext_lazy("contribution", "Withdrawn")


class RoundStatus(models.TextChoices):
    OPEN = "open", pgettext_lazy("consultation", "Open")
    CLOSED = "closed", pgettext_lazy("consultation", "Closed")


class FellOut(models.TextChoices):
    """Why a question is not asked in this report; the coordinator can put it back."""

    ROLE = "role", _("For another role of the State")
    KIND = "kind", _("For another kind of report")
    TIER = "tier", _("Part of the full form only")
    COORDINATOR = "coordinator", _("Set aside by the coordinator")


class Change(models.TextChoices):
    ADDED = "added", pgettext_lazy("paragraph", "Added")
    CHANGED = "changed", pgettext_lazy("paragraph", "Changed")
    MOVED = "moved", pgettext_lazy("paragraph", "Moved")
    REMOVED = "removed", pgettext_lazy("paragraph", "Removed")


class Why(models.TextChoices):
    """Why an answer got a new version."""

    DRAFT = "draft", _("Drafting")
    CONTRIBUTION = "contribution", _("Contribution")
    EDITORIAL = "editorial", _("Editorial, by the coordinator")
    RESTORED = "restored", _("Restored from an earlier version")
    COPIED = "copied", _("Copied from another answer")
    SUGGESTED = "suggested", _("Suggestion accepted")
    IMPORTED = "imported", _("Imported")
    WORKBOOK = "workbook", _("From a workbook")


class TranslationWhy(models.TextChoices):
    """Why a translation got a new version."""

    WRITTEN = "written", pgettext_lazy("translation", "Written")
    CONFIRMED = "confirmed", pgettext_lazy("translation", "Confirmed as still right")


class Outcome(models.TextChoices):
    """What the lead body made of a suggestion."""

    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


class VersionName(models.TextChoices):
    """Moments that people look for in the history of an answer: the names of versions, kept as keys."""

    SENT = "sent_for_review", _("Sent for review")
    CLEARED = "cleared", _("Cleared")


class OwnReason(models.TextChoices):
    """The product's own reasons for a move, kept as keys where people's reasons stand in their words."""

    TIME_RAN_OUT = "time_ran_out", _("Its time ran out.")
    LEADS_NOW = "body_leads_now", _("The body leads the section now.")


class Audience(models.TextChoices):
    BODY = "body", _("Your body")
    SECTION = "section", _("The section: its bodies and the coordinators")
    CONSULTATION = "consultation", _("The consultation: also the bodies it is shared with")


class Reply(models.TextChoices):
    """What a body says of the whole draft in validation; silence is recorded as silence."""

    NO_OBJECTION = "no_objection", _("No objection")
    OBJECTION = "objection", _("Objection")


class Form(models.TextChoices):
    SUBMISSION = "submission", _("Submission form")
    WORKING = "working", _("Working form")


class ItemKind(models.TextChoices):
    """What a State keeps in its library."""

    LAW = "law", _("Law or regulation")
    DECISION = "decision", _("Decision of a court or an authority")
    POLICY = "policy", _("Policy or plan")
    STUDY = "study", _("Study or document")
