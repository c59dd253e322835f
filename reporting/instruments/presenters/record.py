"""The acts of ratifications, in words, and how reservations are named: registered in AppConfig.ready."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.labels import Kept, Labels, in_words
from reporting.instruments.choices import ReservationKind
from reporting.instruments.models import Reservation, Theme

ACTS: dict[str, Any] = {
    "ratification.record": _("recorded a ratification"),
    "ratification.change": _("changed a ratification"),
    "reservation.add": _("recorded a reservation or declaration"),
    "reservation.withdraw": _("recorded the withdrawal of a reservation"),
    "instrument.correct": _("corrected an instrument"),
    "provision.correct": _("corrected a provision"),
    "theme.correct": _("corrected a theme"),
}
FACTS: dict[str, Any] = {
    "denounced_on": _("Denounced with effect from"),
    "fields": _("Fields"),
    "in_force_on": _("In force for the State since"),
    "instrument": _("Instrument"),
    "next_due_on": _("Next report due on"),
    "next_due_source": _("Source of that date"),
    "ratified_on": _("Ratified or acceded on"),
    "withdrawn_on": _("Withdrawn on"),
}


def keep_reservation(row: Reservation) -> Kept:
    return {"kind": row.kind, "articles": row.articles}


def say_reservations(rows: Sequence[Kept]) -> list[str]:
    return [f"{in_words(ReservationKind, row['kind'])}: {row['articles']}" for row in rows]


def keep_theme(row: Theme) -> Kept:
    return {"code": row.code}


def say_themes(rows: Sequence[Kept]) -> list[str]:
    """The titles; "" for a theme that the catalogue no longer has."""
    found = {row.code: str(row) for row in Theme.objects.filter(code__in={row["code"] for row in rows})}
    return [found.get(row["code"], "") for row in rows]


LABELS = {
    "instruments.reservation": Labels(keep_reservation, say_reservations),
    "instruments.theme": Labels(keep_theme, say_themes),
}
