"""Own account, jobs, notices, invitations, and the settings of administrators."""

from django.urls import path, re_path

from accounts.views import (
    account,
    agency,
    bodies,
    device,
    history,
    invitation,
    jobs,
    notices,
    people,
    settings,
    state,
    uploads,
)

urlpatterns = [
    path("i18n/setlang/", account.set_language, name="set_language"),
    path("account/me/", account.account, name="account"),
    path("account/device/", device.device, name="device"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    path("notifications/", notices.notifications, name="notifications"),
    path("notifications/<int:pk>/", notices.notification, name="notification"),
    path("jobs/<uuid:key>/", jobs.job, name="job"),
    path("jobs/<uuid:key>/file/", jobs.job_file, name="job_file"),
    path("jobs/<uuid:key>/cancel/", jobs.job_cancel, name="job_cancel"),
    path("uploads/", uploads.start, name="uploads"),
    path("uploads/<uuid:key>/", uploads.upload, name="upload"),
    path("uploads/<uuid:key>/give-up/", uploads.give_up, name="upload_give_up"),
    path("settings/", settings.settings, name="settings"),
    path("settings/people/", people.settings_people, name="settings_people"),
    path("settings/people/invite/", people.settings_invite, name="settings_invite"),
    path("settings/people/<int:pk>/", people.settings_person, name="settings_person"),
    path("settings/people/<int:pk>/<slug:act>/", people.settings_person_act, name="settings_person_act"),
    re_path(
        r"^settings/invitations/(?P<pk>\d+)/(?P<act>resend|withdraw)/$",
        people.settings_invitation,
        name="settings_invitation",
    ),
    path("settings/bodies/", bodies.settings_bodies, name="settings_bodies"),
    path("settings/bodies/<slug:slug>/", bodies.settings_body, name="settings_body"),
    path("settings/state/", state.settings_state, name="settings_state"),
    path("settings/agency/", agency.settings_agency, name="settings_agency"),
    path("settings/history/", history.settings_history, name="settings_history"),
]
