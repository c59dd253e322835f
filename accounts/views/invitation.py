"""Accepting an invitation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.forms import AcceptForm
from accounts.services import invitations


@sensitive_post_parameters("password", "again")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Open to whoever has the link: it proves the address to which it was sent."""
    row = invitations.find(token)
    if row is None:
        return render(request, "accounts/invitation_over.html", status=404)
    form = AcceptForm(request.POST or None, invitation=row)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        invitations.accept(token, name=data["name"], password=data["password"], language=get_language() or "")
        messages.success(request, _("Your account is made. Sign in with your address and the new password."))
        return redirect("account_login")
    context = {"form": form, "invitation": row, "place": row.state_party or row.agency or ""}
    return render(request, "accounts/invitation.html", context, status=422 if form.is_bound else 200)
