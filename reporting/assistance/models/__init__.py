from reporting.assistance.models.grants import AssistanceRequestGroupGrant, AssistanceRequestUserGrant
from reporting.assistance.models.position import AgencyPosition, Plan, PlanVersion, Referral
from reporting.assistance.models.request import AssistanceRequest, RequestVersion
from reporting.assistance.models.talk import Message, Note

__all__ = [
    "AgencyPosition",
    "AssistanceRequest",
    "AssistanceRequestGroupGrant",
    "AssistanceRequestUserGrant",
    "Message",
    "Note",
    "Plan",
    "PlanVersion",
    "Referral",
    "RequestVersion",
]
