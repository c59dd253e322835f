from django.urls import path

from reporting.assistance.views import agency, plan, state

urlpatterns = [
    path("assistance/", state.index, name="assistance"),
    path("assistance/new/", state.new, name="assistance_new"),
    path("assistance/<slug:reference>/", state.show, name="assistance_request"),
    path("assistance/<slug:reference>/edit/", state.edit, name="assistance_edit"),
    path("assistance/<slug:reference>/move/", state.move, name="assistance_move"),
    path("assistance/<slug:reference>/authorise/", state.authorise, name="assistance_authorise"),
    path("assistance/<slug:reference>/submit/", state.submit, name="assistance_submit"),
    path("assistance/<slug:reference>/messages/", state.write, name="assistance_write"),
    path("assistance/<slug:reference>/agencies/", state.add, name="assistance_add_agency"),
    path("assistance/<slug:reference>/agencies/<slug:agency>/", state.settle, name="assistance_settle"),
    path("assistance/<slug:reference>/letter/", state.letter_file, name="assistance_letter"),
    path("assistance/<slug:reference>/plan/<slug:agency>/", plan.state_plan, name="assistance_plan"),
    path("agency/requests/", agency.inbox, name="agency_requests"),
    path("agency/requests/<slug:reference>/", agency.show, name="agency_request"),
    path("agency/requests/<slug:reference>/move/", agency.move, name="agency_move"),
    path("agency/requests/<slug:reference>/messages/", agency.write, name="agency_write"),
    path("agency/requests/<slug:reference>/refer/", agency.refer, name="agency_refer"),
    path("agency/requests/<slug:reference>/plan/", plan.agency_plan, name="agency_plan"),
]
