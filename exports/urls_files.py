"""Addresses of zips, comparisons, verifying, and of the papers around a report."""

from django.urls import path

from exports import views_compare, views_papers, views_verify, views_zip

urlpatterns = [
    path("reports/<slug:report>/exports/zip/", views_zip.report_zip, name="report_zip"),
    path("reports/<slug:report>/submissions/<int:number>/zip/", views_zip.submission_zip, name="submission_zip"),
    path("reports/<slug:report>/submissions/<int:number>/receipt.pdf", views_papers.receipt, name="submission_receipt"),
    path("reports/<slug:report>/log/export/<slug:format>/", views_papers.log, name="report_log_file"),
    path("questionnaires/<slug:code>/blank/<slug:format>/", views_papers.blank, name="questionnaire_blank"),
    path("compare/", views_compare.comparison, name="compare"),
    path("compare/comparison.pdf", views_compare.comparison_file, name="compare_file"),
    path("verify/", views_verify.verify, name="verify"),
]
