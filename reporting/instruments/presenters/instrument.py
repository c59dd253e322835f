"""One instrument with its parts and articles, and one article with the same duty elsewhere."""

import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from accounts import permissions
from accounts.models import User
from accounts.querysets import state_of
from reporting.instruments.choices import FactStatus
from reporting.instruments.due import last_due_of, plain
from reporting.instruments.models import Instrument, Provision, Ratification, Theme, ThemeProvision
from reporting.instruments.permissions import RECORD_RATIFICATION
from reporting.instruments.presenters.listing import Standing, ratifications_of, standing
from reporting.instruments.presenters.theme import Duty, duties_of, label_of
from reporting.instruments.presenters.words import CoverageSign, Words, coverage, words
from reporting.instruments.shelf import Shelf, shelves_for


class Fact(NamedTuple):
    label: str
    text: str
    mark: str  # how sure it is, where it is not verified; "" otherwise
    source: str


class PartOf(NamedTuple):
    title: Words | None
    articles: list[tuple[Provision, Words]]


class InstrumentPage(NamedTuple):
    instrument: Instrument
    name: Words
    title: Words
    mechanism: Words | None
    facts: list[Fact]
    certainty: list[Any]  # what the catalogue says of how sure its facts are, row by row
    parts: list[PartOf]
    standing: Standing | None
    reservations: list[Any]
    may_record: bool
    shelves: list[Shelf]


def instrument_page(user: Any, instrument: Instrument, *, on: datetime.date) -> InstrumentPage:
    state_id = state_of(user)
    ratification = ratifications_of(user).get(instrument.pk) if state_id else None
    place = standing(
        instrument,
        ratification,
        last_due_on=last_due_of(state_id).get(instrument.pk) if state_id else None,
        on=on,
    )
    return InstrumentPage(
        instrument=instrument,
        name=words(instrument, "short_name"),
        title=words(instrument, "title"),
        mechanism=words(instrument.mechanism, "name") if instrument.mechanism else None,
        facts=facts_of(instrument),
        certainty=list(instrument.facts.all()),
        parts=_parts(instrument),
        standing=place if state_id else None,
        reservations=list(ratification.reservations.order_by("made_on", "pk")) if ratification else [],
        may_record=bool(state_id)
        and place.is_ratified_kind
        and permissions.allows(user, RECORD_RATIFICATION, user.state_party),
        shelves=shelves_for(user, instrument),
    )


def _parts(instrument: Instrument) -> list[PartOf]:
    """Articles, without their paragraphs, by part and in the order of the instrument."""
    found: dict[int | None, PartOf] = {}
    for row in instrument.provisions.all():
        if not row.paragraph:
            title = words(row.part, "title") if row.part else None
            found.setdefault(row.part_id, PartOf(title, [])).articles.append((row, label_of(row)))
    return list(found.values())


def facts_of(instrument: Instrument) -> list[Fact]:
    """What is known of reporting under the instrument, with marks on what was not looked up or is uncertain."""
    initial = _years(instrument.initial_due_years)
    periodic = _years(instrument.periodic_years)
    months = str(instrument.followup_months) if instrument.followup_months else ""
    said = [  # the name of the fact in the catalogue, the field of the model, label, text
        ("reference", "reference", _("Adopted by"), instrument.reference),
        ("reporting_article", "reporting_article", _("Reporting article"), instrument.reporting_article),
        ("initial_due_years", "initial_due_years", _("First report, in years after entry into force"), initial),
        ("periodic_years", "periodic_years", _("Later reports, every so many years"), periodic),
        ("periodic_rule", "periodic_rule", _("Rule for later reports"), instrument.periodic_rule),
        ("review_cycle", "review_cycle", _("Cycle"), instrument.review_cycle),
        ("simplified", "simplified", _("Simplified procedure"), instrument.simplified),
        ("guidelines", "guidelines", _("Reporting guidelines"), instrument.guidelines),
        ("followup", "followup_months", _("Follow-up, in months"), months),
        ("followup", "followup_note", _("Follow-up"), instrument.followup_note),
        ("reporting", "reporting_note", _("Note"), instrument.reporting_note),
    ]
    return [
        Fact(label, text, *_certainty(instrument, name, field_name)) for name, field_name, label, text in said if text
    ]


def _years(years: Any) -> str:
    return "" if years is None else plain(years)


def _certainty(instrument: Instrument, name: str, field_name: str) -> tuple[str, str]:
    """The mark and the source of a fact: an editor's correction, else the least sure thing the catalogue says of it.

    What is not named by itself has the certainty of "reporting" as a whole.
    """
    if field_name in instrument.corrected:
        return _("corrected by a catalogue editor"), ""
    by_name: dict[str, list[Any]] = {}
    for fact in instrument.facts.all():
        for piece in fact.fields.split(", "):
            by_name.setdefault(piece.partition(" (")[0].partition(".")[0], []).append(fact)
    facts = by_name.get(name) or by_name.get("reporting", [])
    if not facts:
        return "", ""
    least = max(facts, key=lambda fact: FactStatus.values.index(fact.status))
    mark = "" if least.status == FactStatus.VERIFIED else str(FactStatus(least.status).label).lower()
    return mark, least.source


class ThemeLine(NamedTuple):
    theme: Theme
    title: Words
    coverage: CoverageSign


class ArticlePage(NamedTuple):
    instrument: Instrument
    name: Words
    article: Provision
    label: Words
    part: Words | None
    paragraphs: list[Provision]
    themes: list[ThemeLine]
    elsewhere: list[Duty]


def article_page(user: Any, rows: list[Provision], *, on: datetime.date) -> ArticlePage:
    """``rows``: the article and the paragraphs of it that are named somewhere, all of one instrument."""
    article = next((row for row in rows if not row.paragraph), rows[0])
    themes = list(Theme.objects.filter(provisions__in=[row.pk for row in rows]).distinct())
    return ArticlePage(
        instrument=article.instrument,
        name=words(article.instrument, "short_name"),
        article=article,
        label=label_of(article),
        part=words(article.part, "title") if article.part else None,
        paragraphs=[row for row in rows if row.paragraph],
        themes=[ThemeLine(row, words(row, "title"), coverage(row)) for row in themes],
        elsewhere=_elsewhere(user, article, themes, on),
    )


def _elsewhere(user: User, article: Provision, themes: list[Theme], on: datetime.date) -> list[Duty]:
    """Provisions of the same themes in other instruments, in the order of the catalogue."""
    links = ThemeProvision.objects.filter(theme__in=[theme.pk for theme in themes])
    links = links.exclude(provision__instrument_id=article.instrument_id).select_related("provision__instrument")
    found = {link.provision_id: link.provision for link in links}
    in_force = set(Ratification.objects.of(user).in_force(on).values_list("instrument_id", flat=True))
    ordered = sorted(found.values(), key=lambda row: (row.instrument.position, row.position))
    return duties_of(ordered, user, in_force)
