"""Files of a section and of its answers: added, fetched by right, taken off, and made annexes by a coordinator."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts import permissions
from accounts.exceptions import Denial, Refused
from accounts.services import uploads
from reporting.reports.forms.attachment import UploadForm
from reporting.reports.models import Attachment
from reporting.reports.permissions import EDIT_ANSWER, SEE_SECTION, UPLOAD_TO_SECTION
from reporting.reports.presenters import files as presenter
from reporting.reports.presenters.outline import Place
from reporting.reports.presenters.section import head
from reporting.reports.services.attachment import make_annex, make_internal, upload
from reporting.reports.services.upload import remove
from reporting.reports.views.access import framed, opened

_SAID = {
    "remove": gettext_lazy("“%(file)s” is removed."),
    "annex": gettext_lazy("“%(file)s” goes out with the report, as an annex."),
    "internal": gettext_lazy("“%(file)s” stays inside the State."),
}


def _readable(here: Place, pk: int) -> Attachment:
    """A file of an answer that the person may read; those of the section as a whole go with all of it."""
    rows = Attachment.objects.of(here.user).filter(section=here.section, pk=pk, removed_at__isnull=True)
    row = rows.select_related("answer__question").first()
    if row is None or (here.answer_ids is not None and row.answer_id not in here.answer_ids):
        raise Http404
    return row


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, report: str, n: str) -> HttpResponse:
    """All files of the section; a POST adds one to the section as a whole, for what no question asks."""
    here = opened(request, report, n)
    permissions.require(request.user, SEE_SECTION, here.section)
    form = UploadForm()
    if request.method == "POST":
        permissions.require(request.user, UPLOAD_TO_SECTION, here.section)
        form = UploadForm(request.POST, uploads.handed_in(request.POST, request.FILES, by=request.user))
        if form.is_valid() and (row := _added(request, here, form)) is not None:
            messages.success(request, _("“%(file)s” is kept with the section.") % {"file": row.title})
            return redirect(here.url("section_files"))
    context = {**presenter.all_of(here), "form": form, "head": head(here)}
    return render(request, "reports/section/files.html", framed(here, **context), status=422 if form.is_bound else 200)


def _added(request: HttpRequest, here: Place, form: UploadForm) -> Attachment | None:
    """The file that was handed in; None where it is refused, and the form then says why at its field."""
    given = form.cleaned_data
    try:
        return upload(here.section, file=given["file"], title=given["title"], by=request.user)  # type: ignore[arg-type]
    except Refused as refused:
        if refused.denial is not Denial.STATE:
            raise
        form.add_error("file", refused.reason)
        return None


@login_required
@require_GET
def fetch(request: HttpRequest, report: str, n: str, pk: int) -> FileResponse:
    row = _readable(opened(request, report, n), pk)
    response = FileResponse(row.file.open("rb"), as_attachment=True, filename=row.file_name)
    response["Content-Type"] = row.content_type
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, report: str, n: str, pk: int, act: str) -> HttpResponse:
    """``act``: remove, which asks first, annex or internal."""
    acts = {"remove": remove, "annex": make_annex, "internal": make_internal}
    here = opened(request, report, n)
    if act not in acts or (request.method == "GET" and act != "remove"):
        raise Http404
    row = _readable(here, pk)
    if request.method == "GET":
        return _asked(request, here, row)
    try:
        acts[act](row, by=request.user)  # type: ignore[arg-type]
    except Refused as refused:
        if refused.denial is not Denial.STATE:
            raise
        messages.error(request, refused.reason)
    else:
        messages.success(request, _SAID[act] % {"file": row.title})
    return redirect(_place_of(here, row))


def _place_of(here: Place, row: Attachment) -> str:
    """Where the file stands: at its question, or with the files of the section as a whole."""
    return f"{here.url()}#q{row.answer.question.number}" if row.answer else here.url("section_files")


def _asked(request: HttpRequest, here: Place, row: Attachment) -> HttpResponse:
    if row.answer is None:
        permissions.require(request.user, UPLOAD_TO_SECTION, here.section)
    else:
        row.answer.section = here.section
        permissions.require(request.user, EDIT_ANSWER, row.answer)
    file = presenter.described(here, row)
    context = {"file": file, "head": head(here), "back": _place_of(here, row)}
    return render(request, "reports/section/file_remove.html", framed(here, **context))
