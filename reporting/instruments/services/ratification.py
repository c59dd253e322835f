"""What binds a State: ratifications, reservations and declarations."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _

from accounts import history, permissions
from accounts.exceptions import Refused
from accounts.models import StateParty, User
from reporting.instruments import references
from reporting.instruments.choices import RATIFIED_KINDS, ReservationKind
from reporting.instruments.models import Instrument, Provision, Ratification, Reservation
from reporting.instruments.permissions import RECORD_RATIFICATION

Problems = dict[str, str]  # field: sentence


def ratification_problems(
    instrument: Instrument,
    *,
    in_force_on: datetime.date | None,
    ratified_on: datetime.date | None = None,
    denounced_on: datetime.date | None = None,
    next_due_on: datetime.date | None = None,
    next_due_source: str = "",
    **_others: Any,
) -> Problems:
    """What is wrong with a ratification, by field; empty when it can be recorded."""
    problems: Problems = {}
    if instrument.kind not in RATIFIED_KINDS:
        problems["in_force_on"] = _("%(instrument)s is not ratified by States.") % {
            "instrument": instrument.said("short_name")
        }
    elif in_force_on is None:
        problems["in_force_on"] = _("Enter the date on which it came into force for the State.")
    elif instrument.in_force_on and in_force_on < instrument.in_force_on:
        problems["in_force_on"] = _("%(instrument)s itself came into force on %(day)s; enter no earlier day.") % {
            "instrument": instrument.code,
            "day": formats.date_format(instrument.in_force_on),
        }
    if ratified_on and instrument.adopted_on and ratified_on < instrument.adopted_on:
        problems["ratified_on"] = _("%(instrument)s was adopted on %(day)s; nobody could ratify it before.") % {
            "instrument": instrument.code,
            "day": formats.date_format(instrument.adopted_on),
        }
    elif ratified_on and in_force_on and ratified_on > in_force_on:
        problems["ratified_on"] = _("This is after the entry into force for the State: one of the two is wrong.")
    if denounced_on and in_force_on and denounced_on <= in_force_on:
        problems["denounced_on"] = _("A denunciation takes effect after the entry into force.")
    if next_due_on and not next_due_source.strip():
        problems["next_due_source"] = _("Say where this date comes from, such as the last concluding observations.")
    if next_due_source.strip() and not next_due_on:
        problems["next_due_on"] = _("Enter the date that this source gives.")
    return problems


@transaction.atomic
def record_ratification(state_party: StateParty, *, instrument: Instrument, by: User, **facts: Any) -> Ratification:
    """Record or correct that an instrument binds the State.

    ``facts``: ratified_on, in_force_on, denounced_on, note, next_due_on, next_due_source.
    Raises Refused when ``by`` may not, or with the first sentence of what is wrong.
    """
    state_party = StateParty.objects.select_for_update().get(pk=state_party.pk)
    permissions.require(by, RECORD_RATIFICATION, state_party)
    problems = ratification_problems(instrument, **facts)
    if problems:
        raise Refused(next(iter(problems.values())))
    ratification = Ratification.objects.filter(state_party=state_party, instrument=instrument).first()
    is_new = ratification is None
    ratification = ratification or Ratification(state_party=state_party, instrument=instrument)
    before = {name: getattr(ratification, name) for name in facts}
    if not is_new and before == facts:
        return ratification
    for name, value in facts.items():
        setattr(ratification, name, value)
    ratification.save()
    changed = {name: str(value) for name, value in facts.items() if name != "note" and value and value != before[name]}
    history.record(
        "ratification.record" if is_new else "ratification.change",
        by=by,
        subject=ratification,
        instrument=instrument.code,
        **changed,
    )
    return ratification


def reservation_problems(instrument: Instrument, *, text: str, articles: str = "", **_others: Any) -> Problems:
    problems: Problems = {}
    if not text.strip():
        problems["text"] = _("Enter the text of the reservation or declaration.")
    known = set(Provision.objects.filter(instrument=instrument, paragraph="").values_list("article", flat=True))
    for piece in filter(None, (piece.strip() for piece in articles.replace(";", ",").split(","))):
        parsed = references.parse(piece)
        if parsed is None or parsed.article not in known:
            problems["articles"] = _("%(instrument)s has no article “%(article)s”. Separate articles by commas.") % {
                "instrument": instrument.code,
                "article": piece,
            }
    return problems


@transaction.atomic
def add_reservation(
    ratification: Ratification,
    *,
    kind: str,
    text: str,
    by: User,
    articles: str = "",
    made_on: datetime.date | None = None,
) -> Reservation:
    """Add a reservation or declaration. Raises Refused when ``by`` may not, or when text or articles are wrong."""
    ratification = (
        Ratification.objects.select_for_update(of=("self",)).select_related("instrument").get(pk=ratification.pk)
    )
    permissions.require(by, RECORD_RATIFICATION, ratification)
    problems = reservation_problems(ratification.instrument, text=text, articles=articles)
    if problems:
        raise Refused(next(iter(problems.values())))
    reservation = Reservation.objects.create(
        state_party_id=ratification.state_party_id,
        ratification=ratification,
        kind=ReservationKind(kind),
        articles=articles.strip(),
        text=text.strip(),
        made_on=made_on,
    )
    history.record("reservation.add", by=by, subject=reservation, instrument=ratification.instrument.code)
    return reservation


@transaction.atomic
def withdraw_reservation(reservation: Reservation, *, withdrawn_on: datetime.date, by: User) -> Reservation:
    """Record that a reservation was withdrawn; it stays in the list. Raises Refused when that cannot be."""
    rows = Reservation.objects.select_for_update(of=("self",)).select_related("ratification__instrument")
    reservation = rows.get(pk=reservation.pk)
    permissions.require(by, RECORD_RATIFICATION, reservation)
    if reservation.withdrawn_on:
        day = formats.date_format(reservation.withdrawn_on)
        raise Refused(_("It was recorded as withdrawn on %(day)s already.") % {"day": day})
    if reservation.made_on and withdrawn_on < reservation.made_on:
        raise Refused(
            _("It was made on %(day)s; enter a later day.") % {"day": formats.date_format(reservation.made_on)}
        )
    reservation.withdrawn_on = withdrawn_on
    reservation.save(update_fields=["withdrawn_on"])
    history.record(
        "reservation.withdraw",
        by=by,
        subject=reservation,
        instrument=reservation.ratification.instrument.code,
        withdrawn_on=withdrawn_on,
    )
    return reservation
