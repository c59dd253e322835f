"""Addresses of the later life of a report: consultation, checks, validation, endorsement, transmission."""

from django.urls import URLPattern, path

from reporting.reports.views import check, consultation, endorsement, submission, transmission, validation

_ROOT = "reports/<slug:report>/"

urlpatterns: list[URLPattern] = [
    path(f"{_ROOT}check/", check.show, name="report_check"),
    path(f"{_ROOT}validation/", validation.show, name="report_validation"),
    path(f"{_ROOT}validation/start/", validation.start, name="report_validation_start"),
    path(f"{_ROOT}validation/reply/<int:body>/", validation.reply, name="report_validation_reply"),
    path(f"{_ROOT}validation/settle/<int:pk>/", validation.settle, name="report_validation_settle"),
    path(f"{_ROOT}validation/end/", validation.end, name="report_validation_end"),
    path(f"{_ROOT}endorse/", endorsement.show, name="report_endorse"),
    path(f"{_ROOT}submissions/<int:number>/", submission.show, name="report_submission"),
    path(f"{_ROOT}submissions/<int:number>/decision/", submission.decision, name="report_decision"),
    path(f"{_ROOT}submissions/<int:number>/take-back/", submission.take_back, name="report_take_back"),
    path(f"{_ROOT}submissions/<int:number>/publish/", submission.publish, name="report_publish"),
    path(f"{_ROOT}transmission/", transmission.show, name="report_transmission"),
    path(f"{_ROOT}transmission/<slug:act>/", transmission.record, name="report_transmission_record"),
    path(f"{_ROOT}consultation/", consultation.coordinate, name="report_consultation"),
    path(f"{_ROOT}consultation/<int:number>/", consultation.read_round, name="report_consultation_round"),
    path(f"{_ROOT}consultation/<int:number>/close/", consultation.close, name="report_consultation_close"),
    path(f"{_ROOT}consultation/<int:number>/answer/<int:pk>/", consultation.answer, name="report_consultation_answer"),
    path("consultation/", consultation.index, name="consultation"),
    path("consultation/<slug:report>/", consultation.take_part, name="consultation_report"),
    path("consultation/<slug:report>/<int:number>/comment/", consultation.comment, name="consultation_comment"),
    path("consultation/<slug:report>/withdraw/<int:pk>/", consultation.withdraw, name="consultation_withdraw"),
]
