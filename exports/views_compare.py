"""Two submissions or drafts of one's State held against each other, by words: as a page and as a PDF."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET

from accounts import history, permissions
from exports import document as doc
from exports import exporting
from exports.assemble import document_for
from exports.assemble_comparison import document_for_comparison, said_without_change
from exports.comparing import Comparison, compare
from exports.formats.exceptions import CannotRender
from exports.registry import FORMATS, reason
from exports.views import attachment
from reporting.reports.models import Report, Submission
from reporting.reports.permissions import READ_SUBMISSION
from reporting.reports.permissions_lists import exported_reports

RELATED = ("cycle__instrument", "cycle__mechanism", "state_party")


@dataclass(frozen=True)
class Side:
    """One of the two: a draft (``number`` None) or a submission of a report."""

    report: Report
    submission: Submission | None

    @property
    def key(self) -> str:
        return f"{self.report.slug}.{self.submission.number}" if self.submission else self.report.slug

    @property
    def label(self) -> str:
        if self.submission is None:
            return _("%(title)s: the draft as it stands") % {"title": self.report.title_here}
        return _("%(title)s: submission %(number)d, %(date)s") % {
            "title": self.report.title_here,
            "number": self.submission.number,
            "date": formats.date_format(self.submission.endorsed_on, "DATE_FORMAT"),
        }


class CompareForm(forms.Form):
    old = forms.ChoiceField(label=pgettext_lazy("of two documents", "Earlier"))
    new = forms.ChoiceField(label=pgettext_lazy("of two documents", "Later"))

    def __init__(self, *args: Any, sides: dict[str, Side], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose")), *((key, side.label) for key, side in sides.items())]
        for field in self.fields.values():
            field.choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("old") and data.get("old") == data.get("new"):
            self.add_error("new", _("Choose two that are not the same."))
        return data


def sides_of(user: Any) -> dict[str, Side]:
    """What the person may read as a whole file, by key, newest first: a few statements, however many there are."""
    drafts = exported_reports(user).select_related(*RELATED).order_by("-pk") if user.state_party_id else []
    rows = Submission.objects.of(user).defer("content").order_by("-recorded_at")
    related = [f"report__{name}" for name in RELATED]
    sides = [Side(row, None) for row in drafts]
    for row in rows.select_related("state_party", *related):
        if permissions.allows(user, READ_SUBMISSION, row):
            sides.append(Side(row.report, row))
    return {side.key: side for side in sides}


@login_required
@require_GET
def comparison(request: HttpRequest) -> HttpResponse:
    """The form, and once two are chosen what changed from the one to the other."""
    user: Any = request.user
    sides = sides_of(user)
    asked = "old" in request.GET and "new" in request.GET
    initial = {name: request.GET.get(name, "") for name in ("old", "new")}
    form = CompareForm(request.GET if asked else None, initial=initial, sides=sides)
    context: dict[str, Any] = {"form": form, "sides": sides}
    status = 200
    if asked and form.is_valid():
        old, new = (sides[form.cleaned_data[name]] for name in ("old", "new"))
        found = _compared(user, old, new)
        context |= {"found": found, "shown": _shown(found), "old": old, "new": new}
        context |= {"added": found.words("added"), "removed": found.words("removed")}
    elif asked:
        status = 422
    return render(request, "exports/compare.html", context, status=status)


@login_required
@require_GET
def comparison_file(request: HttpRequest) -> HttpResponse:
    """The same as a PDF in the language of the page."""
    user: Any = request.user
    sides = sides_of(user)
    old, new = (sides.get(request.GET.get(name, "")) for name in ("old", "new"))
    if old is None or new is None or old == new:
        raise Http404
    document = document_for_comparison(
        _compared(user, old, new),
        old=old.label,
        new=new.label,
        author=new.report.state_party.name,
        language=translation.get_language(),
        generated_at=timezone.now(),
    )
    try:
        data = FORMATS["pdf"].render(document)
    except CannotRender as error:
        return render(request, "exports/cannot.html", {"reason": reason(error)}, status=409)
    history.record("report.export_comparison", by=user, subject=new.report, format="pdf", old=old.key, new=new.key)
    return attachment(data, f"{old.key}-{new.key}.pdf", FORMATS["pdf"].content_type)


def _compared(user: Any, old: Side, new: Side) -> Comparison:
    return compare(_document(user, old), _document(user, new))


def _document(user: Any, side: Side) -> doc.Document:
    """What the submission form prints of it, as far as the reader sees it; in the language in which it is sent."""
    if side.submission is not None:
        content = Submission.objects.values_list("content", flat=True).get(pk=side.submission.pk)
    else:
        content = exporting.report_content(side.report, user)
    return document_for(content, form=doc.SUBMISSION, generated_at=timezone.now())


def _shown(found: Comparison) -> list[dict[str, Any]]:
    """Sections for the page: stretches without change are counted, not shown."""
    sections = []
    for section in found.sections:
        if section.is_same and not section.items:
            continue  # the heading of a part
        items: list[dict[str, Any]] = []
        unchanged = 0
        for item in section.items:
            if item.kind == "same":
                unchanged += 1
                continue
            items += _skipped(unchanged)
            unchanged = 0
            items.append({"label": item.label, "kind": _KINDS[item.kind], "changes": item.words})
        if not section.is_same:
            items += _skipped(unchanged)
        kind = "" if section.kind in {"same", "changed"} else _KINDS[section.kind]
        sections.append({"heading": section.heading, "kind": kind, "stretches": items, "is_same": section.is_same})
    return sections


def _skipped(count: int) -> list[dict[str, Any]]:
    return [{"skipped": said_without_change(count)}] if count else []


_KINDS = {"changed": gettext_lazy("Changed"), "added": gettext_lazy("Added"), "removed": gettext_lazy("Removed")}
