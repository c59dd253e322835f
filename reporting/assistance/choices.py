"""Closed lists of requests, and the object permissions that their groups receive."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

VIEW = "view_assistancerequest"
PREPARE = "prepare_assistancerequest"
SUBMIT = "submit_assistancerequest"
ANSWER = "answer_assistancerequest"

REQUEST_PERMISSIONS: list[tuple[str, Any]] = [
    (VIEW, "Can read the request"),
    (PREPARE, "Can write the request"),
    (SUBMIT, "Can record the authorisation of the request, submit and conclude it"),
    (ANSWER, "Can answer the request in the agency's name"),
]


class RequestStatus(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("request", "Draft")
    CLEARED = "cleared", pgettext_lazy("request", "Cleared by the ministry")
    AUTHORISED = "authorised", pgettext_lazy("request", "Authorised")
    SUBMITTED = "submitted", pgettext_lazy("request", "Submitted")
    RETURNED = "returned", pgettext_lazy("request", "Returned")
    CLOSED = "closed", pgettext_lazy("request", "Closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "Withdrawn")


# The agencies are at work on it; also while the State mends what an agency asked about.
WITH_AGENCIES = {RequestStatus.SUBMITTED, RequestStatus.RETURNED}
ENDED = {RequestStatus.CLOSED, RequestStatus.WITHDRAWN}
EDITABLE = {RequestStatus.DRAFT, RequestStatus.CLEARED, RequestStatus.AUTHORISED, RequestStatus.RETURNED}


class PositionStatus(models.TextChoices):
    NO_ANSWER = "no_answer", _("No answer yet")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    IN_DISCUSSION = "in_discussion", _("In discussion")
    AGREED = "agreed", pgettext_lazy("agency's position", "Agreed")
    AWAITING_FUNDS = "awaiting_funds", _("Awaiting funds")
    IN_PROGRESS = "in_progress", _("In progress")
    COMPLETED = "completed", pgettext_lazy("agency's position", "Completed")
    CONFIRMED = "confirmed", pgettext_lazy("agency's position", "Confirmed")
    DISPUTED = "disputed", pgettext_lazy("agency's position", "Disputed")
    DECLINED = "declined", pgettext_lazy("agency's position", "Declined")
    DISCONTINUED = "discontinued", pgettext_lazy("agency's position", "Discontinued")


SETTLED = {PositionStatus.CONFIRMED, PositionStatus.DECLINED, PositionStatus.DISCONTINUED}
BEFORE_AGREED = {PositionStatus.NO_ANSWER, PositionStatus.ACKNOWLEDGED, PositionStatus.IN_DISCUSSION}
# The plan was opened; of what was declined only where it came so far.
PLANNED = set(PositionStatus) - {PositionStatus.NO_ANSWER, PositionStatus.ACKNOWLEDGED, PositionStatus.DECLINED}


class Kind(models.TextChoices):
    """What the agency would do; the subject is a theme, chosen apart (assistance_kinds of agencies.yaml)."""

    LEGAL = "legal", _("Legal drafting or review")
    ADVICE = "advice", _("Advice")
    TRAINING = "training", _("Training")
    EXPERT = "expert", _("Expert in the ministry")
    PEER_EXCHANGE = "peer_exchange", _("Peer exchange or study visit")
    DIALOGUE_REPORT = "dialogue_report", _("Mock dialogue or report drafting")
    DATA = "data", _("Data and surveys")
    EQUIPMENT = "equipment", _("IT or equipment")
    FUNDING = "funding", _("Funding")
    PARTNER = "partner", _("Help to find a partner")


class Priority(models.TextChoices):
    URGENT = "urgent", _("Urgent: within three months")
    HIGH = "high", _("High: within the year")
    MEDIUM = "medium", _("Medium: within two years")
    LOW = "low", _("Low: later")
