from django.urls import path

from exports import views, views_board, views_requests, views_schemas, views_workbook

urlpatterns = [
    path("reports/<slug:report>/exports/", views.report_exports, name="report_exports"),
    path("reports/<slug:report>/workbooks/", views_workbook.workbooks, name="workbooks"),
    path("reports/<slug:report>/workbooks/download/", views_workbook.download, name="workbook_download"),
    path("reports/<slug:report>/workbooks/<uuid:key>/", views_workbook.workbook, name="workbook"),
    path("reports/<slug:report>/workbooks/<uuid:key>/apply/", views_workbook.apply, name="workbook_apply"),
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
    path("reports/<slug:report>/board/board.xlsx", views_board.board_export, name="board_export"),
    path("assistance/export/list.xlsx", views_requests.requests_export, name="requests_export"),
    path("agency/requests/export/list.xlsx", views_requests.inbox_export, name="inbox_export"),
    path("assistance/<slug:reference>/export/<slug:format>/", views_requests.request_export, name="request_export"),
    path("schemas/<str:name>.schema.json", views_schemas.schema, name="schema"),
]
