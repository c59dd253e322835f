"""Editions in the catalogue editor's pages: to be read, published and retired; their wording comes from the files."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts.admin import site
from reporting.instruments.admin import CorrectingAdmin
from reporting.questionnaires.models import Questionnaire
from reporting.questionnaires.services.editing import set_status


@admin.register(Questionnaire, site=site)
class QuestionnaireAdmin(CorrectingAdmin):
    list_display = ("code", "title", "edition", "mechanism", "status")
    list_filter = ("status",)
    list_select_related = ("mechanism",)
    fields = ("code", "title", "edition", "mechanism", "instrument", "kinds", "basis", "order", "notes", "status")
    readonly_fields = ("code", "title", "edition", "mechanism", "instrument", "kinds", "basis", "order", "notes")

    def get_queryset(self, request: HttpRequest) -> Any:
        """The common editions; one made from a list of issues belongs to its State."""
        return super().get_queryset(request).filter(state_party__isnull=True)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        retired = obj is not None and obj.status == "retired"
        return (*self.readonly_fields, "status") if retired else self.readonly_fields

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        user: Any = request.user
        if "status" in form.changed_data:
            set_status(obj, status=form.cleaned_data["status"], by=user)
