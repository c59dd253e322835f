"""What to know beside the entries of answers that cite the library: the item, and whether it changed since."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import permissions
from reporting.reports.freeze_tables import said_day
from reporting.reports.models import Answer, Citation, Report
from reporting.reports.permissions_library import READ_LIBRARY
from reporting.reports.presenters import library
from reporting.reports.presenters.outline import Place
from reporting.reports.services.citation import named_in
from reporting.reports.services.citing import LISTS

Cited = dict[tuple[int, str], dict[str, Any]]  # by answer and key of the entry


def mark(here: Place, answers: Sequence[Answer], questions: Iterable[Mapping[str, Any]]) -> None:
    """Put ``cited`` to every entry, written in or read, that cites the library: one statement, none where none does.

    ``questions`` are those of presenters/section.question of these answers.
    """
    known = {answer.pk: answer for answer in answers if named_in(answer.content)}
    if not known:
        return
    cited = _cited(here, known.values())
    for question in questions:
        answer = known.get(question["pk"])
        if answer is None:
            continue
        for row in (question.get("fields") or {}).get("rows", []):
            row["cited"] = cited.get((answer.pk, row["key"]))
        for block in question["shown"].get("blocks", []):
            for item, entry in zip(block.get("items", []), answer.content.get(block["type"], []), strict=False):
                item["cited"] = cited.get((answer.pk, entry["key"]))


def _cited(here: Place, answers: Iterable[Answer]) -> Cited:
    reads = permissions.allows(here.user, READ_LIBRARY, here.report.state_party)
    said: dict[tuple[int, str], dict[str, str]] = {}
    for answer in answers:
        listed, names = LISTS[answer.question.kind]
        said |= {
            (answer.pk, each["key"]): {name: each.get(name, "") for name in names} for each in answer.content[listed]
        }
    rows = Citation.objects.filter(answer__in={pk for pk, _key in said}).select_related("item")
    rows = rows.annotate(newest=Max("item__versions"))
    return {(row.answer_id, row.key): _entry(row, said.get((row.answer_id, row.key), {}), reads) for row in rows}


def marks_of(row: Citation) -> list[dict[str, str]]:
    """What to know of a cited item where it is cited: whether it changed since, and what is known of it anywhere."""
    changed = [{"text": _("Changed in the library"), "tone": "late"}] if row.is_stale else []
    return [*changed, *library.marks(row.item)]


def to_look_at(report: Report) -> list[Citation]:
    """The citations of a report that have such a mark, in its order: one statement."""
    today = timezone.localdate()
    marked = Q(revision__lt=F("item__told_revision")) | Q(item__withdrawn_at__isnull=False)
    marked |= Q(item__valid_until__lt=today) | Q(item__is_public=False)
    rows = Citation.objects.filter(
        marked, answer__report=report, answer__asked=True, answer__disposition="", answer__section__is_set_aside=False
    )
    rows = rows.select_related("item", "answer__question", "answer__section__section")
    return list(rows.order_by("answer__section__position", "answer__question__position", "pk"))


def _entry(row: Any, entry: Mapping[str, Any], reads: bool) -> dict[str, Any]:
    return {
        "title": row.item.title,
        "url": reverse("library_item", args=[row.item_id]) if reads else "",
        "marks": marks_of(row),
        "is_stale": row.is_stale,
        "now": _now(row, entry) if row.is_stale else [],
    }


def _now(row: Any, entry: Mapping[str, str]) -> list[str]:
    """What the item says and the entry does not, of what the entry repeats."""
    said = [getattr(row.item, name) for name, value in entry.items() if getattr(row.item, name) not in ("", value)]
    return [*map(said_day, said), *([_("a newer file")] if row.newest != row.version_id else [])]
