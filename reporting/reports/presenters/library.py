"""The library as its readers see it: rows of the list, an item with its files, and where it is cited."""

from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import permissions
from accounts.files import kind_name
from accounts.models import User
from reporting.reports.freeze_tables import said_day
from reporting.reports.models import LibraryItem, LibraryVersion
from reporting.reports.permissions_library import EDIT_ITEM, RESTORE_ITEM
from reporting.reports.permissions_lists import searched_answers

MOST_CITATIONS = 100


def marks(item: LibraryItem) -> list[dict[str, str]]:
    """What a reader must know of an item wherever it stands: {"text", "tone"}."""
    found = []
    if item.withdrawn_at is not None:
        found.append({"text": _("Withdrawn"), "tone": "late"})
    elif item.has_expired(timezone.localdate()):
        found.append({"text": _("Expired on %(day)s") % {"day": day_of(item.valid_until)}, "tone": "late"})
    if not item.is_public:
        found.append({"text": _("Internal"), "tone": ""})
    return found


def day_of(value: Any) -> str:
    return said_day(value.isoformat()) if value else ""


def row(item: LibraryItem) -> dict[str, Any]:
    return {
        "pk": item.pk,
        "title": item.title,
        "number": item.number,
        "date": said_day(item.date),
        "kind": item.get_kind_display(),
        "body": str(item.body),
        "url": reverse("library_item", args=[item.pk]),
        "marks": marks(item),
    }


def page(user: User, item: LibraryItem) -> dict[str, Any]:
    """The context of reports/library/item.html."""
    versions = list(item.versions.select_related("uploaded_by"))
    cited, more = citations(user, item)
    return {
        "item": item,
        "date": said_day(item.date),
        "valid_until": day_of(item.valid_until),
        "marks": marks(item),
        "versions": [_version(item, each, place == 0) for place, each in enumerate(versions)],
        "cited": cited,
        "cited_more": more,
        "may_change": permissions.may_ever(user, EDIT_ITEM, item),
        "may_edit": permissions.allows(user, EDIT_ITEM, item),
        "may_restore": permissions.allows(user, RESTORE_ITEM, item),
    }


def _version(item: LibraryItem, version: LibraryVersion, is_newest: bool) -> dict[str, Any]:
    return {
        "number": version.number,
        "is_newest": is_newest,
        "name": version.file_name,
        "kind": kind_name(version.content_type),
        "size": filesizeformat(version.size),
        "sha256": version.sha256,
        "by": version.uploaded_by,
        "at": version.uploaded_at,
        "url": reverse("library_file", args=[item.pk, version.number]),
    }


def citations(user: User, item: LibraryItem) -> tuple[list[dict[str, Any]], bool]:
    """Where the item is cited, of the answers that the user may read and no other; and whether there are more."""
    rows = searched_answers(user).filter(citations__item=item, asked=True).distinct()
    rows = rows.select_related("question", "section__section", "report__cycle__instrument", "report__cycle__mechanism")
    found = list(rows.order_by("-report__pk", "section__position", "question__position")[: MOST_CITATIONS + 1])
    language = get_language() or "en"
    listed = [
        {
            "report": str(each.report.cycle),
            "code": each.section.code,
            "number": each.question.number,
            "question": each.question.wording("text", language)[0],
            "language": each.question.wording("text", language)[1],
            "url": reverse("report_section", args=[each.report.slug, each.section.slug]) + f"#q{each.question.number}",
        }
        for each in found[:MOST_CITATIONS]
    ]
    return listed, len(found) > MOST_CITATIONS
