from reporting.assistance.forms.plan import PlanForm
from reporting.assistance.forms.request import AuthorisationForm, RequestForm
from reporting.assistance.forms.talk import AgencyTextForm, ReferralForm, StateMessageForm

__all__ = ["AgencyTextForm", "AuthorisationForm", "PlanForm", "ReferralForm", "RequestForm", "StateMessageForm"]
