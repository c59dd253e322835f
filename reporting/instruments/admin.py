"""The catalogue editor's pages: reference data alone, saved through the services, never deleted."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts.admin import EditorAdmin, is_editor, site
from reporting.instruments.models import Fact, Instrument, Mechanism, Provision, Theme, WordLimit
from reporting.instruments.services.upkeep import correct


class CorrectingAdmin(EditorAdmin):
    """Rows come from the catalogue's files, so none are added here; what is changed is marked as a correction."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        user: Any = request.user
        correct(obj, fields=list(form.changed_data), by=user)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The acts keep what was corrected, by whom; Django's own log would say it twice."""
        return None


class FactInline(admin.TabularInline):
    """How sure each fact of the instrument is."""

    model = Fact
    fields = ("fields", "status", "source")
    readonly_fields = ("fields",)
    extra = 0
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_editor(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_editor(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Instrument, site=site)
class InstrumentAdmin(CorrectingAdmin):
    list_display = ("code", "short_name", "mechanism", "initial_due_years", "periodic_years", "unsure")
    list_filter = ("kind", "facts__status")
    search_fields = ("code", "short_name", "title")
    readonly_fields = ("code", "kind", "mechanism", "position", "symbols", "translations", "corrected")
    inlines = (FactInline,)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("mechanism").prefetch_related("facts")

    @admin.display(description="not verified")
    def unsure(self, instrument: Instrument) -> int:
        return sum(1 for fact in instrument.facts.all() if fact.status != "verified")

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        user: Any = request.user
        for row in formset.forms:
            if row.has_changed():
                correct(row.instance, fields=list(row.changed_data), by=user)
        formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []


@admin.register(Fact, site=site)
class FactAdmin(CorrectingAdmin):
    list_display = ("instrument", "fields", "status", "source")
    list_filter = ("status",)
    list_select_related = ("instrument",)
    readonly_fields = ("instrument", "fields", "position", "corrected")


@admin.register(Provision, site=site)
class ProvisionAdmin(CorrectingAdmin):
    list_display = ("instrument", "article", "paragraph", "label")
    list_select_related = ("instrument",)
    search_fields = ("label",)
    readonly_fields = ("instrument", "part", "article", "paragraph", "position", "translations", "corrected")


@admin.register(Theme, site=site)
class ThemeAdmin(CorrectingAdmin):
    list_display = ("code", "title", "group", "coverage")
    list_filter = ("coverage", "group")
    search_fields = ("code", "title")
    readonly_fields = ("code", "position", "targets", "translations", "corrected")


@admin.register(Mechanism, site=site)
class MechanismAdmin(CorrectingAdmin):
    list_display = ("code", "name", "family")
    readonly_fields = ("code", "family", "translations", "corrected")


@admin.register(WordLimit, site=site)
class WordLimitAdmin(CorrectingAdmin):
    list_display = ("mechanism", "report_kind", "words", "is_advice", "source")
    list_select_related = ("mechanism",)
    readonly_fields = ("mechanism", "report_kind", "corrected")
