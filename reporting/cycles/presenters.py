"""Review cycles as their pages show them."""

from typing import Any

from django.db.models import Prefetch
from django.utils import formats
from django.utils.translation import get_language

from accounts import permissions
from accounts.models import User
from reporting.cycles.choices import COORDINATE, TRANSMIT
from reporting.cycles.models import ReceivedDocument, ReviewCycle


def visible_cycles(user: User) -> Any:
    """The cycles that the person may see, by treaty, with their reports: two statements."""
    rows = ReviewCycle.objects.of(user)
    if not permissions.person(user).is_coordinator:
        granted = [permissions.granted(user, code, ReviewCycle).values("pk") for code in (COORDINATE, TRANSMIT)]
        rows = rows.filter(pk__in=granted[0]) | rows.filter(pk__in=granted[1])
    rows = rows.select_related("instrument", "mechanism", "coordinating_body").prefetch_related("reports__state_party")
    return rows.order_by("instrument__position", "mechanism__code", "-number_from", "pk")


def by_treaty(cycles: list[ReviewCycle]) -> list[dict[str, Any]]:
    """[{"short", "full", "cycles"}], one group for each instrument or mechanism."""
    groups: dict[str, dict[str, Any]] = {}
    for cycle in cycles:
        short, full = reviewed(cycle)
        groups.setdefault(short, {"short": short, "full": full, "cycles": []})["cycles"].append(line(cycle))
    return list(groups.values())


def reviewed(cycle: ReviewCycle) -> tuple[str, str]:
    """(short name, full name) of what is reviewed, in the reader's language."""
    language = get_language()
    if cycle.instrument is not None:
        return cycle.instrument.code, cycle.instrument.wording("title", language)[0]
    return cycle.mechanism.code, cycle.mechanism.wording("name", language)[0]


def line(cycle: ReviewCycle) -> dict[str, Any]:
    return {
        "name": str(cycle),
        "slug": cycle.slug,
        "procedure": cycle.get_procedure_display(),
        "body": str(cycle.coordinating_body),
        "reports": [
            {"slug": report.slug, "title": report.title_here, "status": report.get_status_display()}
            for report in cycle.reports.all()
        ],
    }


def with_documents() -> Prefetch[Any]:
    return Prefetch("received", queryset=ReceivedDocument.objects.select_related("filed_by"))


def document(row: ReceivedDocument) -> dict[str, Any]:
    return {
        "pk": row.pk,
        "kind": row.get_kind_display(),
        "title": row.title,
        "symbol": row.symbol,
        "received": formats.date_format(row.received_on, "DATE_FORMAT"),
        "reply_due": formats.date_format(row.reply_due_on, "DATE_FORMAT") if row.reply_due_on else "",
        "by": str(row.filed_by),
        "file_name": row.file_name,
        "sha256": row.sha256,
    }
