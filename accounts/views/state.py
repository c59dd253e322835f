"""What the administrator decides for the whole State."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.forms import StateForm
from accounts.services.states import allow_device_copies
from accounts.views.people import own_state, tabs


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def settings_state(request: HttpRequest) -> HttpResponse:
    """Whether texts that are not saved yet may stay on the devices of the State's people."""
    state = own_state(request)
    form = StateForm(request.POST if request.method == "POST" else None, initial={"device_copies": state.device_copies})
    if form.is_bound and form.is_valid():
        on = form.cleaned_data["device_copies"]
        changed = allow_device_copies(state, on=on, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("Saved.") if changed else _("Nothing had changed, so nothing was saved."))
        return redirect("settings_state")
    return render(request, "accounts/settings/state.html", {"tabs": tabs(request, "state"), "form": form})
