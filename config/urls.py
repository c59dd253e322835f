"""Every address of the product; the rooms name their own."""

from django.urls import include, path

from accounts import admin

ROOMS = [
    "accounts.urls",
    "reporting.desk.urls",
    "reporting.instruments.urls",
    "reporting.cycles.urls",
    "reporting.questionnaires.urls",
    "reporting.reports.urls",
    "reporting.assistance.urls",
    "exports.urls",
    "exports.urls_files",
]

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("catalogue/", admin.site.urls),
    *[path("", include(room)) for room in ROOMS],
]
