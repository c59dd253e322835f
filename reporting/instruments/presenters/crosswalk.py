"""The crosswalk: themes by instruments, and one theme with its provisions."""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from reporting.instruments.choices import RATIFIED_KINDS, Coverage, InstrumentKind, ThemeGroup
from reporting.instruments.crosswalk import answered_by, requested_by
from reporting.instruments.models import Instrument, Provision, Ratification, Theme, ThemeProvision
from reporting.instruments.presenters.listing import text_family
from reporting.instruments.presenters.words import CoverageSign, Words, coverage, words
from reporting.instruments.references import natural

FAMILIES = {
    "core": gettext_lazy("Core human rights treaties"),
    "protocols": gettext_lazy("Optional protocols"),
    "ilo": gettext_lazy("ILO texts"),
    "crime": gettext_lazy("Organized crime"),
    "other": gettext_lazy("Other texts"),
}
_SHOWN_ARTICLES = 2


@dataclass(frozen=True)
class Filters:
    """What the address of the page asks for; unknown values are left out."""

    families: tuple[str, ...] = tuple(FAMILIES)
    coverage: tuple[str, ...] = ()
    text: str = ""
    opened: tuple[str, ...] = ()  # folded columns that are open: "ilo", "other"
    theme: str = ""

    @classmethod
    def read(cls, query: Any) -> "Filters":
        """From a QueryDict."""
        families = tuple(code for code in query.getlist("family") if code in FAMILIES)
        return cls(
            families=families or tuple(FAMILIES),
            coverage=tuple(code for code in query.getlist("coverage") if code in Coverage.values),
            text=query.get("q", "").strip()[:200],
            opened=tuple(code for code in ("ilo", "other") if code in query.getlist("open")),
            theme=query.get("theme", ""),
        )

    def address(self, **changes: Any) -> str:
        """The query string of this page with ``changes``."""
        values: dict[str, Any] = {
            "families": self.families,
            "coverage": self.coverage,
            "text": self.text,
            "opened": self.opened,
        }
        values |= {"theme": self.theme, **changes}
        pairs: list[tuple[str, str]] = []
        if values["families"] != tuple(FAMILIES):
            pairs += [("family", code) for code in values["families"]]
        pairs += [("coverage", code) for code in values["coverage"]]
        pairs += [("open", code) for code in values["opened"]]
        pairs += [(name, values[key]) for name, key in (("q", "text"), ("theme", "theme")) if values[key]]
        return f"?{urlencode(pairs)}"


class Column(NamedTuple):
    label: str
    title: str
    note: str  # year of entry into force for the State, or what the column folds
    instruments: tuple[int, ...]
    is_party: bool
    toggle: str  # the address that opens or closes a folded column


class Cell(NamedTuple):
    text: str
    title: str
    is_answered: bool
    is_requested: bool
    is_party: bool


class Row(NamedTuple):
    theme: Theme
    title: Words
    coverage: CoverageSign
    cells: list[Cell]
    url: str
    is_chosen: bool


@dataclass
class Band:
    label: str
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Matrix:
    filters: Filters
    columns: list[Column]
    bands: list[Band]
    families: list[Choice]
    coverages: list[Choice]
    themes: int
    shown: int
    instruments: int


class _Marks(NamedTuple):
    answered: set[tuple[int, str]]
    requested: set[tuple[int, str]]


def matrix(user: User, filters: Filters, *, on: datetime.date) -> Matrix:
    instruments = list(Instrument.objects.select_related("mechanism"))
    in_force = dict(Ratification.objects.of(user).in_force(on).values_list("instrument_id", "in_force_on"))
    columns = _columns(instruments, in_force, filters, has_state=user.state_party_id is not None)
    themes = list(Theme.objects.all())
    found = {row.pk for row in Theme.objects.matching(filters.text)} if filters.text else None
    links: dict[int, list[ThemeProvision]] = defaultdict(list)
    for link in ThemeProvision.objects.select_related("provision").order_by("theme_id", "position"):
        links[link.theme_id].append(link)
    if filters.text:
        found = (found or set()) | _by_provision(filters.text)
    marks = _Marks(answered_by(user), requested_by(user))
    bands: dict[str, Band] = {}
    shown = 0
    for theme in themes:
        if (found is not None and theme.pk not in found) or (
            filters.coverage and theme.coverage not in filters.coverage
        ):
            continue
        shown += 1
        band = bands.setdefault(theme.group, Band(str(ThemeGroup(theme.group).label) if theme.group else ""))
        cells = [_cell(column, links[theme.pk], marks) for column in columns]
        url = filters.address(theme=theme.code)
        is_chosen = theme.code == filters.theme
        band.rows.append(Row(theme, words(theme, "title"), coverage(theme), cells, url, is_chosen))
    return Matrix(
        filters=filters,
        columns=columns,
        bands=list(bands.values()),
        families=_families(instruments, filters),
        coverages=_coverages(themes, filters),
        themes=len(themes),
        shown=shown,
        instruments=len(instruments),
    )


