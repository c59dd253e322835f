"""Acts as whoever reads them is told: in words, in the reader's language.

The record keeps keys: the name of the act, names of facts, codes of closed lists. A room adds
its own with ``tell`` in its AppConfig.ready. What no room knows, such as an act of an earlier
edition, is shown as it was kept.
"""

import datetime
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django.db import models
from django.utils import formats, timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import labels
from accounts.choices import BodyKind, Level, Role
from accounts.history import NAMED
from accounts.models import HistoryEntry
from reporting.text.folding import fold

# "reportsection.clear" -> what the person did
ACTS: dict[str, Any] = {
    "sign_in": gettext_lazy("signed in"),
    "sign_out": gettext_lazy("signed out"),
    "lock_out": gettext_lazy("was locked out after failed attempts to sign in"),
    "password.change": gettext_lazy("changed the password"),
    "password.set": gettext_lazy("set a password"),
    "password.reset": gettext_lazy("set a new password by mail"),
    "account.change": gettext_lazy("changed the own account"),
    "state.create": gettext_lazy("set the State’s workspace up"),
    "state.device_copies": gettext_lazy("changed what browsers of the State keep"),
    "agency.create": gettext_lazy("set the agency up"),
    "body.create": gettext_lazy("added a body"),
    "body.change": gettext_lazy("changed a body"),
    "person.create": gettext_lazy("made an account"),
    "person.join": gettext_lazy("gave a role"),
    "person.leave": gettext_lazy("took a role back"),
    "person.deactivate": gettext_lazy("deactivated an account"),
    "person.reactivate": gettext_lazy("reactivated an account"),
    "person.administrator": gettext_lazy("changed who administers"),
    "officer.post": gettext_lazy("gave an officer a level"),
    "invitation.send": gettext_lazy("sent an invitation"),
    "invitation.resend": gettext_lazy("sent an invitation again"),
    "invitation.withdraw": gettext_lazy("withdrew an invitation"),
    "invitation.accept": gettext_lazy("accepted an invitation"),
}
# "due_on" -> the name of that fact
FACTS: dict[str, Any] = {
    "address": gettext_lazy("Address"),
    "administrator": gettext_lazy("Administrator"),
    "agency": gettext_lazy("Agency"),
    "after": gettext_lazy("After"),
    "before": gettext_lazy("Before"),
    "body": gettext_lazy("Body"),
    "coordinates": gettext_lazy("Coordinates reports"),
    "editor": gettext_lazy("Catalogue editor"),
    "from": gettext_lazy("From"),
    "handed_over_to": gettext_lazy("Handed over to"),
    "is_active": gettext_lazy("Active"),
    "kind": gettext_lazy("Kind"),
    "language": gettext_lazy("Language"),
    "level": gettext_lazy("Level"),
    "name": gettext_lazy("Name"),
    "number": gettext_lazy("Number"),
    "on": gettext_lazy("On"),
    "position": gettext_lazy("Position"),
    "reference": gettext_lazy("Reference"),
    "remits": gettext_lazy("Fields of work"),
    "role": gettext_lazy("Role"),
    "sha256": "SHA-256",
    "scope": gettext_lazy("States within scope"),
    "to": gettext_lazy("To"),
    "tried": gettext_lazy("Address tried"),
}
# a fact, or "reportsection.to" for those of one kind of subject -> the closed list that its codes are of
VALUES: dict[str, type[models.TextChoices]] = {"role": Role, "level": Level, "body.kind": BodyKind}
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
# lists of reasons that the product itself gives
REASONS: list[type[models.TextChoices]] = []


def tell(
    more_acts: Mapping[str, Any],
    *,
    facts: Mapping[str, Any] = MappingProxyType({}),
    values: Mapping[str, type[models.TextChoices]] = MappingProxyType({}),
    reasons: type[models.TextChoices] | None = None,
) -> None:
    """Add the words of a room."""
    ACTS.update(more_acts)
    FACTS.update(facts)
    VALUES.update(values)
    if reasons is not None:
        REASONS.append(reasons)


def act_in_words(act: str) -> str:
    return str(ACTS.get(act, act))


def lines(entries: Iterable[HistoryEntry]) -> list[dict[str, Any]]:
    """{"number", "at", "actor", "act", "subject", "kind", "details", "reason"} of each, in the order given."""
    rows = list(entries)
    written = [labels.Written(row.subject_type, row.facts.get(NAMED) or {}, row.subject_label) for row in rows]
    return [
        {
            "number": row.number,
            "at": row.at,
            "actor": row.actor_name or _("The system"),
            "act": act_in_words(row.act),
            "subject": subject,
            "kind": row.subject_type,
            "details": details(row),
            "reason": reason(row),
        }
        for row, subject in zip(rows, labels.said(written), strict=True)
    ]


def about(rows: models.QuerySet[HistoryEntry], text: str) -> models.QuerySet[HistoryEntry]:
    """The acts whose subject has ``text`` in its name, as it was written or as the reader reads it.

    What is said in the reader's language stands in no column, so the subjects of which something is kept
    are named once each, and those that fit are looked for by what was kept.
    """
    named = rows.filter(subject_type__in=list(labels.of), **{f"facts__{NAMED}__isnull": False}).order_by()
    subjects = list(named.values_list("subject_type", "subject_id", f"facts__{NAMED}").distinct())
    names = labels.said(labels.Written(kind, kept, "") for kind, _pk, kept in subjects)
    found: dict[str, set[str]] = {}
    for (kind, pk, _kept), name in zip(subjects, names, strict=True):
        if fold(text) in fold(name):
            found.setdefault(kind, set()).add(pk)
    fits = models.Q(subject_label__icontains=text)
    for kind, pks in found.items():
        fits |= models.Q(subject_type=kind, subject_id__in=pks)
    return rows.filter(fits)


def reason(row: HistoryEntry) -> str:
    for closed_list in REASONS:
        if row.reason in closed_list.values:
            return labels.in_words(closed_list, row.reason)
    return row.reason


def details(row: HistoryEntry) -> list[dict[str, str]]:
    """The facts of an act, {"key", "name", "value"}; those that say nothing are left out."""
    kind = row.subject_type.rpartition(".")[2] or row.act.partition(".")[0]
    found = []
    for key, value in row.facts.items():
        said = "" if key == NAMED else _value(value, kind, key)
        if said:
            found.append({"key": key, "name": str(FACTS.get(key, key)), "value": said})
    return found


def _value(value: Any, kind: str, key: str) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dict):
        pairs = [(str(FACTS.get(name, name)), _value(each, kind, name)) for name, each in value.items()]
        return "; ".join(f"{name}: {said}" for name, said in pairs if said)
    if isinstance(value, list):
        return ", ".join(said for said in (_value(each, kind, key) for each in value) if said)
    if not isinstance(value, str):
        return "" if value is None else formats.number_format(value)
    closed_list = VALUES.get(f"{kind}.{key}") or VALUES.get(key)
    return labels.in_words(closed_list, value) if closed_list else _moment(value)


def _moment(text: str) -> str:
    """A day or a moment as people write it; every other text, such as a reference of digits, as it stands."""
    day = labels.day_in_words(text)
    if day:
        return day
    try:
        at = parse_datetime(text) if MOMENT.match(text) else None
    except ValueError:
        return text
    if at is None:
        return text
    aware = at if timezone.is_aware(at) else timezone.make_aware(at, datetime.UTC)
    return formats.date_format(timezone.localtime(aware), "DATETIME_FORMAT")
