from django.urls import path

from exports import views

urlpatterns = [
    path("reports/<slug:report>/exports/", views.report_exports, name="report_exports"),
    path(
        "reports/<slug:report>/sections/<slug:section>/export/<slug:format>/",
        views.section_export,
        name="section_export",
    ),
    path(
        "reports/<slug:report>/submissions/<int:number>/files/<slug:format>/",
        views.submission_file,
        name="submission_file",
    ),
    path("verify/", views.verify, name="verify"),
]
