"""Django's admin, for catalogue editors and reference data alone.

Rooms register their reference models on ``site`` with ``EditorAdmin``; no table of a State stands here.
"""

from typing import Any

from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class CatalogueSite(admin.AdminSite):
    site_header = site_title = _("Servanda: reference data")
    index_title = _("Reference data")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """To whoever is signed in and no editor the reference data's pages do not exist."""
        if request.user.is_authenticated and not is_editor(request):
            raise Http404
        return is_editor(request)

    def login(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """The product has one way in, which counts failures; the admin's own is none."""
        if self.has_permission(request):
            return redirect("admin:index")
        return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index"))


def is_editor(request: HttpRequest) -> bool:
    """Superusers are none: they run the machine."""
    user: Any = request.user
    return bool(user.is_authenticated and user.is_active and user.is_editor and not user.is_superuser)


class EditorAdmin(admin.ModelAdmin):
    """What an editor may do to reference data: look, add and change, never delete."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_editor(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_editor(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_editor(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_editor(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


site = CatalogueSite(name="admin")
