"""How states of requests and positions look (ux.md, section 5), and small words of this room."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from reporting.assistance.choices import PositionStatus, RequestStatus
from reporting.assistance.models import AssistanceRequest

REQUEST_SIGNS = {
    RequestStatus.DRAFT: "empty",
    RequestStatus.CLEARED: "half",
    RequestStatus.AUTHORISED: "half",
    RequestStatus.SUBMITTED: "arrow",
    RequestStatus.RETURNED: "return",
    RequestStatus.CLOSED: "disc",
    RequestStatus.WITHDRAWN: "dash",
}
POSITION_SIGNS = {
    PositionStatus.NO_ANSWER: "empty",
    PositionStatus.ACKNOWLEDGED: "arrow",
    PositionStatus.IN_DISCUSSION: "half",
    PositionStatus.AWAITING_FUNDS: "half",
    PositionStatus.IN_PROGRESS: "half",
    PositionStatus.AGREED: "disc",
    PositionStatus.COMPLETED: "disc",
    PositionStatus.CONFIRMED: "disc",
    PositionStatus.DISPUTED: "return",
    PositionStatus.DECLINED: "dash",
    PositionStatus.DISCONTINUED: "dash",
}
ANSWER_DAYS = 10
SOON_DAYS = 30


@dataclass(frozen=True)
class Language:
    code: str
    name: str
    direction: str


def language(code: str) -> Language:
    """The language by its name in the interface's language, and the direction in which it is written."""
    try:
        info: Any = get_language_info(code)
    except KeyError:
        return Language(code, code, "auto")
    return Language(code, str(info["name_translated"]), "rtl" if info["bidi"] else "ltr")


def day(value: datetime.date | datetime.datetime | str | None) -> str:
    """ "12 November 2026", in the interface's language; "" for none."""
    if not value:
        return ""
    if isinstance(value, str):
        value = datetime.datetime.fromisoformat(value) if "T" in value else datetime.date.fromisoformat(value)
    if isinstance(value, datetime.datetime):
        value = timezone.localtime(value).date()
    return formats.date_format(value, "DATE_FORMAT")


def working_name(request: AssistanceRequest) -> str:
    """What the State calls a request: its reference, and before the first submission the day of its draft."""
    return request.reference or _("Draft of %(day)s") % {"day": day(request.created_at)}


def needed_soon(value: datetime.date | None, today: datetime.date) -> str:
    """A warning if the assistance is needed within thirty days, or was."""
    if value is None or value > today + datetime.timedelta(days=SOON_DAYS):
        return ""
    days = (value - today).days
    if days < 0:
        return _("needed by %(day)s, which has passed") % {"day": day(value)}
    return ngettext("needed in %(count)d day", "needed in %(count)d days", days) % {"count": days}


def unanswered(clock_from: datetime.datetime, status: str, is_returned: bool, now: datetime.datetime) -> str:
    """A warning if the agency has given no answer for ten days while its clock ran."""
    days = (now - clock_from).days
    if status != PositionStatus.NO_ANSWER or is_returned or days < ANSWER_DAYS:
        return ""
    return ngettext("%(count)d day without an answer", "%(count)d days without an answer", days) % {"count": days}
