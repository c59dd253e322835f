"""Verifying a file: which submission it is, as far as whoever asks may know of it. Nothing of the file is kept."""

from functools import partial
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts import permissions
from exports import verifying
from reporting.reports.models import Submission
from reporting.reports.permissions import READ_SUBMISSION


class VerifyForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        help_text=gettext_lazy("Drop it on the field or choose it."),
        error_messages={"required": gettext_lazy("Choose a file first.")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.VERIFY_MAX_BYTES:
            said = {"limit": filesizeformat(settings.VERIFY_MAX_BYTES)}
            raise forms.ValidationError(
                _("The file is larger than %(limit)s. Whoever runs the machine can verify it.") % said
            )
        return file


@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Open to everybody: whoever is not signed in learns of published submissions alone."""
    form, verdict, status = VerifyForm(), None, 200
    if request.method == "POST":
        form = VerifyForm(request.POST, request.FILES)
        if not _allowed(request):
            form.add_error(None, _("These were many files in a short time. Wait a minute, and go on."))
            status = 429
        elif form.is_valid():
            reads = partial(_reads, request.user)
            verdict = verifying.verify(cast(Any, form.cleaned_data["file"].file), reads)
            form = VerifyForm()
        else:
            status = 422
    return render(request, "exports/verify.html", {"form": form, "verdict": verdict}, status=status)


def _reads(user: Any, submission: Submission) -> bool:
    if verifying.is_published(submission):
        return True
    return bool(user.is_authenticated and permissions.allows(user, READ_SUBMISSION, submission))


def _allowed(request: HttpRequest) -> bool:
    """Count the files of this minute, by person, or by address where nobody is signed in."""
    who = f"user-{request.user.pk}" if request.user.is_authenticated else f"from-{request.META.get('REMOTE_ADDR', '')}"
    key = f"verify-{who}-{timezone.now():%Y%m%d%H%M}"
    cache.add(key, 0, timeout=120)
    return cache.incr(key) <= settings.VERIFY_PER_MINUTE
