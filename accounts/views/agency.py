"""People of an agency, for its administrator."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts import acts_people, permissions
from accounts.context import with_home
from accounts.exceptions import Refused
from accounts.forms import InviteOfficerForm
from accounts.models import User
from accounts.presenters.paging import paged
from accounts.services import invitations
from accounts.views.people import invited, tabs, waiting


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def settings_agency(request: HttpRequest) -> HttpResponse:
    agency = getattr(with_home(request.user), "agency", None)
    if agency is None:
        raise Http404
    permissions.require(request.user, acts_people.ADMINISTER_AGENCY, agency)
    form = InviteOfficerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _row, link = invitations.invite(agency=agency, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Refused as refused:
            form.add_error("email", refused.reason)
        else:
            invited(request, link)
            return redirect("settings_agency")
    people = User.objects.filter(agency=agency).select_related("posting").prefetch_related("posting__scope")
    context = {
        **paged(request, people.order_by("-is_active", "name", "pk")),
        "tabs": tabs(request, "agency"),
        "agency": agency,
        "invitations": waiting(agency=agency),
        "form": form,
    }
    return render(request, "accounts/settings/agency.html", context, status=422 if form.is_bound else 200)
