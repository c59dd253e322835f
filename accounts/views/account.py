"""One's own account, and the language of the interface."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import i18n
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import AccountForm
from accounts.services import own


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def account(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    now = {"name": user.name, "position": user.position, "language": user.language}
    form = AccountForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        own.change_account(user, **form.cleaned_data)
        messages.success(request, _("Your account is saved."))
        return redirect("account")
    status = 422 if form.is_bound else 200
    return render(request, "accounts/account.html", {"form": form}, status=status)


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Django's own (cookie and redirect); the choice of somebody signed in goes into the account besides."""
    language = request.POST.get("language", "")
    if request.user.is_authenticated and language in dict(settings.LANGUAGES):
        own.choose_language(request.user, language)
    return i18n.set_language(request)