def _by_provision(text: str) -> set[int]:
    """Ids of the themes that have a provision with these words."""
    matching = Provision.objects.matching(text)
    return set(ThemeProvision.objects.filter(provision__in=matching).values_list("theme_id", flat=True))


def _columns(
    instruments: Sequence[Instrument], in_force: Mapping[int, datetime.date], filters: Filters, *, has_state: bool
) -> list[Column]:
    columns, folded = [], defaultdict(list)
    for instrument in instruments:
        family = text_family(instrument)
        if family not in filters.families or instrument.kind == InstrumentKind.REPORTING_DOCUMENT:
            continue
        fold = "" if family == "core" else "ilo" if family == "ilo" else "other"
        if fold and fold not in filters.opened:
            folded[fold].append(instrument.pk)
        else:
            columns.append(_column(instrument, in_force.get(instrument.pk), has_state=has_state))
    for fold, label in (("ilo", _("ILO")), ("other", _("Other"))):
        if fold in filters.opened:
            toggle = filters.address(opened=tuple(code for code in filters.opened if code != fold))
            columns.append(Column(label, _("Fold these texts into one column"), _("fold"), (), True, toggle))
        elif folded[fold]:
            toggle = filters.address(opened=(*filters.opened, fold))
            title = _("Open this column: one for each text")
            columns.append(Column(label, title, _("texts"), tuple(folded[fold]), True, toggle))
    return columns


def _column(instrument: Instrument, in_force_on: datetime.date | None, *, has_state: bool) -> Column:
    is_party = in_force_on is not None or not has_state or instrument.kind not in RATIFIED_KINDS
    note = str(in_force_on.year) if in_force_on else "" if is_party else _("not a party")
    return Column(instrument.code, words(instrument, "short_name").text, note, (instrument.pk,), is_party, "")


def _cell(column: Column, links: Sequence[ThemeProvision], marks: _Marks) -> Cell:
    """Article numbers, two at most and how many more; for a folded column the number of texts."""
    mine = [link.provision for link in links if link.provision.instrument_id in column.instruments]
    pairs = {(provision.instrument_id, provision.article) for provision in mine}
    articles = sorted({provision.article for provision in mine}, key=natural)
    if len(column.instruments) > 1:
        text = str(len({instrument for instrument, _article in pairs})) if pairs else ""
        title = ""
    else:
        more = len(articles) - _SHOWN_ARTICLES
        text = ", ".join(articles[:_SHOWN_ARTICLES]) + (f" +{more}" if more > 0 else "")
        title = ", ".join(provision.reference for provision in mine)
    return Cell(text, title, bool(pairs & marks.answered), bool(pairs & marks.requested), column.is_party)


def _families(instruments: Sequence[Instrument], filters: Filters) -> list[Choice]:
    counts: dict[str, int] = defaultdict(int)
    for instrument in instruments:
        if instrument.kind != InstrumentKind.REPORTING_DOCUMENT:
            counts[text_family(instrument)] += 1
    return [Choice(code, str(label), counts[code], code in filters.families) for code, label in FAMILIES.items()]


def _coverages(themes: Sequence[Theme], filters: Filters) -> list[Choice]:
    counts: dict[str, int] = defaultdict(int)
    for theme in themes:
        counts[theme.coverage] += 1
    return [Choice(value, str(label), counts[value], value in filters.coverage) for value, label in Coverage.choices]
