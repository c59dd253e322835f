"""Titles of the reports of a cycle in the usual words: in the language of the submission, or of whoever reads them."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.cycles.models import ReviewCycle
from reporting.instruments.choices import ReportKind
from reporting.instruments.models import Instrument

ORDINALS = [
    gettext_lazy("first"),
    gettext_lazy("second"),
    gettext_lazy("third"),
    gettext_lazy("fourth"),
    gettext_lazy("fifth"),
    gettext_lazy("sixth"),
    gettext_lazy("seventh"),
    gettext_lazy("eighth"),
    gettext_lazy("ninth"),
    gettext_lazy("tenth"),
]


@dataclass(frozen=True)
class Occasion:
    """What the title of a report is made of, apart from the language that it is said in."""

    kind: str
    state: str
    instrument: Instrument | None
    first: int
    last: int
    due_year: int | None


def title_of(cycle: ReviewCycle, kind: str, due_year: int | None) -> str:
    """Such as "Combined second and third periodic reports submitted by Arcadia under article 73 of the Convention,
    due in 2027"."""
    with translation.override(cycle.submission_language):
        return title_here(_occasion(cycle, kind, due_year, cycle.state_party.name))


def title_read(title: str, cycle: ReviewCycle, kind: str, due_year: int | None, *, state: str) -> str:
    """``title``, which title_of made, as the language of the moment has it."""
    if (translation.get_language() or "en").partition("-")[0] == cycle.submission_language:
        return title
    return title_here(_occasion(cycle, kind, due_year, state))


def _occasion(cycle: ReviewCycle, kind: str, due_year: int | None, state: str) -> Occasion:
    return Occasion(kind, state, cycle.instrument, cycle.number_from, cycle.number_to, due_year)


def title_here(named: Occasion) -> str:
    """The title in the language of the moment."""
    title = _treaty_title(named, named.instrument) if named.instrument and named.kind in TREATY_KINDS else _other(named)
    return _("%(title)s, due in %(year)d") % {"title": title, "year": named.due_year} if named.due_year else title


TREATY_KINDS = {ReportKind.INITIAL, ReportKind.PERIODIC}


def _treaty_title(named: Occasion, instrument: Instrument) -> str:
    names = {
        "state": named.state,
        "article": instrument.reporting_article,
        "treaty": _treaty(instrument.kind, instrument.title),
        "first": ordinal(named.first),
        "last": ordinal(named.last),
    }
    if named.kind == ReportKind.INITIAL:
        if named.last > 1:
            sentence = _("Combined initial to %(last)s periodic reports submitted by %(state)s")
        else:
            sentence = _("Initial report submitted by %(state)s")
    elif named.first == named.last:
        sentence = _("%(first)s periodic report submitted by %(state)s")
    elif named.last == named.first + 1:
        sentence = _("Combined %(first)s and %(last)s periodic reports submitted by %(state)s")
    else:
        sentence = _("Combined %(first)s to %(last)s periodic reports submitted by %(state)s")
    title = sentence % names
    if names["article"]:
        title = _("%(title)s under article %(article)s of the %(treaty)s") % {**names, "title": title}
    return title[0].upper() + title[1:]


def _treaty(kind: str, title: str) -> str:
    """The word by which the text calls itself."""
    if "Covenant" in title:
        return _("Covenant")
    return _("Optional Protocol") if "rotocol" in title else _("Convention")


def _other(named: Occasion) -> str:
    name = str(ReportKind(named.kind).label)
    if named.instrument is not None and named.kind != ReportKind.COMMON_CORE:
        treaty = named.instrument.wording("title", translation.get_language())[0]
        return _("%(kind)s submitted by %(state)s: %(treaty)s") % {"kind": name, "state": named.state, "treaty": treaty}
    return _("%(kind)s submitted by %(state)s") % {"kind": name, "state": named.state}


def ordinal(number: int) -> str:
    """The number in words as far as reports usually go, else in figures."""
    return str(ORDINALS[number - 1]) if number <= len(ORDINALS) else _("%(number)dth") % {"number": number}
