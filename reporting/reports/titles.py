"""Titles of reports in the usual words, in the language of the submission."""

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.cycles.models import ReviewCycle
from reporting.instruments.choices import ReportKind

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


def title_of(cycle: ReviewCycle, kind: str, due_year: int | None) -> str:
    """Such as "Combined second and third periodic reports submitted by Arcadia under article 73 of the Convention,
    due in 2027"."""
    with translation.override(cycle.submission_language):
        title = _treaty_title(cycle, kind) if cycle.instrument and kind in TREATY_KINDS else _other_title(cycle, kind)
        return _("%(title)s, due in %(year)d") % {"title": title, "year": due_year} if due_year else title


TREATY_KINDS = {ReportKind.INITIAL, ReportKind.PERIODIC}


def _treaty_title(cycle: ReviewCycle, kind: str) -> str:
    assert cycle.instrument is not None
    names = {
        "state": cycle.state_party.name,
        "article": cycle.instrument.reporting_article,
        "treaty": _treaty(cycle.instrument.kind, cycle.instrument.title),
        "first": ordinal(cycle.number_from),
        "last": ordinal(cycle.number_to),
    }
    if kind == ReportKind.INITIAL:
        if cycle.number_to > 1:
            sentence = _("Combined initial to %(last)s periodic reports submitted by %(state)s")
        else:
            sentence = _("Initial report submitted by %(state)s")
    elif cycle.number_from == cycle.number_to:
        sentence = _("%(first)s periodic report submitted by %(state)s")
    elif cycle.number_to == cycle.number_from + 1:
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


def _other_title(cycle: ReviewCycle, kind: str) -> str:
    name = str(ReportKind(kind).label)
    if cycle.instrument is not None and kind != ReportKind.COMMON_CORE:
        treaty = cycle.instrument.wording("title", translation.get_language())[0]
        return _("%(kind)s submitted by %(state)s: %(treaty)s") % {
            "kind": name,
            "state": cycle.state_party.name,
            "treaty": treaty,
        }
    return _("%(kind)s submitted by %(state)s") % {"kind": name, "state": cycle.state_party.name}


def ordinal(number: int) -> str:
    """The number in words as far as reports usually go, else in figures."""
    return str(ORDINALS[number - 1]) if number <= len(ORDINALS) else _("%(number)dth") % {"number": number}
