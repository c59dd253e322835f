"""One theme: what the law says where, and how far it goes."""

import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from reporting.instruments.choices import RATIFIED_KINDS, InstrumentKind
from reporting.instruments.crosswalk import answered_by, requested_by
from reporting.instruments.models import Instrument, Mandate, Provision, Ratification, Theme
from reporting.instruments.presenters.words import CoverageSign, Words, coverage, words


class Duty(NamedTuple):
    """The provisions of one instrument on a theme."""

    instrument: Instrument
    name: Words
    provisions: list[tuple[Provision, Words]]
    note: str  # "core", or why it does not bind
    is_party: bool
    is_answered: bool
    is_requested: bool


class ThemePage(NamedTuple):
    theme: Theme
    title: Words
    remark: Words
    coverage: CoverageSign
    number: int
    duties: list[Duty]
    targets: list[Any]
    agencies: list[Any]
    silent: list[str]  # codes of core treaties without a listed provision


def theme_page(user: User, theme: Theme, *, on: datetime.date) -> ThemePage:
    links = theme.links.select_related("provision__instrument").order_by("provision__instrument__position", "position")
    bound = Ratification.objects.of(user).in_force(on).filter(instrument=OuterRef("pk"))
    rows = Instrument.objects.annotate(binds=Exists(bound)).filter(Q(binds=True) | Q(kind=InstrumentKind.CORE_TREATY))
    known = list(rows.values_list("pk", "code", "kind", "binds"))
    in_force = {pk for pk, _code, _kind, binds in known if binds}
    core = [code for _pk, code, kind, _binds in known if kind == InstrumentKind.CORE_TREATY]
    duties = duties_of([link.provision for link in links], user, in_force)
    named = {duty.instrument.code for duty in duties}
    return ThemePage(
        theme=theme,
        title=words(theme, "title"),
        remark=words(theme, "remark"),
        coverage=coverage(theme),
        number=theme.position + 1,
        duties=duties,
        targets=list(theme.targets.all()),
        agencies=list(Mandate.objects.filter(theme=theme).select_related("agency").order_by("-leads", "agency__code")),
        silent=[code for code in core if code not in named],
    )


def duties_of(provisions: list[Provision], user: User, in_force: set[int]) -> list[Duty]:
    """Provisions, in the order given, by instrument; needs ``instrument`` on each."""
    answered, requested = answered_by(user), requested_by(user)
    by_instrument: dict[int, list[Provision]] = {}
    for provision in provisions:
        by_instrument.setdefault(provision.instrument_id, []).append(provision)
    found = []
    for group in by_instrument.values():
        instrument = group[0].instrument
        pairs = {(row.instrument_id, row.article) for row in group}
        bound = user.state_party_id is None or instrument.kind not in RATIFIED_KINDS or instrument.pk in in_force
        found.append(
            Duty(
                instrument=instrument,
                name=words(instrument, "short_name"),
                provisions=[(row, label_of(row)) for row in group],
                note=str(InstrumentKind(instrument.kind).label),
                is_party=bound,
                is_answered=bool(pairs & answered),
                is_requested=bool(pairs & requested),
            )
        )
    return found


def label_of(provision: Provision) -> Words:
    return words(provision, "label")
