"""Every address of the product; the rooms name their own."""

from django.contrib import admin
from django.urls import include, path

ROOMS = [
    "accounts.urls",
    "reporting.desk.urls",
    "reporting.instruments.urls",
    "reporting.cycles.urls",
    "reporting.questionnaires.urls",
    "reporting.reports.urls",
    "reporting.assistance.urls",
    "exports.urls",
]

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("catalogue/", admin.site.urls),
    *[path("", include(room)) for room in ROOMS],
]
