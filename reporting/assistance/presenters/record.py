"""The acts of requests, in words: registered with the record of acts in AppConfig.ready."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from reporting.assistance.choices import PositionStatus, RequestStatus

ACTS: dict[str, Any] = {
    "assistancerequest.create": _("started a request"),
    "assistancerequest.clear": _("cleared the request for the ministry"),
    "assistancerequest.reopen": _("changed the request, which is a draft again"),
    "assistancerequest.authorise": _("recorded the authorisation"),
    "assistancerequest.authorisation": _("recorded who authorised the request"),
    "assistancerequest.submit": _("submitted the request"),
    "assistancerequest.submit_as_enquiry": _("submitted the request as an enquiry"),
    "assistancerequest.submit_again": _("submitted the request again"),
    "assistancerequest.ask_back": _("asked back, so that the request is with the State"),
    "assistancerequest.add_agency": _("addressed another agency"),
    "assistancerequest.withdraw": _("withdrew the request"),
    "assistancerequest.close": _("closed the request"),
    "agencyposition.acknowledge": _("acknowledged the request"),
    "agencyposition.ask_back": _("asked back"),
    "agencyposition.open_plan": _("opened a plan"),
    "agencyposition.accept": _("accepted the plan offered"),
    "agencyposition.await_funds": _("said that funds are awaited"),
    "agencyposition.start": _("started the work"),
    "agencyposition.complete": _("reported the work as completed"),
    "agencyposition.confirm": _("confirmed the completion"),
    "agencyposition.dispute": _("disputed the completion"),
    "agencyposition.resume": _("took the work up again"),
    "agencyposition.decline": _("declined the request"),
    "agencyposition.discontinue": _("discontinued the work"),
    "agencyposition.refer": _("proposed to address another agency"),
    "agencyposition.responsible": _("became responsible for the request"),
    "plan.offer": _("offered the plan"),
    "plan.offer_taken_back": _("changed the plan, which takes the offer back"),
    "request.message": _("wrote a message"),
    "request.export": _("fetched a file of the request"),
    "request.export_list": _("fetched a list of requests"),
    "agency.note": _("wrote a note inside the agency"),
}
FACTS: dict[str, Any] = {"office": _("Office"), "rows": _("Rows")}
VALUES: dict[str, type[models.TextChoices]] = {
    "assistancerequest.from": RequestStatus,
    "assistancerequest.to": RequestStatus,
    "agencyposition.from": PositionStatus,
    "agencyposition.to": PositionStatus,
}
