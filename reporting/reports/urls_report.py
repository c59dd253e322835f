"""Addresses of reports as wholes."""

from django.urls import path

from reporting.reports.views import assign, board, letter, report, translation

urlpatterns = [
    path("reports/", report.reports, name="reports"),
    path("reports/new/", report.report_new, name="report_new"),
    path("reports/<slug:report>/", report.report, name="report"),
    path("reports/<slug:report>/move/", report.report_move, name="report_move"),
    path("reports/<slug:report>/dates/", report.report_dates, name="report_dates"),
    path("reports/<slug:report>/delete/", report.report_delete, name="report_delete"),
    path("reports/<slug:report>/open-drafting/", report.open_drafting, name="report_open_drafting"),
    path("reports/<slug:report>/sections/", report.report_sections, name="report_sections"),
    path("reports/<slug:report>/assign/", assign.report_assign, name="report_assign"),
    path("reports/<slug:report>/questions/", assign.report_questions, name="report_questions"),
    path("reports/<slug:report>/board/", board.report_board, name="report_board"),
    path("reports/<slug:report>/write/<slug:body>/", letter.write, name="report_write"),
    path("reports/<slug:report>/contributions/", board.report_contributions, name="report_contributions"),
    path("reports/<slug:report>/people/", report.report_people, name="report_people"),
    path("reports/<slug:report>/translation/", translation.show, name="report_translation"),
    path("reports/<slug:report>/translation/<slug:n>/", translation.section, name="section_translation"),
    path("reports/<slug:report>/log/", report.report_log, name="report_log"),
]
